/**
 * What somebody is after for some months. The bank sees its traces: purchases, questions, goals.
 */
export const NEEDS = [
  'HOME_PROJECT',
  'HOUSE',
  'CAR',
  'TRAVEL',
  'YIELD',
  'CASH',
  'LEAVING',
] as const;
export type NeedKind = (typeof NEEDS)[number];

/** How long a need lasts, in months. */
export const NEED_MONTHS: Readonly<Record<NeedKind, readonly [number, number]>> = {
  HOME_PROJECT: [5, 9],
  HOUSE: [7, 14],
  CAR: [5, 9],
  TRAVEL: [3, 6],
  YIELD: [4, 9],
  CASH: [3, 7],
  LEAVING: [2, 3],
};
