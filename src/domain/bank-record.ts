import type { ArrangementStatus } from './arrangement-status.ts';
import type { BusinessDate } from './business-date.ts';
import type { Channel } from './channel.ts';
import type { Instant } from './instant.ts';
import type { CurrencyCode } from './money.ts';
import type { ProductKind } from './product-kind.ts';

/**
 * The records a bank hands over, in the one shape that every core, extract and generator is
 * brought to. A record never changes: a correction is the same key with a later `recordedAt`.
 * Amounts are integer minor units of the record's own currency.
 */
export interface Recorded {
  /** When the bank knew: nothing recorded after T may be read as of T. */
  readonly recordedAt: Instant;
  /** The intake's alone: a version that says that the record counts no more. */
  readonly withdrawn?: true;
}

/** Who a party is to people. Nothing that decides reads it, and it is stored apart. */
export interface PartyIdentity {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly organisationName?: string;
  readonly birthDate?: BusinessDate;
  readonly email?: string;
  readonly phone?: string;
}

/**
 * A person or organisation; the intake opens a customer for each one that is handed over. As it
 * is handed over it has its identity with it; where it is read for deciding it has none.
 */
export interface PartyRecord extends Recorded, PartyIdentity {
  readonly partyId: string;
  readonly kind: 'PERSON' | 'ORGANISATION';
  /** The first day of the month of birth: the intake takes it from the birth date. */
  readonly birthMonth?: BusinessDate;
  readonly sex?: 'F' | 'M';
  readonly language?: string;
  readonly segment?: string;
  readonly city?: string;
  readonly regionCode?: string;
  readonly residenceCountry?: string;
  readonly employment?: string;
  readonly industryCode?: string;
  /** A month's. */
  readonly declaredIncomeMinor?: number;
  readonly incomeCurrency?: CurrencyCode;
  readonly customerSince?: BusinessDate;
  readonly identityExpiresOn?: BusinessDate;
  readonly digitalActive?: boolean;
  readonly riskRating?: 'LOW' | 'MEDIUM' | 'HIGH';
}

/** A region's public statistics, known to the bank (Berka's districts, a statistics office). */
export interface RegionRecord extends Recorded {
  readonly regionCode: string;
  readonly name: string;
  readonly population?: number;
  readonly averageSalaryMinor?: number;
  readonly unemploymentPpm?: number;
  readonly urbanPpm?: number;
  readonly entrepreneursPerThousand?: number;
}

/** Groups parties for value, never for consent; of a party's households the last one counts. */
export interface HouseholdMemberRecord extends Recorded {
  readonly householdId: string;
  readonly partyId: string;
  readonly member: 'HEAD' | 'PARTNER' | 'CHILD' | 'OTHER';
}

/** What names an arrangement to people and other banks; stored apart like a party's identity. */
export interface ArrangementIdentity {
  readonly accountNumber?: string;
}

/** An account, loan, card or policy; who holds it is told by roles, never here. */
export interface ArrangementRecord extends Recorded, ArrangementIdentity {
  readonly arrangementId: string;
  readonly productKind: ProductKind;
  /** What the core books, e.g. `card_gold`; an action names the product it would open. */
  readonly product: string;
  readonly currency: CurrencyCode;
  readonly status: ArrangementStatus;
  readonly openedOn: BusinessDate;
  readonly closedOn?: BusinessDate;
  readonly maturesOn?: BusinessDate;
  /** Card expiry or policy renewal. */
  readonly renewsOn?: BusinessDate;
  readonly limitMinor?: number;
  readonly principalMinor?: number;
  readonly instalmentMinor?: number;
  readonly termMonths?: number;
  readonly ratePpm?: number;
  /** The arrangement it hangs on: a card on an account. */
  readonly parentId?: string;
  readonly regionCode?: string;
  readonly statementFrequency?: 'MONTHLY' | 'WEEKLY' | 'PER_TRANSACTION';
}

/** A party's part in an arrangement; only owners and joint holders share its value. */
export interface RoleRecord extends Recorded {
  readonly partyId: string;
  readonly arrangementId: string;
  readonly role: 'OWNER' | 'JOINT' | 'AUTHORISED' | 'GUARANTOR' | 'SIGNATORY';
  readonly endedOn?: BusinessDate;
}

/** Where an arrangement stood on a day; a day without a record is unknown, not zero. */
export interface BalanceRecord extends Recorded {
  readonly arrangementId: string;
  readonly effectiveOn: BusinessDate;
  /** Positive for what the customer has; negative for what the customer owes. */
  readonly ledgerMinor: number;
  /** What could be spent: less what is reserved, more where credit hangs on it; for people. */
  readonly availableMinor?: number;
  readonly arrearsMinor?: number;
  readonly daysPastDue?: number;
}

/** A booked movement; that there was none is known only where a coverage record says so. */
export interface TransactionRecord extends Recorded {
  readonly transactionId: string;
  readonly arrangementId: string;
  readonly effectiveAt: Instant;
  /** Position within the instant where the bank states one: the running balance follows it. */
  readonly sequence?: number;
  /** Signed: credits positive, debits negative. */
  readonly amountMinor: number;
  readonly currency: CurrencyCode;
  readonly runningBalanceMinor?: number;
  /** Coded: SALARY, PENSION, RENT, GROCERIES, CASH, TRANSFER, INTEREST, FEE, ... */
  readonly category?: string;
  readonly merchant?: string;
  readonly country?: string;
  readonly method?: string;
}

/** Something the customer came to the bank with. */
export interface InteractionRecord extends Recorded {
  readonly interactionId: string;
  readonly partyId: string;
  readonly occurredAt: Instant;
  readonly channel: Channel;
  /** Coded: HARDSHIP, CLOSE_ACCOUNT, RATE_QUESTION, MORTGAGE_QUESTION, COMPLAINT, ... */
  readonly intent: string;
}

/** `ANY` as a channel speaks for every channel that has no row of its own. */
export interface ConsentRecord extends Recorded {
  readonly partyId: string;
  readonly purpose: 'MARKETING' | 'PROFILING';
  readonly channel: Channel | 'ANY';
  readonly state: 'GIVEN' | 'WITHDRAWN' | 'OBJECTED';
  readonly effectiveAt: Instant;
  readonly expiresOn?: BusinessDate;
  /** How it was given: a form, a call recording, `assumed for evaluation`. */
  readonly evidence?: string;
}

/**
 * Counts from when it is known through its last day `endsOn`; the engine says what each kind
 * stops.
 */
export interface HoldRecord extends Recorded {
  readonly holdId: string;
  readonly partyId: string;
  readonly kind: 'DECEASED' | 'FRAUD' | 'COLLECTIONS' | 'VULNERABLE';
  readonly startsOn: BusinessDate;
  readonly endsOn?: BusinessDate;
}

/** A treatment that was presented, and what the customer did. */
export interface ContactRecord extends Recorded {
  readonly contactId: string;
  readonly partyId: string;
  readonly actionId: string;
  readonly channel: Channel;
  readonly presentedAt: Instant;
  readonly selectionProbabilityPpm?: number;
  readonly campaignId?: string;
  /** The offer stays open until this day unless answered. */
  readonly expiresOn?: BusinessDate;
}

/** What the customer did about one contact. */
export interface ResponseRecord extends Recorded {
  readonly responseId: string;
  readonly contactId: string;
  readonly kind: 'ACCEPTED' | 'DECLINED' | 'COMPLAINED';
  readonly respondedAt: Instant;
}

/** What the customer wants to reach; the progress is the source's own figure. */
export interface GoalRecord extends Recorded {
  readonly goalId: string;
  readonly partyId: string;
  readonly kind: string;
  readonly targetMinor?: number;
  readonly currency?: CurrencyCode;
  readonly targetOn?: BusinessDate;
  readonly progressPpm?: number;
}

/**
 * What the customer has asked to be lent, and what became of it: since `stateSince` it is in its
 * state. Until it is told otherwise an open one stays open.
 */
export interface CreditApplicationRecord extends Recorded {
  readonly applicationId: string;
  readonly partyId: string;
  readonly productKind: ProductKind;
  readonly appliedOn: BusinessDate;
  readonly state: 'OPEN' | 'APPROVED' | 'DECLINED' | 'WITHDRAWN';
  readonly stateSince: BusinessDate;
  readonly amountMinor?: number;
  readonly currency?: CurrencyCode;
}

/** What the bank earns by a customer, by its own reckoning: nothing here derives it. */
export interface RelationshipValueRecord extends Recorded {
  readonly partyId: string;
  readonly effectiveOn: BusinessDate;
  /** Margin of the last twelve months in `currency`. */
  readonly marginMinor: number;
  readonly currency: CurrencyCode;
  readonly tier?: 'BASIC' | 'PLUS' | 'PREMIUM' | 'PRIVATE';
}

/**
 * The relationship manager who looks after a customer, one a party: from `startsOn` through the
 * last day `endsOn`. The latest version known counts alone, so a handover is delivered on its day
 * and not before: until a version begins, nobody has the customer.
 */
export interface BookRecord extends Recorded {
  readonly partyId: string;
  /** The bank's own number; a viewer's book names it. */
  readonly managerId: string;
  readonly startsOn: BusinessDate;
  readonly endsOn?: BusinessDate;
}

/**
 * Two numbers are one customer: `partyId` lives on in `survivorId`, from when the bank knew it. A
 * survivor may itself have been merged into another number later.
 */
export interface PartyMergeRecord extends Recorded {
  readonly partyId: string;
  readonly survivorId: string;
}

/**
 * The window of one entity that a file covers, for one arrangement or for all (`arrangementId`
 * absent). A window that no row covers is UNAVAILABLE, never zero. `to` absent means: kept up to
 * date by the bank.
 */
export interface CoverageRecord extends Recorded {
  readonly entity: 'transaction';
  readonly arrangementId?: string;
  readonly from: BusinessDate;
  readonly to?: BusinessDate;
  /** Whose window it is: the intake names the system, so that none closes another's window. */
  readonly system?: string;
}

/**
 * Every kind of record by its name; the names are those of mapping files and of database tables.
 */
export interface BankRecords {
  readonly party: PartyRecord;
  readonly region: RegionRecord;
  readonly household_member: HouseholdMemberRecord;
  readonly arrangement: ArrangementRecord;
  readonly role: RoleRecord;
  readonly balance: BalanceRecord;
  readonly transaction: TransactionRecord;
  readonly interaction: InteractionRecord;
  readonly consent: ConsentRecord;
  readonly hold: HoldRecord;
  readonly contact: ContactRecord;
  readonly response: ResponseRecord;
  readonly goal: GoalRecord;
  readonly credit_application: CreditApplicationRecord;
  readonly relationship_value: RelationshipValueRecord;
  readonly relationship_manager: BookRecord;
  readonly party_merge: PartyMergeRecord;
  readonly coverage: CoverageRecord;
}
export type Entity = keyof BankRecords;
