import type { ProductKind } from '../../src/domain/product-kind.ts';

/** Products that offers are made of; an action has the id of the product it opens. */
export const OFFERED = [
  'savings_account',
  'term_deposit',
  'sweep_account',
  'overdraft',
  'card_classic',
  'card_gold',
  'card_platinum',
  'personal_loan',
  'home_improvement_loan',
  'auto_loan',
  'mortgage',
  'home_insurance',
  'travel_insurance',
  'fund_plan',
  'pension_plan',
  'premium_account',
  'card_commercial',
] as const;
export type OfferedProduct = (typeof OFFERED)[number];

/** Products that customers come with, or get without being offered them. */
export type DemoProduct =
  | OfferedProduct
  | 'current_account'
  | 'business_account'
  | 'currency_account'
  | 'youth_savings'
  | 'card_debit';

/** What the bank does for a customer without selling anything. */
export const SERVICES = [
  'identity_refresh',
  'hardship_outreach',
  'retention_call',
  'card_renewal',
] as const;
export type Service = (typeof SERVICES)[number];

/** What organisations are offered. */
export const OFFERED_TO_ORGANISATIONS: readonly OfferedProduct[] = [
  'savings_account',
  'term_deposit',
  'overdraft',
  'card_commercial',
];

export interface ProductTerms {
  readonly kind: ProductKind;
  readonly ratePpm?: number;
  /** Months of the term, drawn from these. */
  readonly terms?: readonly number[];
  /** Principal or limit as months of income, in tenths: least and most. */
  readonly incomeTenths?: readonly [number, number];
  /** Margin a year to the bank of a middling customer. */
  readonly yearlyMarginMinor: number;
  readonly yearlyFeeMinor?: number;
}

export const PRODUCTS: Readonly<Record<DemoProduct, ProductTerms>> = {
  current_account: { kind: 'CURRENT_ACCOUNT', yearlyMarginMinor: 4_800, yearlyFeeMinor: 6_000 },
  premium_account: { kind: 'CURRENT_ACCOUNT', yearlyMarginMinor: 14_000, yearlyFeeMinor: 14_400 },
  business_account: {
    kind: 'CURRENT_ACCOUNT',
    yearlyMarginMinor: 21_000,
    yearlyFeeMinor: 18_000,
  },
  currency_account: { kind: 'CURRENT_ACCOUNT', yearlyMarginMinor: 3_600 },
  savings_account: { kind: 'SAVINGS_ACCOUNT', ratePpm: 12_500, yearlyMarginMinor: 6_500 },
  youth_savings: { kind: 'SAVINGS_ACCOUNT', ratePpm: 20_000, yearlyMarginMinor: 600 },
  sweep_account: { kind: 'SAVINGS_ACCOUNT', ratePpm: 17_500, yearlyMarginMinor: 9_000 },
  term_deposit: {
    kind: 'TERM_DEPOSIT',
    ratePpm: 24_000,
    terms: [6, 12, 24, 36],
    yearlyMarginMinor: 8_000,
  },
  overdraft: {
    kind: 'OVERDRAFT',
    ratePpm: 109_000,
    incomeTenths: [8, 25],
    yearlyMarginMinor: 5_500,
  },
  card_debit: { kind: 'CARD', yearlyMarginMinor: 1_200 },
  card_classic: {
    kind: 'CARD',
    incomeTenths: [8, 15],
    yearlyMarginMinor: 4_200,
    yearlyFeeMinor: 2_400,
  },
  card_gold: {
    kind: 'CARD',
    incomeTenths: [15, 25],
    yearlyMarginMinor: 9_800,
    yearlyFeeMinor: 7_200,
  },
  card_platinum: {
    kind: 'CARD',
    incomeTenths: [25, 50],
    yearlyMarginMinor: 21_000,
    yearlyFeeMinor: 18_000,
  },
  card_commercial: {
    kind: 'CARD',
    incomeTenths: [3, 8],
    yearlyMarginMinor: 16_000,
    yearlyFeeMinor: 9_600,
  },
  personal_loan: {
    kind: 'LOAN',
    ratePpm: 69_000,
    terms: [24, 36, 48, 60],
    incomeTenths: [20, 60],
    yearlyMarginMinor: 31_000,
  },
  home_improvement_loan: {
    kind: 'LOAN',
    ratePpm: 54_000,
    terms: [48, 60, 84, 120],
    incomeTenths: [40, 120],
    yearlyMarginMinor: 36_000,
  },
  auto_loan: {
    kind: 'LOAN',
    ratePpm: 49_000,
    terms: [36, 48, 60],
    incomeTenths: [40, 100],
    yearlyMarginMinor: 28_000,
  },
  mortgage: {
    kind: 'MORTGAGE',
    ratePpm: 34_500,
    terms: [180, 240, 300, 360],
    incomeTenths: [350, 650],
    yearlyMarginMinor: 120_000,
  },
  home_insurance: { kind: 'INSURANCE', yearlyMarginMinor: 7_000, yearlyFeeMinor: 24_000 },
  travel_insurance: { kind: 'INSURANCE', yearlyMarginMinor: 3_200, yearlyFeeMinor: 8_400 },
  fund_plan: { kind: 'INVESTMENT', yearlyMarginMinor: 16_000 },
  pension_plan: { kind: 'PENSION', yearlyMarginMinor: 19_000 },
};

/** Card tiers, low to high: a higher one takes the place of a lower. */
export const CARD_TIERS: readonly DemoProduct[] = [
  'card_debit',
  'card_classic',
  'card_gold',
  'card_platinum',
];

/** True for credit that is paid back in instalments. */
export function isInstalmentCredit(kind: ProductKind): boolean {
  return kind === 'LOAN' || kind === 'MORTGAGE';
}
