/** Heavy: makes 100,000 decisions, in about ten seconds. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CodeBook, createCodeBook } from '../../src/adapters/postgres/code-book.ts';
import { pageStatement } from '../../src/adapters/postgres/decision-page.ts';
import { ensurePartitions } from '../../src/adapters/postgres/decision-partitions.ts';
import { createPool } from '../../src/adapters/postgres/pool.ts';
import type { DecisionFilter } from '../../src/app/ports/decision-log.ts';
import { giveCustomers, openRig, type Rig } from './postgres-rig.ts';
import { giveReleases } from './sample-release.ts';

const DECISIONS = 100_000;
const FROM_MS = Date.parse('2026-09-01T00:00:00.000Z');
const DAYS = 90;
const CHUNK = 20_000;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

describe('at 100,000 decisions', () => {
  let rig: Rig;
  let book: CodeBook;
  let rare: string;
  beforeAll(async () => {
    rig = await openRig();
    const customers = Array.from({ length: 1_000 }, (_, i) => `C${i}`);
    await giveCustomers(rig.database, customers);
    [, rare] = await giveReleases(rig.registry);
    book = createCodeBook(rig.database);
    await ensurePartitions(rig.database, '2026-09-01T00:00:00.000Z', 3);
    // Plans must not hang on whether the server happened to tidy up meanwhile.
    for (const month of ['09', '10', '11']) {
      const off = 'set (autovacuum_enabled = off)';
      await rig.database.query(`alter table decision_p2026_${month} ${off}`);
    }
    await giveDecisions(rig, book);
  }, 60_000);
  afterAll(() => rig.close());

  /** The nodes of the plan that read decisions, and the months they read. */
  const scansOf = async (filter: DecisionFilter) => {
    const statement = await pageStatement(book, filter, { first: 50, before: null });
    if (statement === undefined) throw new Error('a name in the filter has no code');
    const [row] = await rig.database.query<{ 'QUERY PLAN': readonly [{ Plan: PlanNode }] }>(
      `explain (format json) ${statement.text}`,
      statement.values,
    );
    const nodes = row === undefined ? [] : flatten(row['QUERY PLAN'][0].Plan);
    return nodes.filter(
      (node) =>
        node['Relation Name']?.startsWith('decision_p') ||
        node['Index Name']?.startsWith('decision_p'),
    );
  };

  test.each<[string, DecisionFilter]>([
    ['nothing', {}],
    ['customer', { customerId: 'C7' }],
    ['action', { action: 'action-3' }],
    ['stage', { stage: 'SUPPRESSION' }],
    ['a rare stage', { stage: 'HOLD' }],
    ['rule', { rule: 'rule-17' }],
    ['action, stage and rule', { action: 'action-3', stage: 'ELIGIBILITY', rule: 'rule-17' }],
    ['stage and rule', { stage: 'ELIGIBILITY', rule: 'rule-17' }],
    ['trigger', { trigger: 'QUERY' }],
    ['a rare trigger', { trigger: 'JOURNEY' }],
    ['outcome', { outcome: 'ACTIONS' }],
    ['a rare outcome', { outcome: 'NO_ACTION' }],
    ['time', { from: '2026-10-05T00:00:00.000Z', to: '2026-10-06T00:00:00.000Z' }],
    ['a name and time', { rule: 'rule-17', from: '2026-10-05T00:00:00.000Z' }],
    ['customer and time', { customerId: 'C7', from: '2026-10-05T00:00:00.000Z' }],
    ['customer and rule', { customerId: 'C7', rule: 'rule-17' }],
    ['customer and outcome', { customerId: 'C7', outcome: 'NO_ACTION' }],
    ['action and stage', { action: 'action-3', stage: 'ELIGIBILITY' }],
    ['action and rule', { action: 'action-3', rule: 'rule-17' }],
    ['action and time', { action: 'action-3', to: '2026-10-05T00:00:00.000Z' }],
    ['trigger and outcome', { trigger: 'QUERY', outcome: 'NO_ACTION' }],
    ['outcome and time', { outcome: 'ACTIONS', from: '2026-11-05T00:00:00.000Z' }],
  ])('the plan by %s uses an index', async (_, filter) => {
    const scans = await scansOf(filter);
    expect(scans.length).toBeGreaterThan(0);
    expect(scans.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  });

  test.each<[string, DecisionFilter]>([
    ['release', {}],
    ['release and time', { from: '2026-10-05T00:00:00.000Z' }],
    ['release and rule', { rule: 'rule-17' }],
  ])('the plan by %s uses an index', async (_, others) => {
    const scans = await scansOf({ release: rare, ...others });
    expect(scans.length).toBeGreaterThan(0);
    expect(scans.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  });

  test('a time within one month reads that month alone', async () => {
    const filter = { from: '2026-10-05T00:00:00.000Z', to: '2026-10-31T23:59:59.999Z' };
    const relations = (await scansOf(filter)).flatMap((node) => node['Relation Name'] ?? []);
    expect(new Set(relations)).toEqual(new Set(['decision_p2026_10']));
  });

  test('every filter answers within a second', async () => {
    const filters: readonly DecisionFilter[] = [
      {},
      { customerId: 'C7' },
      { rule: 'rule-17' },
      { trigger: 'JOURNEY' },
      { outcome: 'NO_ACTION' },
      { release: rare },
      { action: 'action-3', stage: 'ELIGIBILITY' },
    ];
    for (const filter of filters) {
      const statement = await pageStatement(book, filter, { first: 50, before: null });
      if (statement === undefined) throw new Error('a name in the filter has no code');
      const before = performance.now();
      await rig.database.query(statement.text, statement.values);
      expect(performance.now() - before).toBeLessThan(1_000);
    }
  });
});

/**
 * Twenty actions each: one is surfaced in most decisions, the others withheld by one of forty
 * rules. Rare are holds (1 in 500), journeys (1 in 1,000), no action (1 in 200), the second
 * release.
 */
async function giveDecisions(rig: Rig, book: CodeBook): Promise<void> {
  const names = (kind: 'action' | 'rule', count: number) =>
    Array.from({ length: count }, (_, i) => ({ kind, name: `${kind}-${i}` }) as const);
  await book.codesOf([
    ...names('action', 20),
    ...names('rule', 40),
    ...['ELIGIBILITY', 'SUPPRESSION', 'HOLD', 'SURFACED'].map(
      (name) => ({ kind: 'stage', name }) as const,
    ),
    ...['QUERY', 'JOURNEY'].map((name) => ({ kind: 'trigger', name }) as const),
    ...['ACTIONS', 'NO_ACTION'].map((name) => ({ kind: 'outcome', name }) as const),
    { kind: 'action|stage', name: 'action-3|ELIGIBILITY' },
    { kind: 'action|rule', name: 'action-3|rule-17' },
    { kind: 'stage|rule', name: 'ELIGIBILITY|rule-17' },
  ]);
  const stepMs = (DAYS * 86_400_000) / DECISIONS;
  const options = { max: 1, applicationName: 'making decisions', statementTimeoutMs: 0 };
  const unhurried = createPool(rig.url, options);
  for (let from = 0; from < DECISIONS; from += CHUNK) {
    await unhurried.query(DECISIONS_SQL, [from, from + CHUNK - 1, FROM_MS, stepMs]);
  }
  await unhurried.query('analyze decision');
  await unhurried.query('analyze customer');
  await unhurried.close();
}

/**
 * What recurs every thousand decisions is made once: the codes of each. Bodies are as long as
 * stored ones are at least, for the planner weighs an index against the size of the table.
 */
const DECISIONS_SQL = `
  with numbered as (
    select i, lpad(to_hex(($3::numeric + i * $4::numeric)::bigint), 12, '0') as hex
    from generate_series($1::int, $2::int) i
  ), customers as materialized (
    select id, row_number() over (order by party_id) - 1 as n from customer
  ), patterns as materialized (
    select i, (select array_agg(code) from code where case kind
      when 'action' then name ~ '^action-'
      when 'rule' then name ~ '^rule-'
        and (ascii(right(name, 1)) * 31 + length(name) * 7 + i) % 5 = 0
      when 'stage' then name <> 'HOLD' or i % 500 = 0
      when 'trigger' then (name = 'JOURNEY') = (i % 1000 = 0)
      when 'outcome' then (name = 'NO_ACTION') = (i % 200 = 0)
      else i % 50 = 0 end) as tags
    from generate_series(0, 999) i
  )
  insert into decision (id, customer_id, release_id, decided_at, caller, arguments_digest, tags,
    codec, body)
  select
    (left(hex, 8) || '-' || right(hex, 4) || '-7000-8000-' || lpad(to_hex(n.i), 12, '0'))::uuid,
    c.id,
    (select max(id) from release) - (n.i % 400 <> 0)::int,
    to_timestamp(($3::numeric + n.i * $4::numeric)::float8 / 1000), 'plan', '\\x00', p.tags,
    0, convert_to(repeat(md5(n.i::text), 28), 'UTF8')
  from numbered n
  join customers c on c.n = (n.i * 7 + n.i / 1000) % 1000
  join patterns p on p.i = n.i % 1000`;

function flatten(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
