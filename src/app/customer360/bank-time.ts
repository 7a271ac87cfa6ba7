import type { BusinessDate } from '../../domain/business-date.ts';
import { END_OF_TIME, type Instant } from '../../domain/instant.ts';

/**
 * The bank's present: the hour of the clock on the business date. Banking time is the core's
 * working day, which may lag the calendar; ages and validity are compared in it.
 */
export function bankTime(businessDate: BusinessDate, now: Instant): Instant {
  return `${businessDate}${now.slice(10)}`;
}

/**
 * From where the present looks: all that is recorded is known now, whichever of our clock, the
 * bank's clock and the business date is behind.
 */
export const KNOWN_NOW: Instant = END_OF_TIME;
