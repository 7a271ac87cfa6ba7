import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CoreRecords } from '../../src/app/ports/core-reader.ts';
import type { CustomerIdentities } from '../../src/app/ports/customer-identity.ts';
import type { CustomerSource } from '../../src/app/ports/customer-source.ts';
import type { MomentReader } from '../../src/app/ports/moment.ts';
import type { CoreReading, ReadingIntake } from '../../src/app/ports/reading-intake.ts';
import type { PartName } from '../../src/domain/customer360.ts';
import { liveStateOf } from '../../src/engine/point-in-time/live-state-of.ts';
import { PRESENT } from '../support/live-versions.ts';
import { readingSilenceContract } from './reading-silence.contract.ts';

export interface ReadingIntakeWorld {
  readonly intake: ReadingIntake;
  readonly source: CustomerSource;
  readonly identities: CustomerIdentities;
  readonly moments: MomentReader;
  /** Holds the way in as an import does, until what is answered is called. */
  holdWayIn(): Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

const at = (minute: number) => `2026-11-24T10:${String(minute).padStart(2, '0')}:00.000Z`;
const SYSTEM = 'core:one';

/** What every intake of readings does; the bank stands at 2026-11-24 and holds nobody. */
export function readingIntakeContract(
  name: string,
  open: () => Promise<ReadingIntakeWorld>,
): void {
  describe(`the intake of readings ${name}`, () => {
    let world: ReadingIntakeWorld;
    beforeAll(async () => {
      world = await open();
      await world.intake.declare({ system: SYSTEM, parts: PARTS }, at(0));
    });
    afterAll(() => world.close());

    const take = async (
      minute: number,
      records: CoreRecords,
      more: Partial<CoreReading> & { readonly of?: readonly [string, ...PartName[]] } = {},
    ) => {
      const [customerId, ...parts] = more.of ?? ['A', ...PARTS];
      const asked = parts.length === 0 ? PARTS : parts;
      const reading = {
        system: SYSTEM,
        readAt: at(minute),
        records,
        answered: asked.map((part) => ({ customerId, part, asOf: at(minute) })),
        spoilt: [],
      };
      const taken = await world.intake.take({ ...reading, ...more }, 1_000);
      if (taken === undefined) throw new Error('the way in was held');
      return taken;
    };
    const momentOf = async (id: string) => (await world.moments.readMoments([id])).get(id);
    const liveOf = async (id: string) => {
      const versions = (await momentOf(id))?.versions;
      return versions && liveStateOf(versions, PRESENT);
    };
    const lineageOf = async (id: string, part: PartName) =>
      (await world.source.lineages([id])).get(id)?.parts.get(part) ?? [];

    test('opens a customer nobody knew, with what the core tells of it', async () => {
      expect(await momentOf('A')).toBeUndefined();
      const taken = await take(1, all('A'));
      expect(taken).toEqual({ written: 6, dropped: [], spoilt: [] });
      const moment = await momentOf('A');
      expect((await liveOf('A'))?.holds).toEqual([{ kind: 'FRAUD', startsOn: '2026-11-01' }]);
      expect(moment?.readings).toHaveLength(PARTS.length);
      const { party = [] } = (await world.source.parties(['A'])).get('A') ?? {};
      expect(party).toEqual([
        {
          partyId: 'A',
          kind: 'PERSON',
          city: 'Wien',
          birthMonth: '1990-05-01',
          recordedAt: at(1),
        },
      ]);
      expect((await world.identities.parties(['A'])).get('A')).toEqual({
        givenName: 'Ann',
        birthDate: '1990-05-06',
      });
      const numbers = await world.identities.arrangements(['acc-A', 'acc-B']);
      expect([...numbers]).toEqual([['acc-A', { accountNumber: 'AT00A' }]]);
    });

    test('writes nothing but the time of a reading where nothing changed', async () => {
      const before = await momentOf('A');
      expect((await take(2, all('A'))).written).toBe(0);
      const after = await momentOf('A');
      expect(after?.watermark).toBe(before?.watermark);
      expect(after?.readings?.map(({ readAt }) => readAt)).toEqual(PARTS.map(() => at(2)));
      expect((await lineageOf('A', 'profile'))[0]).toMatchObject({
        asOf: at(2),
        answeredSince: at(1),
      });
    });

    test('makes one version of a record that changed, known from the reading on', async () => {
      const before = await momentOf('A');
      const changed = { ...all('A'), party: [{ ...party('A'), city: 'Brno' }] };
      expect((await take(3, changed)).written).toBe(1);
      const { party: versions = [] } = (await world.source.parties(['A'])).get('A') ?? {};
      expect(versions.map(({ city, recordedAt }) => [city, recordedAt])).toEqual([
        ['Wien', at(1)],
        ['Brno', at(3)],
      ]);
      expect((await momentOf('A'))?.watermark).toBeGreaterThan(before?.watermark ?? 0);
    });

    test('comes after what is stored, though its clock lags', async () => {
      await take(2, { party: [{ ...party('A'), city: 'Graz' }] }, { of: ['A', 'profile'] });
      const { party: versions = [] } = (await world.source.parties(['A'])).get('A') ?? {};
      expect(versions.at(-1)).toMatchObject({
        city: 'Graz',
        recordedAt: '2026-11-24T10:03:00.001Z',
      });
    });

    test('ends what its core no longer lists, and nothing of another core', async () => {
      const other = { role: [{ ...role('A', 'acc-A'), role: 'SIGNATORY' as const }] };
      await take(4, other, { system: 'core:two', of: ['A', 'arrangements'] });
      const consent = [
        { ...consentOf('A'), channel: 'SMS' as const, state: 'OBJECTED' as const },
      ];
      await take(5, { ...all('A'), consent: [consentOf('A'), ...consent] });
      const { written } = await take(6, { party: [party('A')] });
      expect(written).toBe(3);
      const { roles = [] } = (await world.source.arrangements(['A'])).get('A') ?? {};
      expect(roles.map((row) => [row.role, row.endedOn])).toEqual([
        ['OWNER', undefined],
        ['OWNER', '2026-11-24'],
        ['SIGNATORY', undefined],
      ]);
      expect((await liveOf('A'))?.holds).toEqual([]);
      expect((await liveOf('A'))?.consents).toMatchObject([
        { channel: 'EMAIL', expiresOn: '2026-11-24' },
        { channel: 'SMS', state: 'OBJECTED' },
      ]);
      expect((await take(7, { party: [party('A')] })).written).toBe(0);
      expect((await take(8, all('A'))).written).toBe(3);
      expect((await liveOf('A'))?.holds).toHaveLength(1);
    });

    test('leaves a part unknown while it is told in part only, whatever was known', async () => {
      await take(11, all('B'), { of: ['B'] });
      const before = await momentOf('B');
      const spoilt = [{ customerId: 'B', part: 'holds' as const }];
      const rest = { answered: [], spoilt };
      await take(12, {}, rest);
      const between = await momentOf('B');
      expect((await liveOf('B'))?.failures).toMatchObject({ holds: 'NOT_COVERED' });
      expect(between?.watermark).toBe((before?.watermark ?? 0) + 1);
      expect((await lineageOf('B', 'holds'))[0]).toMatchObject({ spoiltSince: at(12) });
      await take(13, {}, rest);
      expect((await momentOf('B'))?.watermark).toBe(between?.watermark);
      expect((await lineageOf('B', 'holds'))[0]).toMatchObject({ spoiltSince: at(12) });
      await take(14, { hold: all('B').hold ?? [] }, { of: ['B', 'holds'] });
      const mended = await momentOf('B');
      expect((await liveOf('B'))?.failures).not.toHaveProperty('holds');
      expect((await lineageOf('B', 'holds'))[0]).toMatchObject({
        asOf: at(14),
        mendedLosses: [{ since: at(12), until: at(14) }],
      });
      expect(mended?.watermark).toBe((between?.watermark ?? 0) + 1);
    });

    test.each<[string, CoreRecords, object]>([
      [
        'of no known arrangement',
        { balance: [{ arrangementId: 'nil', effectiveOn: '2026-11-24', ledgerMinor: 1 }] },
        { customerId: null, entity: 'balance', key: 'nil 2026-11-24', code: 'ORPHAN' },
      ],
      [
        'twice with a difference',
        { role: [role('C', 'acc-C'), { ...role('C', 'acc-C'), endedOn: '2026-11-01' }] },
        { customerId: 'C', entity: 'role', key: 'C acc-C OWNER', code: 'REPEATED_KEY' },
      ],
    ])('drops a record %s, and the part is unknown', async (_title, wrong, dropped) => {
      await take(20, all('C'), { of: ['C'] });
      const taken = await take(21, { ...all('C'), ...wrong }, { of: ['C', 'arrangements'] });
      expect(taken.dropped).toEqual([{ ...dropped, message: expect.any(String) }]);
      expect(taken.spoilt).toEqual([{ customerId: 'C', part: 'arrangements' }]);
      expect((await lineageOf('C', 'arrangements'))[0]).toHaveProperty('spoiltSince');
      await take(22, all('C'), { of: ['C'] });
      expect((await lineageOf('C', 'arrangements'))[0]).not.toHaveProperty('spoiltSince');
    });

    test('drops a record that is stored as of another, whose it stays', async () => {
      await take(23, all('F'), { of: ['F'] });
      await take(24, all('G'), { of: ['G'] });
      const [hold] = all('F').hold ?? [];
      const taken = await take(
        25,
        { hold: hold === undefined ? [] : [{ ...hold, partyId: 'G' }] },
        { of: ['G', 'holds'] },
      );
      expect(taken.dropped).toMatchObject([
        { customerId: 'G', entity: 'hold', key: 'hold-F', code: 'CONFLICTS_WITH_STORED' },
      ]);
      expect(taken.spoilt).toEqual([{ customerId: 'G', part: 'holds' }]);
      expect((await liveOf('F'))?.holds).toHaveLength(1);
      expect((await liveOf('G'))?.failures).toMatchObject({ holds: 'NOT_COVERED' });
    });

    test('takes what stands twice alike once, and a holder whom nobody knows', async () => {
      const stranger = { ...role('stranger', 'acc-D'), role: 'JOINT' as const };
      const roles = [role('D', 'acc-D'), role('D', 'acc-D'), stranger];
      const taken = await take(30, { ...all('D'), role: roles }, { of: ['D'] });
      expect([taken.dropped, taken.written]).toEqual([[], 7]);
      expect(await momentOf('stranger')).toBeUndefined();
    });

    test('a first answer of a core counts though it holds nothing', async () => {
      const declared = { system: 'core:late', parts: ['goals' as const] };
      await world.intake.declare(declared, at(40));
      await world.intake.declare(declared, at(41));
      const unread = { source: 'core:late', version: 0, asOf: at(40), answeredSince: null };
      expect(await lineageOf('B', 'goals')).toMatchObject([unread]);
      const before = await momentOf('B');
      await take(42, {}, { system: 'core:late', of: ['B', 'goals'] });
      expect((await momentOf('B'))?.watermark).toBe((before?.watermark ?? 0) + 1);
      expect(await lineageOf('B', 'goals')).toMatchObject([{ asOf: at(42) }]);
    });

    test('an answer after a day moves the watermark: the part may have been stale', async () => {
      const before = await momentOf('B');
      const next = '2026-11-25T10:42:00.000Z';
      const answered = [{ customerId: 'B', part: 'goals' as const, asOf: next }];
      await take(43, {}, { system: 'core:late', readAt: next, answered });
      expect((await momentOf('B'))?.watermark).toBe((before?.watermark ?? 0) + 1);
    });

    test('waits for an import as long as it may, and then takes nothing', async () => {
      const letGo = await world.holdWayIn();
      const reading = { system: SYSTEM, readAt: at(50), records: all('E'), spoilt: [] };
      const late = await world.intake.take({ ...reading, answered: [] }, 50);
      expect(late).toBeUndefined();
      const patient = world.intake.take({ ...reading, answered: [] }, 5_000);
      await letGo();
      expect((await patient)?.written).toBe(6);
    });
  });
  readingSilenceContract(name, open);
}

const PARTS: readonly PartName[] = ['profile', 'arrangements', 'consents', 'holds'];

const party = (partyId: string) =>
  ({ partyId, kind: 'PERSON', city: 'Wien', givenName: 'Ann', birthDate: '1990-05-06' }) as const;
const role = (partyId: string, arrangementId: string) =>
  ({ partyId, arrangementId, role: 'OWNER' }) as const;
const consentOf = (partyId: string) =>
  ({
    partyId,
    purpose: 'MARKETING',
    channel: 'EMAIL',
    state: 'GIVEN',
    effectiveAt: '2026-01-01T00:00:00.000Z',
  }) as const;

function all(customerId: string): CoreRecords {
  const arrangementId = `acc-${customerId}`;
  return {
    party: [party(customerId)],
    arrangement: [
      {
        arrangementId,
        productKind: 'CURRENT_ACCOUNT',
        product: 'current',
        currency: 'EUR',
        status: 'OPEN',
        openedOn: '2020-01-01',
        accountNumber: `AT00${customerId}`,
      },
    ],
    role: [role(customerId, arrangementId)],
    balance: [{ arrangementId, effectiveOn: '2026-11-24', ledgerMinor: 100 }],
    consent: [consentOf(customerId)],
    hold: [
      {
        holdId: `hold-${customerId}`,
        partyId: customerId,
        kind: 'FRAUD',
        startsOn: '2026-11-01',
      },
    ],
  };
}
