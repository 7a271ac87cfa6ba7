import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stores } from '../../src/adapters/postgres/open-stores.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import {
  type GatheredRows,
  gatherRows,
  startRows,
  tableOf,
} from '../../src/app/learning/training/training-rows.ts';
import type { CustomerPage } from '../../src/app/ports/customer-source.ts';
import { MISSING_NUMBER } from '../../src/domain/forest.ts';
import type { ForestDeclaration } from '../../src/domain/rule-set.ts';
import { desk } from '../../src/main/desk.ts';
import { evaluate, type Labelled } from './evaluate.ts';
import { forbiddenFeatures, STUDIES, type StudyRow, studyRows } from './onboarding-study.ts';
import { withBerka } from './open-berka.ts';
import { PORTFOLIO_STUDY, portfolioRows } from './portfolio-study.ts';

// Usage: node bench/berka/berka-bench.ts [B1|B2]
// From the bank's files to scores, by the product's code.
const GOALS_PPM: { readonly [study: string]: number } = {
  'B1 loan': 785_000,
  'B1 card': 770_000,
};
/** scikit-learn's 500 trees on forty features; sex and age, which we may not use, are two. */
const PEER_PPM: { readonly [study: string]: number } = { 'B2 loan': 791_000 };
const TIME_SPLIT = '1996-07-01';
const shared = process.env.NEXTBEST_SHARED ?? '../shared';

const only = process.argv[2];

if (only !== 'B2') {
  await withBerka({ shared, slice: 'FIRST_ELEVEN' }, async (stores) => {
    const gathered = await gather(stores, STUDIES, studyRows);
    for (const one of gathered) await report('B1', one);
  });
}
if (only !== 'B1') {
  await withBerka({ shared, slice: 'FIFTEEN_MONTHS' }, async (stores) => {
    const gathered = await gather(stores, [PORTFOLIO_STUDY], portfolioRows);
    for (const one of gathered) await report('B2', one);
  });
}

interface Study {
  readonly declared: ForestDeclaration;
  readonly rows: readonly StudyRow[];
  readonly data: Labelled;
}

async function gather(
  stores: Stores,
  studies: readonly ForestDeclaration[],
  rowsOf: typeof studyRows,
): Promise<readonly Study[]> {
  const ruleSet = await desk.readRuleSet(join(desk.rulesFolder, 'berka'));
  const bank = await stores.bank.read();
  if (!ruleSet.ok || bank === undefined) throw new Error('no rule set or no bank');
  const { facts, rates } = ruleSet.value.body;
  const forbidden = forbiddenFeatures(studies, facts);
  if (forbidden.length > 0) throw new Error(`not for forests: ${forbidden.join(', ')}`);
  const rows = new Map<string, StudyRow[]>(studies.map(({ id }) => [id, []]));
  const into = startRows(studies);
  const instantsOf: typeof studyRows = (viewOn, forest, today) => {
    const found = rowsOf(viewOn, forest, today);
    rows.get(forest.id)?.push(...found);
    return found;
  };
  const gathering = { forests: studies, facts, rates, today: bank.businessDate, instantsOf };
  for (let after: string | null = null, more = true; more; ) {
    const page: CustomerPage = await stores.directory.page({ after, first: 200 });
    const loaders = createCustomerLoaders(stores.histories, systemClock);
    const histories = await Promise.all(page.customerIds.map((id) => loaders.historyOf(id)));
    for (const history of histories) gatherRows(history, gathering, into);
    after = page.customerIds.at(-1) ?? null;
    more = page.hasMore;
  }
  return studies.map((declared, s) => {
    const data = into[s] as GatheredRows;
    const table = tableOf(declared, data, facts);
    const labels = Uint8Array.from(data.labels);
    return { declared, rows: rows.get(declared.id) ?? [], data: { table, labels } };
  });
}

async function report(series: 'B1' | 'B2', { declared, rows, data }: Study): Promise<void> {
  const { id, spec } = declared;
  const foldOf = readColumn(`data/splits/berka_${series}_${id}.folds.csv`, 'fold');
  const labelOf = readColumn(`data/berka/${series}_${id}.features.csv`, 'y');
  const folds = [...new Set(foldOf.values())].toSorted();
  const aucs: number[] = [];
  for (const fold of folds) {
    const isTest = (row: number) => foldOf.get(rows[row]?.account ?? '') === fold;
    aucs.push((await evaluate(data, isTest, spec)).aucPpm);
  }
  // All of B2 stands on one day: there is no later.
  const later =
    series === 'B1' &&
    (await evaluate(data, (row) => (rows[row]?.opened ?? '') >= TIME_SPLIT, spec));
  const meanPpm = Math.round(aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length);
  const study = `${series} ${id}`;
  const goalPpm = GOALS_PPM[study];
  if (meanPpm < (goalPpm ?? 0)) process.exitCode = 1;
  const covered = data.table.columns.find(({ name }) => name === 'onboarding.credit90d');
  console.log(
    JSON.stringify({
      study,
      rows: rows.length,
      positives: data.labels.reduce((sum, label) => sum + label, 0),
      rowsOutsideFolds: rows.filter(({ account }) => !foldOf.has(account)).length,
      foldRowsMissing: foldOf.size - rows.length,
      labelsUnlikePeer: rows.filter((row) => labelOf.get(row.account) !== `${row.label}`).length,
      rowsCovered:
        covered?.kind === 'number' && covered.values.filter((v) => v !== MISSING_NUMBER).length,
      meanAucPpm: meanPpm,
      ...(goalPpm !== undefined && { goalAucPpm: goalPpm }),
      ...(PEER_PPM[study] !== undefined && { peerAucPpm: PEER_PPM[study] }),
      foldAucsPpm: aucs,
      ...(later !== false && { outOfTime: later }),
    }),
  );
}

function readColumn(relative: string, column: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(shared, relative), 'utf8');
  const [head = [], ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const at = head.indexOf(column);
  return new Map(lines.map((cells) => [cells[0] ?? '', cells[at] ?? '']));
}
