import type { ActionDeclaration } from './action.ts';
import type { ApprovalLevel } from './rule.ts';

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
  readonly mostProductRisk?: ActionDeclaration['productRisk'];
}

/** May present only what needs nobody's approval. */
export const NO_AUTHORITY: Authority = { upTo: 'NONE' };
