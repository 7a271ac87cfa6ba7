import type { BusinessDate } from '../../domain/business-date.ts';

/** The earlier of two days. */
export function earlierDay(a: BusinessDate, b: BusinessDate): BusinessDate {
  if (b < a) return b;
  return a;
}

/** The later of two days. */
export function laterDay(a: BusinessDate, b: BusinessDate): BusinessDate {
  if (b > a) return b;
  return a;
}
