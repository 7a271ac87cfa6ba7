import type { ForestSpec, TrainingRefusal, TrainingTable } from '../../../domain/forest.ts';
import type { ForestSetting, TriedSetting, TuningRecord } from '../../../domain/model-card.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import { columnsOf } from '../../../laboratory/training/check-table.ts';
import { usualSharePpm } from '../../../laboratory/training/settle-spec.ts';
import type { Trainer } from '../../ports/trainer.ts';
import {
  ALL_BLOCKS,
  type Blocks,
  blockTrees,
  FIRST_BLOCKS,
  growBlocks,
} from './tuning-blocks.ts';
import { blockAucPpm, distanceErrorPpm, type Judged, judgeBlocks } from './tuning-figures.ts';

/** The leaves tried, in bootstrap-weighted rows. */
const USUAL_LEAVES = [8, 16, 32, 64] as const;
const SMALL_LEAVES = [2, 4] as const;
const MOST_SHARES = 5;

/** Up to so many rows a table may be too small for trees of large leaves to follow it. */
const FEW_ROWS = 10_000;

/** The leaves that are tried of so many rows: of many, smaller ones only take memory. */
export function triedLeaves(rows: number): readonly number[] {
  return rows <= FEW_ROWS ? [...SMALL_LEAVES, ...USUAL_LEAVES] : USUAL_LEAVES;
}

/** Standard errors by which a setting must be better than the planned one (Breiman's rule). */
const BEYOND_CHANCE = 1;

/** Trees that a tuning grows at most, for a forest of so many. */
export function tuningGrows(trees: number): number {
  const settings = SMALL_LEAVES.length + USUAL_LEAVES.length + MOST_SHARES;
  const blocks = settings * FIRST_BLOCKS + 2 * (ALL_BLOCKS - FIRST_BLOCKS);
  return blocks * blockTrees(trees);
}

interface Tuning {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  readonly spec: ForestSpec;
}

/**
 * Tries every leaf with the planned share, then shares up to all columns with the leaf that was
 * better beyond chance, out of bag only. The best and the planned one then grow as many trees as
 * the forest, and the planned one stands unless the other is better by more than the error: among
 * many, one always looks better.
 */
export async function tuneForest(
  tuning: Tuning,
  trainer: Trainer,
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<Result<TuningRecord, TrainingRefusal>> {
  const { table, spec } = tuning;
  const { minimumLeaf, featureSharePpm } = spec;
  const planned = { minimumLeaf, featureSharePpm };
  const leaves = triedLeaves(table.rows).filter((leaf) => leaf !== minimumLeaf);
  const shares = triedShares(columnsOf(table)).filter((share) => share !== featureSharePpm);
  const total = 1 + leaves.length + shares.length + 2;
  let done = 0;
  const field = createField(tuning, trainer);
  const growAll = async (settings: readonly ForestSetting[], blocks: number) => {
    for (const setting of settings) {
      const refusal = await field.grow(setting, blocks);
      if (refusal !== null) return refusal;
      done += 1;
      onProgress?.({ done, total });
    }
    return null;
  };
  const withLeaves = [minimumLeaf, ...leaves].map((leaf) => ({ ...planned, minimumLeaf: leaf }));
  const byLeaves = await growAll(withLeaves, FIRST_BLOCKS);
  if (byLeaves !== null) return refuse(byLeaves);
  const { minimumLeaf: leaf } = choose(planned, field.tried());
  const withShares = shares.map((share) => ({ minimumLeaf: leaf, featureSharePpm: share }));
  const byShares = await growAll(withShares, FIRST_BLOCKS);
  if (byShares !== null) return refuse(byShares);
  const best = bestOf(planned, field.tried());
  const finalists = isSame(best, planned) ? [] : [planned, best];
  const byTrees = await growAll(finalists, ALL_BLOCKS);
  if (byTrees !== null) return refuse(byTrees);
  onProgress?.({ done: total, total });
  const tried = field.tried();
  const last = tried.filter((one) => finalists.some((setting) => isSame(one, setting)));
  const trees = FIRST_BLOCKS * blockTrees(spec.trees);
  const criterion = 'BETTER_BEYOND_CHANCE';
  const chosen = choose(planned, last);
  return ok({ trees, seed: spec.seed, criterion, planned, tried, chosen });
}

/** Settings with what grew of each. The first is the standard that the others are held to. */
interface Field {
  grow(setting: ForestSetting, blocks: number): Promise<TrainingRefusal | null>;
  tried(): readonly TriedSetting[];
}

function createField({ table, labels, spec }: Tuning, trainer: Trainer): Field {
  const grown = new Map<string, { readonly tried: TriedSetting; readonly blocks: Blocks }>();
  const standards = new Map<number, Judged>();
  const keyOf = ({ minimumLeaf, featureSharePpm }: ForestSetting) =>
    `${minimumLeaf} ${featureSharePpm}`;
  let first: string | undefined;
  return {
    async grow(setting, until) {
      const key = keyOf(setting);
      first ??= key;
      const aucOf = (block: Blocks['together']) => blockAucPpm(block, labels, spec.trees);
      const growing = { table, labels, spec: { ...spec, ...setting }, trainer, aucOf };
      const blocks = await growBlocks(growing, grown.get(key)?.blocks, until);
      if (!blocks.ok) return blocks.refusal;
      const judged = judgeBlocks(blocks.value, labels, spec.trees);
      if (key === first) standards.set(until, judged);
      const errorPpm = distanceErrorPpm(judged, standards.get(until) ?? judged);
      const tried = { ...setting, ...judged.figures, errorPpm };
      grown.set(key, { tried, blocks: blocks.value });
      return null;
    },
    tried: () => [...grown.values()].map(({ tried }) => tried),
  };
}

/** Whole columns: near the usual number, the middle of the way from there to all, and all. */
function triedShares(columns: number): readonly number[] {
  const usual = (usualSharePpm(columns) * columns) / 1_000_000;
  const more = (usual * 5) / 3;
  const wanted = [(usual * 2) / 3, usual, more, Math.sqrt(more * columns), columns];
  const whole = wanted.map((one) => Math.min(columns, Math.max(1, Math.round(one))));
  return [...new Set(whole)].map((one) => Math.round((1_000_000 * one) / columns));
}

function isSame(one: ForestSetting, other: ForestSetting): boolean {
  const { minimumLeaf, featureSharePpm } = other;
  return one.minimumLeaf === minimumLeaf && one.featureSharePpm === featureSharePpm;
}

function bestOf(planned: ForestSetting, tried: readonly TriedSetting[]): ForestSetting {
  const [best] = inOrder(tried);
  return best === undefined ? planned : settingOf(best);
}

/** The best of those that are better beyond chance; where equal, the larger leaf. */
function choose(planned: ForestSetting, tried: readonly TriedSetting[]): ForestSetting {
  const standard = tried.find((one) => isSame(one, planned))?.expectedAucPpm ?? 0;
  const [best] = inOrder(
    tried.filter((one) => one.expectedAucPpm - standard > BEYOND_CHANCE * one.errorPpm),
  );
  return best === undefined ? planned : settingOf(best);
}

function inOrder(tried: readonly TriedSetting[]): readonly TriedSetting[] {
  return tried.toSorted(
    (a, b) =>
      b.expectedAucPpm - a.expectedAucPpm ||
      b.minimumLeaf - a.minimumLeaf ||
      a.featureSharePpm - b.featureSharePpm,
  );
}

function settingOf({ minimumLeaf, featureSharePpm }: ForestSetting): ForestSetting {
  return { minimumLeaf, featureSharePpm };
}
