import {
  addMonths,
  type BusinessDate,
  fromEpochDay,
  toEpochDay,
} from '../../src/domain/business-date.ts';
import type { Instant } from '../../src/domain/instant.ts';

/** The demo bank's today until it is advanced. */
export const DEMO_BUSINESS_DATE: BusinessDate = '2026-06-30';

/**
 * The first day with transactions: 24 months up to the demo's today. It stands still when the
 * business date moves on, so that a later extract holds every row of an earlier one.
 */
export const HISTORY_FROM: BusinessDate = '2024-07-01';
export const HISTORY_FROM_DAY = toEpochDay(HISTORY_FROM);

/** The month (0 is the first of the history) from which the bank made offers: 18 months. */
export const CONTACTS_FROM_MONTH = 6;

const SECONDS_A_DAY = 86_400;
const YEAR_ZERO = 2024;

/** A month of the history. */
export interface Month {
  readonly index: number;
  readonly firstDay: number;
  readonly days: number;
  /** 1 to 12. */
  readonly ofYear: number;
  /** `2025-03`. */
  readonly text: string;
}

/** All months from the first of the history to the one that holds the business date. */
export function monthsUntil(businessDate: BusinessDate): readonly Month[] {
  const months: Month[] = [];
  for (let index = 0; addMonths(HISTORY_FROM, index) <= businessDate; index += 1) {
    const first = addMonths(HISTORY_FROM, index);
    const firstDay = toEpochDay(first);
    const days = toEpochDay(addMonths(HISTORY_FROM, index + 1)) - firstDay;
    months.push({
      index,
      firstDay,
      days,
      ofYear: Number(first.slice(5, 7)),
      text: first.slice(0, 7),
    });
  }
  return months;
}

/** Months between the first of the history and a day; negative before it. */
export function monthIndexOf(day: number): number {
  const text = dayText(day);
  return (Number(text.slice(0, 4)) - YEAR_ZERO) * 12 + Number(text.slice(5, 7)) - 7;
}

const dayTexts = new Map<number, BusinessDate>();

/** A day since 1970-01-01 as text; each is written once, for a run asks for millions. */
export function dayText(day: number): BusinessDate {
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  const text = fromEpochDay(day);
  dayTexts.set(day, text);
  return text;
}

/** A time in seconds since 1970 as an instant. */
export function instantText(at: number): Instant {
  const day = Math.floor(at / SECONDS_A_DAY);
  const second = at - day * SECONDS_A_DAY;
  const hours = Math.floor(second / 3600);
  const minutes = Math.floor((second - hours * 3600) / 60);
  return `${dayText(day)}T${two(hours)}:${two(minutes)}:${two(second % 60)}.000Z`;
}

/** Seconds since 1970 of a day and a second of it. */
export function atSecond(day: number, second: number): number {
  return day * SECONDS_A_DAY + second;
}

/** The day that holds a time. */
export function dayOf(at: number): number {
  return Math.floor(at / SECONDS_A_DAY);
}

/** The day `months` later, or the month's last where it has none. */
export function monthsLater(day: number, months: number): number {
  return toEpochDay(addMonths(dayText(day), months));
}

function two(value: number): string {
  return TWO_DIGITS[value] ?? '';
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
