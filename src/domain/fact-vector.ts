import type { FactDeclaration, FactValue } from './fact.ts';

/**
 * All facts of one candidate, in the order of the feature catalogue. Compiled rules and packed
 * forests read this. `undefined` stands for an unavailable fact; one that is not applicable
 * already has the value of its `whenNone`.
 */
export type FactVector = readonly (FactValue | undefined)[];

/** The place of each fact in a vector. */
export type FactSlots = ReadonlyMap<string, number>;

/** Gives each fact its place, in the order of the feature catalogue. */
export function factSlots(facts: readonly FactDeclaration[]): FactSlots {
  return new Map(facts.map((fact, slot) => [fact.name, slot]));
}
