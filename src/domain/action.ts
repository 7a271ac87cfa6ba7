import type { BusinessDate } from './business-date.ts';
import type { Channel, Direction, Purpose } from './channel.ts';
import type { Duration } from './duration.ts';

/** How much a product can cost whoever takes it, or the bank that gives it; least first. */
export const PRODUCT_RISKS = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type ProductRisk = (typeof PRODUCT_RISKS)[number];

/** How an action is shown in a channel. Texts are by language, `en` at least. */
export interface Treatment {
  readonly id: string;
  readonly channel: Channel;
  readonly direction: Direction;
  /** Slots it fits; empty means every slot of the channel. */
  readonly placements: readonly string[];
  readonly text: { readonly [language: string]: string };
}

/** What may be agreed: every figure stays within its floor and ceiling, whatever rules grant. */
export interface TermsDeclaration {
  /**
   * The amount is a money fact times a factor, or `fixedMinor`. Below the floor it counts as
   * unknown. Absent for an action without an amount.
   */
  readonly amount?: {
    readonly fact?: string;
    readonly factorPpm?: number;
    readonly fixedMinor?: number;
    readonly floorMinor: number;
    readonly ceilingMinor: number;
    readonly stepMinor: number;
  };
  /**
   * Yearly rate: what the customer pays (LEND) or gets (DEPOSIT). Discounts favour the customer.
   */
  readonly rate?: {
    readonly side: 'LEND' | 'DEPOSIT';
    readonly basePpm: number;
    readonly floorPpm: number;
    readonly ceilingPpm: number;
  };
  readonly fee?: {
    readonly every: 'MONTH' | 'YEAR' | 'ONCE';
    readonly baseMinor: number;
    readonly floorMinor: number;
    readonly ceilingMinor: number;
  };
  readonly termMonths?: number;
}

/** Expected worth of one acceptance to the bank, in minor units of the reporting currency. */
type ValueDeclaration =
  | {
      readonly kind: 'MARGIN';
      readonly horizonMonths: number;
      /** Yearly cost of funds (LEND) or yield on funds (DEPOSIT), against the terms' rate. */
      readonly fundsRatePpm: number;
      /** Share of the amount outstanding on average over the horizon. */
      readonly averageBalancePpm: number;
      /** Yearly margin that does not hang on rate: interchange, trail commission. */
      readonly otherYearlyMinor: number;
      readonly costMinor: number;
    }
  | { readonly kind: 'SERVICE'; readonly valueMinor: number; readonly owner: string };

/** Where the probability comes from: a forest, or a prior with an owner who answers for it. */
type PropensityDeclaration =
  | {
      readonly kind: 'FOREST';
      readonly forest: string;
      readonly priorPpm: number;
      readonly owner: string;
    }
  | { readonly kind: 'PRIOR'; readonly priorPpm: number; readonly owner: string };

/** A thing the bank can do for a customer: issue › group › action › treatment. */
export interface ActionDeclaration {
  readonly id: string;
  readonly issue: string;
  readonly group: string;
  readonly name: string;
  readonly description: string;
  readonly purpose: Purpose;
  /**
   * MARKETING: `CONSENT`. SERVICE, REGULATORY: the stated basis, e.g. `CONTRACT`, `LEGAL_DUTY`.
   */
  readonly legalBasis:
    | 'CONSENT'
    | 'CONTRACT'
    | 'LEGAL_DUTY'
    | 'LEGITIMATE_INTEREST'
    | 'VITAL_INTEREST';
  /** The product that acceptance opens; absent for services. */
  readonly product?: string;
  readonly productRisk: ProductRisk;
  readonly validFrom: BusinessDate;
  readonly validTo?: BusinessDate;
  readonly treatments: readonly Treatment[];
  readonly propensity: PropensityDeclaration;
  readonly terms: TermsDeclaration;
  readonly value: ValueDeclaration;
  /** What is offered on a business date expires this long after it. */
  readonly expiresAfter: Duration;
  readonly owner: string;
}
