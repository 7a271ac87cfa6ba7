import type { BusinessDate } from '../../domain/business-date.ts';
import { endOfDay, type Instant } from '../../domain/instant.ts';

/**
 * The bank's present: the hour of the clock on the business date. Banking time is the core's
 * working day, which may lag the calendar; ages and validity are compared in it.
 */
export function bankTime(businessDate: BusinessDate, now: Instant): Instant {
  return `${businessDate}${now.slice(10)}`;
}

/** Everything recorded so far is known now, whichever of clock and business date is ahead. */
export function knownNow(businessDate: BusinessDate, now: Instant): Instant {
  const end = endOfDay(businessDate);
  return now > end ? now : end;
}
