import { addDays, addMonths, type BusinessDate } from './business-date.ts';

/** An ISO 8601 duration in whole days, weeks, months or years: `P90D`, `P2W`, `P6M`, `P1Y`. */
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

/** Nominal length in days (a month is 30, a year 365), for comparing durations with day counts. */
export function nominalDays(duration: Duration): number {
  const { count, unit } = partsOf(duration);
  return count * { D: 1, W: 7, M: 30, Y: 365 }[unit];
}

function partsOf(duration: Duration): { count: number; unit: 'D' | 'W' | 'M' | 'Y' } {
  const match = PATTERN.exec(duration);
  if (match === null)
    throw new RangeError(`not a duration: \`${duration}\`, write e.g. \`P90D\``);
  return { count: Number(match[1]), unit: match[2] as 'D' | 'W' | 'M' | 'Y' };
}
