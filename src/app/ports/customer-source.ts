import type {
  ArrangementRecord,
  BalanceRecord,
  ConsentRecord,
  CreditApplicationRecord,
  GoalRecord,
  HoldRecord,
  HouseholdMemberRecord,
  InteractionRecord,
  PartyMergeRecord,
  PartyRecord,
  RegionRecord,
  RelationshipValueRecord,
  RoleRecord,
} from '../../domain/bank-record.ts';
import type {
  CampaignsPart,
  DatedLineage,
  PartName,
  TransactionsPart,
} from '../../domain/customer360.ts';

/**
 * Reads one part for many customers at once; a customer without rows is absent from the answer.
 * Throws an outage when the source does not answer: the other parts then stand without it.
 */
export type ReadMany<T> = (customerIds: readonly string[]) => Promise<ReadonlyMap<string, T>>;

interface ArrangementRows {
  readonly arrangements: readonly ArrangementRecord[];
  /** Roles of this party and of the other holders of the same arrangements. */
  readonly roles: readonly RoleRecord[];
  readonly balances: readonly BalanceRecord[];
}

interface PartyRows {
  readonly party: readonly PartyRecord[];
  readonly regions: readonly RegionRecord[];
}

/** What a system gave to a part, before it is stamped with the moment of reading. */
export type SourceLineage = Omit<DatedLineage, 'fetchedAt'>;

/** Where what is known of a customer's number comes from, and which others belong to it. */
export interface CustomerLineages {
  /** One a system that feeds the part, by name. */
  readonly parts: ReadonlyMap<PartName, readonly SourceLineage[]>;
  /** Of the numbers that were ever merged into this one, however far off; mostly none. */
  readonly merges: readonly PartyMergeRecord[];
}

/**
 * A number's records with all their recorded versions, part by part, one statement (or two) a
 * part whatever the number of customers. Each number is read by itself: what is recorded under
 * those that were merged into it is asked for by their own.
 */
export interface CustomerSource {
  readonly lineages: ReadMany<CustomerLineages>;
  readonly parties: ReadMany<PartyRows>;
  readonly households: ReadMany<readonly HouseholdMemberRecord[]>;
  readonly arrangements: ReadMany<ArrangementRows>;
  readonly transactions: ReadMany<TransactionsPart>;
  readonly interactions: ReadMany<readonly InteractionRecord[]>;
  readonly campaigns: ReadMany<CampaignsPart>;
  readonly goals: ReadMany<readonly GoalRecord[]>;
  readonly creditApplications: ReadMany<readonly CreditApplicationRecord[]>;
  readonly relationshipValues: ReadMany<readonly RelationshipValueRecord[]>;
  readonly consents: ReadMany<readonly ConsentRecord[]>;
  readonly holds: ReadMany<readonly HoldRecord[]>;
}

/** The customer master, a page at a time by customer number, without those merged into others. */
export interface CustomerDirectory {
  page(query: CustomerQuery): Promise<CustomerPage>;
  count(): Promise<number>;
}

/**
 * `after` is the last number of the page before, null for the first; `first` is the page's size.
 */
export interface CustomerQuery {
  readonly after: string | null;
  readonly first: number;
  readonly kind?: 'PERSON' | 'ORGANISATION';
  readonly segment?: string;
  /** Only the customers of this relationship manager. */
  readonly book?: string;
  /** A prefix of the customer number. */
  readonly idPrefix?: string;
}

/** In order of the customer number; the last one is the next page's `after`. */
export interface CustomerPage {
  readonly customerIds: readonly string[];
  readonly hasMore: boolean;
}
