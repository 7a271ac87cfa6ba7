import { describe, expect, test } from '@jest/globals';
import { makeTable } from '../../../../test/support/training-table.ts';
import { DEFAULT_FOREST_PLAN, type ForestPlan } from '../../../domain/forest.ts';
import { randomFrom } from '../../../laboratory/training/random.ts';
import { settleSpec } from '../../../laboratory/training/settle-spec.ts';
import { trainForest } from '../../../laboratory/training/train-forest.ts';
import { tuneForest } from './tune-forest.ts';

const { table, labels } = makeTable(1500);

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
    const random = randomFrom(9);
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

  test('tries a planned setting of no grid besides the twelve', async () => {
    expect((await tune({})).tried).toHaveLength(12);
    expect((await tune({ minimumLeaf: 20 })).tried).toHaveLength(13);
  });
});

test('a plan without a share tries the root of the columns, in whole columns', () => {
  const spec = settleSpec({ ...DEFAULT_FOREST_PLAN, featureSharePpm: null }, table);
  const columns = 7;
  expect(Math.round((columns * spec.featureSharePpm) / 1e6)).toBe(2);
  expect(settleSpec({ ...DEFAULT_FOREST_PLAN, featureSharePpm: 5 }, table).featureSharePpm).toBe(
    5,
  );
});
