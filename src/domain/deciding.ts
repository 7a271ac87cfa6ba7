import type { ActionDeclaration } from './action.ts';
import type { BusinessDate } from './business-date.ts';
import type { Candidate, DecisionInput, SeenFacts, TraceEntry } from './decision.ts';
import type { Digest } from './digest.ts';
import type { FactDeclaration } from './fact.ts';
import type { FactSlots, FactVector } from './fact-vector.ts';
import type { ForestSet } from './forest.ts';
import type { ForestEntry, ReleaseBody } from './release.ts';
import type { ApprovalLevel, RuleDocument, RuleKind } from './rule.ts';
import type { VerdictCode } from './verdict.ts';

/** A condition as closures over a fact vector. */
export interface CompiledCondition {
  /** Reads a fact that differs between candidates: without one, a verdict serves them all. */
  readonly perCandidate: boolean;
  readonly readsScore: boolean;
  /** All that it reads, by name, named conditions included. */
  readonly facts: readonly string[];
  readonly evaluate: (vector: FactVector) => VerdictCode;
  readonly seen: (vector: FactVector) => SeenFacts;
  /** Which of its facts are unavailable. */
  readonly missing: (vector: FactVector) => readonly string[];
}

/** A rule with its compiled conditions. */
export interface CompiledRule extends CompiledCondition {
  readonly rule: RuleDocument;
}

/** A rule as it concerns one action. */
export interface ScopedRule {
  readonly compiled: CompiledRule;
  /** The rule's number in the release: where its verdict for the customer is kept. */
  readonly number: number;
  /** Its place among the verdicts of the action. */
  readonly place: number;
  /** Reads nothing of the candidate, so it is evaluated once a decision. */
  readonly oncePerCustomer: boolean;
}

/** `scoreSuppression` reads the score, so it waits until there is one. */
export type RuleStep = RuleKind | 'scoreSuppression';

/** A condition whose truth weighs in arbitration. */
export interface LoadedContextWeight {
  readonly condition: CompiledCondition;
  readonly weightPpm: number;
}

/** A forest of the release, and its place in the packed set. */
export interface LoadedForest {
  readonly entry: ForestEntry;
  readonly number: number;
}

/** An action with everything of the release that concerns it, looked up once. */
export interface LoadedAction {
  readonly declaration: ActionDeclaration;
  readonly rules: { readonly [step in RuleStep]: readonly ScopedRule[] };
  /** Where this action's verdicts begin in the packed trace. */
  readonly row: number;
  readonly contextWeights: readonly LoadedContextWeight[];
  readonly leverPpm: number;
  readonly rolloutApproval: ApprovalLevel;
  readonly forest: LoadedForest | null;
}

/** A release made ready to decide: immutable, and indexed so that a decision looks up nothing. */
export interface LoadedRelease {
  readonly digest: Digest;
  readonly body: ReleaseBody;
  readonly slots: FactSlots;
  /** The facts whose value differs between candidates, with their slots. */
  readonly candidateFacts: readonly { readonly fact: FactDeclaration; readonly slot: number }[];
  /** By action id, whatever their order in the body. */
  readonly actions: readonly LoadedAction[];
  readonly actionsById: ReadonlyMap<string, LoadedAction>;
  /** The facts that a rule, weight, forest or term reads. Losing another fact costs nothing. */
  readonly usedFacts: ReadonlySet<string>;
  readonly ruleCount: number;
  readonly verdictCount: number;
  readonly forests: ForestSet | null;
  /** For each input of the forests its slot among the facts. */
  readonly forestSlots: readonly number[];
}

/** One candidate on its way through the steps. */
export interface Considered {
  readonly action: LoadedAction;
  readonly facts: FactVector;
  readonly candidate: Candidate;
}

/** What all steps of one decision read. */
export interface Deciding {
  readonly input: DecisionInput;
  readonly release: LoadedRelease;
  readonly today: BusinessDate;
  /** The facts that are the same for every candidate. */
  readonly facts: FactVector;
  /** The customer's row as the forests read it; null without forests. */
  readonly codes: Uint8Array | null;
  /** Evaluates a rule for a candidate and notes the verdict in the trace. */
  readonly judge: (considered: Considered, rule: ScopedRule) => VerdictCode;
}

/** The verdicts of a decision, noted as they are reached. */
export interface TraceNotes {
  /** For the digest: one byte for each action and rule, 3 where no verdict was needed. */
  readonly packed: Uint8Array;
  /** In words, for people; null unless asked for. */
  readonly entries: TraceEntry[] | null;
  /** The one action that is told of in words; null for all. */
  readonly only: string | null;
}
