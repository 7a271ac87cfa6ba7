import type { FactDeclaration } from './fact.ts';
import type { Verdict } from './verdict.ts';

/**
 * By kind, a true verdict admits a candidate, suppresses it, prices it, prices it in a bundle, or
 * asks somebody's approval of it.
 */
export const RULE_KINDS = [
  'eligibility',
  'suppression',
  'pricing',
  'bundle',
  'approval',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** A literal as analysts write it: `"50000.00 EUR"`, `"P90D"`, `"2026-01-31"`, 18, true, lists. */
export type RuleValue =
  | number
  | string
  | boolean
  | readonly string[]
  | readonly number[]
  | { readonly fact: string };

/** json-rules-engine's condition language, without paths, params or code. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly condition: string }
  | ComparisonCondition;

/** Unknown wherever its fact is, except for the operator `isKnown`. */
export interface ComparisonCondition {
  readonly fact: string;
  readonly operator: OperatorName;
  readonly value: RuleValue;
}

/** The names of json-rules-engine, and `isKnown`, which is ours. */
export const OPERATORS = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  'isKnown',
] as const;
export type OperatorName = (typeof OPERATORS)[number];

/** Whom a rule concerns; several members must all match, none means every action. */
export interface RuleScope {
  readonly issue?: string;
  readonly group?: string;
  readonly action?: string;
  readonly treatment?: string;
}

/** Who must agree before an action may be presented, lowest first. */
export const APPROVAL_LEVELS = [
  'NONE',
  'AGENT',
  'TEAM_LEADER',
  'BRANCH_MANAGER',
  'CREDIT_COMMITTEE',
] as const;
export type ApprovalLevel = (typeof APPROVAL_LEVELS)[number];

/** The level that an approval asks for when what it hangs on is unknown. */
export const HIGHEST_APPROVAL: ApprovalLevel = 'CREDIT_COMMITTEE';

/** Pricing: what a true verdict grants, within the action's floor and ceiling. */
export interface PricingEffect {
  readonly rateDiscountPpm?: number;
  /** Share of the fee that is waived. */
  readonly feeDiscountPpm?: number;
  readonly amountFactorPpm?: number;
}

/** Bundle: granted to each named action when all of them stand after contact policy. */
export interface BundleEffect extends PricingEffect {
  readonly with: readonly string[];
}

/** Approval: who must agree to the action when the verdict is true. */
export interface ApprovalEffect {
  readonly level: ApprovalLevel;
}

interface RuleCommon {
  readonly id: string;
  readonly appliesTo: RuleScope;
  readonly reason: { readonly code: string; readonly text: string };
  readonly conditions: Condition;
  readonly owner: string;
}

/** A rule as its file has it: named conditions are still references. */
export type RuleDocument =
  | (RuleCommon & { readonly kind: 'eligibility' | 'suppression' })
  | (RuleCommon & { readonly kind: 'pricing'; readonly effect: PricingEffect })
  | (RuleCommon & { readonly kind: 'bundle'; readonly effect: BundleEffect })
  | (RuleCommon & { readonly kind: 'approval'; readonly effect: ApprovalEffect });

/** An analyst's own example: facts as analysts write them; `null` means UNAVAILABLE. */
export interface RuleCase {
  readonly name: string;
  readonly facts: { readonly [name: string]: RuleValue | null };
  readonly expect: Verdict;
}

/** What the rule loader needs to know to read a rule strictly. */
export interface RuleReadingContext {
  readonly facts: readonly FactDeclaration[];
  readonly reportingCurrency: string;
  readonly namedConditions: { readonly [name: string]: Condition };
  /** True where the model card of every forest a pricing rule concerns permits PRICING. */
  readonly pricingMayReadScore?: boolean;
}
