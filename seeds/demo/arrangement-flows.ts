import { mainAccount, openOnes } from './arrangements.ts';
import { atSecond, type Month } from './calendar.ts';
import type { Happening } from './movements.ts';
import { isInstalmentCredit, PRODUCTS } from './products.ts';
import type { Customer, Holding } from './world.ts';

const KEEPS_MONTHS = 1.6;

/** Plans what the arrangements themselves ask for in a month: instalments, fees, interest. */
export function planArrangements(members: readonly Customer[], month: Month): Happening[] {
  const plan: Happening[] = [];
  const seen = new Set<Holding>();
  for (const customer of members) {
    const account = mainAccount(customer);
    if (account === undefined) {
      for (const holding of openOnes(customer)) bearInterest(plan, holding, month);
      continue;
    }
    saveOrDraw(plan, { customer, account, month });
    for (const holding of openOnes(customer)) {
      if (seen.has(holding) || holding.openedDay >= month.firstDay) continue;
      seen.add(holding);
      planHolding(plan, { customer, account, holding, month });
    }
  }
  return plan;
}

interface Owned {
  readonly customer: Customer;
  readonly account: Holding;
  readonly holding: Holding;
  readonly month: Month;
}

function planHolding(plan: Happening[], owned: Owned): void {
  const { holding, month, account } = owned;
  const day = month.firstDay + 2 + (holding.key % 24);
  const at = atSecond(day, 21_600 + (holding.key % 3000));
  if (isInstalmentCredit(holding.kind)) {
    plan.push({ kind: 'INSTALMENT', at, account, loan: holding });
  } else if (holding.kind === 'TERM_DEPOSIT') {
    const maturesDay = holding.maturesDay ?? 0;
    if (maturesDay < month.firstDay + month.days) {
      const onDay = Math.max(maturesDay, month.firstDay);
      plan.push({ kind: 'MATURE', at: atSecond(onDay, 21_600), account, deposit: holding });
    }
  } else if (holding.kind === 'INVESTMENT' || holding.kind === 'PENSION') {
    invest(plan, owned, at);
  } else if (holding.kind === 'INSURANCE') {
    if ((month.index + holding.key) % 3 !== 0) return;
    const yearly = PRODUCTS[holding.product].yearlyFeeMinor ?? 0;
    charge(plan, { at, account, amountMinor: -Math.round(yearly / 4), category: 'INSURANCE' });
  } else chargeFee(plan, owned);
  bearInterest(plan, holding, month);
}

function invest(plan: Happening[], owned: Owned, at: number): void {
  const { customer, account, holding, month } = owned;
  const share = 0.03 + (holding.key % 5) * 0.01;
  const amountMinor = -Math.max(2_500, Math.round((customer.incomeMinor * share) / 500) * 500);
  plan.push({
    kind: 'MOVE',
    at,
    account,
    amountMinor,
    category: 'INVESTMENT',
    other: holding,
    method: 'STANDING_ORDER',
  });
  if (!closesQuarter(month)) return;
  const yieldPpm = 4_000 + ((month.index * 7919) % 23) * 1_000 - 8_000;
  const gain = Math.round((holding.balanceMinor * yieldPpm) / 1_000_000);
  if (gain === 0) return;
  const end = atSecond(month.firstDay + month.days - 1, 79_000);
  plan.push({
    kind: 'MOVE',
    at: end,
    account: holding,
    amountMinor: gain,
    category: 'REVALUATION',
  });
}

function chargeFee(plan: Happening[], owned: Owned): void {
  const { holding, account, month } = owned;
  const yearly = PRODUCTS[holding.product].yearlyFeeMinor ?? 0;
  if (yearly === 0 || !closesQuarter(month)) return;
  const at = atSecond(month.firstDay + month.days - 1, 80_000);
  const pays = holding.kind === 'CURRENT_ACCOUNT' ? holding : account;
  charge(plan, { at, account: pays, amountMinor: -Math.round(yearly / 4), category: 'FEE' });
}

function bearInterest(plan: Happening[], holding: Holding, month: Month): void {
  if (!closesQuarter(month)) return;
  const at = atSecond(month.firstDay + month.days - 1, 81_000);
  const owes = holding.kind === 'CURRENT_ACCOUNT' && holding.balanceMinor < 0;
  const earns = holding.kind === 'SAVINGS_ACCOUNT' && holding.balanceMinor > 0;
  const ratePpm = owes ? (PRODUCTS.overdraft.ratePpm ?? 0) : (holding.ratePpm ?? 0);
  const amountMinor = Math.round((holding.balanceMinor * ratePpm) / 4_000_000);
  if ((!owes && !earns) || amountMinor === 0) return;
  charge(plan, { at, account: holding, amountMinor, category: 'INTEREST' });
}

/** What the account does not need is saved; what it lacks is fetched back. */
function saveOrDraw(
  plan: Happening[],
  of: { readonly customer: Customer; readonly account: Holding; readonly month: Month },
): void {
  const { customer, account, month } = of;
  const savings = openOnes(customer, 'savings_account', 'sweep_account')[0];
  if (savings === undefined || savings.openedDay >= month.firstDay) return;
  const day = month.firstDay + 8 + (customer.key % 9);
  const at = atSecond(day, 30_000 + (customer.key % 5000));
  const excess = account.balanceMinor - Math.round(customer.incomeMinor * KEEPS_MONTHS);
  const common = { kind: 'MOVE', at, category: 'OWN_TRANSFER', method: 'TRANSFER' } as const;
  if (excess > 20_000) {
    const amountMinor = -Math.round(excess / 2 / 1000) * 1000;
    plan.push({ ...common, account, amountMinor, other: savings });
  } else if (account.balanceMinor < customer.incomeMinor * 0.15) {
    const wanted = Math.round((customer.incomeMinor * 0.4) / 1000) * 1000;
    if (wanted === 0 || savings.balanceMinor < wanted) return;
    plan.push({ ...common, account: savings, amountMinor: -wanted, other: account });
  }
}

function charge(
  plan: Happening[],
  what: {
    readonly at: number;
    readonly account: Holding;
    readonly amountMinor: number;
    readonly category: string;
  },
): void {
  plan.push({ kind: 'MOVE', bill: true, ...what });
}

function closesQuarter(month: Month): boolean {
  return month.ofYear % 3 === 0;
}
