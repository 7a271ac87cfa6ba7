import { median } from '../http/service-figures.ts';

/** Under this ratio one side is told to be worse than the other. */
export const LEAST_RATIO = 0.95;

/** What is measured of a side; `better` tells whether more of it is better, or less. */
export interface Measure {
  readonly part: string;
  readonly name: string;
  readonly better: 'MORE' | 'LESS';
  readonly digits: number;
}

/** A figure of one side in one round. */
export interface Figure extends Measure {
  readonly value: number;
}

/** The same figure of both sides in the same round. */
export interface Pair {
  readonly here: number;
  readonly other: number;
}

/** Both sides' medians, and how well this side does: under 1 it is worse, whatever is measured. */
export interface Comparison extends Measure {
  readonly pairs: readonly Pair[];
  readonly here: number;
  readonly other: number;
  readonly ratio: { readonly median: number; readonly least: number; readonly most: number };
  /** In how many pairs this side's ratio was under the least. */
  readonly under: number;
}

/** Pairs the figures of both sides by round, and compares them pair by pair. */
export function compareSides(
  here: readonly (readonly Figure[])[],
  other: readonly (readonly Figure[])[],
): readonly Comparison[] {
  const measures = here[0] ?? [];
  return measures.map(({ value: _, ...measure }, at) => {
    const pairs = here.map((round, number) => ({
      here: figureOf(round[at], measure),
      other: figureOf(other[number]?.[at], measure),
    }));
    return comparePairs(measure, pairs);
  });
}

/** Compares pairs: a rate by this / other, a cost by other / this. */
export function comparePairs(measure: Measure, pairs: readonly Pair[]): Comparison {
  const ratios = pairs.map(({ here, other }) =>
    measure.better === 'MORE' ? here / other : other / here,
  );
  return {
    ...measure,
    pairs,
    here: median(pairs.map((pair) => pair.here)),
    other: median(pairs.map((pair) => pair.other)),
    ratio: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
    under: ratios.filter((ratio) => ratio < LEAST_RATIO).length,
  };
}

/** The plain words of what is worse here; none where nothing is. */
export function verdictOf(comparisons: readonly Comparison[]): readonly string[] {
  const worse = comparisons.filter(({ ratio }) => ratio.median < LEAST_RATIO);
  if (worse.length === 0) return [`no ratio is under ${LEAST_RATIO}`];
  return worse.map(({ part, name, ratio, under, pairs }) => {
    const doubt = ratio.most >= 1 ? '; other pairs deny it: run again with more rounds' : '';
    return (
      `UNDER ${LEAST_RATIO}: ${part}, ${name}: ${cut(ratio.median)}, ` +
      `in ${under} of ${pairs.length} pairs${doubt}`
    );
  });
}

/** A measure that could not be taken must not pass as a ratio. */
function figureOf(figure: Figure | undefined, { part, name }: Measure): number {
  if (figure?.name === name && Number.isFinite(figure.value) && figure.value > 0) {
    return figure.value;
  }
  throw new Error(`${part}, ${name}: no figure above 0 was measured on both sides`);
}

/** Three decimals, cut off: .9499 must not be shown as .950. */
function cut(ratio: number): string {
  return (Math.floor(ratio * 1_000) / 1_000).toFixed(3);
}
