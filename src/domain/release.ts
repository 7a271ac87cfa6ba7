import type { ActionDeclaration, ProductRisk } from './action.ts';
import type { Channel } from './channel.ts';
import type { ENGINE_PARTS, PartName } from './customer360.ts';
import type { Digest } from './digest.ts';
import type { Duration } from './duration.ts';
import type { FactDeclaration } from './fact.ts';
import type { Calibration } from './forest.ts';
import type { ModelCard } from './model-card.ts';
import type { CurrencyCode } from './money.ts';
import type {
  ApprovalLevel,
  Condition,
  RuleDocument,
  RuleReadingContext,
  RuleScope,
} from './rule.ts';
import type { Languages } from './spoken-languages.ts';

/** A cap on presented treatments within a sliding window or a calendar month. */
export interface ContactCap {
  readonly id: string;
  readonly reason: { readonly code: string; readonly text: string };
  /** Counts all contacts, or those of the candidate's group, action or channel. */
  readonly per: 'OVERALL' | 'GROUP' | 'ACTION' | 'CHANNEL';
  readonly most: number;
  /** A duration, or `CALENDAR_MONTH`. */
  readonly window: Duration | 'CALENDAR_MONTH';
  readonly purposes: readonly ActionDeclaration['purpose'][];
}

/** How often, and how soon after a no, marketing may reach a customer. */
export interface ContactPolicy {
  readonly caps: readonly ContactCap[];
  /** After a decline the action is withheld this long; after a complaint all marketing is. */
  readonly restAfterDecline: Duration;
  readonly restAfterComplaint: Duration;
  /** Affirmative consent older than this no longer counts. */
  readonly consentFreshFor: Duration;
}

/** Weights concern actions, however they are shown. */
type ActionScope = Omit<RuleScope, 'treatment'>;

/** How the bank weighs actions against each other. Where it declares nothing, weights are 1. */
export interface ArbitrationWeights {
  /**
   * Declared business weight by action, group or issue (the closest wins); 1,000,000 is neutral.
   */
  readonly levers: readonly {
    readonly scope: ActionScope;
    readonly leverPpm: number;
    readonly owner: string;
  }[];
  /**
   * A weight counts while its condition over declared facts is true. Where the condition is
   * unknown, the weight counts only if it lowers the candidate's rank.
   */
  readonly contextWeights: readonly {
    readonly id: string;
    readonly appliesTo: ActionScope;
    readonly conditions: Condition;
    readonly weightPpm: number;
    readonly owner: string;
  }[];
  /** Below this expected value there is NoAction. */
  readonly leastExpectedValueMinor: number;
}

/** Who sees an action yet, and who must agree meanwhile. */
export interface RolloutPlan {
  readonly phases: readonly {
    readonly action: string;
    readonly phase: 'PILOT' | 'RAMP' | 'FULL';
    readonly approval: ApprovalLevel;
  }[];
  /**
   * Approval by amount, by points of rate and by share of a fee: the highest that applies wins.
   */
  readonly approvalByAmount: readonly {
    readonly fromMinor: number;
    readonly level: ApprovalLevel;
  }[];
  readonly approvalByDiscountPpm: readonly {
    readonly fromPpm: number;
    readonly level: ApprovalLevel;
  }[];
  readonly approvalByFeeDiscountPpm: readonly {
    readonly fromPpm: number;
    readonly level: ApprovalLevel;
  }[];
  readonly approvalByRisk: { readonly [risk in ProductRisk]: ApprovalLevel };
  /** Share of customers decided in full and then masked, by a hash of the customer. */
  readonly controlGroupPpm: number;
}

/** What one whole unit of a currency is worth in the reporting currency, to twelve decimals. */
export interface RateTable {
  readonly reportingCurrency: CurrencyCode;
  readonly ratesPpm: { readonly [currency: string]: number };
  /** What a rate is above its ppm, in trillionths; absent where six decimals say every rate. */
  readonly restsPpt?: { readonly [currency: string]: number };
}

/**
 * How old what a source knew may be before the facts of its part are unavailable. A part that came
 * after releases were first built may lack one: then nothing is known of it.
 */
export type AgeLimits = { readonly [part in (typeof ENGINE_PARTS)[number]]: Duration } & {
  readonly [part in PartName]?: Duration;
};

/** A forest in a release: its bytes are an artifact of their own, named by digest. */
export interface ForestEntry {
  readonly id: string;
  readonly digest: Digest;
  readonly calibration: Calibration;
  readonly card: ModelCard;
}

/** Everything behaviour hangs on. Immutable, named by the digest of its canonical form. */
export interface ReleaseBody {
  readonly engineVersion: number;
  readonly ruleSet: { readonly name: string; readonly semver: string; readonly owner: string };
  readonly facts: readonly FactDeclaration[];
  readonly namedConditions: { readonly [name: string]: Condition };
  readonly rules: readonly RuleDocument[];
  readonly actions: readonly ActionDeclaration[];
  readonly contactPolicy: ContactPolicy;
  readonly arbitration: ArbitrationWeights;
  readonly rollout: RolloutPlan;
  readonly rates: RateTable;
  readonly ageLimits: AgeLimits;
  /**
   * `DECLARED`: consent records only. `ASSUMED_FOR_EVALUATION`: a bank that has none, said so.
   */
  readonly consentBasis: 'DECLARED' | 'ASSUMED_FOR_EVALUATION';
  readonly channels: readonly Channel[];
  /** Absent in releases built before it was declared. */
  readonly languages?: Languages;
  readonly forests: readonly ForestEntry[];
}

/** What reading a rule of a release takes. */
export function ruleReadingContext({
  facts,
  rates,
  namedConditions,
}: Pick<ReleaseBody, 'facts' | 'rates' | 'namedConditions'>): RuleReadingContext {
  return { facts, reportingCurrency: rates.reportingCurrency, namedConditions };
}

/** A release by the digest that names it. */
export interface Release {
  readonly digest: Digest;
  readonly body: ReleaseBody;
}
