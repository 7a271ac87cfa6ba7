import type { ActionDeclaration } from './action.ts';
import type { BusinessDate } from './business-date.ts';
import type { PartFailure, PartName } from './customer360.ts';
import type { Address, Digest } from './digest.ts';
import type { FactSheet, FactValue } from './fact.ts';
import type { Uuid } from './id.ts';
import type { Arm, LiveState } from './live-state.ts';
import type { NoActionReason } from './reason-code.ts';
import type { ApprovalLevel } from './rule.ts';
import type { LoadedSnapshot, Snapshot } from './snapshot.ts';
import type { Verdict } from './verdict.ts';

/** The version of this engine's behaviour; raised when any golden capsule must change. */
export const ENGINE_VERSION = 2;

/** What was known. A decision depends on this and on its release, and on nothing else. */
export interface DecisionInput {
  readonly snapshotAddress: Address;
  readonly snapshot: Snapshot;
  readonly sheet: FactSheet;
  readonly live: LiveState;
}

/** Puts together what a decision is made on: by deciding, by replay and by the trace alike. */
export function decisionInput(
  { address, snapshot, sheet }: LoadedSnapshot,
  live: LiveState,
): DecisionInput {
  return { snapshotAddress: address, snapshot, sheet, live };
}

/** The steps that may withhold a candidate, in the order in which they do. */
export const STAGES = [
  'CATALOGUE',
  'HOLD',
  'CONSENT',
  'ELIGIBILITY',
  'SUPPRESSION',
  'CONTACT_POLICY',
  'ARBITRATION',
] as const;
export type Stage = (typeof STAGES)[number];

/** Amount and price of a candidate, every figure within the action's floor and ceiling. */
export interface Terms {
  readonly amountMinor?: number;
  readonly ratePpm?: number;
  readonly feeMinor?: number;
  readonly feeEvery?: 'MONTH' | 'YEAR' | 'ONCE';
  readonly termMonths?: number;
  readonly instalmentMinor?: number;
  readonly rateDiscountPpm?: number;
  readonly feeDiscountPpm?: number;
}

/** Where the probability came from; UNSCORED_OBJECTION after an objection to profiling. */
type PropensityBasis = 'FOREST' | 'PRIOR' | 'UNSCORED_MISSING' | 'UNSCORED_OBJECTION';

/** The probability that arbitration ranks by, and what explains it. */
export interface CandidatePropensity {
  readonly basis: PropensityBasis;
  readonly calibratedPpm: number;
  /** The forest's own score; absent unless the basis is FOREST. */
  readonly rawPpm?: number;
  readonly forest?: string;
  /** Additive path contributions (ppm): `base` and all of them sum to `rawSum` of the trees. */
  readonly contributions?: {
    readonly method: 'PATH';
    readonly trees: number;
    readonly rawSum: number;
    readonly base: number;
    readonly byFact: readonly { readonly fact: string; readonly sum: number }[];
  };
}

/** What arbitration multiplies; the value is in minor units of the reporting currency. */
export interface CandidateFactors {
  readonly propensityPpm: number;
  readonly contextPpm: number;
  readonly valueMinor: number;
  readonly leverPpm: number;
}

/** A rule that changed a candidate without withholding it. */
export interface AppliedRule {
  readonly rule: string;
  readonly kind: 'pricing' | 'bundle' | 'approval';
  readonly reasonCode: string;
  readonly seen: SeenFacts;
}

/** The facts a deciding verdict read; `null` for what was unavailable. */
export type SeenFacts = { readonly [fact: string]: FactValue | null };

/** The first step that stopped a candidate: no later one looks at it. */
export interface Withholding {
  readonly stage: Stage;
  /** A rule's or cap's id, or the coded check of the engine itself (`catalogue.channel`). */
  readonly rule: string;
  /** A rule's or cap's own code, or the engine's: a `CandidateReason`. */
  readonly reasonCode: string;
  readonly seen: SeenFacts;
  /** The facts whose absence withheld it (MISSING_FACT). */
  readonly missing?: readonly string[];
}

/** One action considered for the customer. */
export interface Candidate {
  readonly actionId: string;
  readonly treatmentId: string | null;
  readonly outcome: 'SURFACED' | 'RANKED' | 'WITHHELD';
  readonly withheld?: Withholding;
  /** Why contact is lawful; an evaluation bank's assumed consent says that it is assumed. */
  readonly legalBasis?: ActionDeclaration['legalBasis'] | 'ASSUMED_FOR_EVALUATION';
  readonly propensity?: CandidatePropensity;
  readonly terms?: Terms;
  readonly factors?: CandidateFactors;
  readonly expectedValueMinor?: number;
  /** From 1, over everything that reached arbitration. */
  readonly rank?: number;
  readonly approval?: ApprovalLevel;
  readonly presentable?: boolean;
  readonly applied?: readonly AppliedRule[];
  readonly expiresOn?: BusinessDate;
  /** Chance of being surfaced: 1,000,000 until exploration exists. */
  readonly selectionProbabilityPpm?: number;
  /** In the control arm: it would have been surfaced, and is masked. */
  readonly wouldHaveSurfaced?: boolean;
}

/** True of a candidate that nothing has withheld. */
export function isStanding({ withheld }: Candidate): boolean {
  return withheld === undefined;
}

/** A part that could not be read, why, and the facts that were lost with it. */
export interface Degradation {
  readonly part: PartName;
  readonly failure: PartFailure | 'NO_RATE';
  readonly facts: readonly string[];
}

/** What the engine answers: the same bytes for the same input and release. */
export interface Decision {
  readonly engineVersion: number;
  readonly releaseDigest: Digest;
  readonly outcome: 'ACTIONS' | 'NO_ACTION';
  readonly noActionReason?: NoActionReason;
  readonly arm: Arm;
  /** By rank, then the withheld by action id. */
  readonly candidates: readonly Candidate[];
  readonly degradations: readonly Degradation[];
  /** SHA-256 over the packed verdicts of every rule for every candidate. */
  readonly traceDigest: Digest;
}

/**
 * What is stored of a decision. With its snapshot, sheet and release it can be decided again, to
 * the same bytes. `docs/adr/0012-capsule-form.md` says how its form may change.
 */
export interface Capsule {
  readonly customer: Uuid;
  readonly snapshotAddress: Address;
  readonly releaseDigest: Digest;
  readonly live: LiveState;
  readonly decision: Decision;
}

/** One verdict of one rule for one candidate: recomputed by replay, never stored. */
export interface TraceEntry {
  readonly actionId: string;
  readonly rule: string;
  readonly verdict: Verdict;
  readonly seen: SeenFacts;
}
