import type { BusinessDate } from '../../../domain/business-date.ts';
import { endOfDay, type Instant } from '../../../domain/instant.ts';
import { bankTime, KNOWN_NOW } from '../../customer360/bank-time.ts';

/** Where a customer is looked at from: now, or the end of a past business date. */
export interface LookingPoint {
  readonly businessDate: BusinessDate;
  /** What was recorded later is not known. */
  readonly knownAt: Instant;
  /** The same moment in banking time, in which ages and validity are compared. */
  readonly bankNow: Instant;
}

/**
 * The point of a business date. The bank's own date has not ended yet: as of today is the present.
 */
export function lookingPoint(
  date: BusinessDate,
  { today, now }: { readonly today: BusinessDate; readonly now: Instant },
): LookingPoint {
  if (date === today) {
    return { businessDate: today, knownAt: KNOWN_NOW, bankNow: bankTime(today, now) };
  }
  const end = endOfDay(date);
  return { businessDate: date, knownAt: end, bankNow: end };
}
