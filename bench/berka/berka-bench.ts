import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type GatheredRows,
  gatherRows,
  startRows,
  tableOf,
} from '../../src/app/learning/training-rows.ts';
import { MISSING_NUMBER } from '../../src/domain/forest.ts';
import type { ForestDeclaration } from '../../src/domain/rule-set.ts';
import { desk } from '../../src/main/desk.ts';
import type { OpenedWorkbench } from '../../src/main/workbench.ts';
import { evaluate, type Labelled } from './evaluate.ts';
import { forbiddenFeatures, STUDIES, type StudyRow, studyRows } from './onboarding-study.ts';
import { withFirstSlice } from './open-first-slice.ts';

// Usage: node bench/berka/berka-bench.ts; from the bank's files to scores, by the product's code.
const GOALS_PPM: { readonly [study: string]: number } = { loan: 785_000, card: 770_000 };
const TIME_SPLIT = '1996-07-01';
const shared = process.env.NEXTBEST_SHARED ?? '../shared';

await withFirstSlice(shared, async (bench) => {
  const gathered = await gather(bench);
  for (const one of gathered) await report(one);
});

interface Study {
  readonly declared: ForestDeclaration;
  readonly rows: readonly StudyRow[];
  readonly data: Labelled;
}

async function gather(bench: OpenedWorkbench): Promise<readonly Study[]> {
  const ruleSet = await desk.readRuleSet(join(desk.rulesFolder, 'berka'));
  const bank = await bench.bank.read();
  if (!ruleSet.ok || bank === undefined) throw new Error('no rule set or no bank');
  const { facts, rates } = ruleSet.value.body;
  const forbidden = forbiddenFeatures(facts);
  if (forbidden.length > 0) throw new Error(`not for forests: ${forbidden.join(', ')}`);
  const rows = new Map<string, StudyRow[]>(STUDIES.map(({ id }) => [id, []]));
  const into = startRows(STUDIES);
  const instantsOf: typeof studyRows = (viewOn, forest, today) => {
    const found = studyRows(viewOn, forest, today);
    rows.get(forest.id)?.push(...found);
    return found;
  };
  const gathering = { forests: STUDIES, facts, rates, today: bank.businessDate, instantsOf };
  for (let after: string | null = null, more = true; more; ) {
    const page = await bench.directory.page({ after, first: 200 });
    const loaders = bench.loaders();
    const histories = await Promise.all(page.customerIds.map((id) => loaders.historyOf(id)));
    for (const history of histories) gatherRows(history, gathering, into);
    after = page.customerIds.at(-1) ?? null;
    more = page.hasMore;
  }
  return STUDIES.map((declared, s) => {
    const data = into[s] as GatheredRows;
    const table = tableOf(declared, data, facts);
    const labels = Uint8Array.from(data.labels);
    return { declared, rows: rows.get(declared.id) ?? [], data: { table, labels } };
  });
}

async function report({ declared, rows, data }: Study): Promise<void> {
  const { id, spec } = declared;
  const foldOf = readColumn(`data/splits/berka_B1_${id}.folds.csv`, 'fold');
  const labelOf = readColumn(`data/berka/B1_${id}.features.csv`, 'y');
  const folds = [...new Set(foldOf.values())].toSorted();
  const aucs: number[] = [];
  for (const fold of folds) {
    const isTest = (row: number) => foldOf.get(rows[row]?.account ?? '') === fold;
    aucs.push((await evaluate(data, isTest, spec)).aucPpm);
  }
  const later = await evaluate(data, (row) => (rows[row]?.opened ?? '') >= TIME_SPLIT, spec);
  const meanPpm = Math.round(aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length);
  const goalPpm = GOALS_PPM[id] ?? 0;
  if (meanPpm < goalPpm) process.exitCode = 1;
  const covered = data.table.columns.find(({ name }) => name === 'onboarding.credit90d');
  console.log(
    JSON.stringify({
      study: id,
      rows: rows.length,
      positives: data.labels.reduce((sum, label) => sum + label, 0),
      rowsOutsideFolds: rows.filter(({ account }) => !foldOf.has(account)).length,
      foldRowsMissing: foldOf.size - rows.length,
      labelsUnlikePeer: rows.filter((row) => labelOf.get(row.account) !== `${row.label}`).length,
      rowsCovered:
        covered?.kind === 'number' && covered.values.filter((v) => v !== MISSING_NUMBER).length,
      meanAucPpm: meanPpm,
      goalAucPpm: goalPpm,
      foldAucsPpm: aucs,
      outOfTime: later,
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
