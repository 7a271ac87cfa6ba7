import type { OutOfBag } from '../../../domain/forest.ts';
import type { ForestSetting, TriedSetting } from '../../../domain/model-card.ts';
import { scorePpm } from '../../../engine/propensity/scoring/score-forest.ts';
import { aucErrorPpm, placementsOf } from '../../../laboratory/judging/auc-error.ts';
import { scaledSums } from '../../../laboratory/judging/calibrate.ts';
import { measure } from '../../../laboratory/judging/metrics.ts';
import { type Blocks, blockTrees } from './tuning-blocks.ts';

/** A tree leaves out this share of the rows. */
const OUT_OF_BAG_SHARE = 0.368;

/** What a setting's blocks say out of bag of the rows that some tree left out. */
export interface Judged {
  readonly figures: Omit<TriedSetting, keyof ForestSetting | 'errorPpm'>;
  readonly blockAucsPpm: readonly number[];
  readonly placements: Float64Array;
  readonly labels: Uint8Array;
}

/** The figures of blocks that were grown, as if a forest of so many trees judged each row. */
export function judgeBlocks(blocks: Blocks, labels: Uint8Array, trees: number): Judged {
  const count = blocks.aucsPpm.length;
  const scored = scoredRows(blocks.together, labels, count * blockTrees(trees));
  const { aucPpm, brierPpm } = measure(scored.labels, scored.scoresPpm);
  const alone = blocks.aucsPpm.reduce((sum, one) => sum + one, 0) / count;
  const judging = OUT_OF_BAG_SHARE * count * blockTrees(trees);
  const missing = 1 - Math.min(1, judging / trees);
  // What is lost to the randomness of trees falls as one over their number: compared as they are,
  // the few out-of-bag trees would favour settings that a whole forest does not need.
  const expectedAucPpm = aucPpm + Math.round(((aucPpm - alone) / (count - 1)) * missing);
  return {
    figures: { aucPpm, brierPpm, expectedAucPpm },
    blockAucsPpm: blocks.aucsPpm,
    placements: placementsOf(scored.labels, scored.scoresPpm),
    labels: scored.labels,
  };
}

/** The AUC of one block by itself. */
export function blockAucPpm(block: OutOfBag, labels: Uint8Array, trees: number): number {
  const scored = scoredRows(block, labels, blockTrees(trees));
  return measure(scored.labels, scored.scoresPpm).aucPpm;
}

/** Standard error of the distance of two settings: by the rows, and by the blocks of trees. */
export function distanceErrorPpm(one: Judged, other: Judged): number {
  const byRows = aucErrorPpm(one.placements, other.placements, one.labels);
  const gaps = one.blockAucsPpm.map((auc, b) => auc - (other.blockAucsPpm[b] ?? auc));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const squares = gaps.reduce((sum, gap) => sum + (gap - mean) * (gap - mean), 0);
  const byTrees = squares / Math.max(1, gaps.length - 1) / gaps.length;
  return Math.round(Math.sqrt(byRows * byRows + byTrees));
}

function scoredRows(outOfBag: OutOfBag, labels: Uint8Array, trees: number) {
  const sums = scaledSums(outOfBag, trees);
  const present = sums.filter((sum) => sum >= 0);
  return {
    labels: labels.filter((_, row) => (sums[row] ?? -1) >= 0),
    scoresPpm: Int32Array.from(present, (sum) => scorePpm(sum, trees)),
  };
}
