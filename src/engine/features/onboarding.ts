import { timesRatio } from '../../domain/ppm.ts';
import type { Derivations, World } from './derivation.ts';
import { given, type Known, NOT_APPLICABLE, unavailable } from './known.ts';
import type { Onboarding, OnboardingSums } from './onboarding-window.ts';
import { shareInReporting } from './to-reporting.ts';

/** How the relationship began: facts that survive where only the first transactions are known. */
export const ONBOARDING: Derivations = [
  ['onboarding.firstAmount', firstAmount],
  ['onboarding.credit90d', (world) => amount(world, (sums) => sums.creditMinor)],
  ['onboarding.debit90d', (world) => amount(world, (sums) => sums.debitMinor)],
  ['onboarding.largestCredit90d', (world) => amount(world, (sums) => sums.largestCreditMinor)],
  ['onboarding.largestDebit90d', (world) => amount(world, (sums) => sums.largestDebitMinor)],
  ['onboarding.cashIn90d', (world) => amount(world, (sums) => sums.cashInMinor)],
  ['onboarding.cashOut90d', (world) => amount(world, (sums) => sums.cashOutMinor)],
  ['onboarding.transferIn90d', (world) => amount(world, transferIn)],
  ['onboarding.interest90d', (world) => amount(world, (sums) => sums.interestMinor)],
  ['onboarding.transactionCount90d', (world) => given(covered(world), ({ sums }) => sums.count)],
  ['onboarding.balanceMin90d', (world) => balance(world, lowest)],
  ['onboarding.balanceMax90d', (world) => balance(world, highest)],
  ['onboarding.balanceMean90d', (world) => balance(world, meanOf)],
  ['onboarding.balanceVolatility90d', (world) => balance(world, meanDistance)],
  ['onboarding.balanceLast90d', (world) => balance(world, (levels) => levels.at(-1) ?? 0)],
];

/** Needs no more than the days up to the first transaction. */
function firstAmount(world: World): Known<number> {
  return given(world.onboarding, (onboarding) => {
    const { first, businessDate, coveredUntil } = onboarding;
    const needed = first?.on ?? businessDate;
    if (coveredUntil === undefined || coveredUntil < needed) {
      return unavailable('NOT_COVERED', 'transactions');
    }
    if (first === undefined) return NOT_APPLICABLE;
    if (first.amountMinor === undefined) return unavailable('NO_RATE', 'transactions');
    return share(world, onboarding, first.amountMinor);
  });
}

function amount(world: World, read: (sums: OnboardingSums) => number): Known<number> {
  return given(covered(world), (onboarding) => share(world, onboarding, read(onboarding.sums)));
}

/** Neither paid in over the counter nor earned on the account. */
function transferIn({ creditMinor, cashInMinor, interestMinor }: OnboardingSums): number {
  return creditMinor - cashInMinor - interestMinor;
}

/** Of the balances after each transaction; NOT_APPLICABLE before the first. */
function balance(world: World, read: (levels: readonly number[]) => number): Known<number> {
  return given(covered(world), (onboarding) => {
    const { levelsMinor } = onboarding.sums;
    if (levelsMinor.length === 0) return NOT_APPLICABLE;
    return share(world, onboarding, read(levelsMinor));
  });
}

function lowest(levels: readonly number[]): number {
  return levels.reduce((least, level) => Math.min(least, level));
}

function highest(levels: readonly number[]): number {
  return levels.reduce((most, level) => Math.max(most, level));
}

function meanOf(levels: readonly number[]): number {
  return timesRatio(
    levels.reduce((sum, level) => sum + level, 0),
    1,
    levels.length,
  );
}

/** The mean absolute deviation: integers, and no root whose last digit is the runtime's. */
function meanDistance(levels: readonly number[]): number {
  const mean = meanOf(levels);
  return meanOf(levels.map((level) => Math.abs(level - mean)));
}

/** The window, once it is covered from the opening to its end. */
function covered(world: World): Known<Onboarding> {
  return given(world.onboarding, (onboarding) => {
    const { coveredUntil, until, lacksRate } = onboarding;
    if (coveredUntil === undefined || coveredUntil < until) {
      return unavailable('NOT_COVERED', 'transactions');
    }
    return lacksRate ? unavailable('NO_RATE', 'transactions') : onboarding;
  });
}

function share(world: World, { account }: Onboarding, amountMinor: number): Known<number> {
  const { currency } = account.arrangement;
  const money = { amountMinor, currency };
  const shared = shareInReporting(money, account.sharers, world.rates);
  return shared ?? unavailable('NO_RATE', 'arrangements');
}
