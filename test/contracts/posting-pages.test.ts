import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createPostingPages,
  POSTING_PAGES,
} from '../../src/adapters/postgres/bank/posting-pages.ts';
import type { PostingPage, ReadPostings } from '../../src/app/ports/posting-pages.ts';
import type { TransactionRecord } from '../../src/domain/bank-record.ts';
import { END_OF_TIME } from '../../src/domain/instant.ts';
import { owner, posting } from '../support/customer-history.ts';
import { fakePostings } from '../support/fakes/fake-postings.ts';
import { give, giveCustomers, openRig, type Rig } from './postgres-rig.ts';

const FIRST = '2026-03-01T00:00:00.000Z';
const LATER = '2026-04-01T00:00:00.000Z';
const ALL: PostingPage = { filter: {}, until: END_OF_TIME, skip: 0, most: 100 };

const row = (transactionId: string, day: string, more: Partial<TransactionRecord> = {}) => ({
  ...posting(day, -100, { transactionId, recordedAt: FIRST }),
  arrangementId: 'a',
  ...more,
});
/** Equal instants, corrections of amount, day and arrangement, one withdrawn, every filter. */
const ROWS: readonly TransactionRecord[] = [
  row('t1', '2026-02-01', { category: 'FOOD' }),
  row('t2', '2026-02-01', { sequence: 2, country: 'DE' }),
  row('t3', '2026-02-01', { sequence: 1 }),
  row('t4', '2026-02-02', { arrangementId: 'b', category: 'FOOD' }),
  row('t4', '2026-02-03', { arrangementId: 'b', category: 'RENT', recordedAt: LATER }),
  row('t5', '2026-02-04'),
  row('t5', '2026-02-04', { arrangementId: 'elsewhere', recordedAt: LATER }),
  row('t6', '2026-02-05', { arrangementId: 'b' }),
  row('t7', '2026-02-06'),
  row('t7', '2026-02-06', { withdrawn: true, recordedAt: LATER }),
];

describe('a page of postings', () => {
  let rig: Rig;
  let pages: ReadPostings;
  const fake = fakePostings({
    transactions: async (ids) =>
      new Map(ids.map((id) => [id, { transactions: ROWS, coverage: [] }] as const)),
  });
  const idsOf = async (read: ReadPostings, page: Partial<PostingPage>, own = ['a', 'b']) => {
    const asked = [{ customerId: 'A', arrangementIds: own }];
    const found = await read(asked, { ...ALL, ...page });
    return (found.get('A') ?? []).map(({ transactionId }) => transactionId);
  };

  beforeAll(async () => {
    rig = await openRig();
    await giveCustomers(rig.database, ['A', 'B', 'C']);
    await give(rig.database, 'role', [
      owner('a', { partyId: 'A' }),
      owner('b', { partyId: 'A' }),
      owner('b', { partyId: 'B', role: 'JOINT' }),
      owner('many', { partyId: 'C' }),
    ]);
    await give(rig.database, 'transaction', ROWS);
    pages = createPostingPages(rig.database, 2);
  });
  afterAll(() => rig.close());

  test.each<[string, Partial<PostingPage>, readonly string[]]>([
    ['of all', {}, ['t6', 't4', 't2', 't3', 't1']],
    ['of some', { most: 2 }, ['t6', 't4']],
    ['after some of an instant', { until: ROWS[0]?.effectiveAt ?? '', skip: 1 }, ['t3', 't1']],
    ['until an instant', { until: '2026-02-04T00:00:00.000Z' }, ['t4', 't2', 't3', 't1']],
    ['from an instant', { filter: { from: '2026-02-02T00:00:00.000Z' } }, ['t6', 't4']],
    ['of a category, by the last version', { filter: { category: 'FOOD' } }, ['t1']],
    ['of a country', { filter: { country: 'DE' } }, ['t2']],
    ['of an arrangement', { filter: { arrangementId: 'b' } }, ['t6', 't4']],
    ['of an arrangement of somebody else', { filter: { arrangementId: 'elsewhere' } }, []],
  ])('%s holds the last version of each, newest first', async (_what, page, expected) => {
    expect(await idsOf(pages, page)).toEqual(expected);
    expect(await idsOf(fake, page)).toEqual(expected);
  });

  test('of what was ever shared is read where nobody knows, for each by itself', async () => {
    const asked = [
      { customerId: 'B', arrangementIds: null },
      { customerId: 'A', arrangementIds: ['a'] },
      { customerId: 'nobody', arrangementIds: null },
    ];
    const found = await pages(asked, ALL);
    const ids = [...found].map(([id, rows]) => [id, rows.map((one) => one.transactionId)]);
    expect(Object.fromEntries(ids)).toEqual({ A: ['t2', 't3', 't1'], B: ['t6', 't4'] });
  });

  test('reads a page, however many postings there are', async () => {
    await rig.database.query(
      `insert into bank_transaction (transaction_id, arrangement_id, effective_at, amount_minor,
         currency, recorded_at)
       select 'm' || n, 'many', timestamptz '2026-01-01Z' + n * interval '5 minutes', -n, 'EUR',
         '2026-11-01Z' from generate_series(1, 80000) n`,
    );
    await rig.database.query('analyze bank_transaction');
    const values = [['C'], ['C'], ['many'], [], END_OF_TIME, null, null, null, null, 0, 6, []];
    const [plan] = await rig.database.query<{ 'QUERY PLAN': readonly [{ Plan: PlanNode }] }>(
      `explain (analyze, format json) ${POSTING_PAGES}`,
      values,
    );
    const scans = plan === undefined ? [] : flatten(plan['QUERY PLAN'][0].Plan);
    const read = scans
      .filter((node) => node['Relation Name'] === 'bank_transaction')
      .map((node) => node['Actual Rows'] * node['Actual Loops']);
    expect(read.length).toBeGreaterThan(0);
    expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(50);
    const page = await pages([{ customerId: 'C', arrangementIds: ['many'] }], {
      ...ALL,
      most: 2,
    });
    expect(page.get('C')?.map(({ transactionId }) => transactionId)).toEqual([
      'm80000',
      'm79999',
    ]);
  }, 60_000);
});

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

function flatten(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
