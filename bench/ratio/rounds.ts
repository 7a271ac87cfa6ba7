import { type Comparison, compareSides, type Figure } from './compare.ts';

/** Both of a kind; `here` is of the tree that this program runs from. */
export interface Both<T> {
  readonly here: T;
  readonly other: T;
}

/**
 * Lets both sides take turns and compares them round by round, so that a machine that is slower
 * for a while is slower for both. Who begins changes from round to round.
 */
export async function compareInRounds<T>(
  sides: Both<T>,
  rounds: number,
  measure: (side: T, round: number) => Promise<readonly Figure[]>,
): Promise<readonly Comparison[]> {
  const figures = { here: [] as (readonly Figure[])[], other: [] as (readonly Figure[])[] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['here', 'other'] as const) : (['other', 'here'] as const);
    for (const name of order) figures[name].push(await measure(sides[name], round));
  }
  return compareSides(figures.here, figures.other);
}

/** Runs a work on both sides, one after the other. */
export async function onBoth<T, R>(
  sides: Both<T>,
  work: (side: T) => Promise<R>,
): Promise<Both<R>> {
  const here = await work(sides.here);
  return { here, other: await work(sides.other) };
}
