/** A calendar day as `2026-11-24`; such texts sort as the days do. */
export type BusinessDate = string;

/** True for a day that exists in the proleptic Gregorian calendar, years 1 to 9999. */
export function isBusinessDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const { year, month, day } = partsOf(text);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return toEpochDay(to) - toEpochDay(from);
}

/**
 * Whole months from `from` to `to`: a month counts once its day of month is reached, or its last
 * day where it has none, as {@link addMonths} counts them.
 */
export function monthsBetween(from: BusinessDate, to: BusinessDate): number {
  if (to < from) return -monthsBetween(to, from);
  const a = partsOf(from);
  const b = partsOf(to);
  const isReached = b.day >= a.day || b.day === daysInMonth(b.year, b.month);
  return (b.year - a.year) * 12 + b.month - a.month - (isReached ? 0 : 1);
}

/** Whole years from `from` to `to`, as an age is counted. */
export function yearsBetween(from: BusinessDate, to: BusinessDate): number {
  return Math.trunc(monthsBetween(from, to) / 12);
}

/** The day `days` later (earlier when negative). */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  return fromEpochDay(toEpochDay(date) + days);
}

/** The same day of month `months` later, or the month's last day where it has none. */
export function addMonths(date: BusinessDate, months: number): BusinessDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  return write(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/**
 * The end of the month that ends `months` before the one that ends on a date: a month that ends
 * with a calendar month follows calendar months, so that each day lies in one month only.
 */
export function monthEndBefore(end: BusinessDate, months: number): BusinessDate {
  const { year, month, day } = partsOf(end);
  if (day < daysInMonth(year, month)) return addMonths(end, -months);
  return addDays(addMonths(startOfMonth(end), 1 - months), -1);
}

/** The first day of a date's month. */
export function startOfMonth(date: BusinessDate): BusinessDate {
  return `${date.slice(0, 7)}-01`;
}

/**
 * Completed years of age of whom only the month of birth is known: a year counts once the month
 * has passed, so that nobody is of age too early.
 */
export function ageYears(birthMonth: BusinessDate, on: BusinessDate): number {
  return yearsBetween(addMonths(startOfMonth(birthMonth), 1), on);
}

/** Days since 1970-01-01, by civil-calendar arithmetic (no clock, no time zone). */
export function toEpochDay(date: BusinessDate): number {
  const { year, month, day } = partsOf(date);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - 719_468;
}

/** The inverse of {@link toEpochDay}. */
export function fromEpochDay(epochDay: number): BusinessDate {
  const z = epochDay + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const cycle = Math.floor(doe / 1460) - Math.floor(doe / 36_524) + Math.floor(doe / 146_096);
  const yearOfEra = Math.floor((doe - cycle) / 365);
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = doe - (365 * yearOfEra + leaps);
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return write(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

function partsOf(date: BusinessDate): { year: number; month: number; day: number } {
  return { year: digits(date, 0, 4), month: digits(date, 5, 7), day: digits(date, 8, 10) };
}

/** By characters: `Number` of a slice takes some four times as long, and all facts read dates. */
function digits(date: BusinessDate, from: number, to: number): number {
  let number = 0;
  for (let place = from; place < to; place += 1) {
    number = number * 10 + date.charCodeAt(place) - 48;
  }
  return number;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function write(year: number, month: number, day: number): BusinessDate {
  const pad = (n: number, width: number) => String(n).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}
