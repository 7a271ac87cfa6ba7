import type { FactDeclaration, FactSheet, FactValue } from './fact.ts';

/**
 * One byte a SHEET fact, in the order of the catalogue: 0 is unavailable, 1 not applicable, and
 * from 2 on the bin of the value. Drift is told from how often each byte occurs.
 */
export type FactBins = Uint8Array;

/** The byte of a fact that its source could not give. */
export const UNAVAILABLE_BIN = 0;

/** The byte of a fact that does not apply to this customer. */
export const NOT_APPLICABLE_BIN = 1;

const FIRST_BIN = 2;
const LAST_BIN = 255;

/** The most edges a fact may declare, so that its bins fit into a byte. */
export const MOST_EDGES = LAST_BIN - FIRST_BIN;

/** The bins of a sheet's facts. */
export function binsOf(sheet: FactSheet, facts: readonly FactDeclaration[]): FactBins {
  const notApplicable = new Set(sheet.notApplicable);
  const declared = facts.filter(({ origin }) => origin === 'SHEET');
  return Uint8Array.from(declared, (fact) => {
    if (notApplicable.has(fact.name)) return NOT_APPLICABLE_BIN;
    const value = sheet.values[fact.name];
    return value === undefined ? UNAVAILABLE_BIN : FIRST_BIN + binOf(value, fact);
  });
}

/** The thresholds that part a number into bins: its own, or those that its unit has. */
export function edgesOf({ edges, unit }: FactDeclaration): readonly number[] {
  return edges ?? EDGES[unit ?? ''] ?? [];
}

/** A number's bin counts the edges that are not above it; a code's is its place in the list. */
function binOf(value: FactValue, fact: FactDeclaration): number {
  if (typeof value === 'number') return countNotAbove(edgesOf(fact), value);
  if (typeof value === 'boolean') return Number(value);
  // A date says little by itself: what is watched is whether there is one.
  if (fact.type === 'date') return 0;
  const place = typeof value === 'string' ? fact.values?.indexOf(value) : value.length;
  return Math.min(Math.max(place ?? 0, 0), MOST_EDGES);
}

function countNotAbove(edges: readonly number[], value: number): number {
  const above = edges.findIndex((edge) => edge > value);
  return above === -1 ? edges.length : above;
}

/** One, two and five of each power of ten. */
function decades(least: number, most: number): readonly number[] {
  const steps: number[] = [];
  for (let power = least; power <= most; power *= 10) steps.push(power, 2 * power, 5 * power);
  return steps;
}

const MONEY = decades(1_000, 1_000_000_000);

const EDGES: { readonly [unit: string]: readonly number[] } = {
  minor: [...MONEY.map((edge) => -edge).toReversed(), 0, 1, ...MONEY],
  ppm: [
    -500_000, -200_000, -100_000, -50_000, 0, 1, 50_000, 100_000, 200_000, 300_000, 400_000,
    500_000, 600_000, 700_000, 800_000, 900_000, 950_000, 1_000_000, 1_500_000, 2_000_000,
  ],
  count: [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 500],
  days: [0, 1, 7, 14, 30, 60, 90, 120, 180, 270, 365, 545, 730, 1_095, 1_825, 3_650],
  months: [1, 3, 6, 12, 18, 24, 36, 48, 60, 84, 120, 180, 240, 360],
  years: [18, 21, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90],
};
