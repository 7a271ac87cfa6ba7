import {
  DEFAULT_FOREST_SPEC,
  type ForestSpec,
  MISSING_NUMBER,
  type TrainedForest,
  type TrainingTable,
} from '../../src/domain/forest.ts';
import { randomFrom } from '../../src/laboratory/training/random.ts';
import { trainForest } from '../../src/laboratory/training/train-forest.ts';

/** Small enough for a test, with all that a forest has to cope with. */
export const SMALL_SPEC: ForestSpec = {
  ...DEFAULT_FOREST_SPEC,
  trees: 12,
  minimumLeaf: 5,
  featureSharePpm: 500_000,
  seed: 7,
};

const JOBS = ['clerk', 'farmer', 'nurse', 'retired'];

/** Seeded rows: numbers of few and of many values, a flag, a category; both with missing cells. */
export function makeTable(
  rows: number,
  seed = 1,
): { readonly table: TrainingTable; readonly labels: Uint8Array } {
  const random = randomFrom(seed);
  const age = new Float64Array(rows);
  const balance = new Float64Array(rows);
  const flag = new Float64Array(rows);
  const codes = new Int16Array(rows);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    age[row] = 18 + random.below(60);
    balance[row] = random.below(8) === 0 ? MISSING_NUMBER : (random.below(2_000_001) - 1e6) / 7;
    flag[row] = random.below(2);
    codes[row] = random.below(5) - 1;
    const wants = (age[row] ?? 0) > 60 || (codes[row] === 2 && (balance[row] ?? 0) > 0);
    labels[row] = Number(random.below(10) < (wants ? 6 : 1));
  }
  return {
    table: {
      rows,
      columns: [
        { name: 'age', kind: 'number', values: age },
        { name: 'job', kind: 'category', categories: JOBS, codes },
        { name: 'balance', kind: 'number', values: balance },
        { name: 'mobile', kind: 'number', values: flag },
      ],
    },
    labels,
  };
}

/** A forest over `makeTable`'s rows. */
export function trainSmall(spec: Partial<ForestSpec> = {}, rows = 1500): TrainedForest {
  const { table, labels } = makeTable(rows);
  const trained = trainForest(table, labels, { ...SMALL_SPEC, ...spec });
  if (!trained.ok) throw new Error(trained.refusal.message);
  return trained.value;
}
