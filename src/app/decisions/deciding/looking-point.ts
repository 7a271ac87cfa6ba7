import type { BusinessDate } from '../../../domain/business-date.ts';
import { endOfDay, type Instant } from '../../../domain/instant.ts';
import type { ReleaseBody } from '../../../domain/release.ts';
import type { LivePoint } from '../../../engine/point-in-time/live-state-of.ts';
import { bankTime, knownNow } from '../../customer360/bank-time.ts';
import type { BankMode } from '../../ports/bank.ts';

/** Where a customer is looked at from: now, or the end of a past business date. */
export interface LookingPoint {
  readonly businessDate: BusinessDate;
  /** What was recorded later is not known. */
  readonly knownAt: Instant;
  /** The same moment in banking time, in which ages and validity are compared. */
  readonly bankNow: Instant;
  readonly isPresent: boolean;
}

/**
 * The point of a business date. The bank's own date has not ended yet: as of today is the present.
 */
export function lookingPoint(
  date: BusinessDate,
  { today, now }: { readonly today: BusinessDate; readonly now: Instant },
): LookingPoint {
  if (date === today) {
    const bankNow = bankTime(today, now);
    return { businessDate: today, knownAt: knownNow(today, now), bankNow, isPresent: true };
  }
  const end = endOfDay(date);
  return { businessDate: date, knownAt: end, bankNow: end, isPresent: false };
}

/** The same point as a live state is made from it, at a bank and under a release. */
export function livePoint(
  { businessDate, knownAt, bankNow, isPresent }: LookingPoint,
  { bankMode }: { readonly bankMode: BankMode },
  { ageLimits }: Pick<ReleaseBody, 'ageLimits'>,
): LivePoint {
  return {
    businessDate,
    // A core's clock may be ahead of ours: a hold that is recorded counts all the same.
    ...(!isPresent && { knownAt }),
    bankNow,
    ageLimits,
    neverHandedOver: bankMode === 'EVALUATION' ? 'EMPTY' : 'UNKNOWN',
  };
}
