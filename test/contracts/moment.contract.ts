import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BankRecords } from '../../src/domain/bank-record.ts';
import { LIVE_PARTS } from '../../src/domain/live-state.ts';
import { languageOf, liveStateOf } from '../../src/engine/point-in-time/live-state-of.ts';
import { person } from '../support/customer-history.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import { PRESENT } from '../support/live-versions.ts';
import type { MomentWorld, SourceRow } from './moment-world.ts';

const EARLY = '2026-01-01T00:00:00.000Z';
const LATER = '2026-02-01T00:00:00.000Z';
const NOON = '2026-05-01T12:00:00.000Z';
const FILES: SourceRow = { system: 'files', asOf: LATER };

/** What every reader of moments does; customers A to F stand. */
export function momentContract(name: string, open: () => Promise<MomentWorld>): void {
  describe(`moments ${name}`, () => {
    let world: MomentWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    const momentOf = async (id: string) => (await world.moments.readMoments([id])).get(id);
    /** What decisions make of the moment's versions. */
    const liveOf = async (id: string) => {
      const versions = (await momentOf(id))?.versions;
      return versions && liveStateOf(versions, PRESENT);
    };

    test('knows the bank and a customer of whom nothing else is known', async () => {
      const moment = await momentOf('F');
      expect(moment).toMatchObject({ customer: customerUuid('F'), bankMode: 'BANK' });
      expect(moment).toMatchObject({ businessDate: '2026-11-24', activeRelease: null });
      expect(moment).toMatchObject({ snapshot: null, snapshotWatermark: null, watermark: 0 });
      expect(moment?.addressKey).toHaveLength(32);
      expect(moment?.versions).toEqual({
        customerId: 'F',
        ...Object.fromEntries(
          ['party', ...LIVE_PARTS].map((part) => [
            part,
            { state: 'FAILED', reason: 'NOT_COVERED' },
          ]),
        ),
      });
    });

    test('tells of each live part what its source says of itself', async () => {
      await world.setSource('profile', FILES);
      for (const part of LIVE_PARTS) await world.setSource(part, FILES);
      await world.setSource('holds', {
        system: 'files',
        asOf: '2026-02-02T10:00:00.500Z',
        deliveredAt: '2026-02-01T09:00:00.000Z',
      });
      const moment = await momentOf('F');
      expect(moment?.versions.consents).toEqual({
        state: 'READ',
        value: [],
        lineage: [{ asOf: LATER }],
      });
      expect(moment?.versions.holds).toMatchObject({
        lineage: [{ asOf: '2026-02-02T10:00:00.500Z', deliveredAt: '2026-02-01T09:00:00.000Z' }],
      });
      expect(await liveOf('F')).toEqual({
        consents: [],
        holds: [],
        contacts: [],
        complainedOn: [],
      });
    });

    test('leaves out whom the bank does not know and whose key was destroyed', async () => {
      await world.eraseKey('E');
      const found = await world.moments.readMoments(['A', 'E', 'nobody', 'F', 'A']);
      expect([...found.keys()].toSorted()).toEqual(['A', 'F']);
    });

    test('sums the watermarks and reads the language last recorded', async () => {
      await world.setWatermark('A', { part: 'profile', system: 'files', version: 2 });
      await world.setWatermark('A', { part: 'holds', system: 'files', version: 4 });
      await world.setWatermark('A', { part: 'holds', system: 'core', version: 1 });
      await world.give('party', [
        person({ partyId: 'A', language: 'cs', recordedAt: LATER }),
        person({ partyId: 'A', language: 'en', recordedAt: EARLY }),
      ]);
      const moment = await momentOf('A');
      expect(moment?.watermark).toBe(7);
      expect(moment && languageOf(moment.versions, PRESENT)).toBe('cs');
    });

    test('reads of each consent the version last recorded, in effect and to come', async () => {
      const of = (more: Partial<BankRecords['consent']>): BankRecords['consent'] => ({
        partyId: 'A',
        purpose: 'MARKETING',
        channel: 'EMAIL',
        state: 'GIVEN',
        effectiveAt: EARLY,
        recordedAt: EARLY,
        ...more,
      });
      await world.give('consent', [
        of({ effectiveAt: '2025-01-01T00:00:00.000Z' }),
        of({}),
        of({ state: 'OBJECTED', recordedAt: LATER, expiresOn: '2027-01-01' }),
        of({ state: 'WITHDRAWN', effectiveAt: '2026-11-25T08:00:00.000Z', recordedAt: LATER }),
        of({ channel: 'ANY', effectiveAt: '2026-11-24T23:59:59.999Z' }),
      ]);
      expect((await liveOf('A'))?.consents).toEqual([
        {
          purpose: 'MARKETING',
          channel: 'ANY',
          state: 'GIVEN',
          effectiveAt: '2026-11-24T23:59:59.999Z',
        },
        {
          purpose: 'MARKETING',
          channel: 'EMAIL',
          state: 'OBJECTED',
          effectiveAt: EARLY,
          expiresOn: '2027-01-01',
        },
        {
          purpose: 'MARKETING',
          channel: 'EMAIL',
          state: 'WITHDRAWN',
          effectiveAt: '2026-11-25T08:00:00.000Z',
        },
      ]);
    });

    test('reads holds that have not ended, as last corrected', async () => {
      const of = (holdId: string, more: Partial<BankRecords['hold']>): BankRecords['hold'] => ({
        holdId,
        partyId: 'A',
        kind: 'FRAUD',
        startsOn: '2026-01-01',
        recordedAt: EARLY,
        ...more,
      });
      await world.give('hold', [
        of('h1', {}),
        of('h1', { endsOn: '2026-11-23', recordedAt: LATER }),
        of('h2', { kind: 'VULNERABLE', endsOn: '2026-11-24' }),
        of('h3', { kind: 'COLLECTIONS', startsOn: '2026-12-01' }),
        of('h4', { kind: 'DECEASED' }),
        of('h4', { kind: 'DECEASED', partyId: 'B', recordedAt: LATER }),
      ]);
      expect((await liveOf('A'))?.holds).toEqual([
        { kind: 'COLLECTIONS', startsOn: '2026-12-01' },
        { kind: 'VULNERABLE', startsOn: '2026-01-01', endsOn: '2026-11-24' },
      ]);
      expect((await liveOf('B'))?.holds).toEqual([{ kind: 'DECEASED', startsOn: '2026-01-01' }]);
    });

    test('reads the contacts of 400 days with the last answer, and every complaint', async () => {
      const contact = (contactId: string, presentedAt: string): BankRecords['contact'] => ({
        contactId,
        partyId: 'A',
        actionId: `action-${contactId}`,
        channel: 'EMAIL',
        presentedAt,
        recordedAt: EARLY,
      });
      const answer = (
        responseId: string,
        contactId: string,
        more: Partial<BankRecords['response']>,
      ): BankRecords['response'] => ({
        responseId,
        contactId,
        kind: 'DECLINED',
        respondedAt: EARLY,
        recordedAt: EARLY,
        ...more,
      });
      await world.give('contact', [
        { ...contact('k2', '2026-03-01T10:00:00.000Z'), expiresOn: '2026-04-01' },
        contact('k1', '2025-10-20T00:00:00.000Z'),
        contact('k0', '2025-10-19T23:59:59.999Z'),
      ]);
      await world.give('response', [
        answer('r1', 'k1', {}),
        answer('r2', 'k1', { kind: 'COMPLAINED', respondedAt: LATER }),
        answer('r3', 'k2', { kind: 'ACCEPTED', respondedAt: '2026-03-02T10:00:00.000Z' }),
        answer('r3', 'k2', { respondedAt: '2026-03-03T10:00:00.000Z', recordedAt: LATER }),
      ]);
      const spoke = { partyId: 'A', channel: 'PHONE', recordedAt: EARLY } as const;
      await world.give('interaction', [
        { ...spoke, interactionId: 'i1', intent: 'COMPLAINT', occurredAt: EARLY },
        { ...spoke, interactionId: 'i2', intent: 'HARDSHIP', occurredAt: EARLY },
      ]);
      const live = await liveOf('A');
      expect(live?.contacts).toEqual([
        {
          actionId: 'action-k1',
          channel: 'EMAIL',
          presentedOn: '2025-10-20',
          response: 'COMPLAINED',
          respondedOn: '2026-02-01',
        },
        {
          actionId: 'action-k2',
          channel: 'EMAIL',
          presentedOn: '2026-03-01',
          response: 'DECLINED',
          respondedOn: '2026-03-03',
          expiresOn: '2026-04-01',
        },
      ]);
      expect(live?.complainedOn).toEqual(['2026-01-01', '2026-02-01']);
    });

    test('reads a complaint about a contact that is out of sight, but no other', async () => {
      const old = { actionId: 'x', channel: 'EMAIL', recordedAt: EARLY } as const;
      const presentedAt = '2025-03-01T10:00:00.000Z';
      const complaint = {
        kind: 'COMPLAINED',
        respondedAt: '2026-05-01T10:00:00.000Z',
        recordedAt: '2026-05-01T10:00:00.000Z',
      } as const;
      await world.give('contact', [
        { ...old, contactId: 'o1', partyId: 'B', presentedAt },
        { ...old, contactId: 'o2', partyId: 'B', presentedAt },
        { ...old, contactId: 'o2', partyId: 'F', presentedAt, recordedAt: LATER },
        { ...old, contactId: 'o3', partyId: 'B', presentedAt: '2026-06-01T10:00:00.000Z' },
      ]);
      await world.give('response', [
        { ...complaint, responseId: 'c1', contactId: 'o1' },
        {
          ...complaint,
          responseId: 'c2',
          contactId: 'o2',
          respondedAt: '2026-05-02T10:00:00.000Z',
        },
        { ...complaint, responseId: 'c3', contactId: 'o3', kind: 'DECLINED' },
        // Corrected: this answer was one to another contact.
        { ...complaint, responseId: 'c3', contactId: 'o1', kind: 'DECLINED', recordedAt: NOON },
      ]);
      const [own, given] = [await liveOf('B'), await liveOf('F')];
      expect(own?.contacts).toEqual([
        { actionId: 'x', channel: 'EMAIL', presentedOn: '2026-06-01' },
      ]);
      expect(own?.complainedOn).toEqual(['2026-05-01']);
      expect(given?.contacts).toEqual([]);
      expect(given?.complainedOn).toEqual(['2026-05-02']);
    });

    test('keeps apart fifty who read at once', async () => {
      const ids = Array.from({ length: 50 }, (_, i) => ['A', 'B', 'F', 'nobody'][i % 4] ?? 'A');
      const found = await Promise.all(ids.map((id) => world.moments.readMoments([id])));
      const seen = found.map((moments, i) => moments.get(ids[i] ?? '')?.customer);
      expect(seen).toEqual(ids.map((id) => (id === 'nobody' ? undefined : customerUuid(id))));
      expect(found.every((moments) => moments.size <= 1)).toBe(true);
    });

    test('tells since when a live core answers for a customer, and when it was read', async () => {
      const core = { system: 'core', asOf: null, deliveredAt: EARLY } as const;
      await world.setSource('consents', core);
      const [readAt, answeredSince] = ['2026-11-24T08:00:00.000Z', NOON];
      const told = { system: 'core', version: 1, asOf: NOON, readAt, answeredSince } as const;
      await world.setWatermark('D', { part: 'consents', ...told });
      const [d, f] = [await momentOf('D'), await momentOf('F')];
      const files = { asOf: LATER };
      expect(d?.versions.consents).toMatchObject({
        lineage: expect.arrayContaining([
          files,
          { asOf: NOON, deliveredAt: EARLY, answeredSince: NOON },
        ]),
      });
      expect(d?.readings).toEqual([{ part: 'consents', system: 'core', readAt }]);
      expect(f?.versions.consents).toMatchObject({
        lineage: expect.arrayContaining([
          files,
          { asOf: EARLY, deliveredAt: EARLY, answeredSince: null },
        ]),
      });
      expect(f).not.toHaveProperty('readings');
      expect((await liveOf('D'))?.failures).toBeUndefined();
      expect((await liveOf('F'))?.failures).toEqual({ consents: 'NOT_COVERED' });
    });
  });
}
