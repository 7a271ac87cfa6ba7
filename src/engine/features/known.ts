import type { Part, PartName } from '../../domain/customer360.ts';

/** There is nothing the fact could be about (no loan, so no days past due). */
export const NOT_APPLICABLE: unique symbol = Symbol('not applicable');

/** Nobody can say: the cause is `<failure> <part>`. */
interface Unavailable {
  readonly cause: string;
}

/** A value, or why there is none. */
export type Known<T> = T | typeof NOT_APPLICABLE | Unavailable;

/** Why a fact is unavailable, in the one form in which sheets hold it. */
export function unavailable(
  failure: 'SOURCE_DOWN' | 'STALE' | 'NOT_COVERED' | 'NO_RATE',
  part: PartName,
): Unavailable {
  return { cause: `${failure} ${part}` };
}

/** Goes on with a known value; passes on why there is none. */
export function given<T, U>(known: Known<T>, read: (value: T) => Known<U>): Known<U> {
  return isKnown(known) ? read(known) : known;
}

/** True for a value; false for NOT_APPLICABLE and for an unavailable one. */
export function isKnown<T>(known: Known<T>): known is T {
  if (known === NOT_APPLICABLE) return false;
  return typeof known !== 'object' || known === null || !('cause' in known);
}

/** The value of a part, or its failure. */
export function ofPart<T>(part: Part<T>, name: PartName): Known<T> {
  return part.state === 'READ' ? part.value : unavailable(part.reason, name);
}

/** A field that the bank's record lacks is not covered by its part. */
export function recorded<T>(field: T | undefined, part: PartName): Known<T> {
  return field === undefined ? unavailable('NOT_COVERED', part) : field;
}
