import { describe, expect, test } from '@jest/globals';
import { regress } from '../bench/demo-bank/boosted-trees.ts';
import {
  aucOf,
  correlationOf,
  distanceFromChances,
  expectedAucOf,
  logOddsShift,
  stabilityIndex,
} from '../bench/demo-bank/figures.ts';

const rows = Array.from({ length: 2000 }, (_, row) => row);
const chance = (row: number) => 0.05 + ((row * 7919) % 100) / 250;
const chances = rows.map(chance);

describe('the figures of the demo bank', () => {
  test('a chance of 0 or 1 leaves no luck: the expected AUC is the AUC', () => {
    const labels = Uint8Array.from(rows, (row) => Number(row % 3 === 0));
    const scores = rows.map((row) => (row * 31) % 17);
    expect(expectedAucOf(labels, scores)).toBeCloseTo(aucOf(labels, scores), 6);
  });

  test('without knowledge the expected AUC is a half, and none beats the chances', () => {
    expect(expectedAucOf(chances, new Float64Array(rows.length))).toBe(0.5);
    const best = expectedAucOf(chances, chances);
    expect(best).toBeGreaterThan(
      expectedAucOf(
        chances,
        rows.map((row) => row % 13),
      ),
    );
  });

  test('the log-odds shift is the one that was laid in', () => {
    const moved = chances.map((p) => 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) - 0.8))));
    const scores = chances.map((p) => p * 1e6);
    expect(logOddsShift(scores, moved)).toBeCloseTo(-0.8, 6);
  });

  test('the distance from chances is nothing for the chances, and what is added to them', () => {
    expect(
      distanceFromChances(
        chances,
        chances.map((p) => p * 1e6),
      ),
    ).toBeCloseTo(0, 9);
    const more = chances.map((p) => (p + 0.02) * 1e6);
    expect(distanceFromChances(chances, more)).toBeCloseTo(0.02, 9);
  });

  test('scores that stay have no stability index to speak of, moved ones have', () => {
    expect(stabilityIndex(chances, chances.toReversed())).toBe(0);
    expect(
      stabilityIndex(
        chances,
        chances.map((p) => p + 0.1),
      ),
    ).toBeGreaterThan(0.25);
  });

  test('boosted trees tell rows that they were not taught', () => {
    const values = Float64Array.from(rows, (row) => (row * 613) % 997);
    const target = values.map((value) => (value < 400 ? 0.1 : 0.3) + value / 10_000);
    const table = {
      rows: rows.length,
      columns: [{ name: 'x', kind: 'number' as const, values }],
    };
    const told = regress(table, target, (row) => row % 2 === 0);
    const others = (all: Float64Array) => all.filter((_, row) => row % 2 === 1);
    expect(correlationOf(others(told), others(target))).toBeGreaterThan(0.97);
  });
});
