import type { TermsDeclaration } from '../../domain/action.ts';
import type { Terms } from '../../domain/decision.ts';
import type { FactValue } from '../../domain/fact.ts';
import { ONE_PPM, timesPpm, timesRatio } from '../../domain/ppm.ts';
import { instalmentMinor } from './annuity.ts';
import type { Grants } from './grants.ts';

/**
 * The terms under some grants, every figure within its floor and ceiling. Discounts are those that
 * the customer really gets, after floors. Without a known amount there is neither amount nor
 * instalment. An amount below the floor counts as unknown, because raising it to the floor would
 * promise more than the bank grants.
 */
export function termsOf(
  declared: TermsDeclaration,
  grants: Grants,
  factOf: (name: string) => FactValue | undefined,
): Terms {
  const amountMinor = amountOf(declared.amount, grants, factOf);
  const rate = rateOf(declared.rate, grants);
  const { termMonths } = declared;
  return {
    ...(amountMinor === undefined ? {} : { amountMinor }),
    ...rate,
    ...feeOf(declared.fee, grants),
    ...(termMonths === undefined ? {} : { termMonths }),
    ...instalmentOf(declared, { amountMinor, ...rate }),
  };
}

/** Only what is lent is repaid. */
function instalmentOf(
  { rate, termMonths }: TermsDeclaration,
  {
    amountMinor,
    ratePpm,
  }: { readonly amountMinor: number | undefined; readonly ratePpm?: number },
): Pick<Terms, 'instalmentMinor'> {
  const isLent = rate?.side === 'LEND';
  if (!isLent || amountMinor === undefined || ratePpm === undefined || termMonths === undefined) {
    return {};
  }
  return { instalmentMinor: instalmentMinor(amountMinor, ratePpm, termMonths) };
}

function amountOf(
  amount: TermsDeclaration['amount'],
  grants: Grants,
  factOf: (name: string) => FactValue | undefined,
): number | undefined {
  if (amount === undefined) return undefined;
  const { fact, factorPpm = ONE_PPM, fixedMinor, floorMinor, ceilingMinor, stepMinor } = amount;
  const value = fact === undefined ? fixedMinor : factOf(fact);
  if (typeof value !== 'number') return undefined;
  const base = fact === undefined ? value : timesPpm(value, factorPpm);
  const wanted = timesPpm(base, grants.amountFactorPpm);
  if (wanted < floorMinor) return undefined;
  const stepped = wanted - (((wanted % stepMinor) + stepMinor) % stepMinor);
  return clamp(stepped, floorMinor, ceilingMinor);
}

function rateOf(
  rate: TermsDeclaration['rate'],
  grants: Grants,
): Pick<Terms, 'ratePpm' | 'rateDiscountPpm'> {
  if (rate === undefined) return {};
  const { side, floorPpm, ceilingPpm } = rate;
  const favour = side === 'LEND' ? -1 : 1;
  const listed = clamp(rate.basePpm, floorPpm, ceilingPpm);
  const ratePpm = clamp(listed + favour * grants.rateDiscountPpm, floorPpm, ceilingPpm);
  return { ratePpm, rateDiscountPpm: Math.abs(ratePpm - listed) };
}

function feeOf(
  fee: TermsDeclaration['fee'],
  grants: Grants,
): Pick<Terms, 'feeMinor' | 'feeEvery' | 'feeDiscountPpm'> {
  if (fee === undefined) return {};
  const { every, floorMinor, ceilingMinor } = fee;
  const listed = clamp(fee.baseMinor, floorMinor, ceilingMinor);
  const reduced = timesPpm(listed, ONE_PPM - grants.feeDiscountPpm);
  const feeMinor = clamp(reduced, floorMinor, ceilingMinor);
  const feeDiscountPpm = listed === 0 ? 0 : timesRatio(ONE_PPM, listed - feeMinor, listed);
  return { feeMinor, feeEvery: every, feeDiscountPpm };
}

function clamp(value: number, floor: number, ceiling: number): number {
  return Math.max(floor, Math.min(ceiling, value));
}
