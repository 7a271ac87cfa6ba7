import type { Uuid } from '../../domain/id.ts';
import type { Instant } from '../../domain/instant.ts';

/** A rule on which the two evaluators disagree: a bug in one of them, never a matter of data. */
export interface RuleDisagreement {
  readonly decisionId: Uuid;
  readonly rule: string;
}

/** The append-only record of what the second evaluator found, whichever process ran it. */
export interface RuleDisagreements {
  /** What is on record already stays as it was found first. */
  record(found: readonly RuleDisagreement[], at: Instant): Promise<void>;
}
