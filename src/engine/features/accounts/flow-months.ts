import {
  addMonths,
  type BusinessDate,
  daysBetween,
  fromEpochDay,
  startOfMonth,
  toEpochDay,
} from '../../../domain/business-date.ts';
import { FLOW_MONTHS } from './account-flows.ts';

/** Months end so many days back at most: within them every day of a month comes up once. */
const DAYS_BACK = 30;

/** Money moves near a day when it does so less than so many days before or after. */
const NEAR_DAYS = 8;

/** Days before the business date on which a month may end, or money moves near its end. */
const DAYS = DAYS_BACK + 366 + 2 * NEAR_DAYS;

/** What moved on each day up to the business date, so that months can keep off it. */
export interface DailyMoney {
  /** The epoch day of the first place in each list. */
  readonly firstDay: number;
  /** Salary and pension. */
  readonly regular: Float64Array;
  /** All other income and all spending. */
  readonly other: Float64Array;
}

/** No money on the days that month ends hang on. */
export function startDailyMoney(businessDate: BusinessDate): DailyMoney {
  return {
    firstDay: toEpochDay(businessDate) - DAYS + 1,
    regular: new Float64Array(DAYS),
    other: new Float64Array(DAYS),
  };
}

/**
 * The ends of the months that flows are added up for, newest first; month k lies after `[k + 1]`
 * and up to `[k]`. They fall on the latest day, at most 30 days back, near which no salary or
 * pension comes in month by month, and as little else moves as may be. So each month holds one pay
 * and one rent, on whatever day they fall and however weekends move them, and every business date
 * sees as many pays as months.
 */
export function monthEndsOf(money: DailyMoney, businessDate: BusinessDate): BusinessDate[] {
  const ends = endsByDaysBack(businessDate);
  const offPay = quietest(ends, nearnessOf(money.regular, money.firstDay, false));
  // Two months may hold something singular, such as a car: it does not tell how money moves.
  const near = nearnessOf(money.other, money.firstDay, true);
  return (quietest(offPay, near)[0] ?? []).map(fromEpochDay);
}

/** The ends of months, as epoch days, for each day on which the last of them may end. */
function endsByDaysBack(businessDate: BusinessDate): readonly (readonly number[])[] {
  const months = calendarMonths(businessDate);
  const today = toEpochDay(businessDate);
  return Array.from({ length: DAYS_BACK + 1 }, (_, back) => endsFrom(today - back, months));
}

interface CalendarMonth {
  readonly firstDay: number;
  readonly days: number;
}

/** Newest first, as many as month ends may reach; worked out once, for dates are slow. */
function calendarMonths(businessDate: BusinessDate): readonly CalendarMonth[] {
  let next = addMonths(startOfMonth(businessDate), 1);
  return Array.from({ length: FLOW_MONTHS + 4 }, () => {
    const first = addMonths(next, -1);
    const month = { firstDay: toEpochDay(first), days: daysBetween(first, next) };
    next = first;
    return month;
  });
}

/** As `monthEndBefore` counts them. */
function endsFrom(lastEnd: number, months: readonly CalendarMonth[]): readonly number[] {
  const newest = months.findIndex(({ firstDay }) => firstDay <= lastEnd);
  const ends: number[] = [];
  let day = 0;
  let endsCalendarMonth = false;
  for (const { firstDay, days } of months.slice(newest, newest + FLOW_MONTHS + 1)) {
    if (ends.length === 0) {
      day = lastEnd - firstDay + 1;
      endsCalendarMonth = day === days;
    }
    ends.push(firstDay - 1 + (endsCalendarMonth ? days : Math.min(day, days)));
  }
  return ends;
}

/**
 * Those near which nothing moves, or hardly more than near the best of them; a tenth of the
 * difference to the worst is no reason to take older months.
 */
function quietest(
  ends: readonly (readonly number[])[],
  nearness: (ends: readonly number[]) => number,
): readonly (readonly number[])[] {
  const near = ends.map(nearness);
  const least = near.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = near.reduce((a, b) => Math.max(a, b), 0);
  const bound = least + (most - least) / 10;
  return ends.filter((_, place) => (near[place] ?? 0) <= bound);
}

/** How much moves near the ends of months, the nearer the more; some months are left out. */
function nearnessOf(money: Float64Array, firstDay: number, leavesOut: boolean) {
  const near = nearMoney(money);
  return (ends: readonly number[]): number => {
    let sum = 0;
    let most = 0;
    let second = 0;
    for (const end of ends) {
      const one = near[end - firstDay] ?? 0;
      sum += one;
      second = Math.max(second, Math.min(one, most));
      most = Math.max(most, one);
    }
    return leavesOut ? sum - most - second : sum;
  };
}

/** Loops over places: a typed array's iterator takes many times as long. */
function nearMoney(money: Float64Array): Float64Array {
  const near = new Float64Array(money.length);
  for (let day = 0; day < money.length; day += 1) {
    const amount = money[day] ?? 0;
    if (amount === 0) continue;
    const last = Math.min(day + NEAR_DAYS - 1, near.length - 1);
    for (let place = Math.max(0, day - NEAR_DAYS + 1); place <= last; place += 1) {
      near[place] = (near[place] ?? 0) + amount * (NEAR_DAYS - Math.abs(place - day));
    }
  }
  return near;
}
