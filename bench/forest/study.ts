import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTable } from '../../src/adapters/extracts/table-file.ts';
import { trainInWorkers } from '../../src/adapters/training/train-in-workers.ts';
import { evaluateForest } from '../../src/app/learning/evaluate-forest.ts';
import type { EvaluationReport, Prediction } from '../../src/app/learning/evaluation.ts';
import { DEFAULT_FOREST_SPEC } from '../../src/domain/forest.ts';

/** One public table with its split, as `forest evaluate` takes it. */
export interface Study {
  readonly title: string;
  readonly csv: string;
  readonly target: string;
  readonly positive: string;
  readonly ignore: readonly string[];
  readonly split: string;
}

/** The tables of the shared data; CoIL's has no header, so one is written before it. */
export function studies(shared: string): readonly Study[] {
  const split = (name: string) => `${shared}/data/splits/${name}.split.csv`;
  const bank = { target: 'y', positive: 'yes', ignore: ['duration'] };
  const full = { ...bank, csv: `${shared}/data/uci-bank/bank-full.csv.gz` };
  const more = { ...bank, csv: `${shared}/data/uci-bank/bank-additional-full.csv.gz` };
  return [
    { ...full, title: 'bank-full', split: split('bank_full_nodur') },
    { ...full, title: 'bank-full by date', split: split('bank_full_nodur_temporal') },
    { ...more, title: 'bank-additional', split: split('bank_add_nodur') },
    {
      title: 'credit default',
      csv: `${shared}/data/credit-default/creditcard_default.csv.gz`,
      target: 'has_default',
      positive: '1',
      ignore: [],
      split: split('credit_default'),
    },
    {
      title: 'CoIL 2000',
      csv: writeCoil(shared),
      target: 'buyer',
      positive: '1',
      ignore: [],
      split: split('coil2000'),
    },
  ];
}

function writeCoil(shared: string): string {
  const lines = (name: string) =>
    gunzipSync(readFileSync(`${shared}/data/coil2000/${name}.txt.gz`))
      .toString()
      .trim()
      .split(/\r?\n/)
      .map((line) => line.trim().replaceAll('\t', ','));
  const targets = lines('tictgts2000');
  const rows = [
    ...lines('ticdata2000'),
    ...lines('ticeval2000').map((line, k) => `${line},${targets[k]}`),
  ];
  const width = rows[0]?.split(',').length ?? 0;
  const header = Array.from({ length: width - 1 }, (_, k) => `v${k + 1}`).join(',');
  const path = join(mkdtempSync(join(tmpdir(), 'coil-')), 'coil.csv');
  writeFileSync(path, `${[`${header},buyer`, ...rows].join('\n')}\n`);
  return path;
}

/** Evaluates a study over seeds 1 to 3, tuned out of bag; hits are those of the best 800. */
export async function runStudy(
  study: Study,
): Promise<{ readonly report: EvaluationReport; readonly hits: readonly number[] }> {
  const [table, split] = [await readTable(study.csv), await readTable(study.split)];
  if (!table.ok || !split.ok) throw new Error(`${study.title}: a file cannot be read`);
  const predictions: Prediction[] = [];
  const seeds = [1, 2, 3];
  const report = await evaluateForest(
    {
      ...study,
      table: table.value,
      split: split.value,
      categorical: [],
      seeds,
      spec: DEFAULT_FOREST_SPEC,
      tune: true,
    },
    {
      trainer: (training) => trainInWorkers(training, { workers: 0 }),
      onPrediction: (one) => one.part === 'test' && predictions.push(one),
    },
  );
  if (!report.ok) throw new Error(report.refusal.message);
  const target = table.value.cells[table.value.names.indexOf(study.target)] ?? [];
  const hits = seeds.map(
    (seed) =>
      predictions
        .filter((one) => one.seed === seed)
        .toSorted((a, b) => b.rawPpm - a.rawPpm || a.row - b.row)
        .slice(0, 800)
        .filter(({ row }) => target[row]?.trim() === study.positive).length,
  );
  return { report: report.value, hits };
}
