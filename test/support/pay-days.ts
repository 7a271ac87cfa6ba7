import {
  addDays,
  addMonths,
  type BusinessDate,
  monthEndBefore,
  startOfMonth,
  toEpochDay,
} from '../../src/domain/business-date.ts';
import { earlierDay } from '../../src/engine/features/day-order.ts';

/** On which day of a month somebody is paid: the first day of the month is given. */
export type PayDay = (month: BusinessDate) => BusinessDate;

/** The n-th day, or the last one of a month that is shorter. */
export const onDay =
  (n: number): PayDay =>
  (month) => {
    const last = addDays(addMonths(month, 1), -1);
    return earlierDay(addDays(month, n - 1), last);
  };

export const onLastDay: PayDay = onDay(31);

/** The Friday before, where the day falls on a weekend. */
export const movedBefore =
  (payDay: PayDay): PayDay =>
  (month) => {
    const day = payDay(month);
    return addDays(day, -Math.max(0, weekday(day) - 4));
  };

/** The Monday after, where the day falls on a weekend. */
export const movedAfter =
  (payDay: PayDay): PayDay =>
  (month) => {
    const day = payDay(month);
    return weekday(day) > 4 ? addDays(day, 7 - weekday(day)) : day;
  };

export const onLastWorkingDay: PayDay = movedBefore(onLastDay);

/** The pay days of so many months, the last of them in the month of a date. */
export function payDays(payDay: PayDay, until: BusinessDate, months: number): BusinessDate[] {
  const end = addDays(addMonths(startOfMonth(until), 1), -1);
  return Array.from({ length: months }, (_, back) =>
    payDay(startOfMonth(monthEndBefore(end, back))),
  ).toReversed();
}

/** 0 is a Monday, 6 a Sunday. */
function weekday(date: BusinessDate): number {
  return (((toEpochDay(date) + 3) % 7) + 7) % 7;
}
