import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTable } from '../../src/adapters/extracts/table-file.ts';
import { trainInWorkers } from '../../src/adapters/training/train-in-workers.ts';
import { evaluateForest } from '../../src/app/learning/evaluating/evaluate-forest.ts';
import type {
  EvaluationReport,
  EvaluationRequest,
  Prediction,
} from '../../src/app/learning/evaluating/evaluation.ts';
import { readEvaluationTable } from '../../src/app/learning/evaluating/evaluation-table.ts';
import { DEFAULT_FOREST_PLAN } from '../../src/domain/forest.ts';
import type { Peer } from './peer.ts';

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
      ...more,
      title: 'bank-additional by date',
      split: split('bank_add_nodur_temporal'),
    },
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
  const folder = mkdtempSync(join(tmpdir(), 'coil-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'coil.csv');
  writeFileSync(path, `${[`${header},buyer`, ...rows].join('\n')}\n`);
  return path;
}

/** What a study says: the report, buyers in the best 800 by seed, and the peer's AUC by seed. */
export interface StudyResult {
  readonly report: EvaluationReport;
  readonly hits: readonly number[];
  readonly peerAucs: readonly number[];
}

/** Evaluates a study over seeds 1 to 3, tuned out of bag, and the same rows by the peer. */
export async function runStudy(study: Study, peer: Peer | null): Promise<StudyResult> {
  const request = await requestOf(study);
  const predictions: Prediction[] = [];
  const report = await evaluateForest(request, {
    trainer: (training) => trainInWorkers(training, { workers: 0 }),
    onPrediction: (one) => one.part === 'test' && predictions.push(one),
  });
  if (!report.ok) throw new Error(report.refusal.message);
  const hits = SEEDS.map((seed) => hitsOf(request, predictions, seed));
  return {
    report: report.value,
    hits,
    peerAucs: peer ? await askPeer(request, peer, report.value.spec.trees) : [],
  };
}

const SEEDS = [1, 2, 3];

async function requestOf(study: Study): Promise<EvaluationRequest> {
  const [table, split] = [await readTable(study.csv), await readTable(study.split)];
  if (!table.ok || !split.ok) throw new Error(`${study.title}: a file cannot be read`);
  const plan = { ...DEFAULT_FOREST_PLAN, trees: null };
  const files = { table: table.value, split: split.value };
  return { ...study, ...files, categorical: [], seeds: SEEDS, plan, tune: true };
}

function hitsOf(
  { table, target, positive }: EvaluationRequest,
  predictions: readonly Prediction[],
  seed: number,
): number {
  const cells = table.cellsOf(target);
  return predictions
    .filter((one) => one.seed === seed)
    .toSorted((a, b) => b.rawPpm - a.rawPpm || a.row - b.row)
    .slice(0, 800)
    .filter(({ row }) => cells[row]?.trim() === positive).length;
}

async function askPeer(
  request: EvaluationRequest,
  peer: Peer,
  trees: number,
): Promise<readonly number[]> {
  const parts = readEvaluationTable(request);
  if (!parts.ok || parts.value.test === null) throw new Error('a study has no test rows');
  peer.give('train', parts.value.train.table, parts.value.train.labels);
  peer.give('test', parts.value.test.table, parts.value.test.labels);
  const aucs: number[] = [];
  for (const seed of SEEDS) {
    await peer.fit('train', seed, trees);
    aucs.push((await peer.predict('test', seed)).auc);
  }
  return aucs;
}
