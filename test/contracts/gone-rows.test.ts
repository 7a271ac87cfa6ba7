import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import type { Customer360, Part } from '../../src/domain/customer360.ts';
import { dateOf } from '../../src/domain/instant.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import {
  type BankRow,
  type BankRows,
  bankOf,
  ENTITIES,
  type FileEntity,
  rowsAbout,
  wholeFiles,
  wholeMapping,
} from '../support/whole-bank.ts';

let rig: ImportRig;
beforeEach(async () => {
  rig = await importRig();
});
afterEach(() => rig.close());

const TAKEN = [
  '2026-02-01T20:00:00.000Z',
  '2026-03-01T20:00:00.000Z',
  '2026-04-01T20:00:00.000Z',
] as const;
const [FIRST, SECOND, THIRD] = TAKEN;
const ENDS = () => ({ whole: true, endsWhatIsGone: true });

type Options = Parameters<typeof wholeMapping>[0];

async function load(rows: BankRows, extractedAt: string, options: Options = {}) {
  const mapping = wholeMapping({ file: ENDS, extractedAt, ...options });
  const result = await rig.loadFiles(mapping, wholeFiles(rows), { skipRefused: true });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

async function viewOf(id: string, at: string): Promise<Customer360> {
  const source = createCustomerSource(rig.database);
  const history = await createCustomerLoaders(source, { now: () => at }).historyOf(id);
  return knownAt(history, { businessDate: dateOf(at), knownAt: at });
}

function readOf<T>(part: Part<T>): T | undefined {
  return part.state === 'READ' ? part.value : undefined;
}

/** Where a record of each entity shows, and what is seen of it: listed, gone, listed again. */
const SEEN: {
  readonly [E in FileEntity]: readonly [(view: Customer360) => unknown, ...unknown[]];
} = {
  party: [(view) => view.profile.state, 'READ', 'FAILED', 'READ'],
  region: [(view) => readOf(view.profile)?.region?.name, 'Region', 'Region', 'Region'],
  household_member: [(view) => readOf(view.household)?.length, 1, 0, 1],
  // Others may hold it: it goes with the role.
  arrangement: [(view) => readOf(view.arrangements)?.length, 1, 1, 1],
  role: [(view) => readOf(view.arrangements)?.length, 1, 0, 1],
  balance: [
    (view) => readOf(view.arrangements)?.[0]?.balance?.ledgerMinor,
    ...[500, undefined, 500],
  ],
  transaction: [(view) => readOf(view.transactions)?.transactions.length, 1, 0, 1],
  interaction: [(view) => readOf(view.interactions)?.length, 1, 1, 1],
  consent: [(view) => given(view).length, 1, 0, 1],
  hold: [(view) => readOf(view.holds)?.length, 1, 0, 1],
  contact: [(view) => readOf(view.campaigns)?.contacts.length, 1, 1, 1],
  response: [(view) => readOf(view.campaigns)?.responses.length, 1, 1, 1],
  goal: [(view) => readOf(view.goals)?.length, 1, 0, 1],
  credit_application: [(view) => readOf(view.creditApplications)?.length, 1, 1, 1],
  relationship_value: [
    (view) => readOf(view.relationshipValue)?.marginMinor,
    ...[900, undefined, 900],
  ],
  // It shows in no part, and stands.
  relationship_manager: [() => null, null, null, null],
};

function given(view: Customer360): readonly unknown[] {
  const today = view.businessDate;
  const consents = readOf(view.consents) ?? [];
  return consents.filter(({ expiresOn }) => expiresOn === undefined || expiresOn > today);
}

/** A customer by entity, each with all rows; in `gone` each lacks the row of its own. */
const BANK = bankOf(...ENTITIES);
const GONE: BankRows = Object.fromEntries(
  ENTITIES.map((entity) => [entity, BANK[entity].filter((_, i) => ENTITIES[i] !== entity)]),
);

const seenAt = async (at: string, entities: readonly FileEntity[] = ENTITIES) => {
  const seen: { [entity: string]: unknown } = {};
  for (const entity of entities) seen[entity] = SEEN[entity][0](await viewOf(entity, at));
  return seen;
};
const expected = (column: 1 | 2 | 3, entities: readonly FileEntity[] = ENTITIES) =>
  Object.fromEntries(entities.map((entity) => [entity, SEEN[entity][column]]));

describe('a record that a whole file lists, no longer lists and lists again', () => {
  test('counts, has ended on the day of the extract, and counts again', async () => {
    await load(BANK, FIRST);
    const gone = await load(GONE, SECOND);
    expect(gone).toMatchObject({ rowsRefused: 0 });
    // What is gone is ended once.
    const again = await load(GONE, '2026-03-02T20:00:00.000Z');
    const written = Object.values(again.entities).map((counts) => counts.written);
    expect(written.filter((count) => count !== 0)).toEqual([]);
    await load(BANK, THIRD);
    expect(await seenAt(FIRST)).toEqual(expected(1));
    expect(await seenAt(SECOND)).toEqual(expected(2));
    expect(await seenAt(THIRD)).toEqual(expected(3));
    // Looked back upon, nothing has changed before.
    expect(await seenAt('2026-03-01T19:59:59.999Z')).toEqual(expected(1));
  }, 60_000);

  test.each<[string, Options]>([
    ['of files that are whole and do not say so', { file: () => ({ whole: true }) }],
    ['of another system', { system: 'extract:other' }],
    ['older than what is known', { extractedAt: '2026-01-31T20:00:00.000Z' }],
  ])(
    'stands by an extract %s',
    async (_title, options) => {
      await load(BANK, FIRST);
      await load(GONE, SECOND, options);
      expect(await seenAt(THIRD)).toEqual(expected(1));
    },
    60_000,
  );

  test('stands where a row of the same part was refused, and there alone', async () => {
    await load(BANK, FIRST);
    const [hold = {}, ...holds] = GONE.hold ?? [];
    await load({ ...GONE, hold: [{ ...hold, kind: '?' }, ...holds] }, SECOND);
    const rows = await rig.rows('select count(*)::int as n from bank_hold');
    expect(rows).toEqual([{ n: ENTITIES.length }]);
    expect(await seenAt(SECOND, ['goal', 'consent'])).toEqual(expected(2, ['goal', 'consent']));
  });

  test('stands where its file did not come', async () => {
    await load(BANK, FIRST);
    const { hold: _hold, ...others } = GONE;
    await load(others, SECOND);
    expect(await seenAt(SECOND, ['hold', 'goal'])).toEqual({ hold: 1, goal: 0 });
  });

  test('ends where its file came without a row', async () => {
    await load(BANK, FIRST);
    const report = await load({ ...BANK, goal: [] }, SECOND);
    expect(report.entities.goal).toEqual({ written: ENTITIES.length, merged: 0, refused: 0 });
    expect(await seenAt(SECOND, ['goal'])).toEqual({ goal: 0 });
  });
});

describe('not listed any more', () => {
  const told = async (entity: 'consent' | 'balance' | 'transaction', row: BankRow) => {
    const bank = bankOf('ann', 'ben');
    const rows = { ...bank, [entity]: [{ ...rowsAbout('ann')[entity], ...row }] };
    await load(rows, FIRST);
    return rows;
  };

  test('an objection stands', async () => {
    const rows = await told('consent', { state: 'OBJECTED' });
    await load({ ...rows, consent: [] }, SECOND);
    expect(given(await viewOf('ann', SECOND))).toHaveLength(1);
  });

  test('a balance stands as history once a later one is listed', async () => {
    const rows = await told('balance', {});
    const later = { ...rowsAbout('ann').balance, effectiveOn: '2026-02-20', ledgerMinor: '7.00' };
    await load({ ...rows, balance: [{ ...later, recordedAt: SECOND }] }, SECOND);
    expect(await rig.rows('select count(*)::int as n from bank_balance')).toEqual([{ n: 2 }]);
  });

  test('a posting from before the window that is told stands', async () => {
    const effectiveAt = '2024-12-31T08:00:00.000Z';
    const rows = await told('transaction', { effectiveAt, recordedAt: effectiveAt });
    await load({ ...rows, transaction: [] }, SECOND);
    const { transactions } = await viewOf('ann', SECOND);
    expect(readOf(transactions)?.transactions).toHaveLength(1);
  });

  test('an end that the bank stated is not taken back by a row of before', async () => {
    const rows = await told('consent', {});
    const [consent = {}] = rows.consent ?? [];
    const ended = { ...consent, expiresOn: '2026-02-10', recordedAt: '2026-02-09T08:00:00.000Z' };
    await load({ ...rows, consent: [ended] }, SECOND);
    await load(rows, THIRD);
    expect(given(await viewOf('ann', THIRD))).toEqual([]);
  });
});
