import type { Address } from './digest.ts';
import type { Uuid } from './id.ts';
import type { Job } from './job.ts';

/** A job to be queued. */
export interface JobQueued extends Job {
  readonly effect: 'JOB_QUEUED';
}

/** A request that a decision made before answers: its id stands for that one from now on. */
export interface RequestAnswered {
  readonly effect: 'REQUEST_ANSWERED';
  readonly caller: string;
  readonly requestId: string;
  /** What was asked, under the customer's key. */
  readonly argumentsDigest: Address;
  readonly decisionId: Uuid;
}

/**
 * Whatever changes in the world together with a decision, as data. `follows` names the decision
 * of the same commit without which it must not be; null where it stands for itself.
 */
export type Effect = (JobQueued | RequestAnswered) & { readonly follows: Uuid | null };
