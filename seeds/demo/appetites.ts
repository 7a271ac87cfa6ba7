import type { NeedKind } from './needs.ts';
import type { DemoProduct, OfferedProduct } from './products.ts';

/** What a product's appeal hangs on; weights per standard deviation, else log-odds / 1000. */
export interface Appetite {
  /** Its number among the streams. */
  readonly index: number;
  /** Log-odds of taking it within 60 days without an offer, all else middling. */
  readonly base: number;
  /** What the offer adds. */
  readonly lift: number;
  readonly income?: number;
  readonly liquid?: number;
  readonly digital?: number;
  readonly price?: number;
  readonly risk?: number;
  readonly travel?: number;
  readonly homeOwner?: number;
  readonly car?: number;
  readonly needs?: Partial<Readonly<Record<NeedKind, number>>>;
  readonly holding?: readonly (readonly [DemoProduct, number])[];
}

export const APPETITES: Readonly<Record<OfferedProduct, Appetite>> = {
  savings_account: {
    index: 1,
    base: -5250,
    lift: 3100,
    liquid: 0.9,
    digital: 0.3,
    needs: { YIELD: 1700, HOUSE: 900, CASH: -900 },
  },
  term_deposit: {
    index: 2,
    base: -6900,
    lift: 3000,
    liquid: 1.1,
    risk: -0.3,
    needs: { YIELD: 2100, CASH: -800 },
    holding: [['term_deposit', 700]],
  },
  sweep_account: { index: 3, base: -6300, lift: 2700, liquid: 0.8, digital: 0.4 },
  overdraft: {
    index: 4,
    base: -4750,
    lift: 2500,
    liquid: -0.8,
    needs: { CASH: 1700 },
  },
  card_classic: { index: 5, base: -5200, lift: 2800, digital: 0.6, needs: { TRAVEL: 900 } },
  card_gold: {
    index: 6,
    base: -5900,
    lift: 3000,
    income: 0.6,
    digital: 0.4,
    travel: 0.5,
    needs: { TRAVEL: 1700 },
    holding: [['card_classic', 500]],
  },
  card_platinum: {
    index: 7,
    base: -6900,
    lift: 2800,
    income: 0.9,
    travel: 0.5,
    needs: { TRAVEL: 1200 },
    holding: [['premium_account', 900]],
  },
  personal_loan: {
    index: 8,
    base: -5300,
    lift: 2700,
    liquid: -0.8,
    price: -0.2,
    needs: { CASH: 2200, TRAVEL: 500 },
    holding: [['overdraft', 500]],
  },
  home_improvement_loan: {
    index: 9,
    base: -5800,
    lift: 2700,
    liquid: -0.4,
    homeOwner: 900,
    needs: { HOME_PROJECT: 3300 },
  },
  auto_loan: {
    index: 10,
    base: -6100,
    lift: 2600,
    liquid: -0.3,
    car: 300,
    needs: { CAR: 3300 },
  },
  mortgage: {
    index: 11,
    base: -6900,
    lift: 2400,
    income: 0.6,
    homeOwner: -1200,
    needs: { HOUSE: 3600 },
  },
  home_insurance: {
    index: 12,
    base: -5800,
    lift: 2500,
    homeOwner: 1000,
    needs: { HOME_PROJECT: 1300 },
    holding: [['mortgage', 900]],
  },
  travel_insurance: {
    index: 13,
    base: -5900,
    lift: 2700,
    travel: 0.7,
    digital: 0.3,
    needs: { TRAVEL: 2100 },
  },
  fund_plan: {
    index: 14,
    base: -6100,
    lift: 3000,
    income: 0.5,
    liquid: 0.8,
    risk: 0.5,
    needs: { YIELD: 1600, CASH: -700 },
    holding: [['pension_plan', 400]],
  },
  pension_plan: {
    index: 15,
    base: -5900,
    lift: 2700,
    income: 0.8,
    liquid: 0.5,
    needs: { HOUSE: -500 },
    holding: [['fund_plan', 700]],
  },
  premium_account: { index: 16, base: -5700, lift: 2700, income: 1, digital: 0.4, travel: 0.4 },
  card_commercial: { index: 17, base: -5600, lift: 2600, income: 0.5, digital: 0.4 },
};
