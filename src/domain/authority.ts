import { PRODUCT_RISKS, type ProductRisk } from './action.ts';
import { APPROVAL_LEVELS, type ApprovalLevel } from './rule.ts';

/**
 * What a viewer may present without anybody else's approval: candidates that need no level above
 * `upTo` and exceed none of the stated limits. A limit left out limits nothing by itself. Amounts
 * are minor units of the reporting currency.
 */
export interface Authority {
  readonly upTo: ApprovalLevel;
  readonly mostAmountMinor?: number;
  readonly mostRateDiscountPpm?: number;
  readonly mostFeeDiscountPpm?: number;
  readonly mostProductRisk?: ProductRisk;
}

/** May present only what needs nobody's approval. */
export const NO_AUTHORITY: Authority = { upTo: 'NONE' };

/** What is at stake when one candidate is presented. */
export interface Stake {
  readonly level: ApprovalLevel;
  /** In minor units: null where none of the bank's money is lent, undefined where unknown. */
  readonly amountMinor: number | null | undefined;
  readonly rateDiscountPpm: number;
  readonly feeDiscountPpm: number;
  readonly productRisk: ProductRisk;
}

/** True where the stake is within the level and every limit; an unknown amount is within none. */
export function covers(authority: Authority, stake: Stake): boolean {
  const { mostAmountMinor, mostRateDiscountPpm, mostFeeDiscountPpm, mostProductRisk } = authority;
  return (
    isUpTo(APPROVAL_LEVELS.indexOf(authority.upTo), APPROVAL_LEVELS.indexOf(stake.level)) &&
    (stake.amountMinor === null || isUpTo(mostAmountMinor, stake.amountMinor)) &&
    isUpTo(mostRateDiscountPpm, stake.rateDiscountPpm) &&
    isUpTo(mostFeeDiscountPpm, stake.feeDiscountPpm) &&
    isUpTo(riskLimit(mostProductRisk), PRODUCT_RISKS.indexOf(stake.productRisk))
  );
}

/** A risk that is none of the known ones has place -1, so that it limits everything. */
function riskLimit(most: ProductRisk | undefined): number | undefined {
  return most === undefined ? undefined : PRODUCT_RISKS.indexOf(most);
}

function isUpTo(most: number | undefined, figure: number | undefined): boolean {
  return most === undefined || (figure !== undefined && figure <= most);
}
