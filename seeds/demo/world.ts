import type {
  BankRecords,
  ConsentRecord,
  HoldRecord,
  HouseholdMemberRecord,
  PartyRecord,
  RoleRecord,
} from '../../src/domain/bank-record.ts';
import type { ProductKind } from '../../src/domain/product-kind.ts';
import type { Month } from './calendar.ts';
import type { ExtractEntity } from './extract-files.ts';
import type { NeedKind } from './needs.ts';
import type { DemoProduct } from './products.ts';

/**
 * The simulated world. Unlike the rest of the code its members change: a month of life is played
 * on them in place. No member ever looks at the business date, which only cuts what is written.
 */
export interface World {
  readonly seed: number;
  readonly emit: <E extends ExtractEntity>(entity: E, record: BankRecords[E]) => void;
  /** Takes the truth about one customer, action and month; absent when nobody asks for it. */
  readonly tell?: (row: TruthRow) => void;
}

/** What the bank never sees: how likely the customer was to take the product that month. */
export interface TruthRow {
  readonly partyId: string;
  readonly actionId: string;
  readonly month: string;
  readonly eligible: boolean;
  /** Within 60 days, without and with the offer. */
  readonly withoutOfferPpm: number;
  readonly withOfferPpm: number;
  readonly valueMinor: number;
  /** Chance that the month's wave of offers reached the customer at all. */
  readonly contactPpm: number;
  /** Chance that this action was the one chosen, given the contact. */
  readonly selectionPpm: number;
}

/** An arrangement as the core runs it. */
export interface Holding {
  readonly id: string;
  /** The same name as a number, for the streams. */
  readonly key: number;
  readonly kind: ProductKind;
  readonly product: DemoProduct;
  readonly currency: string;
  readonly openedDay: number;
  readonly roles: readonly (readonly [partyId: string, role: RoleRecord['role']])[];
  readonly parentId?: string;
  readonly limitMinor?: number;
  readonly principalMinor?: number;
  readonly instalmentMinor?: number;
  readonly termMonths?: number;
  readonly ratePpm?: number;
  readonly maturesDay?: number;
  renewsDay?: number;
  closedDay?: number;
  balanceMinor: number;
  /** The lowest balance that a payment may leave: the overdraft. */
  floorMinor: number;
  arrearsMinor: number;
  pastDueDay?: number;
  /** Postings so far: the number of the last one. */
  postings: number;
  /** When the last posting was recorded, in seconds since 1970. */
  recordedAt: number;
  /** Postings that were recorded after they took effect, the latest ones. */
  readonly late: { readonly recordedAt: number; readonly amountMinor: number }[];
}

/** Somebody, or something, that the bank serves. */
export interface Customer {
  readonly key: number;
  readonly partyId: string;
  readonly kind: PartyRecord['kind'];
  readonly member: HouseholdMemberRecord['member'];
  readonly householdId: string;
  readonly names: Pick<PartyRecord, 'givenName' | 'familyName' | 'organisationName' | 'sex'>;
  readonly birthDay: number;
  readonly sinceDay: number;
  readonly language: string;
  readonly city: string;
  readonly regionCode: string;
  readonly industryCode?: string;
  readonly digitalActive: boolean;
  readonly riskRating: 'LOW' | 'MEDIUM' | 'HIGH';
  readonly traits: Traits;
  readonly holdings: Holding[];
  segment: string;
  employment: string;
  incomeMinor: number;
  declaredIncomeMinor: number;
  identityExpiresDay: number;
  /** Products on their way: accepted, not opened yet. */
  readonly openings: Opening[];
  readonly needs: Partial<Record<NeedKind, number>>;
  /** The holds that stand, each with the month since when. */
  readonly holds: Map<HoldKind, Month>;
  readonly goals: Map<string, ToldGoal>;
  readonly contacts: PastContact[];
  /** By purpose and channel with a space between. */
  readonly consents: Map<string, ConsentRecord['state']>;
  joblessUntil: number;
  arrangementsMade: number;
  interactionsMade: number;
}

/** What a customer is like, in thousandths of a standard deviation; the bank sees only traces. */
export interface Traits {
  readonly wealth: number;
  readonly digital: number;
  readonly price: number;
  readonly risk: number;
  readonly travel: number;
  readonly homeOwner: boolean;
  readonly car: boolean;
  /** Offers put off such a customer. */
  readonly wary: boolean;
  /** Chance in ppm that a wave of offers reaches the customer. */
  readonly reachPpm: number;
}

export interface PastContact {
  readonly actionId: string;
  readonly day: number;
  readonly answer: 'ACCEPTED' | 'DECLINED' | 'COMPLAINED' | 'NONE';
}

export type HoldKind = HoldRecord['kind'];

/** A goal as the customer told it. */
export interface ToldGoal {
  readonly targetMinor: number;
  readonly targetDay: number;
  readonly progressPpm: number;
}

/** A product to be opened on a day, and who asked for it. */
export interface Opening {
  readonly day: number;
  readonly product: DemoProduct;
}

/** People who live together and keep some accounts in common. */
export interface Household {
  readonly id: string;
  readonly key: number;
  readonly members: readonly Customer[];
}

/** Ten customers in a row, generated together: up to nine people and one organisation. */
export interface Block {
  readonly households: readonly Household[];
  readonly organisation: Customer | undefined;
}
