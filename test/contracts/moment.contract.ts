import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MomentReader, SnapshotStore, SnapshotToStore } from '../../src/app/ports/moment.ts';
import type { BankRecords, Entity } from '../../src/domain/bank-record.ts';
import { PART_NAMES, type PartName } from '../../src/domain/customer360.ts';
import type { FactSheet } from '../../src/domain/fact.ts';
import { END_OF_TIME } from '../../src/domain/instant.ts';
import { LIVE_PARTS } from '../../src/domain/live-state.ts';
import type { AgeLimits } from '../../src/domain/release.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { languageOf, liveStateOf } from '../../src/engine/point-in-time/live-state-of.ts';
import { person } from '../support/customer-history.ts';
import { customerUuid } from './postgres-rig.ts';

export interface MomentWorld {
  readonly moments: MomentReader;
  readonly snapshots: SnapshotStore;
  give<E extends Entity>(entity: E, records: readonly BankRecords[E][]): Promise<void>;
  setWatermark(partyId: string, part: string, version: number): Promise<void>;
  /** Says since when a part is handed over, and until when its source knew the world. */
  setSource(part: PartName, asOf: string, deliveredAt?: string): Promise<void>;
  eraseKey(partyId: string): Promise<void>;
  readonly close: () => Promise<void>;
}

const EARLY = '2026-01-01T00:00:00.000Z';
const LATER = '2026-02-01T00:00:00.000Z';
const NOON = '2026-05-01T12:00:00.000Z';
const AGE_LIMITS = Object.fromEntries(PART_NAMES.map((name) => [name, 'P3Y'])) as AgeLimits;
const PRESENT = {
  businessDate: '2026-11-24',
  knownAt: END_OF_TIME,
  bankNow: '2026-11-24T12:00:00.000Z',
  ageLimits: AGE_LIMITS,
  neverHandedOver: 'UNKNOWN',
} as const;
const address = (n: number) => `hmac:${n.toString(16).padStart(64, '0')}`;
const sheet = (age: number): FactSheet => ({
  values: { age, name: 'Ř "quoted" \\ 😀' },
  notApplicable: ['card'],
  unavailable: {},
});

/** What every reader of moments and store of snapshots does; customers A to F stand. */
export function momentContract(name: string, open: () => Promise<MomentWorld>): void {
  describe(`moments and snapshots ${name}`, () => {
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
      await world.setSource('profile', LATER);
      for (const part of LIVE_PARTS) await world.setSource(part, LATER);
      await world.setSource('holds', '2026-02-02T10:00:00.500Z', '2026-02-01T09:00:00.000Z');
      const moment = await momentOf('F');
      expect(moment?.versions.consents).toEqual({
        state: 'READ',
        value: [],
        lineage: { asOf: LATER },
      });
      expect(moment?.versions.holds).toMatchObject({
        lineage: { asOf: '2026-02-02T10:00:00.500Z', deliveredAt: '2026-02-01T09:00:00.000Z' },
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
      await world.setWatermark('A', 'profile', 2);
      await world.setWatermark('A', 'holds', 5);
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

    const shot = (
      n: number,
      more: Partial<SnapshotToStore> = {},
      snapshot: Partial<Snapshot> = {},
    ): SnapshotToStore => ({
      customer: customerUuid('C'),
      address: address(n),
      snapshot: {
        sheetAddress: address(100),
        businessDate: '2026-11-24',
        sources: {},
        factsDigest: 'sha256:facts',
        ratesDigest: 'sha256:rates',
        factsAsOf: EARLY,
        validUntil: '2026-11-25T00:00:00.000Z',
        ...snapshot,
      },
      sheet: sheet(44),
      watermark: 10,
      builtAt: LATER,
      current: true,
      ...more,
    });

    test('stores a snapshot with its sheet, read in the moment and by address', async () => {
      const first = shot(1);
      await Promise.all(Array.from({ length: 20 }, () => world.snapshots.save([first])));
      const loaded = { address: first.address, snapshot: first.snapshot, sheet: first.sheet };
      expect(await world.snapshots.load(first.customer, first.address)).toEqual(loaded);
      const moment = await momentOf('C');
      expect(moment?.snapshot).toEqual(loaded);
      expect(moment?.snapshotWatermark).toBe(10);
      expect(await world.snapshots.load(customerUuid('D'), first.address)).toBeUndefined();
    });

    test.each<[string, number, Partial<SnapshotToStore>, Partial<Snapshot>, boolean]>([
      ['of an older source', 2, { watermark: 9 }, { validUntil: LATER }, false],
      ['of an earlier day', 3, {}, { businessDate: '2026-11-23' }, false],
      ['that ends sooner', 4, {}, { validUntil: '2026-11-24T12:00:00.000Z' }, false],
      ['that looks back in time', 5, { watermark: 99, current: false }, {}, false],
      ['that ends no sooner', 6, {}, {}, true],
      ['of another catalogue', 7, {}, { factsDigest: 'sha256:other', validUntil: LATER }, true],
      ['of the next day', 8, {}, { businessDate: '2026-11-25', validUntil: LATER }, true],
      ['of a newer source', 9, { watermark: 11 }, { businessDate: '2026-11-24' }, true],
      ['of the source before, the next day', 10, {}, { businessDate: '2026-11-26' }, false],
    ])('makes a snapshot %s current: %#', async (_, n, more, snapshot, moves) => {
      const before = (await momentOf('C'))?.snapshot?.address;
      const next = shot(n, more, { ...snapshot, sheetAddress: address(100 + n) });
      await world.snapshots.save([next]);
      expect((await momentOf('C'))?.snapshot?.address).toBe(moves ? next.address : before);
      expect((await world.snapshots.load(next.customer, next.address))?.snapshot).toEqual(
        next.snapshot,
      );
    });

    test('stores many at once, of one customer the last one as the current one', async () => {
      const many = [1, 2, 3].flatMap((n) =>
        ['A', 'B'].map((id) => shot(300 + n, { customer: customerUuid(id), watermark: n })),
      );
      await world.snapshots.save(many);
      for (const id of ['A', 'B']) {
        expect((await momentOf(id))?.snapshotWatermark).toBe(3);
        for (const { address: at, snapshot } of many) {
          expect((await world.snapshots.load(customerUuid(id), at))?.snapshot).toEqual(snapshot);
        }
      }
    });

    test('stores all of many or none', async () => {
      const stranger = shot(401, { customer: customerUuid('nobody') });
      const own = shot(400, { customer: customerUuid('A'), watermark: 50 });
      await expect(world.snapshots.save([own, stranger])).rejects.toThrow();
      expect(await world.snapshots.load(own.customer, own.address)).toBeUndefined();
      expect((await momentOf('A'))?.snapshotWatermark).toBe(3);
    });

    test('ends with the newest whatever order fifty arrive in', async () => {
      const shots = Array.from({ length: 50 }, (_, i) =>
        shot(200 + i, { customer: customerUuid('D'), watermark: 1 + ((i * 7) % 50) }),
      );
      await Promise.all(shots.map((one) => world.snapshots.save([one])));
      expect((await momentOf('D'))?.snapshotWatermark).toBe(50);
    });

    test('no longer loads the snapshot of a customer whose key was destroyed', async () => {
      await world.eraseKey('C');
      expect(await world.snapshots.load(customerUuid('C'), address(1))).toBeUndefined();
    });
  });
}
