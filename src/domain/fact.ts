import type { PartName } from './customer360.ts';

/**
 * A fact's value: integers for counts, days, ppm and money (minor units of the reporting
 * currency), text for codes and dates, lists for sets of codes.
 */
export type FactValue = number | string | boolean | readonly string[];

/** What a value is read as: `money` is in minor units, `ratio` in ppm, `codes` a set. */
export type FactType = 'integer' | 'money' | 'ratio' | 'boolean' | 'code' | 'codes' | 'date';

/** What a fact may be permitted for; a rule set that uses one otherwise is refused when read. */
export const FACT_USES = [
  'eligibility',
  'suppression',
  'pricing',
  'bundle',
  'approval',
  'arbitration',
  'propensity',
  'reason',
  'counterfactual',
] as const;
export type FactUse = (typeof FACT_USES)[number];

/**
 * SHEET: from Customer360. LIVE: of the moment. COMPUTED: by the decision. CONTEXT: the
 * caller's.
 */
type FactOrigin = 'SHEET' | 'LIVE' | 'COMPUTED' | 'CONTEXT';

/** The calibrated score of a candidate, as rules name it. */
export const SCORE_FACT = 'propensityPpm';

/**
 * The texts that tell a fact as a reason. `present` contains `{value}`, unless the fact is a
 * boolean. A number that can rise and fall has `up`, `down` and `level` instead, which contain
 * `{size}`: the number without its sign. `absent` is told when the fact is not applicable or
 * false.
 */
type FactWords =
  | { readonly present: string; readonly absent?: string }
  | {
      readonly up: string;
      readonly down: string;
      readonly level: string;
      readonly absent?: string;
    };

/** One entry of the feature catalogue: what a fact means and what it may be used for. */
export interface FactDeclaration {
  /** Dotted and lower camel case, e.g. `cashflow.salaryMonthly6m`. */
  readonly name: string;
  readonly type: FactType;
  /** `years`, `months`, `days`, `count`, `ppm` or `minor`; for numbers only. */
  readonly unit?: string;
  readonly description: string;
  readonly origin: FactOrigin;
  /** The parts of Customer360 it is derived from; empty unless the origin is SHEET. */
  readonly sources: readonly PartName[];
  readonly permittedUses: readonly FactUse[];
  /** All values a code may take: rules may name no other, and a forest one-hots these. */
  readonly values?: readonly string[];
  /** The value that rules and forests see when it is not applicable: no loan, 0 days past due. */
  readonly whenNone?: FactValue;
  /** Rising thresholds that part a number into the bins drift is told by; else its unit's. */
  readonly edges?: readonly number[];
  /** True where its value differs between candidates: days since *this* action was declined. */
  readonly perCandidate?: boolean;
  /** How it reads as a reason; only where that is a permitted use. */
  readonly words?: FactWords;
}

/** True where an amount may be derived from it: the bank's own figure, permitted for pricing. */
export function mayGiveAmount(fact: FactDeclaration): boolean {
  return isOwn(fact) && fact.type === 'money' && fact.permittedUses.includes('pricing');
}

/** True where a forest may read it: the bank's own, of the customer, permitted for propensity. */
export function mayBeFeature(fact: FactDeclaration): boolean {
  const readable = fact.type !== 'codes' && fact.type !== 'date' && fact.perCandidate !== true;
  return isOwn(fact) && readable && fact.permittedUses.includes('propensity');
}

/** True where the bank itself knows the fact: no caller states it and no decision computes it. */
function isOwn({ origin }: FactDeclaration): boolean {
  return origin === 'SHEET' || origin === 'LIVE';
}

/**
 * The facts derived from Customer360. A sheet holds no names, consents, channel or score. It does
 * not say when it was derived either, so that a refresh which changes no fact stores no new sheet.
 * Each SHEET fact of the feature catalogue is in exactly one of the three members.
 */
export interface FactSheet {
  readonly values: { readonly [name: string]: FactValue };
  readonly notApplicable: readonly string[];
  /**
   * Fact name to the cause, `<failure> <part>`: `SOURCE_DOWN profile`, `STALE profile`,
   * `NOT_COVERED transactions`, `NO_RATE arrangements` (a currency that the rate table lacks).
   */
  readonly unavailable: { readonly [name: string]: string };
}
