import type {
  ArrangementRecord,
  BalanceRecord,
  ConsentRecord,
  ContactRecord,
  CoverageRecord,
  CreditApplicationRecord,
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
import type { MergedNumbers } from './merged-numbers.ts';

/** The parts that engine 2 names in what it decides; those that came later are told beside it. */
export const ENGINE_PARTS = [
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
/** The parts of the assembled view; each fails alone, whatever systems feed it. */
export const PART_NAMES = [...ENGINE_PARTS, 'creditApplications'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** What one system gave to a part, and how old it is. */
export interface Lineage {
  /** The system that answered, e.g. `extract:demo`. */
  readonly source: string;
  /** The system's watermark for this customer and part when it was read: it only grows. */
  readonly version: number;
  /** Until when the system itself knew the world (an extract's cut, a core's answer). */
  readonly asOf: Instant;
  readonly fetchedAt: Instant;
}

/** A lineage with what tells a view of an earlier moment whether it counts there. */
export interface DatedLineage extends Lineage {
  /** Since when the system feeds the part at all; absent: since the beginning. */
  readonly deliveredAt?: Instant;
  /**
   * Since when a live core answers for this customer, null while it never has; absent where the
   * system hands over the whole bank.
   */
  readonly answeredSince?: Instant | null;
  /** Since when what it said of this customer could not be read whole; absent: it can. */
  readonly spoiltSince?: Instant;
  /** When it could not either, and can again since: looking back there it is as unknown. */
  readonly mendedLosses?: readonly LossSpan[];
}

/** A time in which something said could not be read whole; at `until` it was told again. */
export interface LossSpan {
  readonly since: Instant;
  readonly until: Instant;
}

/**
 * What is said of a customer, with one lineage a system that feeds the part, by name. A part that
 * failed is unknown, never empty.
 */
export type Part<T, L extends Lineage = Lineage> =
  | { readonly state: 'READ'; readonly value: T; readonly lineage: readonly L[] }
  | { readonly state: 'FAILED'; readonly reason: PartFailure };

/** A part with all its versions, before it is cut to a moment. */
export type DatedPart<T> = Part<T, DatedLineage>;

/**
 * SOURCE_DOWN: it did not answer. STALE: a system of it answered with a world older than the
 * release allows. NOT_COVERED: none was handed over, or one has
 * not answered for this customer, or not in a way that can be read whole.
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
  readonly creditApplications: Part<readonly CreditApplicationRecord[]>;
  readonly relationshipValue: Part<RelationshipValueRecord | null>;
  readonly consents: Part<readonly ConsentRecord[]>;
  readonly holds: Part<readonly HoldRecord[]>;
}

/** All recorded versions of a customer's records, part by part: what `knownAt` cuts. */
export interface CustomerHistory {
  readonly customerId: string;
  readonly party: DatedPart<readonly PartyRecord[]>;
  readonly regions: DatedPart<readonly RegionRecord[]>;
  readonly household: DatedPart<readonly HouseholdMemberRecord[]>;
  readonly arrangements: DatedPart<{
    readonly arrangements: readonly ArrangementRecord[];
    /** Roles of this party and, for sharing, of the other owners of the same arrangements. */
    readonly roles: readonly RoleRecord[];
    readonly balances: readonly BalanceRecord[];
  }>;
  readonly transactions: DatedPart<TransactionsPart>;
  readonly interactions: DatedPart<readonly InteractionRecord[]>;
  readonly campaigns: DatedPart<CampaignsPart>;
  readonly goals: DatedPart<readonly GoalRecord[]>;
  readonly creditApplications: DatedPart<readonly CreditApplicationRecord[]>;
  readonly relationshipValue: DatedPart<readonly RelationshipValueRecord[]>;
  readonly consents: DatedPart<readonly ConsentRecord[]>;
  readonly holds: DatedPart<readonly HoldRecord[]>;
  /** Absent where no other number was ever merged into this one. */
  readonly merged?: MergedNumbers<CustomerHistory>;
}
