import type {
  ConsentRecord,
  ContactRecord,
  HoldRecord,
  InteractionRecord,
  PartyRecord,
  ResponseRecord,
} from './bank-record.ts';
import type { DatedLineage, PartFailure } from './customer360.ts';
import type { MergedNumbers } from './merged-numbers.ts';

/** As much of a system's lineage as tells whether its rows may be used. */
export type LiveLineage = Pick<
  DatedLineage,
  'asOf' | 'deliveredAt' | 'answeredSince' | 'spoiltSince' | 'mendedLosses'
>;

/** The rows of one part with as much of their lineage as tells whether they may be used. */
export type LiveRows<T> =
  | {
      readonly state: 'READ';
      readonly value: T;
      readonly lineage: readonly LiveLineage[];
    }
  | { readonly state: 'FAILED'; readonly reason: PartFailure };

/**
 * The recorded versions that a live state is made from. A version that gave a record to somebody
 * else belongs to it too: without it the version before would look like the last word. A whole
 * `CustomerHistory` is one of these; a moment holds only versions that can count at the moment.
 */
export interface LiveVersions {
  readonly customerId: string;
  readonly party: LiveRows<readonly Pick<PartyRecord, 'partyId' | 'language' | 'recordedAt'>[]>;
  readonly consents: LiveRows<readonly ConsentRecord[]>;
  readonly holds: LiveRows<readonly HoldRecord[]>;
  readonly campaigns: LiveRows<{
    readonly contacts: readonly ContactRecord[];
    readonly responses: readonly ResponseRecord[];
  }>;
  readonly interactions: LiveRows<
    readonly Pick<
      InteractionRecord,
      'interactionId' | 'partyId' | 'occurredAt' | 'intent' | 'recordedAt'
    >[]
  >;
  /** Absent where no other number was ever merged into this one. */
  readonly merged?: MergedNumbers<LiveVersions>;
}
