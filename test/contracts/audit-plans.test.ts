/** Heavy: makes 100,000 decisions, in about ten seconds. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPool } from '../../src/adapters/postgres/connection/pool.ts';
import {
  type CodeBook,
  createCodeBook,
  type Name,
} from '../../src/adapters/postgres/decisions/code-book.ts';
import { pageStatement } from '../../src/adapters/postgres/decisions/decision-page.ts';
import { ensurePartitions } from '../../src/adapters/postgres/decisions/decision-partitions.ts';
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
      { action: 'action-3' },
      { stage: 'HOLD' },
      { action: 'action-3', stage: 'ELIGIBILITY' },
      { action: 'action-3', stage: 'ELIGIBILITY', rule: 'rule-17' },
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
 * rules. Rare are holds (1 in 500), journeys (1 in 1,000), no action (1 in 200), the third action
 * withheld by the 17th rule (1 in 50), the second release.
 */
async function giveDecisions(rig: Rig, book: CodeBook): Promise<void> {
  const patterns = await Promise.all(
    Array.from({ length: 1_000 }, async (_, i) => `{${await book.codesOf(namesOf(i))}}`),
  );
  const stepMs = (DAYS * 86_400_000) / DECISIONS;
  const options = { max: 1, applicationName: 'making decisions', statementTimeoutMs: 0 };
  const unhurried = createPool(rig.url, options);
  for (let from = 0; from < DECISIONS; from += CHUNK) {
    await unhurried.query(DECISIONS_SQL, [from, from + CHUNK - 1, FROM_MS, stepMs, patterns]);
  }
  await unhurried.query('analyze decision');
  await unhurried.query('analyze customer');
  await unhurried.close();
}

function namesOf(pattern: number): readonly Name[] {
  const name = (action: number) => `action-${action}|${whatHappened(action, pattern)}`;
  return [
    { kind: 'trigger', name: pattern === 0 ? 'JOURNEY' : 'QUERY' },
    { kind: 'outcome', name: pattern % 200 === 0 ? 'NO_ACTION' : 'ACTIONS' },
    ...Array.from({ length: 20 }, (_, i): Name => ({ kind: 'candidate', name: name(i) })),
  ];
}

/** The stage and the rule of one action in all decisions of a pattern. */
function whatHappened(action: number, pattern: number): string {
  if (pattern % 500 === 0) return 'HOLD|hold.fraud';
  if (action === 3 && pattern % 50 === 0) return 'ELIGIBILITY|rule-17';
  if ((action + pattern) % 20 === 0 && pattern % 200 !== 0) return 'SURFACED|';
  const rule = 2 * action + ((pattern * 7 + action) % 4);
  return rule % 2 === 1 ? `ELIGIBILITY|rule-${rule % 40}` : `SUPPRESSION|rule-${rule % 40}`;
}

/**
 * Tags recur every thousand decisions. Bodies are as long as stored ones are at least, for the
 * planner weighs an index against the size of the table.
 */
const DECISIONS_SQL = `
  with numbered as (
    select i, lpad(to_hex(($3::numeric + i * $4::numeric)::bigint), 12, '0') as hex
    from generate_series($1::int, $2::int) i
  ), customers as materialized (
    select id, row_number() over (order by party_id) - 1 as n from customer
  ), patterns as materialized (
    select i - 1 as i, tags::int[] from unnest($5::text[]) with ordinality as p(tags, i)
  )
  insert into decision (id, customer_id, release_id, caller, arguments_start, capsule_address,
    tags, codec, body)
  select
    (left(hex, 8) || '-' || right(hex, 4) || '-7000-8000-' || lpad(to_hex(n.i), 12, '0'))::uuid,
    c.id,
    (select max(id) from release) - (n.i % 400 <> 0)::int, 'plan', '\\x00', sha256('plan'), p.tags,
    0, convert_to(repeat(md5(n.i::text), 16), 'UTF8')
  from numbered n
  join customers c on c.n = (n.i * 7 + n.i / 1000) % 1000
  join patterns p on p.i = n.i % 1000`;

function flatten(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
