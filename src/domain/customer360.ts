import type {
  ArrangementRecord,
  BalanceRecord,
  ConsentRecord,
  ContactRecord,
  CoverageRecord,
  GoalRecord,
  HoldRecord,
  HouseholdMemberRecord,
  InteractionRecord,
  PartyRecord,
  RegionRecord,
  RelationshipValueRecord,
  ResponseRecord,
  RoleRecord,
  TransactionRecord,
} from './bank-record.ts';
import type { BusinessDate } from './business-date.ts';
import type { Instant } from './instant.ts';

/** The parts of the assembled view; each has one source and fails alone. */
export const PART_NAMES = [
  'profile',
  'household',
  'arrangements',
  'transactions',
  'interactions',
  'campaigns',
  'goals',
  'relationshipValue',
  'consents',
  'holds',
] as const;
export type PartName = (typeof PART_NAMES)[number];

/** Where a part came from, and how old it is. */
export interface Lineage {
  /** The system that answered, e.g. `extract:demo`. */
  readonly source: string;
  /** The source's watermark for this customer when it was read: it only grows. */
  readonly version: number;
  /** Until when the source itself knew the world (an extract's cut, a core's answer). */
  readonly asOf: Instant;
  readonly fetchedAt: Instant;
  /**
   * Since when the bank hands the part over at all; absent: since the beginning. It tells what
   * was known at a moment, so that a view of one no longer carries it.
   */
  readonly deliveredAt?: Instant;
}

/** What one source says of a customer; a part that failed is unknown, never empty. */
export type Part<T> =
  | { readonly state: 'READ'; readonly value: T; readonly lineage: Lineage }
  | { readonly state: 'FAILED'; readonly reason: PartFailure };

/**
 * SOURCE_DOWN: it did not answer. STALE: it answered with a world older than the release allows.
 * NOT_COVERED: it answered, and knows nothing of this customer at that moment.
 */
export type PartFailure = 'SOURCE_DOWN' | 'STALE' | 'NOT_COVERED';

/** Who the customer is; the region is null where none is named or known. */
export interface ProfilePart {
  readonly party: PartyRecord;
  readonly region: RegionRecord | null;
}

/** An arrangement with the customer's role in it and its latest balance known at the moment. */
export interface HeldArrangement {
  readonly arrangement: ArrangementRecord;
  readonly role: RoleRecord['role'];
  /** How many owners and joint holders share its value: each counts value / sharers. */
  readonly sharers: number;
  readonly balance: BalanceRecord | null;
}

/** True where the customer has a share in the value: an owner or a joint holder. */
export function sharesValue(held: HeldArrangement): boolean {
  return held.role === 'OWNER' || held.role === 'JOINT';
}

/** Movements together with the windows in which they are all there. */
export interface TransactionsPart {
  /** By effective time, then sequence, then id; only of arrangements held as owner or joint. */
  readonly transactions: readonly TransactionRecord[];
  readonly coverage: readonly CoverageRecord[];
}

/** What was presented to the customer, and what the customer did. */
export interface CampaignsPart {
  readonly contacts: readonly ContactRecord[];
  readonly responses: readonly ResponseRecord[];
}

/**
 * A customer as known at one moment. Built by one pure function from the records, so that training
 * rows, live decisions and a look back in time read the same world.
 */
export interface Customer360 {
  readonly customerId: string;
  readonly businessDate: BusinessDate;
  readonly knownAt: Instant;
  readonly profile: Part<ProfilePart>;
  readonly household: Part<readonly HouseholdMemberRecord[]>;
  readonly arrangements: Part<readonly HeldArrangement[]>;
  readonly transactions: Part<TransactionsPart>;
  readonly interactions: Part<readonly InteractionRecord[]>;
  readonly campaigns: Part<CampaignsPart>;
  readonly goals: Part<readonly GoalRecord[]>;
  readonly relationshipValue: Part<RelationshipValueRecord | null>;
  readonly consents: Part<readonly ConsentRecord[]>;
  readonly holds: Part<readonly HoldRecord[]>;
}

/** All recorded versions of a customer's records, part by part: what `knownAt` cuts. */
export interface CustomerHistory {
  readonly customerId: string;
  readonly party: Part<readonly PartyRecord[]>;
  readonly regions: Part<readonly RegionRecord[]>;
  readonly household: Part<readonly HouseholdMemberRecord[]>;
  readonly arrangements: Part<{
    readonly arrangements: readonly ArrangementRecord[];
    /** Roles of this party and, for sharing, of the other owners of the same arrangements. */
    readonly roles: readonly RoleRecord[];
    readonly balances: readonly BalanceRecord[];
  }>;
  readonly transactions: Part<TransactionsPart>;
  readonly interactions: Part<readonly InteractionRecord[]>;
  readonly campaigns: Part<CampaignsPart>;
  readonly goals: Part<readonly GoalRecord[]>;
  readonly relationshipValue: Part<readonly RelationshipValueRecord[]>;
  readonly consents: Part<readonly ConsentRecord[]>;
  readonly holds: Part<readonly HoldRecord[]>;
}
