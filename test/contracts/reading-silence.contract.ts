import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import type { CoreRecords } from '../../src/app/ports/core-reader.ts';
import type { Entity } from '../../src/domain/bank-record.ts';
import { type Customer360, PART_NAMES, type PartName } from '../../src/domain/customer360.ts';
import { PART_OF } from '../../src/domain/entity-parts.ts';
import { deriveFacts } from '../../src/engine/features/derive-facts.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import { CATALOGUE, RATES, told } from '../support/customer-history.ts';
import {
  householdMember as member,
  party,
  wholeCustomer,
  without,
} from '../support/whole-customer.ts';
import type { ReadingIntakeWorld } from './reading-intake.contract.ts';

const DAY = '2026-11-24';
const at = (minute: number) =>
  new Date(Date.parse(`${DAY}T12:00:00.000Z`) + minute * 60_000).toISOString();
const EVENING = `${DAY}T23:00:00.000Z`;
const SYSTEM = 'core:silent';

/** What is seen of a customer where its core tells a record, no longer, and again. */
type Seen = readonly [told: unknown, silent: unknown, again: unknown];
interface Case {
  /** Where the record shows in Customer360: how many there are, or which. */
  readonly shows: (customer: Customer360) => unknown;
  readonly seen: Seen;
  /** A fact that follows it. */
  readonly fact?: readonly [name: string, ...seen: Seen];
  /** What else goes with it from the answer: nobody tells the balance of no account. */
  readonly with?: readonly Entity[];
}

/** What an intake of readings makes of what a core tells whole and tells no longer. */
export function readingSilenceContract(
  name: string,
  open: () => Promise<ReadingIntakeWorld>,
): void {
  describe(`silence about a record ${name}`, () => {
    let world: ReadingIntakeWorld;
    let minute = 0;
    beforeAll(async () => {
      world = await open();
      await world.intake.declare({ system: SYSTEM, parts: PART_NAMES }, at(0));
    });
    afterAll(() => world.close());

    const take = async (
      customerIds: readonly string[],
      records: CoreRecords,
      more: { readonly system?: string; readonly spoilt?: readonly string[] } = {},
    ) => {
      minute += 1;
      const parts = (ids: readonly string[]) =>
        ids.flatMap((customerId) => PART_NAMES.map((part) => ({ customerId, part })));
      const reading = {
        system: SYSTEM,
        ...more,
        readAt: at(minute),
        records,
        answered: parts(customerIds).map((one) => ({ ...one, asOf: at(minute) })),
        spoilt: parts(more.spoilt ?? []),
      };
      const taken = await world.intake.take(reading, 1_000);
      if (taken === undefined) throw new Error('the way in was held');
      return { ...taken, at: at(minute) };
    };
    const viewOf = async (customerId: string, recordedBy = EVENING) => {
      const loaders = createCustomerLoaders(world.source, { now: () => recordedBy });
      const history = await loaders.historyOf(customerId);
      return knownAt(history, { businessDate: DAY, knownAt: recordedBy });
    };
    const factOf = (customer: Customer360, fact: string) =>
      told(deriveFacts(customer, CATALOGUE, RATES), fact);

    test.each(Object.entries(CASES))(
      'of %s: told, no longer told, told again',
      async (entity, { shows, seen, fact, with: others = [] }) => {
        const id = `of-${entity}`;
        const whole = wholeCustomer(id);
        const silent = without(whole, [entity as Entity, ...others]);
        const instants: string[] = [];
        for (const records of [whole, silent, whole]) {
          const { at: readAt, dropped } = await take([id], records);
          expect(dropped).toEqual([]);
          // What is silent already is not withdrawn twice.
          expect((await take([id], records)).written).toBe(0);
          instants.push(readAt);
        }
        const views = await Promise.all(instants.map((instant) => viewOf(id, instant)));
        expect(views.map(shows)).toEqual(seen);
        if (fact === undefined) return;
        const [factName, ...values] = fact;
        expect(views.map((view) => factOf(view, factName))).toEqual(values);
      },
    );

    test('is about every entity that shows in a part', () => {
      const shown = Object.entries(PART_OF).filter(([, part]) => part !== null);
      expect(Object.keys(CASES).toSorted()).toEqual(shown.map(([entity]) => entity).toSorted());
    });

    test('counts for what the same system gave', async () => {
      const id = 'of-two';
      await take([id], wholeCustomer(id));
      const { written } = await take([id], {}, { system: 'core:other' });
      expect(written).toBe(0);
      expect(CASES.goal.shows(await viewOf(id))).toBe(1);
    });

    test('takes no posting from before the window that was told', async () => {
      const id = 'of-window';
      const whole = wholeCustomer(id);
      await take([id], whole);
      const [coverage] = whole.coverage ?? [];
      const short = [{ ...coverage, entity: 'transaction' as const, from: '2026-11-15' }];
      await take([id], { ...whole, coverage: short, transaction: [] });
      const view = await viewOf(id);
      expect(postings(view)).toEqual([`early-${id}`]);
      // The window that reaches further back is carried on by the one that was told.
      expect(windows(view)).toEqual(['2020-01-01', '2026-11-15']);
    });

    test('of a window of all arrangements is not possible: it cannot be told', async () => {
      const id = 'of-all';
      const coverage = [{ entity: 'transaction' as const, from: '2020-01-01' }];
      const { dropped, spoilt } = await take([id], { ...wholeCustomer(id), coverage });
      expect(dropped).toMatchObject([{ entity: 'coverage', code: 'WINDOW_OF_ALL' }]);
      expect(spoilt).toEqual([{ customerId: id, part: 'transactions' }]);
    });

    test('of one holder leaves an account to the others', async () => {
      const [first, second] = ['of-joint', 'of-joint-2'];
      const whole = wholeCustomer(first);
      const joint = { partyId: second, arrangementId: `acc-${first}`, role: 'JOINT' as const };
      const shared = { ...whole, role: [...(whole.role ?? []), joint] };
      await take([first, second], { ...shared, party: [party(first), party(second)] });
      await take([second], { party: [party(second)] });
      expect(holdings(await viewOf(second))).toEqual([]);
      const view = await viewOf(first);
      expect([holdings(view), CASES.balance.shows(view)]).toEqual([[`acc-${first}`], 100]);
      expect([postings(view).length, windows(view).length]).toEqual([2, 1]);
    });

    test('takes nothing that may be of a customer who was not told whole', async () => {
      const [first, second] = ['of-whole', 'of-spoilt'];
      const whole = wholeCustomer(first);
      const joint = { partyId: second, arrangementId: `acc-${first}`, role: 'JOINT' as const };
      const shared = { ...whole, role: [...(whole.role ?? []), joint] };
      await take([first, second], { ...shared, party: [party(first), party(second)] });
      await take([first], { ...shared, transaction: [], balance: [] }, { spoilt: [second] });
      const view = await viewOf(first);
      expect([postings(view).length, CASES.balance.shows(view)]).toEqual([2, 100]);
    });

    test('about a member of a household follows who moves out, in and back', async () => {
      const all = ['home-a', 'home-b', 'home-c'] as const;
      const [a, b] = all;
      const steps = [
        { asked: all, of: 'H1', told: all, seen: [all, all, all] },
        { asked: [a], of: 'H1', told: [a, b], seen: [[a, b], [a, b], []] },
        { asked: [b], of: 'H2', told: [b], seen: [[a], [b], []] },
        { asked: [b], of: 'H1', told: [a, b], seen: [[a, b], [a, b], []] },
        { asked: [a], of: 'H1', told: [], seen: [[], [b], []] },
      ];
      for (const { asked, of: householdId, told: members, seen } of steps) {
        await take(asked, {
          party: asked.map(party),
          household_member: members.map((id) => ({ ...member(id), householdId })),
        });
        const views = await Promise.all(all.map((id) => viewOf(id)));
        expect(views.map((view) => membersOf(view))).toEqual(seen);
      }
    });
  });
}

const count = (name: PartName) => (customer: Customer360) => {
  const part = customer[name];
  if (part.state === 'FAILED') return part.reason;
  return Array.isArray(part.value) ? part.value.length : part.value;
};
const membersOf = ({ household: part }: Customer360) =>
  part.state === 'READ' ? part.value.map(({ partyId }) => partyId) : null;
const holdings = ({ arrangements }: Customer360) =>
  arrangements.state === 'READ'
    ? arrangements.value.map(({ arrangement }) => arrangement.arrangementId)
    : null;
const balanceOf = ({ arrangements }: Customer360) =>
  arrangements.state === 'READ' ? arrangements.value[0]?.balance?.ledgerMinor : null;
const postings = ({ transactions: part }: Customer360) =>
  part.state === 'READ' ? part.value.transactions.map((row) => row.transactionId) : [];
const windows = ({ transactions: part }: Customer360) =>
  part.state === 'READ' ? part.value.coverage.map(({ from }) => from) : [];

const CASES: { readonly [E in Exclude<Entity, 'relationship_manager' | 'party_merge'>]: Case } = {
  party: {
    shows: ({ profile }) => profile.state,
    seen: ['READ', 'FAILED', 'READ'],
    fact: ['customer.segment', 'MASS', 'NOT_COVERED profile', 'MASS'],
  },
  // What is nobody's is not this customer's to end.
  region: {
    shows: ({ profile }) => (profile.state === 'READ' ? profile.value.region?.name : null),
    seen: ['Wien', 'Wien', 'Wien'],
    fact: ['region.averageSalary', 100, 100, 100],
  },
  household_member: {
    shows: count('household'),
    seen: [2, 1, 2],
    fact: ['household.childCount', 1, 0, 1],
  },
  arrangement: {
    shows: ({ arrangements: part }) => (part.state === 'READ' ? part.value.length : null),
    seen: [1, 0, 1],
    with: ['role', 'balance'],
    fact: ['holdings.count', 1, 0, 1],
  },
  role: {
    shows: count('arrangements'),
    seen: [1, 0, 1],
    with: ['arrangement', 'balance'],
    fact: ['holdings.hasCurrentAccount', true, false, true],
  },
  balance: {
    shows: balanceOf,
    seen: [100, undefined, 100],
    fact: ['current.balance', 100, 'NOT_COVERED arrangements', 100],
  },
  transaction: {
    shows: (customer) => postings(customer).length,
    seen: [2, 0, 2],
    fact: ['cashflow.transactionCount90d', 2, 0, 2],
  },
  coverage: {
    shows: (customer) => windows(customer).length,
    seen: [1, 0, 1],
    fact: ['cashflow.transactionCount90d', 2, 'NOT_COVERED transactions', 2],
  },
  // What happened has happened: a complaint that is too old for its core's list must not permit.
  interaction: { shows: count('interactions'), seen: [1, 1, 1] },
  contact: {
    shows: ({ campaigns: part }) => part.state === 'READ' && part.value.contacts.length,
    seen: [1, 1, 1],
    with: ['response'],
  },
  response: {
    shows: ({ campaigns: part }) => part.state === 'READ' && part.value.responses.length,
    seen: [1, 1, 1],
  },
  goal: {
    shows: count('goals'),
    seen: [1, 0, 1],
    fact: ['goals.hasHome', true, false, true],
  },
  // A refusal of credit that is too old for its core's list must not permit.
  credit_application: {
    shows: count('creditApplications'),
    seen: [1, 1, 1],
    fact: ['creditApplications.openCount', 1, 1, 1],
  },
  relationship_value: {
    shows: ({ relationshipValue: part }) =>
      part.state === 'READ' ? (part.value?.marginMinor ?? null) : undefined,
    seen: [5_000, null, 5_000],
  },
  consent: {
    shows: ({ consents: part }) =>
      part.state === 'READ' ? part.value.filter((one) => one.expiresOn === undefined).length : 0,
    seen: [1, 0, 1],
  },
  hold: { shows: count('holds'), seen: [1, 0, 1] },
};
