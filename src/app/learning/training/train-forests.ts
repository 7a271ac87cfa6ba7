import type { BusinessDate } from '../../../domain/business-date.ts';
import type { TrainingRefusal } from '../../../domain/forest.ts';
import type { ForestEntry } from '../../../domain/release.ts';
import type { RuleSetFiles } from '../../../domain/rule-set.ts';
import type { CustomerLoaders } from '../../customer360/customer-loaders.ts';
import type { CustomerDirectory } from '../../ports/customer-source.ts';
import type { ReadLiveSheets } from '../../ports/live-sheets.ts';
import type { ReferenceScorer } from '../../ports/reference-scorer.ts';
import type { KeptForest, ReleaseStore, Stamp } from '../../ports/release-store.ts';
import type { Trainer } from '../../ports/trainer.ts';
import { digestsOf } from '../../releases/release-shelf.ts';
import { trainOne } from './train-one.ts';
import {
  DEFAULT_MEMORY_BYTES,
  gatheredBytes,
  type MemoryBound,
  neededBytes,
  refuseMemory,
} from './training-memory.ts';
import { type TrainingProgress, workOf } from './training-progress.ts';
import { type GatheredRows, gatherRows, startRows } from './training-rows.ts';
import { triedLeaves } from './tune-forest.ts';

/** What became of one forest; a refused one leaves its actions to their priors. */
export type TrainingOutcome =
  | { readonly forest: string; readonly entry: ForestEntry }
  | { readonly forest: string; readonly refusal: TrainingRefusal };

/** What training reads, and by whom it trains and is held honest. */
export interface TrainingDeps {
  readonly directory: CustomerDirectory;
  readonly loaders: () => CustomerLoaders;
  readonly liveSheets: ReadLiveSheets;
  readonly trainer: Trainer;
  readonly reference: ReferenceScorer;
  /** Threads that the trainer takes, for what memory they need. */
  readonly trainingThreads: number;
  readonly releaseStore: ReleaseStore;
}

/** What is trained, as of which business date, and within which bounds. */
export interface TrainingRun {
  readonly ruleSet: RuleSetFiles;
  readonly today: BusinessDate;
  readonly stamp: Stamp;
  /** Whether leaf and feature share are chosen out of bag, at seven times the cost. */
  readonly tune?: boolean;
  /** What may be taken; a training that needs more is refused before it begins. */
  readonly memoryBytes?: number;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

/** Customers read together: memory stays bounded whatever the size of the bank. */
const CUSTOMERS_AT_ONCE = 50;

/**
 * Trains every forest that a rule set declares, on what was known before each instant. All are
 * kept together at the end: a training that is interrupted leaves nothing behind.
 */
export async function trainForests(
  run: TrainingRun,
  deps: TrainingDeps,
): Promise<readonly TrainingOutcome[]> {
  const { forests, body } = run.ruleSet;
  if (forests.length === 0) return [];
  const rows = startRows(forests);
  const tooLarge = await gatherAll(run, deps, rows);
  if (tooLarge !== null) return forests.map(({ id }) => ({ forest: id, refusal: tooLarge }));
  const tell = workOf(forests, rows, run);
  const outcomes: TrainingOutcome[] = [];
  const kept: KeptForest[] = [];
  for (const [f, forest] of forests.entries()) {
    const gathered = rows[f];
    if (gathered === undefined) continue;
    const work = { forest, gathered, facts: body.facts, tune: run.tune === true };
    const trained = await trainOne(work, deps, tell(f));
    if (trained.ok) kept.push(trained.value);
    outcomes.push(
      trained.ok
        ? { forest: forest.id, entry: trained.value.entry }
        : { forest: forest.id, refusal: trained.refusal },
    );
  }
  if (kept.length > 0) await deps.releaseStore.saveForests(kept, run.stamp);
  return outcomes;
}

/** Gathers the rows of all forests, or says that they would not fit. */
async function gatherAll(
  run: TrainingRun,
  deps: TrainingDeps,
  rows: readonly GatheredRows[],
): Promise<TrainingRefusal | null> {
  const { forests, body } = run.ruleSet;
  const { facts, rates } = body;
  const digests = digestsOf(body);
  const total = await deps.directory.count();
  let done = 0;
  for await (const customerIds of pages(deps.directory)) {
    const loaders = deps.loaders();
    const [sheets, ...histories] = await Promise.all([
      deps.liveSheets({ customerIds, ...digests }),
      ...customerIds.map((id) => loaders.historyOf(id)),
    ]);
    for (const history of histories) {
      const stored = sheets.get(history.customerId);
      const gathering = { forests, facts, rates, today: run.today, ...(stored && { stored }) };
      gatherRows(history, gathering, rows);
    }
    done += customerIds.length;
    const refusal = refuseRows(run, deps, rows);
    if (refusal !== null) return refusal;
    run.onProgress?.({ activity: 'READING', done, total, ...memoryOf(run, deps, rows) });
  }
  return null;
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

/** Every forest's size, with what the rows of the others take besides. */
function sizesOf(run: TrainingRun, deps: TrainingDeps, rows: readonly GatheredRows[]) {
  const boundBytes = run.memoryBytes ?? DEFAULT_MEMORY_BYTES;
  const sizes = run.ruleSet.forests.map(({ features, spec }, f) => {
    const counted = { rows: rows[f]?.labels.length ?? 0, features: features.length };
    const leaves = run.tune === true ? triedLeaves(counted.rows) : [];
    const minimumLeaf = Math.min(spec.minimumLeaf, ...leaves);
    return { ...counted, spec: { trees: spec.trees, minimumLeaf } };
  });
  const all = sizes.reduce((sum, size) => sum + gatheredBytes(size), 0);
  return sizes.map((size) => {
    const besidesBytes = all - gatheredBytes(size);
    const bound: MemoryBound = { threads: deps.trainingThreads, boundBytes, besidesBytes };
    return { size, bound };
  });
}

function refuseRows(...given: Parameters<typeof sizesOf>): TrainingRefusal | null {
  for (const { size, bound } of sizesOf(...given)) {
    const refusal = refuseMemory(size, bound);
    if (refusal !== null) return refusal;
  }
  return null;
}

function memoryOf(...given: Parameters<typeof sizesOf>) {
  const sizes = sizesOf(...given);
  const needed = sizes.map(({ size, bound }) => neededBytes(size, bound));
  return { neededBytes: Math.max(...needed), boundBytes: sizes[0]?.bound.boundBytes ?? 0 };
}
