import { standingOf } from '../../../domain/arrangement-status.ts';
import type { HeldArrangement } from '../../../domain/customer360.ts';
import { ONE_PPM, timesRatio } from '../../../domain/ppm.ts';
import type { ProductKind } from '../../../domain/product-kind.ts';
import { monthly } from '../accounts/cashflow.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, isKnown, type Known, NOT_APPLICABLE, unavailable } from '../known.ts';
import { exactly } from '../plausible.ts';
import { shareInReporting } from '../to-reporting.ts';
import { ofKinds } from './holdings.ts';

/** What the customer has and owes, at the customer's share, in the reporting currency. */
export const BALANCES: Derivations = [
  ['deposits.total', (w) => has(w, ['CURRENT_ACCOUNT', 'SAVINGS_ACCOUNT', 'TERM_DEPOSIT'])],
  ['deposits.toIncomePpm', depositsToIncome],
  ['current.balance', (w) => has(w, ['CURRENT_ACCOUNT'])],
  ['savings.balance', (w) => has(w, ['SAVINGS_ACCOUNT'])],
  ['term.balance', (w) => has(w, ['TERM_DEPOSIT'])],
  ['investments.total', (w) => has(w, ['INVESTMENT', 'PENSION'])],
  ['loan.count', (w) => given(ofKinds(w, ['LOAN']), (held) => held.length)],
  ['loan.outstanding', (w) => owes(w, ['LOAN'])],
  ['loan.daysPastDue', daysPastDue],
  ['mortgage.outstanding', (w) => owes(w, ['MORTGAGE'])],
  ['credit.instalmentMonthly', instalments],
  ['overdraft.limit', overdraftLimit],
  ['overdraft.used', overdraftUsed],
];

function has(world: World, kinds: readonly ProductKind[]): Known<number> {
  return given(ofKinds(world, kinds), (held) => sumOf(world, held, ledgerOf));
}

/** Savings and current accounts in monthly incomes: how long the money at hand would last. */
function depositsToIncome(world: World): Known<number> {
  return given(has(world, ['CURRENT_ACCOUNT', 'SAVINGS_ACCOUNT']), (balance) =>
    given(monthly(world, 'income'), (income) =>
      income > 0 ? timesRatio(balance, ONE_PPM, income) : NOT_APPLICABLE,
    ),
  );
}

function owes(world: World, kinds: readonly ProductKind[]): Known<number> {
  return given(ofKinds(world, kinds), (held) => sumOf(world, held, owedOn));
}

/**
 * What loans and mortgages do not state is unknown; other credit counts where it states it. What
 * is said to be in arrears is past due, and by how much is unknown where the balance states none.
 */
function daysPastDue(world: World): Known<number> {
  return given(world.holdings, (held) => {
    let most: number | undefined;
    for (const { arrangement, balance } of held) {
      const kind = arrangement.productKind;
      const days = balance?.daysPastDue;
      const mustState = kind === 'LOAN' || kind === 'MORTGAGE';
      const isPastDue = standingOf(arrangement).pastDue;
      if ((days === undefined && mustState) || (isPastDue && (days ?? 0) === 0)) {
        return unavailable('NOT_COVERED', 'arrangements');
      }
      if (days !== undefined) most = Math.max(most ?? 0, days);
    }
    return most ?? NOT_APPLICABLE;
  });
}

function instalments(world: World): Known<number> {
  return given(ofKinds(world, ['LOAN', 'MORTGAGE']), (held) =>
    sumOf(world, held, ({ arrangement }) => stated(arrangement.instalmentMinor)),
  );
}

function overdraftLimit(world: World): Known<number> {
  return given(ofKinds(world, ['OVERDRAFT']), (held) =>
    sumOf(world, held, ({ arrangement }) => stated(arrangement.limitMinor)),
  );
}

/** An overdraft that hangs on an account is drawn by that account's own balance. */
function overdraftUsed(world: World): Known<number> {
  return given(ofKinds(world, ['CURRENT_ACCOUNT', 'OVERDRAFT']), (held) => {
    if (held.length === 0) return NOT_APPLICABLE;
    const drawn = held.filter((one) => one.arrangement.parentId === undefined);
    return drawn.length === 0 ? 0 : sumOf(world, drawn, owedOn);
  });
}

/** NOT_APPLICABLE for nothing held; unknown as soon as one of the amounts is. */
function sumOf(
  world: World,
  held: readonly HeldArrangement[],
  amountOf: (one: HeldArrangement) => Known<number>,
): Known<number> {
  if (held.length === 0) return NOT_APPLICABLE;
  let sum = 0;
  for (const one of held) {
    if (!standingOf(one.arrangement).usable) return unavailable('NOT_COVERED', 'arrangements');
    const amountMinor = amountOf(one);
    if (!isKnown(amountMinor)) return amountMinor;
    const money = { amountMinor, currency: one.arrangement.currency };
    const share = shareInReporting(money, one.sharers, world.rates);
    if (share === undefined) return unavailable('NO_RATE', 'arrangements');
    const grown = exactly(sum + share, 'arrangements');
    if (!isKnown(grown)) return grown;
    sum = grown;
  }
  return sum;
}

function ledgerOf({ balance }: HeldArrangement): Known<number> {
  return stated(balance?.ledgerMinor);
}

function owedOn(one: HeldArrangement): Known<number> {
  return given(ledgerOf(one), (ledgerMinor) => (ledgerMinor < 0 ? 0 - ledgerMinor : 0));
}

function stated(amountMinor: number | undefined): Known<number> {
  return amountMinor ?? unavailable('NOT_COVERED', 'arrangements');
}
