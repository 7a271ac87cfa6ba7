import { APPETITES } from './appetites.ts';
import { mainAccount, openOnes } from './arrangements.ts';
import type { Month } from './calendar.ts';
import { clamp, logisticPpm } from './curves.ts';
import { isAfter } from './life-events.ts';
import { PROXY_REGION } from './names.ts';
import { NEEDS, type NeedKind } from './needs.ts';
import { ageOn } from './people.ts';
import { CARD_TIERS, type DemoProduct, type OfferedProduct } from './products.ts';
import { normalMilli, openStream, STREAM } from './random.ts';
import type { Customer, Holding, World } from './world.ts';

/**
 * What leaves no trace anywhere, as standard deviations in log-odds, thousandths: a mood of the
 * month, and a leaning to one offer that lasts. Together 450, which is what cannot be learnt.
 */
export const UNOBSERVED = { monthMilli: 400, lastingMilli: 206 } as const;
/** What a standard deviation of a trait adds to the lift; of traits the bank does see traces. */
const LIFT_BY_TRAIT = { price: 0.25, digital: 0.4, wealth: 0.2 } as const;
/** What each contact of 90 days beyond these takes from the lift: the over-contacted turn away. */
const PATIENCE = 4;
const FATIGUE_MILLI = 500;
/** Offers put a wary customer off: what the lift loses. */
const WARY_MILLI = 3_200;

/**
 * Planted, with known size, for monitoring to find: from a month on, the log-odds of an action
 * move; and in one region, where most speak the small language, fewer want these actions at all.
 */
export const PLANTED_DRIFT = {
  fromMonth: 20,
  milli: { card_gold: 500, personal_loan: -500 } as Partial<Record<OfferedProduct, number>>,
} as const;
export const PLANTED_PROXY = {
  regionCode: PROXY_REGION,
  language: 'hu',
  milli: { fund_plan: -800, savings_account: -500 } as Partial<Record<OfferedProduct, number>>,
} as const;

/** What all of a customer's appetites of one month hang on. */
export interface Situation {
  readonly customer: Customer;
  readonly month: Month;
  readonly incomeMilli: number;
  readonly liquidMilli: number;
  readonly recentContacts: number;
  readonly main: Holding | undefined;
  readonly held: ReadonlyMap<DemoProduct, number>;
  readonly cardTier: number;
  readonly canRepay: boolean;
  readonly needs: readonly NeedKind[];
}

export interface Chances {
  readonly withoutOfferPpm: number;
  readonly withOfferPpm: number;
}

/** Reads a customer's situation at the beginning of a month. */
export function situationOf(customer: Customer, month: Month): Situation {
  const open = openOnes(customer);
  const liquid = open
    .filter(({ kind }) => kind === 'CURRENT_ACCOUNT' || kind === 'SAVINGS_ACCOUNT')
    .filter(({ currency }) => currency === 'EUR')
    .reduce((sum, one) => sum + one.balanceMinor / sharersOf(one.roles), 0);
  const held = new Map<DemoProduct, number>();
  for (const { product } of open) held.set(product, (held.get(product) ?? 0) + 1);
  const income = Math.max(50_000, customer.incomeMinor);
  const usual = customer.kind === 'ORGANISATION' ? 1_900_000 : 260_000;
  return {
    customer,
    month,
    incomeMilli: clamp(Math.round(((income - usual) * 2000) / usual), -1500, 2500),
    liquidMilli: clamp(Math.round((liquid * 300) / income) - 1000, -1200, 2200),
    recentContacts: customer.contacts.filter(({ day }) => month.firstDay - day < 90).length,
    main: mainAccount(customer),
    held,
    cardTier: Math.max(-1, ...open.map((one) => CARD_TIERS.indexOf(one.product))),
    canRepay: canRepay(customer, open),
    needs: NEEDS.filter((need) => isAfter(customer, need, month)),
  };
}

/** The true chances that a customer takes a product within 60 days, without and with the offer. */
export function chancesOf(world: World, of: Situation, product: OfferedProduct): Chances {
  const { customer, month } = of;
  const appetite = APPETITES[product];
  const thing = customer.key * 32 + appetite.index;
  const noise = openStream(world.seed, STREAM.noise, thing, month.index);
  const wish =
    appetite.base + leaning(of, product) + (normalMilli(noise) * UNOBSERVED.monthMilli) / 1000;
  const own = openStream(world.seed, STREAM.lift, thing);
  const { price, digital, wealth } = customer.traits;
  const lift =
    appetite.lift +
    (normalMilli(own) * UNOBSERVED.lastingMilli) / 1000 +
    price * LIFT_BY_TRAIT.price +
    digital * LIFT_BY_TRAIT.digital +
    wealth * LIFT_BY_TRAIT.wealth -
    (customer.traits.wary ? WARY_MILLI : 0) -
    Math.max(0, of.recentContacts - PATIENCE) * FATIGUE_MILLI;
  return {
    withoutOfferPpm: logisticPpm(Math.trunc(wish)),
    withOfferPpm: logisticPpm(Math.trunc(wish + lift)),
  };
}

/** Whether the product is one that the customer could take now at all. */
export function couldTake(of: Situation, product: OfferedProduct): boolean {
  const { customer, month, main } = of;
  if (customer.openings.some((one) => one.product === product)) return false;
  if (main === undefined) return false;
  const age = ageOn(customer, month.firstDay);
  const holds = of.held.get(product) ?? 0;
  if (product === 'overdraft') return main.floorMinor === 0;
  if (product === 'term_deposit') return holds < 2;
  if (product.startsWith('card_') && product !== 'card_commercial') {
    return of.cardTier < CARD_TIERS.indexOf(product);
  }
  if (holds > 0) return false;
  if (product === 'premium_account') return main.product === 'current_account';
  if (product === 'mortgage') return age < 60 && of.canRepay;
  if (product === 'pension_plan') return age < 64;
  if (product.endsWith('_loan')) return age < 72 && of.canRepay;
  return true;
}

/** Nobody borrows more who is behind, or who pays back a third of what comes in already. */
function canRepay(customer: Customer, loans: readonly Holding[]): boolean {
  const instalments = loans.reduce((sum, one) => sum + (one.instalmentMinor ?? 0), 0);
  const behind = loans.some((one) => one.pastDueDay !== undefined);
  return !behind && customer.incomeMinor > 90_000 && instalments * 3 < customer.incomeMinor;
}

function leaning(of: Situation, product: OfferedProduct): number {
  const { customer, month, held, needs } = of;
  const { digital, price, risk, travel, homeOwner, car } = customer.traits;
  const appetite = APPETITES[product];
  let sum =
    (appetite.income ?? 0) * of.incomeMilli +
    (appetite.liquid ?? 0) * of.liquidMilli +
    (appetite.digital ?? 0) * (customer.digitalActive ? 700 : -900) +
    (appetite.digital ?? 0) * digital * 0.3 +
    (appetite.price ?? 0) * price +
    (appetite.risk ?? 0) * risk +
    (appetite.travel ?? 0) * travel;
  for (const need of needs) sum += appetite.needs?.[need] ?? 0;
  if (homeOwner) sum += appetite.homeOwner ?? 0;
  if (car) sum += appetite.car ?? 0;
  for (const [other, milli] of appetite.holding ?? []) if (held.has(other)) sum += milli;
  if (month.index >= PLANTED_DRIFT.fromMonth) sum += PLANTED_DRIFT.milli[product] ?? 0;
  if (customer.regionCode === PROXY_REGION) sum += PLANTED_PROXY.milli[product] ?? 0;
  return sum;
}

function sharersOf(roles: readonly (readonly [string, string])[]): number {
  return roles.filter(([, role]) => role === 'OWNER' || role === 'JOINT').length;
}
