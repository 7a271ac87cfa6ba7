import { closeHolding, mainAccount, openHolding, openOnes } from './arrangements.ts';
import { atSecond, dayOf, dayText, type Month } from './calendar.ts';
import { eveningOf, post, recordBalance } from './ledger.ts';
import type { Happening, Instalment, Maturity, Movement, ProductOpening } from './movements.ts';
import { CARD_TIERS, isInstalmentCredit, PRODUCTS } from './products.ts';
import type { Customer, Holding, World } from './world.ts';

const PENALTY_MINOR = 500;
const BOUGHT_WITH_LOAN: Readonly<Record<string, string>> = {
  personal_loan: 'SHOPPING',
  home_improvement_loan: 'HOME_IMPROVEMENT',
  auto_loan: 'CAR',
};

/** Lets a month happen to some customers' arrangements, in order of time. */
export function playMonth(
  world: World,
  members: readonly Customer[],
  of: { readonly month: Month; readonly plan: readonly Happening[] },
): void {
  const { month } = of;
  const happenings = [...of.plan, ...openingsIn(members, month)];
  for (const one of happenings.toSorted((a, b) => a.at - b.at)) happen(world, members, one);
  const evening = eveningOf(month.firstDay + month.days - 1);
  for (const holding of new Set(members.flatMap((one) => openOnes(one)))) {
    if (hasBalance(holding)) recordBalance(world, holding, evening);
  }
}

function openingsIn(members: readonly Customer[], month: Month): ProductOpening[] {
  const end = month.firstDay + month.days;
  return members.flatMap((customer) => {
    const due = customer.openings.filter(({ day }) => day < end);
    const later = customer.openings.filter(({ day }) => day >= end);
    customer.openings.length = 0;
    customer.openings.push(...later);
    return due.map(({ day, product }) => ({
      kind: 'OPEN' as const,
      at: atSecond(Math.max(day, month.firstDay), 36_000),
      customer,
      product,
    }));
  });
}

function happen(world: World, members: readonly Customer[], one: Happening): void {
  if (one.kind === 'MOVE') move(world, one);
  else if (one.kind === 'INSTALMENT') payInstalment(world, one);
  else if (one.kind === 'MATURE') mature(world, one);
  else openProduct(world, members, one);
}

function move(world: World, movement: Movement): void {
  const { account, amountMinor, other } = movement;
  if (account.closedDay !== undefined || other?.closedDay !== undefined) return;
  const short = amountMinor < 0 && account.balanceMinor + amountMinor < account.floorMinor;
  if (short && movement.category !== 'FEE' && movement.category !== 'INTEREST') {
    if (movement.bill === true) penalise(world, account, movement.at);
    return;
  }
  const { at, category } = movement;
  post(world, account, movement);
  if (other !== undefined) post(world, other, { at, amountMinor: -amountMinor, category });
}

function penalise(world: World, account: Holding, at: number): void {
  post(world, account, { at, amountMinor: -PENALTY_MINOR, category: 'PENALTY' });
}

function payInstalment(world: World, { at, account, loan }: Instalment): void {
  if (loan.closedDay !== undefined) return;
  const interest = Math.round((loan.balanceMinor * (loan.ratePpm ?? 0)) / 12_000_000);
  if (interest < 0) post(world, loan, { at, amountMinor: interest, category: 'INTEREST' });
  const regular = Math.min(loan.instalmentMinor ?? 0, -loan.balanceMinor);
  const room = account.closedDay === undefined ? account.balanceMinor - account.floorMinor : 0;
  if (room < regular) {
    loan.arrearsMinor += regular;
    loan.pastDueDay ??= dayOf(at);
    if (account.closedDay === undefined) penalise(world, account, at);
    return;
  }
  const catchUp = room >= regular + loan.arrearsMinor ? loan.arrearsMinor : 0;
  const paid = Math.min(regular + catchUp, -loan.balanceMinor);
  if (catchUp === loan.arrearsMinor) {
    loan.arrearsMinor = 0;
    delete loan.pastDueDay;
  }
  if (paid > 0) {
    const common = { at, category: 'LOAN_PAYMENT', method: 'DIRECT_DEBIT' };
    post(world, account, { ...common, amountMinor: -paid });
    post(world, loan, { ...common, amountMinor: paid });
  }
  if (loan.balanceMinor < 0) return;
  recordBalance(world, loan, at);
  closeHolding(world, loan, at + 60);
}

function mature(world: World, { at, account, deposit }: Maturity): void {
  if (deposit.closedDay !== undefined || account.closedDay !== undefined) return;
  const years = (deposit.termMonths ?? 12) / 12;
  const interest = Math.round(
    (deposit.balanceMinor * (deposit.ratePpm ?? 0) * years) / 1_000_000,
  );
  post(world, deposit, { at, amountMinor: interest, category: 'INTEREST' });
  const common = { at, category: 'OWN_TRANSFER', method: 'TRANSFER' };
  const amountMinor = deposit.balanceMinor;
  post(world, account, { ...common, amountMinor });
  post(world, deposit, { ...common, amountMinor: -amountMinor });
  recordBalance(world, deposit, at);
  closeHolding(world, deposit, at + 60);
}

function openProduct(world: World, members: readonly Customer[], one: ProductOpening): void {
  const { customer, product, at } = one;
  const account = mainAccount(customer);
  if (account === undefined || customer.holds.has('DECEASED')) return;
  const kind = PRODUCTS[product].kind;
  const partners = members.filter((other) => other !== customer);
  const joint = partners.filter((other) => other.holdings.includes(account));
  const shared = product === 'premium_account' || product === 'mortgage';
  const guarantor = product === 'personal_loan' && at % 5 === 0 ? joint : [];
  const holding = openHolding(world, customer, {
    product,
    day: dayOf(at),
    balanceMinor: 0,
    ...(kind === 'CARD' || kind === 'OVERDRAFT' ? { parent: account } : {}),
    others: [
      ...(shared ? joint : []).map((other) => [other, 'JOINT'] as const),
      ...guarantor.map((other) => [other, 'GUARANTOR'] as const),
    ],
  });
  if (kind === 'CARD') replaceLowerCards(world, customer, { holding, at });
  else if (isInstalmentCredit(kind)) payOut(world, { loan: holding, account, at });
  else fund(world, { holding, account, at });
  if (!isLastOfMonth(dayOf(at))) recordBalance(world, holding, at + 60);
}

function replaceLowerCards(
  world: World,
  customer: Customer,
  by: { readonly holding: Holding; readonly at: number },
): void {
  const tier = CARD_TIERS.indexOf(by.holding.product);
  if (tier < 1) return;
  for (const card of openOnes(customer, ...CARD_TIERS.slice(0, tier))) {
    closeHolding(world, card, by.at);
  }
}

function payOut(
  world: World,
  of: { readonly loan: Holding; readonly account: Holding; readonly at: number },
): void {
  const { loan, account, at } = of;
  const amountMinor = loan.principalMinor ?? 0;
  post(world, loan, { at, amountMinor: -amountMinor, category: 'LOAN_PAYOUT' });
  const category = BOUGHT_WITH_LOAN[loan.product];
  if (category === undefined) return;
  post(world, account, { at, amountMinor, category: 'LOAN_PAYOUT' });
  const spent = Math.round((amountMinor * 85) / 10_000) * 100;
  post(world, account, { at, amountMinor: -spent, category, method: 'TRANSFER' });
}

function fund(
  world: World,
  of: { readonly holding: Holding; readonly account: Holding; readonly at: number },
): void {
  const { holding, account, at } = of;
  const share = SHARE_MOVED[holding.kind];
  if (share === undefined) return;
  const common = { at, category: 'OWN_TRANSFER', method: 'TRANSFER' };
  const whole = holding.kind === 'CURRENT_ACCOUNT' ? 1 : 100_000;
  const own = Math.floor((Math.max(0, account.balanceMinor) * share) / 100 / whole) * whole;
  if (own > 0) {
    post(world, account, { ...common, amountMinor: -own });
    post(world, holding, { ...common, amountMinor: own });
  } else if (holding.kind === 'TERM_DEPOSIT') {
    post(world, holding, { at, amountMinor: 500_000, category: 'TRANSFER' });
  }
}

/** Then the evening's balance says it all. */
function isLastOfMonth(day: number): boolean {
  return dayText(day + 1).endsWith('-01');
}

const SHARE_MOVED: Readonly<Partial<Record<Holding['kind'], number>>> = {
  CURRENT_ACCOUNT: 100,
  SAVINGS_ACCOUNT: 35,
  TERM_DEPOSIT: 60,
  INVESTMENT: 10,
  PENSION: 5,
};

/** Cards, policies and overdrafts stand at nothing: their account pays and owes. */
function hasBalance(holding: Holding): boolean {
  return !['CARD', 'INSURANCE', 'OVERDRAFT'].includes(holding.kind);
}
