import { standingOf, standsOn } from '../../../domain/arrangement-status.ts';
import { daysBetween } from '../../../domain/business-date.ts';
import {
  type Customer360,
  type HeldArrangement,
  sharesValue,
} from '../../../domain/customer360.ts';
import { PRODUCT_KINDS, type ProductKind } from '../../../domain/product-kind.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, type Known, NOT_APPLICABLE, ofPart, unavailable } from '../known.ts';

/** What the customer holds open, as owner or joint holder. */
export const HOLDINGS: Derivations = [
  ['holdings.kinds', (world) => given(settled(world), kindsOf)],
  ['holdings.products', (world) => given(settled(world), productsOf)],
  ['holdings.count', (world) => given(settled(world), (held) => held.length)],
  ['holdings.hasCurrentAccount', (world) => holds(world, 'CURRENT_ACCOUNT')],
  ['holdings.hasSavingsAccount', (world) => holds(world, 'SAVINGS_ACCOUNT')],
  ['holdings.hasTermDeposit', (world) => holds(world, 'TERM_DEPOSIT')],
  ['holdings.hasOverdraft', (world) => holds(world, 'OVERDRAFT')],
  [
    'holdings.hasCreditCard',
    (world) => anyOf(world, (one) => isCard(one) && tierOf(one) !== 'DEBIT'),
  ],
  ['holdings.hasLoan', (world) => holds(world, 'LOAN')],
  ['holdings.hasMortgage', (world) => holds(world, 'MORTGAGE')],
  ['holdings.hasInvestment', (world) => holds(world, 'INVESTMENT')],
  ['holdings.hasInsurance', (world) => holds(world, 'INSURANCE')],
  ['holdings.hasPension', (world) => holds(world, 'PENSION')],
  ['card.tier', cardTier],
  ['card.daysToRenewal', (world) => daysToNext(world, 'CARD', 'renewsOn')],
  ['term.daysToMaturity', (world) => daysToNext(world, 'TERM_DEPOSIT', 'maturesOn')],
];

/** Lowest first; a card with another product code has no tier. */
const TIERS = ['DEBIT', 'JUNIOR', 'CLASSIC', 'GOLD', 'PLATINUM', 'COMMERCIAL'] as const;
const TIER_OF_PRODUCT: ReadonlyMap<string, (typeof TIERS)[number]> = new Map(
  TIERS.map((tier) => [`card_${tier.toLowerCase()}`, tier]),
);

/** The arrangements that facts of holdings count: open on the business date and shared in. */
export function openHoldings(customer: Customer360): Known<readonly HeldArrangement[]> {
  return given(ofPart(customer.arrangements, 'arrangements'), (held) =>
    held.filter((one) => sharesValue(one) && standsOn(one.arrangement, customer.businessDate)),
  );
}

/** The holdings of some kinds; unknown while one of them may become the customer's. */
export function ofKinds(
  world: World,
  kinds: readonly ProductKind[],
): Known<readonly HeldArrangement[]> {
  return settled(world, (one) => kinds.includes(one.arrangement.productKind));
}

/** Those of a choice, once none of them is pending. */
function settled(
  world: World,
  isChosen: (one: HeldArrangement) => boolean = () => true,
): Known<readonly HeldArrangement[]> {
  return given(world.holdings, (held) => {
    const chosen = held.filter(isChosen);
    return chosen.some(isUnsure) ? unavailable('NOT_COVERED', 'arrangements') : chosen;
  });
}

/** One that is held says so, whatever else is pending. */
function anyOf(world: World, isChosen: (one: HeldArrangement) => boolean): Known<boolean> {
  return given(world.holdings, (held) => {
    if (held.some((one) => isChosen(one) && !isUnsure(one))) return true;
    return given(settled(world, isChosen), (chosen) => chosen.length > 0);
  });
}

function isUnsure({ arrangement }: HeldArrangement): boolean {
  return standingOf(arrangement).held === 'UNSURE';
}

function kindsOf(held: readonly HeldArrangement[]): readonly string[] {
  return PRODUCT_KINDS.filter((kind) => held.some((one) => one.arrangement.productKind === kind));
}

function productsOf(held: readonly HeldArrangement[]): readonly string[] {
  return [...new Set(held.map((one) => one.arrangement.product))].toSorted();
}

function holds(world: World, kind: ProductKind): Known<boolean> {
  return anyOf(world, (one) => one.arrangement.productKind === kind);
}

function isCard({ arrangement }: HeldArrangement): boolean {
  return arrangement.productKind === 'CARD';
}

function tierOf(card: HeldArrangement): (typeof TIERS)[number] | undefined {
  return TIER_OF_PRODUCT.get(card.arrangement.product);
}

function cardTier(world: World): Known<string> {
  return given(ofKinds(world, ['CARD']), (all) => {
    const tiers = all.map(tierOf);
    return TIERS.findLast((tier) => tiers.includes(tier)) ?? NOT_APPLICABLE;
  });
}

/** A date that has passed on something still open counts below zero. */
function daysToNext(
  world: World,
  kind: ProductKind,
  date: 'renewsOn' | 'maturesOn',
): Known<number> {
  return given(ofKinds(world, [kind]), (held) => {
    if (held.some((one) => !standingOf(one.arrangement).usable)) {
      return unavailable('NOT_COVERED', 'arrangements');
    }
    const dates = held.flatMap((one) => one.arrangement[date] ?? []).toSorted();
    const next = dates[0];
    if (next === undefined) return NOT_APPLICABLE;
    return daysBetween(world.customer.businessDate, next);
  });
}
