import { describe, expect, test } from '@jest/globals';
import { makeTable } from '../../../../test/support/training-table.ts';
import { DEFAULT_FOREST_PLAN, type ForestPlan } from '../../../domain/forest.ts';
import type { TriedSetting } from '../../../domain/model-card.ts';
import { randomFrom } from '../../../laboratory/training/random.ts';
import { settleSpec } from '../../../laboratory/training/settle-spec.ts';
import { trainForest } from '../../../laboratory/training/train-forest.ts';
import { triedLeaves, tuneForest } from './tune-forest.ts';

const { table, labels } = makeTable(1500);
const COLUMNS = 7;

async function tune(over: Partial<ForestPlan>, of = labels) {
  const spec = settleSpec({ ...DEFAULT_FOREST_PLAN, trees: 20, ...over }, table);
  const tuned = await tuneForest({ table, labels: of, spec }, async (training) =>
    trainForest(training.table, training.labels, training.spec),
  );
  if (!tuned.ok) throw new Error(tuned.refusal.message);
  return tuned.value;
}

describe('tuning', () => {
  test('leaves the plan where rows hold nothing to choose by', async () => {
    const random = randomFrom(1);
    const tossed = labels.map(() => random.below(2));
    const { planned, chosen, tried } = await tune({}, tossed);
    expect(chosen).toEqual(planned);
    const best = Math.max(...tried.map(({ expectedAucPpm }) => expectedAucPpm));
    expect(best).toBeGreaterThan(tried[0]?.expectedAucPpm ?? best);
  });

  test('leaves a plan that another setting beats beyond chance', async () => {
    const { planned, chosen, tried } = await tune({ minimumLeaf: 700 });
    expect(planned.minimumLeaf).toBe(700);
    const [standard] = tried;
    const taken = tried.find((one) => one.minimumLeaf === chosen.minimumLeaf);
    const gain = (taken?.expectedAucPpm ?? 0) - (standard?.expectedAucPpm ?? 0);
    expect(gain).toBeGreaterThan(taken?.errorPpm ?? gain);
  });

  test('tries every leaf, and with one of them shares from few columns to all', async () => {
    const { tried } = await tune({ minimumLeaf: 20 });
    expect(tried.slice(0, 7).map(({ minimumLeaf }) => minimumLeaf)).toEqual([
      20, 2, 4, 8, 16, 32, 64,
    ]);
    const whole = (one: TriedSetting) => Math.round((one.featureSharePpm * COLUMNS) / 1e6);
    expect(tried.slice(7).map(whole)).toEqual([1, 3, 5, 7]);
    expect(new Set(tried.slice(7).map(({ minimumLeaf }) => minimumLeaf)).size).toBe(1);
  });

  test('takes all columns where one of many tells the outcome and trees need it', async () => {
    const random = randomFrom(5);
    const rows = 1500;
    const values = () => Float64Array.from({ length: rows }, () => random.below(1000));
    const columns = Array.from({ length: 25 }, (_, n) => ({
      name: `c${n}`,
      kind: 'number' as const,
      values: values(),
    }));
    const strong = columns[7]?.values ?? values();
    const led = Uint8Array.from(strong, (value) =>
      Number(random.below(1000) < (value > 500 ? 150 + (value - 500) : value / 5)),
    );
    const whole = { rows, columns };
    const spec = settleSpec({ ...DEFAULT_FOREST_PLAN, trees: 40 }, whole);
    const tuned = await tuneForest({ table: whole, labels: led, spec }, async (training) =>
      trainForest(training.table, training.labels, training.spec),
    );
    if (!tuned.ok) throw new Error(tuned.refusal.message);
    expect(tuned.value.planned.featureSharePpm).toBe(200_000);
    expect(tuned.value.chosen.featureSharePpm).toBeGreaterThan(333_334);
    const shares = tuned.value.tried.map(({ featureSharePpm }) => featureSharePpm);
    expect(Math.max(...shares)).toBe(1_000_000);
  });
});

test('small leaves are tried of few rows alone, for of many they take memory', () => {
  expect(triedLeaves(10_000)).toEqual([2, 4, 8, 16, 32, 64]);
  expect(triedLeaves(10_001)).toEqual([8, 16, 32, 64]);
});

test('a plan without a share tries the root of the columns, in whole columns', () => {
  const spec = settleSpec({ ...DEFAULT_FOREST_PLAN, featureSharePpm: null }, table);
  expect(Math.round((COLUMNS * spec.featureSharePpm) / 1e6)).toBe(2);
  expect(settleSpec({ ...DEFAULT_FOREST_PLAN, featureSharePpm: 5 }, table).featureSharePpm).toBe(
    5,
  );
});
