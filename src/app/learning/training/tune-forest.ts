import type { ForestSpec, TrainingRefusal, TrainingTable } from '../../../domain/forest.ts';
import type { ForestSetting, TriedSetting, TuningRecord } from '../../../domain/model-card.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { scorePpm } from '../../../engine/propensity/scoring/score-forest.ts';
import { aucErrorPpm, placementsOf } from '../../../laboratory/judging/auc-error.ts';
import { scaledSums } from '../../../laboratory/judging/calibrate.ts';
import { measure } from '../../../laboratory/judging/metrics.ts';
import { columnsOf } from '../../../laboratory/training/check-table.ts';
import { usualSharePpm } from '../../../laboratory/training/settle-spec.ts';
import type { Trainer } from '../../ports/trainer.ts';

/** The leaves tried: bootstrap-weighted rows. */
export const TRIED_LEAVES = [8, 16, 32, 64] as const;

/** The shares of the columns tried at each node, as multiples of the usual one. */
const TRIED_SHARES = [2 / 3, 1, 5 / 3] as const;

/** Each setting grows half of its trees, then all: about fifteen of forty judge a row. */
const TUNING_SHARE = 0.4;
const LEAST_TUNING_TREES = 40;

/** A tree leaves out this share of the rows. */
const OUT_OF_BAG_SHARE = 0.368;

/** Standard errors by which a setting must be better than the planned one (Breiman's rule). */
const BEYOND_CHANCE = 1;

/** Trees of one setting, for a forest of so many. */
function tuningTrees(trees: number): number {
  return Math.max(LEAST_TUNING_TREES, Math.round(trees * TUNING_SHARE));
}

/** Trees that a tuning grows in all, for a forest of so many. */
export function tuningGrows(trees: number): number {
  return (TRIED_LEAVES.length * TRIED_SHARES.length + 1) * tuningTrees(trees) * 1.5;
}

interface Tuning {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  readonly spec: ForestSpec;
}

/**
 * Tries the planned setting and then every leaf with every share, out of bag only. The planned
 * one stands unless another is better by more than the error: among a dozen, one always looks
 * better. About seven times the work of the training itself.
 */
export async function tuneForest(
  { table, labels, spec }: Tuning,
  trainer: Trainer,
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<Result<TuningRecord, TrainingRefusal>> {
  const { minimumLeaf, featureSharePpm } = spec;
  const planned = { minimumLeaf, featureSharePpm };
  const settings = settingsOf(planned, table);
  const tried: TriedSetting[] = [];
  let standard: Judged | null = null;
  for (const setting of settings) {
    const judged = await judge({ table, labels, spec: { ...spec, ...setting } }, trainer);
    if (!judged.ok) return judged;
    standard ??= judged.value;
    const errorPpm = aucErrorPpm(
      judged.value.placements,
      standard.placements,
      judged.value.labels,
    );
    tried.push({ ...setting, ...judged.value.figures, errorPpm });
    onProgress?.({ done: tried.length, total: settings.length });
  }
  const trees = tuningTrees(spec.trees);
  const chosen = choose(planned, tried);
  const criterion = 'BETTER_BEYOND_CHANCE';
  return ok({ trees, seed: spec.seed, criterion, planned, tried, chosen });
}

/** The planned setting, which the others are held against, comes first. */
function settingsOf(planned: ForestSetting, table: TrainingTable): readonly ForestSetting[] {
  const usual = usualSharePpm(columnsOf(table));
  const shares = TRIED_SHARES.map((times) => Math.min(1_000_000, Math.round(usual * times)));
  const grid = TRIED_LEAVES.flatMap((minimumLeaf) =>
    shares.map((featureSharePpm) => ({ minimumLeaf, featureSharePpm })),
  );
  return [planned, ...grid.filter((setting) => !isSame(setting, planned))];
}

function isSame(one: ForestSetting, other: ForestSetting): boolean {
  const { minimumLeaf, featureSharePpm } = other;
  return one.minimumLeaf === minimumLeaf && one.featureSharePpm === featureSharePpm;
}

/** What a setting's forest says out of bag of the rows that some tree left out. */
interface Judged {
  readonly figures: Omit<TriedSetting, keyof ForestSetting | 'errorPpm'>;
  readonly placements: Float64Array;
  readonly labels: Uint8Array;
}

async function judge(tuning: Tuning, trainer: Trainer): Promise<Result<Judged, TrainingRefusal>> {
  const trees = tuningTrees(tuning.spec.trees);
  const few = await scoresOf(tuning, trees / 2, trainer);
  if (!few.ok) return few;
  const more = await scoresOf(tuning, trees, trainer);
  if (!more.ok) return more;
  const { labels, scoresPpm } = more.value;
  const { aucPpm, brierPpm } = measure(labels, scoresPpm);
  const fewPpm = measure(few.value.labels, few.value.scoresPpm).aucPpm;
  const share = 1 - Math.min(1, (OUT_OF_BAG_SHARE * trees) / tuning.spec.trees);
  const expectedAucPpm = expectedOf(fewPpm, aucPpm, share);
  const placements = placementsOf(labels, scoresPpm);
  return ok({ figures: { aucPpm, brierPpm, expectedAucPpm }, placements, labels });
}

interface OutOfBagScores {
  readonly labels: Uint8Array;
  readonly scoresPpm: Int32Array;
}

async function scoresOf(
  { table, labels, spec }: Tuning,
  trees: number,
  trainer: Trainer,
): Promise<Result<OutOfBagScores, TrainingRefusal>> {
  const trained = await trainer({ table, labels, spec: { ...spec, trees } });
  if (!trained.ok) return trained;
  const sums = scaledSums(trained.value.outOfBag, trees);
  const present = sums.filter((sum) => sum >= 0);
  return ok({
    labels: labels.filter((_, row) => (sums[row] ?? -1) >= 0),
    scoresPpm: Int32Array.from(present, (sum) => scorePpm(sum, trees)),
  });
}

/**
 * What is lost to the randomness of trees falls as one over their number. Compared as they are,
 * the few out-of-bag trees would favour settings that a whole forest does not need.
 */
function expectedOf(fewPpm: number, morePpm: number, share: number): number {
  return morePpm + Math.round((morePpm - fewPpm) * share);
}

/** The best of those that are better beyond chance; where equal, the larger leaf. */
function choose(planned: ForestSetting, tried: readonly TriedSetting[]): ForestSetting {
  const standard = tried[0]?.expectedAucPpm ?? 0;
  const [best] = tried
    .filter((one) => one.expectedAucPpm - standard > BEYOND_CHANCE * one.errorPpm)
    .toSorted(
      (a, b) =>
        b.expectedAucPpm - a.expectedAucPpm ||
        b.minimumLeaf - a.minimumLeaf ||
        a.featureSharePpm - b.featureSharePpm,
    );
  if (best === undefined) return planned;
  return { minimumLeaf: best.minimumLeaf, featureSharePpm: best.featureSharePpm };
}
