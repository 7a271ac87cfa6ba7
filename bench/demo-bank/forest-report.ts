import type { Trainer } from '../../src/app/ports/trainer.ts';
import { regress } from './boosted-trees.ts';
import { clock } from './demo-bank-data.ts';
import {
  aucOf,
  calibrationErrorOf,
  correlationOf,
  distanceFromChances,
  expectedAucOf,
  meanOf,
} from './figures.ts';
import { isHeldOut, type Rows } from './gather.ts';
import { type Fitted, fitForest, pickRows, scoresOf } from './train.ts';
import type { Truth } from './truth.ts';

/** A forest trained on some rows, and what it says of the others. */
export interface Judged {
  readonly rows: Rows;
  readonly fitted: Fitted;
  /** The rows that were not trained on, by their place among all. */
  readonly places: readonly number[];
  readonly labels: Uint8Array;
  readonly chances: Float64Array;
  readonly rawPpm: Int32Array;
  readonly calibratedPpm: Int32Array;
}

/** Customers that are held out, over all months. */
export const isOfHeldOut = (rows: Rows, row: number) => isHeldOut(rows.customers[row] ?? 0);

/** Trains on some rows, and tells of others how near the ceilings it came. */
export async function judge(
  rows: Rows,
  of: {
    readonly truth: Truth;
    readonly trainer: Trainer;
    readonly isTrained: (row: number) => boolean;
    readonly isTest: (row: number) => boolean;
  },
): Promise<{ readonly judged: Judged; readonly line: object }> {
  const seconds = clock();
  const { table, labels } = rows;
  const { isTrained, isTest } = of;
  const fitted = await fitForest(
    {
      table: pickRows(table, isTrained),
      labels: labels.filter((_, row) => isTrained(row)),
    },
    rows.forest.spec,
    of.trainer,
  );
  const trainedIn = seconds();
  const all = chancesOf(rows, of.truth);
  const places = [...labels.keys()].filter(isTest);
  const scores = scoresOf(fitted, pickRows(table, isTest));
  const told = regress(table, all, (row) => !isTest(row));
  const judged: Judged = {
    rows,
    fitted,
    places,
    labels: labels.filter((_, row) => isTest(row)),
    chances: all.filter((_, row) => isTest(row)),
    ...scores,
  };
  const line = {
    forest: rows.forest.id,
    trainedRows: labels.filter((_, row) => isTrained(row)).length,
    trainedPositives: labels.filter((label, row) => label === 1 && isTrained(row)).length,
    ...figuresOf(
      judged,
      told.filter((_, row) => isTest(row)),
    ),
    chosen: fitted.chosen,
    trainSeconds: trainedIn,
  };
  return { judged, line };
}

/** The true chance, with the offer, of every row. */
export function chancesOf(rows: Rows, truth: Truth): Float64Array {
  const action = rows.forest.predictsFor.id;
  return Float64Array.from(rows.labels, (_, row) => {
    const { withOfferPpm } = truth.of(rows.customers[row] ?? 0, action, rows.months[row] ?? 0);
    return withOfferPpm / 1e6;
  });
}

function figuresOf(judged: Judged, told: Float64Array) {
  const { labels, chances, rawPpm, calibratedPpm } = judged;
  const ours = aucOf(labels, rawPpm);
  const truth = aucOf(labels, chances);
  const features = aucOf(labels, told);
  const expected = {
    truth: expectedAucOf(chances, chances),
    features: expectedAucOf(chances, told),
    ours: expectedAucOf(chances, rawPpm),
  };
  const share = (ceiling: number, reached: number) => round((reached - 0.5) / (ceiling - 0.5));
  return {
    rows: labels.length,
    positives: labels.filter((label) => label === 1).length,
    auc: { truth: round(truth), features: round(features), ours: round(ours) },
    reached: { ofTruth: share(truth, ours), ofFeatures: share(features, ours) },
    expectedAuc: {
      truth: round(expected.truth),
      features: round(expected.features),
      ours: round(expected.ours),
    },
    expectedReached: {
      ofTruth: share(expected.truth, expected.ours),
      ofFeatures: share(expected.features, expected.ours),
    },
    calibratedEce: round(calibrationErrorOf(labels, calibratedPpm)),
    eceOfTruth: round(calibrationErrorOf(labels, ppmOf(chances))),
    eceFromChances: round(distanceFromChances(chances, calibratedPpm)),
    biasPpm: Math.round(meanOf(calibratedPpm) - meanOf(labels) * 1e6),
    correlation: round(correlationOf(calibratedPpm, chances)),
    correlationOfFeatures: round(correlationOf(told, chances)),
  };
}

function ppmOf(chances: Float64Array): Int32Array {
  return Int32Array.from(chances, (chance) => Math.round(chance * 1e6));
}

/** To four decimals. */
export function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
