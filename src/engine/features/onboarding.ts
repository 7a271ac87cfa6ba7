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
  ['onboarding.cashIn90d', (world) => amount(world, (sums) => sums.cashInMinor)],
  ['onboarding.transactionCount90d', (world) => given(covered(world), ({ sums }) => sums.count)],
  ['onboarding.balanceMin90d', (world) => amount(world, (sums) => sums.lowestBalanceMinor)],
  ['onboarding.balanceLast90d', (world) => amount(world, (sums) => sums.lastBalanceMinor)],
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

function amount(world: World, read: (sums: OnboardingSums) => number | undefined): Known<number> {
  return given(covered(world), (onboarding) => {
    const amountMinor = read(onboarding.sums);
    if (amountMinor === undefined) return NOT_APPLICABLE;
    return share(world, onboarding, amountMinor);
  });
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
