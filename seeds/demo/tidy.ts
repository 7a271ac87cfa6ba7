import { closeHolding, mainAccount, openOnes, recordArrangement } from './arrangements.ts';
import { atSecond, dayOf, type Month, monthsLater } from './calendar.ts';
import { post, recordBalance } from './ledger.ts';
import { isAfter } from './life-events.ts';
import { below, chance, openStream, STREAM } from './random.ts';
import type { Customer, Holding, World } from './world.ts';

const CARD_MONTHS = 48;
const RESCHEDULED_AFTER_DAYS = 150;

/** Before a month begins: renewals by themselves, accounts left behind, and leavers' closures. */
export function tidyHoldings(world: World, customer: Customer, month: Month): void {
  const at = atSecond(month.firstDay, 3 * 3600);
  renewDue(world, customer, month);
  restructure(customer, month);
  leaveOldAccount(world, customer, at);
  if (isAfter(customer, 'LEAVING', month)) leave(world, customer, month);
}

/** Cards are replaced and policies prolonged when their day comes, if nobody did so before. */
function renewDue(world: World, customer: Customer, month: Month): void {
  for (const holding of openOnes(customer)) {
    const { renewsDay } = holding;
    if (renewsDay === undefined || renewsDay >= month.firstDay) continue;
    renewHolding(world, holding, atSecond(month.firstDay, 4 * 3600));
  }
}

/** Renews a card or a policy for its next term. */
export function renewHolding(world: World, holding: Holding, at: number): void {
  const from = holding.renewsDay ?? dayOf(at);
  holding.renewsDay = monthsLater(from, holding.kind === 'CARD' ? CARD_MONTHS : 12);
  recordArrangement(world, holding, at);
}

/** An account whose place a premium account took is emptied and closed. */
function leaveOldAccount(world: World, customer: Customer, at: number): void {
  const main = mainAccount(customer);
  if (main?.product !== 'premium_account') return;
  for (const old of openOnes(customer, 'current_account')) {
    const owns = old.roles[0]?.[0] === customer.partyId;
    if (!owns || old.floorMinor < 0 || old.balanceMinor < 0) continue;
    closeInto(world, { from: old, to: main, at });
  }
}

/** Debts unpaid for months are rescheduled in the end: what was missed is given more time. */
function restructure(customer: Customer, month: Month): void {
  for (const holding of openOnes(customer)) {
    const days = month.firstDay - (holding.pastDueDay ?? month.firstDay);
    if (days < RESCHEDULED_AFTER_DAYS || (holding.key + month.index) % 3 !== 0) continue;
    holding.arrearsMinor = 0;
    delete holding.pastDueDay;
  }
}

function leave(world: World, customer: Customer, month: Month): void {
  const stream = openStream(world.seed, STREAM.service, customer.key, month.index);
  if (!chance(stream, 280_000)) return;
  const main = mainAccount(customer);
  const candidates = openOnes(customer, 'savings_account', 'travel_insurance', 'card_classic');
  const holding = candidates[below(stream, Math.max(1, candidates.length))];
  if (holding === undefined || main === undefined) return;
  closeInto(world, { from: holding, to: main, at: atSecond(month.firstDay, 5 * 3600) });
}

function closeInto(
  world: World,
  of: { readonly from: Holding; readonly to: Holding; readonly at: number },
): void {
  const { from, to, at } = of;
  const amountMinor = from.balanceMinor;
  if (amountMinor > 0) {
    const common = { at, category: 'OWN_TRANSFER', method: 'TRANSFER' };
    post(world, from, { ...common, amountMinor: -amountMinor });
    post(world, to, { ...common, amountMinor });
    recordBalance(world, from, at);
  }
  closeHolding(world, from, at + 60);
}
