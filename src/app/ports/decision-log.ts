import type { Capsule } from '../../domain/decision.ts';
import type { Address, Digest } from '../../domain/digest.ts';
import type { Uuid } from '../../domain/id.ts';
import type { Instant } from '../../domain/instant.ts';

/** A decision to be made durable. */
export interface DecisionRecord {
  readonly id: Uuid;
  readonly capsule: Capsule;
  /** Names capsule and caller under the customer's key, so that any alteration shows. */
  readonly capsuleAddress: Address;
  readonly caller: string;
  /** What was asked, under the customer's key, for idempotency and reuse. */
  readonly argumentsDigest: Address;
  readonly requestId: string | null;
}

/** A decision as it was made durable. */
export interface StoredDecision {
  readonly id: Uuid;
  readonly customerId: string;
  readonly caller: string;
  readonly decidedAt: Instant;
  readonly capsule: Capsule;
  readonly capsuleAddress: Address;
}

/**
 * What is left of a decision that cannot be shown. UNREADABLE: its capsule is spoilt, or was
 * written by a newer program. RELEASE_MISSING: its release is not what it was, or not there.
 */
export interface UnreadableDecision extends Omit<StoredDecision, 'capsule' | 'capsuleAddress'> {
  readonly capsule: null;
  readonly cause: 'UNREADABLE' | 'RELEASE_MISSING';
  readonly releaseDigest: Digest;
}

/** A decision that is there: it may be told, though not always read. */
export type DecisionOnRecord = StoredDecision | UnreadableDecision;

/**
 * RECORDED: durable now. REPEATED: this caller asked the same before. CONFLICT: asked otherwise.
 */
export type Appended =
  | { readonly outcome: 'RECORDED' }
  | { readonly outcome: 'REPEATED'; readonly decisionId: Uuid }
  | { readonly outcome: 'CONFLICT' };

/** All members must match; for one candidate together: action, stage and rule. */
export interface DecisionFilter {
  /** Also what was decided for the numbers that live on in this one now. */
  readonly customerId?: string;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly action?: string;
  readonly stage?: string;
  readonly rule?: string;
  readonly release?: Digest;
  readonly trigger?: string;
  readonly outcome?: 'ACTIONS' | 'NO_ACTION';
}

/** Reads the append-only record of decisions, newest first by id; `Commit` writes it. */
export interface DecisionLog {
  /** An id that is not on record is absent; one that cannot be read leaves the others alone. */
  findMany(ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, DecisionOnRecord>>;
  /** The decision that this caller's request id stands for. */
  findRequest(caller: string, requestId: string): Promise<Uuid | undefined>;
  /**
   * The newest decision that this caller had on exactly these arguments since an instant;
   * undefined where it cannot be read.
   */
  findReusable(query: {
    readonly customerId: string;
    readonly caller: string;
    readonly argumentsDigest: Address;
    readonly since: Instant;
  }): Promise<StoredDecision | undefined>;
  /** One page; what cannot be read has its place in it. */
  page(
    filter: DecisionFilter,
    page: { readonly first: number; readonly before: Uuid | null },
  ): Promise<{ readonly decisions: readonly DecisionOnRecord[]; readonly hasMore: boolean }>;
  /** Every id in order, in chunks, for replaying all. */
  ids(after: Uuid | null, limit: number): Promise<readonly Uuid[]>;
}
