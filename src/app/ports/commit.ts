import type { Effect } from '../../domain/effect.ts';
import type { Appended, DecisionRecord } from './decision-log.ts';

/** What becomes durable together, or not at all. */
export interface Commitment {
  readonly decisions: readonly DecisionRecord[];
  /** One that follows a decision which is REPEATED or a CONFLICT is dropped with it. */
  readonly effects: readonly Effect[];
}

/** DROPPED: what it follows was not recorded. A job is RECORDED or DROPPED. */
export type EffectOutcome = Appended | { readonly outcome: 'DROPPED' };

/** How each decision and each effect of a commitment fared, in their order. */
export interface Committed {
  readonly decisions: readonly Appended[];
  readonly effects: readonly EffectOutcome[];
}

/**
 * Resolves once the commitment is durable. Concurrent calls share one transaction, without delay,
 * and none fails another: a group that is refused is tried again one by one. Throws an `Outage`
 * where the store does not answer, an `Overload` where too much waits.
 */
export type Commit = (commitment: Commitment) => Promise<Committed>;
