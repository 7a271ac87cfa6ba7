import { type Forest, LEAF_COLUMN } from '../../src/domain/forest.ts';
import { CARD_SAMPLE } from './card-sample.ts';

/** One number and one category, split once each. */
export const FOREST_SAMPLE: Forest = {
  features: [
    { name: 'age', kind: 'number' },
    { name: 'job', kind: 'category', categories: ['clerk', 'nurse'] },
  ],
  spec: CARD_SAMPLE.spec,
  cuts: [Float64Array.of(40.5), Float64Array.of(), Float64Array.of(0.5)],
  trees: [splitAt(0, 100_000, 300_000), splitAt(2, 150_000, 250_000)],
};

/** The same forest as if it were trained elsewhere. */
export const FOREIGN_SAMPLE: Forest = { ...FOREST_SAMPLE, spec: null };

function splitAt(column: number, left: number, right: number): Forest['trees'][number] {
  return {
    columns: Uint8Array.of(column, LEAF_COLUMN, LEAF_COLUMN),
    cuts: Uint8Array.of(0, 0, 0),
    meansPpm: Int32Array.of(200_000, left, right),
    rows: Int32Array.of(100, 50, 50),
  };
}
