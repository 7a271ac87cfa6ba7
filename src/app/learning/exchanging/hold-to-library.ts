import type { Forest } from '../../../domain/forest.ts';
import { packForests } from '../../../engine/propensity/scoring/pack-forests.ts';
import { encodeRow } from '../../../engine/propensity/scoring/row-encoder.ts';
import { scoreForest } from '../../../engine/propensity/scoring/score-forest.ts';
import { expandRow, parityRows } from '../../../laboratory/exchanging/parity-rows.ts';
import type { ReferenceScorer } from '../../ports/reference-scorer.ts';

/** At every threshold and around it, so that one comparison the wrong way round would show. */
const ROWS = 200;

/** A leaf from elsewhere is kept to the nearest ppm. */
const TOLERANCE = 1e-6;

/**
 * Scores rows by our packed forest, and by the library from a document of the same forest, and
 * says where they part; null if nowhere. No forest is kept that the two read differently.
 */
export function disagreement(
  forest: Forest,
  document: unknown,
  reference: ReferenceScorer,
): string | null {
  const set = packForests([forest]);
  if (!set.ok) return set.refusal.message;
  const [packed] = set.value.forests;
  if (packed === undefined) return 'it cannot be packed';
  const rows = parityRows(forest, ROWS);
  const theirs = reference(
    document,
    rows.map((row) => expandRow(forest, row)),
  );
  for (const [k, row] of rows.entries()) {
    const ours = scoreForest(packed, encodeRow(set.value, row)) / packed.trees / 1_000_000;
    const library = theirs[k] ?? Number.NaN;
    if (Math.abs(ours - library) < TOLERANCE) continue;
    return `row ${k} of the comparison scores ${ours} here and ${library} in ml-random-forest`;
  }
  return null;
}
