import { describe, expect, test } from '@jest/globals';
import { randomFrom } from '../training/random.ts';
import { aucErrorPpm, placementsOf } from './auc-error.ts';
import { measure } from './metrics.ts';

const LABELS = Uint8Array.from([0, 1, 0, 1, 1, 0]);
const SCORES = Int32Array.from([10, 30, 20, 20, 40, 30]);

/** The parts by their definition: every row held against every row of the other class. */
function byPairs(labels: Uint8Array, scores: Int32Array): readonly number[] {
  return Array.from(labels, (label, row) => {
    const others = Array.from(labels.keys()).filter((k) => labels[k] !== label);
    const sign = label === 1 ? 1 : -1;
    const parts = others.map((k): number => {
      const gap = sign * ((scores[row] ?? 0) - (scores[k] ?? 0));
      return gap > 0 ? 1 : gap === 0 ? 0.5 : 0;
    });
    return parts.reduce((sum, part) => sum + part, 0) / others.length;
  });
}

describe('the error of an AUC', () => {
  test('comes from what every row adds, ties counting half', () => {
    const placements = Array.from(placementsOf(LABELS, SCORES));
    expect(placements).toEqual(byPairs(LABELS, SCORES).map((part) => expect.closeTo(part, 12)));
  });

  test('has parts whose mean over the positives is the AUC, over the negatives too', () => {
    const random = randomFrom(3);
    const labels = Uint8Array.from({ length: 500 }, () => Number(random.below(4) === 0));
    const scores = Int32Array.from(labels, (label) => random.below(60) + label * 10);
    const placements = placementsOf(labels, scores);
    for (const label of [0, 1]) {
      const parts = placements.filter((_, row) => labels[row] === label);
      const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
      expect(Math.round(mean * 1e6)).toBe(measure(labels, scores).aucPpm);
    }
  });

  test('is none between equals and about what redrawing the rows shows', () => {
    const random = randomFrom(11);
    const rows = 400;
    const gaps: number[] = [];
    let errorPpm = 0;
    for (let draw = 0; draw < 200; draw += 1) {
      const labels = Uint8Array.from({ length: rows }, (_, row) => Number(row % 4 === 0));
      const [one, other] = [0, 1].map(() =>
        Int32Array.from(labels, (label) => random.below(1000) + label * 200),
      );
      if (one === undefined || other === undefined) throw new Error('two scores were drawn');
      const [a, b] = [placementsOf(labels, one), placementsOf(labels, other)];
      expect(aucErrorPpm(a, a, labels)).toBe(0);
      errorPpm += aucErrorPpm(a, b, labels) / 200;
      gaps.push(measure(labels, one).aucPpm - measure(labels, other).aucPpm);
    }
    const drawn = Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length);
    expect(errorPpm / drawn).toBeGreaterThan(0.8);
    expect(errorPpm / drawn).toBeLessThan(1.25);
  });
});
