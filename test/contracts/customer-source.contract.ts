import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CustomerSource } from '../../src/app/ports/customer-source.ts';
import type { BankRecords, Entity } from '../../src/domain/bank-record.ts';
import {
  arrangement,
  balance,
  covered,
  owner,
  person,
  posting,
} from '../support/customer-history.ts';

export interface CustomerSourceWorld {
  /** With all transactions, and with those of the last 24 months before 2026-11-24. */
  readonly source: CustomerSource;
  readonly recent: CustomerSource;
  give<E extends Entity>(entity: E, records: readonly BankRecords[E][]): Promise<void>;
  readonly close: () => Promise<void>;
}

const EARLY = '2026-01-01T00:00:00.000Z';
const LATER = '2026-02-01T12:34:56.789Z';
const IDS = ['A', 'B', 'nobody'];

/** What every source does; customers A, B and C stand, and the systems of each part. */
export function customerSourceContract(
  name: string,
  open: () => Promise<CustomerSourceWorld>,
): void {
  describe(`the customer source ${name}`, () => {
    let world: CustomerSourceWorld;
    beforeAll(async () => {
      world = await open();
      await giveAll(world);
    });
    afterAll(() => world.close());

    test('gives all versions of a party with its region, without absent fields', async () => {
      const found = await world.source.parties(IDS);
      expect([...found.keys()].toSorted()).toEqual(['A', 'B']);
      expect(found.get('A')).toEqual({
        party: PARTIES.slice(0, 2),
        regions: REGIONS.slice(0, 2),
      });
      expect(found.get('B')).toEqual({ party: PARTIES.slice(2), regions: [] });
    });

    test('gives all members of a household', async () => {
      const found = await world.source.households(['A']);
      expect(found.get('A')?.map(({ partyId }) => partyId)).toEqual(['A', 'B']);
    });

    test('gives arrangements with the roles of the other holders and all balances', async () => {
      const found = await world.source.arrangements(IDS);
      const a = found.get('A');
      expect(a?.arrangements).toEqual([ARRANGEMENTS[0], ARRANGEMENTS[1]]);
      expect(a?.roles.map(({ partyId, role }) => `${partyId} ${role}`)).toEqual([
        'A OWNER',
        'B JOINT',
        'A AUTHORISED',
        'C OWNER',
      ]);
      expect(a?.balances).toEqual(BALANCES);
      expect(found.get('B')?.arrangements).toEqual([ARRANGEMENTS[0]]);
    });

    test('gives transactions of owned and joint arrangements only, in their order', async () => {
      const found = await world.source.transactions(IDS);
      const ids = (id: string) => found.get(id)?.transactions.map((t) => t.transactionId);
      expect(ids('A')).toEqual(['old', 't1', 't2', 't3']);
      expect(ids('B')).toEqual(['old', 't1', 't2', 't3']);
      expect(found.get('A')?.transactions.find((t) => t.transactionId === 't1')).toEqual(
        TRANSACTIONS.find((t) => t.transactionId === 't1'),
      );
    });

    test('tells the coverage of each arrangement and of all', async () => {
      const found = await world.source.transactions(['A', 'C']);
      expect(found.get('A')?.coverage).toEqual([COVERAGE[0], COVERAGE[1]]);
      expect(found.get('C')?.coverage).toEqual([COVERAGE[0], COVERAGE[2]]);
    });

    test('leaves out transactions of before the last months where asked to', async () => {
      const found = await world.recent.transactions(['A']);
      expect(found.get('A')?.transactions.map((t) => t.transactionId)).toEqual([
        't1',
        't2',
        't3',
      ]);
    });

    test('gives the rest of a customer, part by part', async () => {
      const { source } = world;
      expect((await source.interactions(IDS)).get('A')).toEqual(INTERACTIONS);
      expect((await source.campaigns(IDS)).get('A')).toEqual({
        contacts: CONTACTS,
        responses: RESPONSES,
      });
      expect((await source.goals(IDS)).get('A')).toEqual(GOALS);
      expect((await source.creditApplications(IDS)).get('A')).toEqual(APPLICATIONS);
      expect((await source.relationshipValues(IDS)).get('A')).toEqual(VALUES);
      expect((await source.consents(IDS)).get('A')).toEqual(CONSENTS);
      expect((await source.holds(IDS)).get('A')).toEqual(HOLDS);
      expect((await source.holds(IDS)).has('B')).toBe(false);
    });

    test('names each system of a part with its watermark, and who never answered', async () => {
      const found = await world.source.lineages(IDS);
      expect([...found.keys()].toSorted()).toEqual(['A', 'B']);
      const asOf = '2026-11-23T22:00:00.000Z';
      const files = { source: 'extract:test', asOf };
      expect(found.get('A')?.parts.get('profile')).toEqual([{ ...files, version: 3 }]);
      const core = { source: 'core:cards', deliveredAt: EARLY };
      const read = { ...core, version: 2, asOf: LATER, answeredSince: LATER };
      const unread = { ...core, version: 0, asOf: EARLY, answeredSince: null };
      expect(found.get('A')?.parts.get('holds')).toEqual([read, { ...files, version: 0 }]);
      expect(found.get('B')?.parts.get('holds')).toEqual([unread, { ...files, version: 0 }]);
    });

    test("gives what was ever a customer's with the versions that took it away", async () => {
      const moved = { partyId: 'B', recordedAt: '2026-03-01T00:00:00.000Z' };
      const versions = (rows: readonly { partyId: string }[] | undefined) =>
        rows?.map(({ partyId }) => partyId).toSorted();
      const [hold, interaction, contact, goal] = [
        HOLDS[0],
        INTERACTIONS[0],
        CONTACTS[0],
        GOALS[0],
      ];
      if (!hold || !interaction || !contact || !goal) throw new Error('nothing to move');
      await world.give('hold', [{ ...hold, ...moved }]);
      await world.give('interaction', [{ ...interaction, ...moved }]);
      await world.give('contact', [{ ...contact, ...moved }]);
      await world.give('goal', [{ ...goal, ...moved }]);
      await world.give('household_member', [{ ...moved, householdId: 'J', member: 'PARTNER' }]);
      const { source } = world;
      for (const id of ['A', 'B']) {
        expect(versions((await source.holds([id])).get(id))).toEqual(['A', 'B']);
        expect(versions((await source.goals([id])).get(id))).toEqual(['A', 'B']);
        const campaigns = (await source.campaigns([id])).get(id);
        expect(versions(campaigns?.contacts)).toEqual(['A', 'B']);
        expect(campaigns?.responses).toHaveLength(1);
      }
      expect(versions((await source.interactions(['A'])).get('A'))).toEqual(['A', 'A', 'B']);
      const households = (await source.households(['A'])).get('A');
      const lived = households?.map((row) => `${row.partyId} ${row.householdId}`);
      expect(lived).toEqual(['A H', 'B H', 'B J']);
    });

    test('gives a transaction with the version that moved it to another arrangement', async () => {
      const [posted] = TRANSACTIONS.filter(({ transactionId }) => transactionId === 't2');
      if (!posted) throw new Error('nothing to move');
      const recordedAt = '2026-03-01T00:00:00.000Z';
      await world.give('transaction', [
        { ...posted, arrangementId: 'a3', recordedAt },
        { ...posted, transactionId: 't3', effectiveAt: '2020-01-01T00:00:00.000Z', recordedAt },
      ]);
      for (const source of [world.source, world.recent]) {
        const { transactions = [] } = (await source.transactions(['A'])).get('A') ?? {};
        const told = transactions
          .filter(({ transactionId }) => ['t2', 't3'].includes(transactionId))
          .map(
            (row) => `${row.transactionId} ${row.arrangementId} ${row.recordedAt < recordedAt}`,
          );
        expect([...new Set(told)].toSorted()).toEqual([
          't2 a1 true',
          't2 a3 false',
          't3 a1 false',
          't3 a1 true',
        ]);
      }
    });
  });
}

const PARTIES = [
  person({ partyId: 'A', recordedAt: EARLY, city: 'Brno', regionCode: 'R1' }),
  person({
    partyId: 'A',
    recordedAt: LATER,
    city: 'Plzen',
    regionCode: 'R1',
    declaredIncomeMinor: -5,
    digitalActive: false,
    birthMonth: '1980-02-01',
  }),
  person({ partyId: 'B', recordedAt: EARLY }),
];
const REGIONS = [
  { regionCode: 'R1', name: 'North', population: 100, recordedAt: EARLY },
  { regionCode: 'R1', name: 'North', population: 110, urbanPpm: 0, recordedAt: LATER },
  { regionCode: 'R2', name: 'South', recordedAt: EARLY },
];
const ARRANGEMENTS = [
  arrangement('a1', 'CURRENT_ACCOUNT', { recordedAt: EARLY }),
  arrangement('a2', 'CURRENT_ACCOUNT', { recordedAt: EARLY, limitMinor: 5 }),
  arrangement('a3', 'CURRENT_ACCOUNT', { recordedAt: EARLY }),
];
const ROLES = [
  owner('a1', { partyId: 'A', recordedAt: EARLY }),
  owner('a1', { partyId: 'B', role: 'JOINT', recordedAt: EARLY }),
  owner('a2', { partyId: 'A', role: 'AUTHORISED', recordedAt: EARLY }),
  owner('a2', { partyId: 'C', recordedAt: EARLY }),
];
const BALANCES = [
  balance('a1', -7, { effectiveOn: '2026-01-31', recordedAt: EARLY }),
  balance('a1', 7, { effectiveOn: '2026-01-31', recordedAt: LATER }),
  balance('a2', 1, { effectiveOn: '2026-01-31', recordedAt: EARLY }),
];
const TRANSACTIONS = [
  posting('2026-01-01', -100, {
    transactionId: 't3',
    arrangementId: 'a1',
    effectiveAt: LATER,
    sequence: 2,
  }),
  posting('2026-01-01', -100, {
    transactionId: 't2',
    arrangementId: 'a1',
    effectiveAt: LATER,
    sequence: 1,
  }),
  posting('2026-01-01', -100, { transactionId: 't1', arrangementId: 'a1', effectiveAt: EARLY }),
  posting('2026-01-01', -100, {
    transactionId: 'old',
    arrangementId: 'a1',
    effectiveAt: '2024-11-23T23:59:59.999Z',
  }),
  posting('2026-01-01', -100, {
    transactionId: 'not-hers',
    arrangementId: 'a2',
    effectiveAt: EARLY,
  }),
];
const COVERAGE = [
  covered({ recordedAt: EARLY, from: '2020-01-01' }),
  covered({ recordedAt: EARLY, arrangementId: 'a1', from: '2021-01-01', to: '2026-01-31' }),
  covered({ recordedAt: EARLY, arrangementId: 'a2', from: '2021-01-01' }),
];
const ofA = { partyId: 'A', recordedAt: EARLY } as const;
const INTERACTIONS: readonly BankRecords['interaction'][] = [
  { ...ofA, interactionId: 'i1', occurredAt: EARLY, channel: 'PHONE', intent: 'HARDSHIP' },
  { ...ofA, interactionId: 'i2', occurredAt: LATER, channel: 'WEB', intent: 'COMPLAINT' },
];
const CONTACTS: readonly BankRecords['contact'][] = [
  { ...ofA, contactId: 'k1', actionId: 'loan', channel: 'EMAIL', presentedAt: EARLY },
];
const RESPONSES: readonly BankRecords['response'][] = [
  { responseId: 'r1', contactId: 'k1', kind: 'DECLINED', respondedAt: LATER, recordedAt: LATER },
];
const APPLICATIONS: readonly BankRecords['credit_application'][] = [
  {
    ...ofA,
    applicationId: 'ap1',
    productKind: 'LOAN',
    appliedOn: '2026-01-02',
    state: 'DECLINED',
    stateSince: '2026-01-09',
    amountMinor: 1_000_000,
    currency: 'EUR',
  },
];
const GOALS: readonly BankRecords['goal'][] = [
  { ...ofA, goalId: 'g1', kind: 'HOUSE', targetMinor: 9_007_199_254_740_991, currency: 'EUR' },
];
const VALUES: readonly BankRecords['relationship_value'][] = [
  { ...ofA, effectiveOn: '2026-01-31', marginMinor: -100, currency: 'EUR', tier: 'PLUS' },
];
const consent = { ...ofA, purpose: 'MARKETING', channel: 'EMAIL', effectiveAt: EARLY } as const;
const CONSENTS: readonly BankRecords['consent'][] = [
  { ...consent, state: 'GIVEN' },
  { ...consent, state: 'WITHDRAWN', recordedAt: LATER },
];
const HOLDS: readonly BankRecords['hold'][] = [
  { ...ofA, holdId: 'h1', kind: 'FRAUD', startsOn: '2026-01-05', endsOn: '2026-01-06' },
];

async function giveAll(world: CustomerSourceWorld): Promise<void> {
  await world.give('party', PARTIES.toReversed());
  await world.give('region', REGIONS);
  await world.give('household_member', [
    { ...ofA, householdId: 'H', member: 'HEAD' },
    { ...ofA, householdId: 'H', partyId: 'B', member: 'PARTNER' },
    { ...ofA, householdId: 'J', partyId: 'C', member: 'HEAD' },
  ]);
  await world.give('arrangement', ARRANGEMENTS);
  await world.give('role', ROLES.toReversed());
  await world.give('balance', BALANCES.toReversed());
  await world.give('transaction', TRANSACTIONS);
  await world.give('coverage', COVERAGE);
  await world.give('interaction', INTERACTIONS.toReversed());
  await world.give('contact', CONTACTS);
  await world.give('response', RESPONSES);
  await world.give('goal', GOALS);
  await world.give('credit_application', APPLICATIONS);
  await world.give('relationship_value', VALUES);
  await world.give('consent', CONSENTS.toReversed());
  await world.give('hold', HOLDS);
}
