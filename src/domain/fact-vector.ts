import type { FactDeclaration, FactValue } from './fact.ts';

/**
 * All facts of one candidate, flat, in the order of the catalogue: what compiled rules and packed
 * forests read. `undefined` is UNAVAILABLE; NOT_APPLICABLE already holds the fact's `whenNone`.
 */
export type FactVector = readonly (FactValue | undefined)[];

/** The place of each fact in a vector. */
export type FactSlots = ReadonlyMap<string, number>;

/** Numbers the facts of a catalogue in its own order. */
export function factSlots(facts: readonly FactDeclaration[]): FactSlots {
  return new Map(facts.map((fact, slot) => [fact.name, slot]));
}
