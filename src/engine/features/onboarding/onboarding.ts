import type { Derivation, Derivations, World } from '../derivation.ts';
import { given, type Known, NOT_APPLICABLE, unavailable } from '../known.ts';
import { exactly, exactMean } from '../plausible.ts';
import { shareInReporting } from '../to-reporting.ts';
import type { Onboarding, OnboardingSums } from './onboarding-window.ts';

/**
 * How the relationship began: facts that survive where only the first transactions are known.
 * Where little is covered, 60 days are covered more often than 90.
 */
export const ONBOARDING: Derivations = [
  ['onboarding.firstAmount', firstAmount],
  ['onboarding.credit60d', amount('days60', (sums) => sums.creditMinor)],
  ['onboarding.cashIn60d', amount('days60', (sums) => sums.cashInMinor)],
  ['onboarding.transferIn60d', amount('days60', transferIn)],
  ['onboarding.transactionCount60d', count('days60')],
  ['onboarding.balanceMean60d', balance('days60', exactMean)],
  ['onboarding.balanceVolatility60d', balance('days60', meanDistance)],
  ['onboarding.credit90d', amount('days90', (sums) => sums.creditMinor)],
  ['onboarding.debit90d', amount('days90', (sums) => sums.debitMinor)],
  ['onboarding.largestCredit90d', amount('days90', (sums) => sums.largestCreditMinor)],
  ['onboarding.largestDebit90d', amount('days90', (sums) => sums.largestDebitMinor)],
  ['onboarding.cashIn90d', amount('days90', (sums) => sums.cashInMinor)],
  ['onboarding.cashOut90d', amount('days90', (sums) => sums.cashOutMinor)],
  ['onboarding.transferIn90d', amount('days90', transferIn)],
  ['onboarding.interest90d', amount('days90', (sums) => sums.interestMinor)],
  ['onboarding.transactionCount90d', count('days90')],
  ['onboarding.balanceMin90d', balance('days90', lowest)],
  ['onboarding.balanceMax90d', balance('days90', highest)],
  ['onboarding.balanceMean90d', balance('days90', exactMean)],
  ['onboarding.balanceVolatility90d', balance('days90', meanDistance)],
  ['onboarding.balanceLast90d', balance('days90', (levels) => levels.at(-1) ?? 0)],
];

type Window = keyof World['onboarding'];

/** Needs no more than the days up to the first transaction. */
function firstAmount(world: World): Known<number> {
  return given(world.onboarding.days90, (onboarding) => {
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

function amount(window: Window, read: (sums: OnboardingSums) => number): Derivation {
  return (world) =>
    given(covered(world, window), (onboarding) =>
      share(world, onboarding, read(onboarding.sums)),
    );
}

function count(window: Window): Derivation {
  return (world) => given(covered(world, window), ({ sums }) => sums.count);
}

/** Neither paid in over the counter nor earned on the account. */
function transferIn({ creditMinor, cashInMinor, interestMinor }: OnboardingSums): number {
  return creditMinor - cashInMinor - interestMinor;
}

/** Of the balances after each transaction; NOT_APPLICABLE before the first. */
function balance(window: Window, read: (levels: readonly number[]) => number): Derivation {
  return (world) =>
    given(covered(world, window), (onboarding) => {
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

/** The mean absolute deviation: integers, and no root whose last digit is the runtime's. */
function meanDistance(levels: readonly number[]): number {
  const mean = exactMean(levels);
  return exactMean(levels.map((level) => Math.abs(level - mean)));
}

/** The window, once it is covered from the opening to its end. */
function covered(world: World, window: Window): Known<Onboarding> {
  return given(world.onboarding[window], (onboarding) => {
    const { coveredUntil, until, lacksRate } = onboarding;
    if (coveredUntil === undefined || coveredUntil < until) {
      return unavailable('NOT_COVERED', 'transactions');
    }
    return lacksRate ? unavailable('NO_RATE', 'transactions') : onboarding;
  });
}

function share(world: World, { account }: Onboarding, amountMinor: number): Known<number> {
  const { currency } = account.arrangement;
  return given(exactly(amountMinor, 'transactions'), (exact) => {
    const money = { amountMinor: exact, currency };
    const shared = shareInReporting(money, account.sharers, world.rates);
    return shared ?? unavailable('NO_RATE', 'arrangements');
  });
}
