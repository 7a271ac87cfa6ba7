import { ONE_PPM, timesPpm } from '../../domain/ppm.ts';
import type { PricingEffect } from '../../domain/rule.ts';

/** What pricing and bundle rules grant together, before floors and ceilings. */
export interface Grants {
  readonly rateDiscountPpm: number;
  readonly feeDiscountPpm: number;
  readonly amountFactorPpm: number;
}

/** What is granted where no rule grants anything. */
export const NO_GRANTS: Grants = {
  rateDiscountPpm: 0,
  feeDiscountPpm: 0,
  amountFactorPpm: ONE_PPM,
};

/** Discounts add up; amount factors multiply, rounded half to even after each. */
export function addGrant(grants: Grants, effect: PricingEffect): Grants {
  return {
    rateDiscountPpm: grants.rateDiscountPpm + (effect.rateDiscountPpm ?? 0),
    feeDiscountPpm: Math.min(ONE_PPM, grants.feeDiscountPpm + (effect.feeDiscountPpm ?? 0)),
    amountFactorPpm: timesPpm(grants.amountFactorPpm, effect.amountFactorPpm ?? ONE_PPM),
  };
}
