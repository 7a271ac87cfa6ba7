import { addDays, daysBetween } from '../../../domain/business-date.ts';
import { dateOf } from '../../../domain/instant.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, type Known, NOT_APPLICABLE, ofPart } from '../known.ts';

/** What the customer spoke of, by coded intent. */
export const INTERACTIONS: Derivations = [
  ['interactions.count90d', (world) => count(world, 90, undefined)],
  ['interactions.daysSinceHardship', (world) => daysSince(world, 'HARDSHIP')],
  ['interactions.daysSinceCloseIntent', (world) => daysSince(world, 'CLOSE_ACCOUNT')],
  ['interactions.daysSinceMortgageQuestion', (world) => daysSince(world, 'MORTGAGE_QUESTION')],
  ['interactions.daysSinceRateQuestion', (world) => daysSince(world, 'RATE_QUESTION')],
  ['interactions.daysSinceLoanQuestion', (world) => daysSince(world, 'LOAN_QUESTION')],
  ['interactions.daysSinceTravelNotice', (world) => daysSince(world, 'TRAVEL_NOTICE')],
  ['interactions.complaints180d', (world) => count(world, 180, 'COMPLAINT')],
];

function count(world: World, days: number, intent: string | undefined): Known<number> {
  const since = addDays(world.customer.businessDate, 1 - days);
  return given(
    ofPart(world.customer.interactions, 'interactions'),
    (all) =>
      all.filter(
        (one) =>
          dateOf(one.occurredAt) >= since && (intent === undefined || one.intent === intent),
      ).length,
  );
}

function daysSince(world: World, intent: string): Known<number> {
  return given(ofPart(world.customer.interactions, 'interactions'), (all) => {
    const last = all.findLast((one) => one.intent === intent);
    if (last === undefined) return NOT_APPLICABLE;
    return daysBetween(dateOf(last.occurredAt), world.customer.businessDate);
  });
}
