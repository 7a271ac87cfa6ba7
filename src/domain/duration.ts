import { addDays, addMonths, type BusinessDate, daysBetween } from './business-date.ts';

/**
 * An ISO 8601 duration in whole days, weeks, months or years: `P90D`, `P2W`, `P6M`, `P1Y`. Months
 * and years are those of the calendar, wherever one is written; where days are counted, only days
 * and weeks may be.
 */
export type Duration = string;

const PATTERN = /^P(\d{1,4})([DWMY])$/;

/** True for one number and one unit, as above. */
export function isDuration(text: string): boolean {
  return PATTERN.test(text);
}

/** The day a duration after `date`; months and years keep the day of month where it exists. */
export function plusDuration(date: BusinessDate, duration: Duration): BusinessDate {
  const { count, unit } = partsOf(duration);
  if (unit === 'D') return addDays(date, count);
  if (unit === 'W') return addDays(date, count * 7);
  return addMonths(date, unit === 'M' ? count : count * 12);
}

/** The day a duration before `date`. */
export function minusDuration(date: BusinessDate, duration: Duration): BusinessDate {
  const { count, unit } = partsOf(duration);
  if (unit === 'D') return addDays(date, -count);
  if (unit === 'W') return addDays(date, -count * 7);
  return addMonths(date, unit === 'M' ? -count : -count * 12);
}

/** The days of a duration that is so many on whatever day it starts; undefined of others. */
export function fixedDays(duration: Duration): number | undefined {
  const { count, unit } = partsOf(duration);
  if (unit === 'D') return count;
  return unit === 'W' ? count * 7 : undefined;
}

/** The most days that a duration lasts, on whatever day it starts. */
export function mostDays(duration: Duration): number {
  return MONTH_STARTS.map((start) => daysBetween(start, plusDuration(start, duration))).reduce(
    (a, b) => Math.max(a, b),
  );
}

/** Each month of four years around a leap day: the years between two leap days are all alike. */
const MONTH_STARTS = Array.from({ length: 48 }, (_, month) => addMonths('2000-01-01', month));

function partsOf(duration: Duration): { count: number; unit: 'D' | 'W' | 'M' | 'Y' } {
  const match = PATTERN.exec(duration);
  if (match === null)
    throw new RangeError(`not a duration: \`${duration}\`, write e.g. \`P90D\``);
  return { count: Number(match[1]), unit: match[2] as 'D' | 'W' | 'M' | 'Y' };
}
