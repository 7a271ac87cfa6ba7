import type { BusinessDate } from '../../domain/business-date.ts';
import { digestBytes } from '../../domain/digest.ts';
import type { TrainingRefusal, TuningRecord } from '../../domain/forest.ts';
import type { ForestEntry } from '../../domain/release.ts';
import type { ForestDeclaration, RuleSetFiles } from '../../domain/rule-set.ts';
import { calibrate } from '../../engine/propensity/calibrate.ts';
import { constantFeatures } from '../../engine/propensity/check-table.ts';
import { encodeForest } from '../../engine/propensity/forest-bytes.ts';
import { writeCard } from '../../engine/propensity/write-card.ts';
import type { CustomerLoaders } from '../customer360/customer-loaders.ts';
import type { CustomerDirectory } from '../ports/customer-source.ts';
import type { ReleaseStore, Stamp } from '../ports/release-store.ts';
import type { Trainer } from '../ports/trainer.ts';
import { completeCard } from './model-card.ts';
import { type GatheredRows, gatherRows, startRows, tableOf } from './training-rows.ts';
import { tuneForest } from './tune-forest.ts';

/** How far a training has come. */
export type TrainingProgress =
  | { readonly stage: 'READING'; readonly done: number; readonly total: number }
  | {
      readonly stage: 'GROWING';
      readonly forest: string;
      readonly done: number;
      readonly total: number;
    };

/** What became of one forest; a refused one leaves its actions to their priors. */
export type TrainingOutcome =
  | { readonly forest: string; readonly entry: ForestEntry }
  | { readonly forest: string; readonly refusal: TrainingRefusal };

export interface TrainingDeps {
  readonly directory: CustomerDirectory;
  readonly loaders: () => CustomerLoaders;
  readonly trainer: Trainer;
  readonly releaseStore: ReleaseStore;
}

/** Customers read together: memory stays bounded whatever the size of the bank. */
const CUSTOMERS_AT_ONCE = 50;

/** Trains every forest that a rule set declares, on what was known before each instant. */
export async function trainForests(
  request: {
    readonly ruleSet: RuleSetFiles;
    readonly today: BusinessDate;
    readonly stamp: Stamp;
    /** Whether leaf and feature share are chosen out of bag, at seven times the cost. */
    readonly tune?: boolean;
    readonly onProgress?: (progress: TrainingProgress) => void;
  },
  deps: TrainingDeps,
): Promise<readonly TrainingOutcome[]> {
  const { forests, body } = request.ruleSet;
  if (forests.length === 0) return [];
  const rows = startRows(forests);
  const gathering = { forests, facts: body.facts, rates: body.rates, today: request.today };
  const total = await deps.directory.count();
  let done = 0;
  for await (const customerIds of pages(deps.directory)) {
    const loaders = deps.loaders();
    const histories = await Promise.all(customerIds.map((id) => loaders.historyOf(id)));
    for (const history of histories) gatherRows(history, gathering, rows);
    done += customerIds.length;
    request.onProgress?.({ stage: 'READING', done, total });
  }
  const outcomes: TrainingOutcome[] = [];
  for (const [f, forest] of forests.entries()) {
    const gathered = rows[f];
    if (gathered !== undefined) {
      outcomes.push(await trainOne({ forest, gathered }, request, deps));
    }
  }
  return outcomes;
}

async function* pages(directory: CustomerDirectory): AsyncGenerator<readonly string[]> {
  let after: string | null = null;
  for (let more = true; more; ) {
    const page = await directory.page({ after, first: CUSTOMERS_AT_ONCE });
    if (page.customerIds.length > 0) yield page.customerIds;
    after = page.customerIds.at(-1) ?? null;
    more = page.hasMore;
  }
}

async function trainOne(
  { forest, gathered }: { readonly forest: ForestDeclaration; readonly gathered: GatheredRows },
  request: Parameters<typeof trainForests>[0],
  deps: TrainingDeps,
): Promise<TrainingOutcome> {
  const { facts } = request.ruleSet.body;
  const whole = tableOf(forest, gathered, facts);
  // A feature that never varies teaches nothing and would refuse the whole training.
  const constant = new Set(constantFeatures(whole));
  const table = { ...whole, columns: whole.columns.filter(({ name }) => !constant.has(name)) };
  const labels = Uint8Array.from(gathered.labels);
  const growing = (what: string) => (progress: { done: number; total: number }) =>
    request.onProgress?.({ stage: 'GROWING', forest: what, ...progress });
  let tuning: TuningRecord | null = null;
  if (request.tune === true) {
    const declared = { table, labels, spec: forest.spec };
    const tuned = await tuneForest(declared, deps.trainer, growing(`${forest.id}, tuning`));
    if (!tuned.ok) return { forest: forest.id, refusal: tuned.refusal };
    tuning = tuned.value;
  }
  const spec = { ...forest.spec, ...tuning?.chosen };
  const trained = await deps.trainer({ table, labels, spec }, growing(forest.id));
  if (!trained.ok) return { forest: forest.id, refusal: trained.refusal };
  const calibration = calibrate(trained.value.outOfBag, labels, forest.spec.trees);
  if (calibration === null) return { forest: forest.id, refusal: NOT_CALIBRATED };
  const bytes = encodeForest(trained.value.forest);
  const { id, predictsFor, permittedUses, owner, target } = forest;
  const window = { from: gathered.from ?? request.today, to: gathered.to ?? request.today };
  const declared = {
    id,
    predictsFor,
    permittedUses,
    owner,
    target: { label: target.label, window: target.window },
    trainingWindow: window,
  };
  const card = completeCard(writeCard(declared, { ...trained.value, calibration }, labels), {
    trained: trained.value,
    calibration,
    table,
    labels,
    tuning,
  });
  const entry: ForestEntry = { id, digest: digestBytes(bytes), calibration, card };
  await deps.releaseStore.saveForest({ entry, bytes }, request.stamp);
  return { forest: id, entry };
}

const NOT_CALIBRATED: TrainingRefusal = {
  code: 'TOO_FEW_POSITIVES',
  column: 'target',
  message: 'too few rows were left out of bag to calibrate on; train on more rows or trees',
};
