import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerView } from '../resolvers/customer-view.ts';
import type { DecisionEvidence } from '../../app/decisions/evidence/decision-evidence.ts';
import type { ReleaseView } from '../resolvers/release.ts';
import type { ShelvedRelease } from '../../app/releases/release-shelf.ts';
import type { RequestContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar day of the bank: `2026-11-24`. */
  BusinessDate: { input: string; output: string; }
  /** An ISO 4217 code: `EUR`. */
  CurrencyCode: { input: string; output: string; }
  /** A decimal number written as text, so that no digit is lost: `50000.00`. */
  Decimal: { input: string; output: string; }
  /** A span of days, hours, minutes or seconds: `PT30S`, `PT10M`, `PT24H`, `P1D`. */
  Duration: { input: number; output: number; }
  /** A UTC instant: `2026-11-24T09:30:00.000Z`. */
  Instant: { input: string; output: string; }
  /** Any JSON value: facts differ in type. */
  JSON: { input: unknown; output: unknown; }
};

/** A thing the bank can do for a customer. */
export type Action = {
  readonly __typename?: 'Action';
  /** The channels it can be presented in. */
  readonly channels: ReadonlyArray<Channel>;
  /** What it is. */
  readonly description: Scalars['String']['output'];
  /** Its group. */
  readonly group: Scalars['String']['output'];
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /** Its issue. */
  readonly issue: Scalars['String']['output'];
  /** Why contact is lawful. */
  readonly legalBasis: Scalars['String']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Who answers for it. */
  readonly owner: Scalars['String']['output'];
  /** LOW, MEDIUM or HIGH. */
  readonly productRisk: Scalars['String']['output'];
  /** FOREST or PRIOR. */
  readonly propensityKind: Scalars['String']['output'];
  /** MARKETING, SERVICE or REGULATORY. */
  readonly purpose: Scalars['String']['output'];
};

/** An action by name. */
export type ActionSummary = {
  readonly __typename?: 'ActionSummary';
  /** Its group. */
  readonly group: Scalars['String']['output'];
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /** Its issue. */
  readonly issue: Scalars['String']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** MARKETING, SERVICE or REGULATORY. */
  readonly purpose: Scalars['String']['output'];
};

/** A release put in force. */
export type Activation = {
  readonly __typename?: 'Activation';
  /** When. */
  readonly activatedAt: Scalars['Instant']['output'];
  /** By whom. */
  readonly activatedBy: Scalars['String']['output'];
  /** Until when; null while in force. */
  readonly endedAt: Maybe<Scalars['Instant']['output']>;
};

/** An account, deposit, loan, card, investment or policy. */
export type Arrangement = {
  readonly __typename?: 'Arrangement';
  /** The number that the customer and other banks know it by: an account's, or a card's. */
  readonly accountNumber: Maybe<Scalars['String']['output']>;
  /** Amount past due. */
  readonly arrears: Maybe<Money>;
  /** What could be spent by that balance, where the bank tells it; facts count the balance itself. */
  readonly available: Maybe<Money>;
  /** Latest balance known: positive is the customer's, negative is owed. */
  readonly balance: Maybe<Money>;
  /** Last day. */
  readonly closedOn: Maybe<Scalars['BusinessDate']['output']>;
  /** Days past due. */
  readonly daysPastDue: Maybe<Scalars['Int']['output']>;
  /** The bank's own number. */
  readonly id: Scalars['ID']['output'];
  /** Regular payment. */
  readonly instalment: Maybe<Money>;
  /** CURRENT_ACCOUNT, SAVINGS_ACCOUNT, TERM_DEPOSIT, CARD, LOAN and so on. */
  readonly kind: Scalars['String']['output'];
  /** Credit limit. */
  readonly limit: Maybe<Money>;
  /** Day of maturity. */
  readonly maturesOn: Maybe<Scalars['BusinessDate']['output']>;
  /** First day. */
  readonly openedOn: Scalars['BusinessDate']['output'];
  /** Amount lent or deposited at the start. */
  readonly principal: Maybe<Money>;
  /** What the core books. */
  readonly product: Scalars['String']['output'];
  /** Yearly rate as a share: `0.0590`. */
  readonly rate: Maybe<Scalars['Decimal']['output']>;
  /** OWNER, JOINT, AUTHORISED, GUARANTOR or SIGNATORY. */
  readonly role: Scalars['String']['output'];
  /** How it stands. */
  readonly status: ArrangementStatus;
};

/** How an arrangement stands. */
export type ArrangementStatus =
  /** Held, and barred: no balance of it counts as money at hand. */
  | 'BLOCKED'
  /** Ended. */
  | 'CLOSED'
  /** Held, and not used for long. */
  | 'DORMANT'
  /** Held, with a payment due. */
  | 'IN_ARREARS'
  /** In use. */
  | 'OPEN'
  /** Asked for or being set up: it is neither held nor not held. */
  | 'PENDING'
  /** The bank expects no more payment; it is owed still, also once it is closed. */
  | 'WRITTEN_OFF';

/** What the customer holds. */
export type Arrangements = {
  readonly __typename?: 'Arrangements';
  /** Each arrangement once, oldest first. */
  readonly items: ReadonlyArray<Arrangement>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** Contacts and responses. */
export type CampaignHistory = {
  readonly __typename?: 'CampaignHistory';
  /** Newest first. */
  readonly items: ReadonlyArray<Contact>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** An action that was considered. */
export type Candidate = {
  readonly __typename?: 'Candidate';
  /** The action. */
  readonly action: ActionSummary;
  /** Who must agree first. */
  readonly approval: Maybe<Scalars['String']['output']>;
  /** Their product. */
  readonly expectedValue: Maybe<Money>;
  /** The four factors. */
  readonly factors: Maybe<Factors>;
  /** SURFACED, RANKED or WITHHELD. */
  readonly outcome: Scalars['String']['output'];
  /** Score and its basis. */
  readonly propensity: Maybe<Propensity>;
  /** Place over all that reached arbitration. */
  readonly rank: Maybe<Scalars['Int']['output']>;
  /** The reason. */
  readonly reason: Maybe<NoAction>;
  /** What moved the score, and the rules that changed the candidate. */
  readonly reasons: ReadonlyArray<Reason>;
  /** The rule that withheld it. */
  readonly rule: Maybe<Scalars['String']['output']>;
  /** The facts the deciding verdict read, by name. */
  readonly seen: Maybe<Scalars['JSON']['output']>;
  /** Chance it had of being surfaced, in parts per million. */
  readonly selectionProbabilityPpm: Maybe<Scalars['Int']['output']>;
  /** The stage that withheld it. */
  readonly stage: Maybe<Scalars['String']['output']>;
  /** What might have been agreed. */
  readonly terms: Maybe<Terms>;
  /** The treatment, where one fits. */
  readonly treatment: Maybe<Scalars['ID']['output']>;
  /** True when it would have been surfaced but for the control group. */
  readonly wouldHaveSurfaced: Scalars['Boolean']['output'];
};

/** Money in and out, in the reporting currency. */
export type CashFlow = {
  readonly __typename?: 'CashFlow';
  /**
   * False when for one of the accounts a day of its life in these months is not covered by what the
   * bank handed over, or a currency has no rate: the sums are then too low.
   */
  readonly covered: Scalars['Boolean']['output'];
  /** One row a calendar month, oldest first. */
  readonly months: ReadonlyArray<CashFlowMonth>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** One calendar month. */
export type CashFlowMonth = {
  readonly __typename?: 'CashFlowMonth';
  /** Sum of credits, the customer's share of joint accounts. */
  readonly in: Money;
  /** Its first day. */
  readonly month: Scalars['BusinessDate']['output'];
  /** Sum of debits, as a positive amount, the customer's share of joint accounts. */
  readonly out: Money;
};

/** Where a treatment is presented. */
export type Channel =
  /** A person at a console speaks with the customer. */
  | 'AGENT'
  /** A branch. */
  | 'BRANCH'
  /** Electronic mail. */
  | 'EMAIL'
  /** A letter. */
  | 'MAIL'
  /** The bank's mobile application. */
  | 'MOBILE'
  /** A call by the bank. */
  | 'PHONE'
  /** A text message. */
  | 'SMS'
  /** The bank's web site. */
  | 'WEB';

/** A permission given, withdrawn or objected. */
export type Consent = {
  readonly __typename?: 'Consent';
  /** A channel, or ANY. */
  readonly channel: Scalars['String']['output'];
  /** Since when. */
  readonly effectiveAt: Scalars['Instant']['output'];
  /** How it was given. */
  readonly evidence: Maybe<Scalars['String']['output']>;
  /** Until when. */
  readonly expiresOn: Maybe<Scalars['BusinessDate']['output']>;
  /** MARKETING or PROFILING. */
  readonly purpose: Scalars['String']['output'];
  /** GIVEN, WITHDRAWN or OBJECTED. */
  readonly state: Scalars['String']['output'];
};

/** Permissions. */
export type Consents = {
  readonly __typename?: 'Consents';
  /**
   * Those that a decision made now rests on: by purpose and channel the one in effect, and those to
   * come. A no to come counts already, a yes from its day on.
   */
  readonly items: ReadonlyArray<Consent>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** A treatment that was presented. */
export type Contact = {
  readonly __typename?: 'Contact';
  /** The action. */
  readonly action: Scalars['String']['output'];
  /** Where. */
  readonly channel: Channel;
  /** When. */
  readonly presentedAt: Scalars['Instant']['output'];
  /** When the customer answered. */
  readonly respondedAt: Maybe<Scalars['Instant']['output']>;
  /** ACCEPTED, DECLINED or COMPLAINED; null without an answer. */
  readonly response: Maybe<Scalars['String']['output']>;
};

/** An application for credit. */
export type CreditApplication = {
  readonly __typename?: 'CreditApplication';
  /** What was asked for, where the bank says it. */
  readonly amount: Maybe<Money>;
  /** The day of the application. */
  readonly appliedOn: Scalars['BusinessDate']['output'];
  /** What kind of product the bank would open: `LOAN`, `MORTGAGE`, `CARD`, ... */
  readonly kind: Scalars['String']['output'];
  /** What became of it. */
  readonly state: CreditApplicationState;
  /** Since when it is in this state. */
  readonly stateSince: Scalars['BusinessDate']['output'];
};

/** What became of an application for credit. */
export type CreditApplicationState =
  /** The bank is willing to lend. */
  | 'APPROVED'
  /** The bank is not willing to lend. */
  | 'DECLINED'
  /** Nobody has decided it yet. */
  | 'OPEN'
  /** The customer has taken it back. */
  | 'WITHDRAWN';

/** What the customer has asked to be lent. */
export type CreditApplications = {
  readonly __typename?: 'CreditApplications';
  /** The newest first. */
  readonly items: ReadonlyArray<CreditApplication>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** The assembled view of one customer. A part that fails is null, with a typed error at its path. */
export type Customer360 = {
  readonly __typename?: 'Customer360';
  /** Accounts, deposits, loans, cards, investments and policies with the customer's role. */
  readonly arrangements: Maybe<Arrangements>;
  /** The bank's working day this view belongs to. */
  readonly businessDate: Scalars['BusinessDate']['output'];
  /** What was presented before and what came of it, newest first. */
  readonly campaignHistory: Maybe<CampaignHistory>;
  /**
   * Money in and out of the current accounts over the last months, in the reporting currency. As in
   * the facts, a joint account counts by the customer's share: its sum divided by its holders.
   */
  readonly cashFlow: Maybe<CashFlow>;
  /** Permissions by purpose and channel as they stand; always the person's own. */
  readonly consents: Maybe<Consents>;
  /** What the customer has asked to be lent, newest first, and what became of it. */
  readonly creditApplications: Maybe<CreditApplications>;
  /** What the customer saves or plans for. */
  readonly goals: Maybe<Goals>;
  /** States that stop all contact or marketing. */
  readonly holds: Maybe<Holds>;
  /** The parties grouped with the customer for value, never for consent. */
  readonly household: Maybe<Household>;
  /** The bank's own customer number. */
  readonly id: Scalars['ID']['output'];
  /** Conversations with their coded intents, newest first. */
  readonly interactions: Maybe<Interactions>;
  /**
   * The numbers that live on in this one: what is recorded under them is the customer's too. In order
   * of the numbers; null where that cannot be told.
   */
  readonly mergedIds: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  /** Who the customer is. */
  readonly profile: Maybe<Profile>;
  /** What the relationship is worth to the bank. */
  readonly relationshipValue: Maybe<RelationshipValue>;
  /** Postings, newest first. */
  readonly transactions: Maybe<Transactions>;
};


/** The assembled view of one customer. A part that fails is null, with a typed error at its path. */
export type Customer360CashFlowArgs = {
  months?: InputMaybe<Scalars['Int']['input']>;
};


/** The assembled view of one customer. A part that fails is null, with a typed error at its path. */
export type Customer360TransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TransactionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A customer, or why there is none to show. */
export type Customer360Result = Customer360 | InvalidArgument | MergedCustomer | NotInBook | UnknownCustomer;

/** A page of customers. */
export type CustomerConnection = {
  readonly __typename?: 'CustomerConnection';
  /** The customers of this page. */
  readonly edges: ReadonlyArray<CustomerEdge>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A customer in a page. */
export type CustomerEdge = {
  readonly __typename?: 'CustomerEdge';
  /** Pass it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The customer. */
  readonly node: Customer360;
};

/** Narrows the customer master; all members must match. */
export type CustomerFilter = {
  /** A prefix of the customer number. */
  readonly idPrefix?: InputMaybe<Scalars['String']['input']>;
  /** Persons or organisations. */
  readonly kind?: InputMaybe<PartyKind>;
  /** The bank's segment code. */
  readonly segment?: InputMaybe<Scalars['String']['input']>;
};

/** A page of customers, or what is wrong in the question. */
export type CustomersResult = CustomerConnection | InvalidArgument;

/** A decision on record: who, when, what was known, what was considered, why, under which release. */
export type Decision = {
  readonly __typename?: 'Decision';
  /** The answer that was given. */
  readonly answer: NextBestActions;
  /** Who asked. */
  readonly caller: Scalars['String']['output'];
  /** Every action that was considered, with the deciding verdict. */
  readonly candidates: ReadonlyArray<Candidate>;
  /** Where the action would be presented. */
  readonly channel: Channel;
  /** The bank's own customer number. */
  readonly customerId: Scalars['ID']['output'];
  /** When. */
  readonly decidedAt: Scalars['Instant']['output'];
  /** Whether what was known is still there to read; where it is not, `facts` and `trace` are null. */
  readonly evidence: Evidence;
  /** What was known: every fact with where it came from; null where `evidence` is not READ. */
  readonly facts: Maybe<ReadonlyArray<KnownFact>>;
  /** Its id; ids sort by time. */
  readonly id: Scalars['ID']['output'];
  /** Consents, holds, contacts and context at that moment, as stored. */
  readonly liveState: Scalars['JSON']['output'];
  /** The slot. */
  readonly placement: Maybe<Scalars['String']['output']>;
  /** The release it was decided under. */
  readonly release: Release;
  /** Every verdict of every rule, decided again; null where `evidence` is not READ. */
  readonly trace: Maybe<ReadonlyArray<Verdict>>;
  /** What caused it. */
  readonly trigger: Trigger;
};


/** A decision on record: who, when, what was known, what was considered, why, under which release. */
export type DecisionTraceArgs = {
  action?: InputMaybe<Scalars['ID']['input']>;
};

/** A page of decisions, or what is wrong in the question. */
export type DecisionAuditResult = DecisionConnection | InvalidArgument;

/** A page of decisions. */
export type DecisionConnection = {
  readonly __typename?: 'DecisionConnection';
  /** The decisions of this page. */
  readonly edges: ReadonlyArray<DecisionEdge>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A decision in a page. */
export type DecisionEdge = {
  readonly __typename?: 'DecisionEdge';
  /** Pass it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The decision; null where it cannot be shown. */
  readonly node: Maybe<Decision>;
  /** What is left of a decision that cannot be shown; null where `node` is not. */
  readonly unreadable: Maybe<UnreadableDecision>;
};

/** Narrows the audit; all members must match, and action, stage and rule for one candidate together. */
export type DecisionFilter = {
  /** An action that was considered. */
  readonly action?: InputMaybe<Scalars['ID']['input']>;
  /** The bank's own customer number. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Decided at or after. */
  readonly from?: InputMaybe<Scalars['Instant']['input']>;
  /** Whether something was surfaced. */
  readonly outcome?: InputMaybe<Outcome>;
  /** The release's digest. */
  readonly release?: InputMaybe<Scalars['ID']['input']>;
  /** The rule that withheld or changed it. */
  readonly rule?: InputMaybe<Scalars['ID']['input']>;
  /** The stage that withheld it; RANK for what was outranked, SURFACED for what was not withheld. */
  readonly stage?: InputMaybe<Stage>;
  /** Decided at or before. */
  readonly to?: InputMaybe<Scalars['Instant']['input']>;
  /** What kind of thing caused it. */
  readonly trigger?: InputMaybe<TriggerKind>;
};

/** A decision, or why there is none to show. */
export type DecisionResult = Decision | InvalidArgument | UnknownDecision | UnreadableDecision;

/** A declared loss of quality. */
export type Degradation = {
  readonly __typename?: 'Degradation';
  /** The facts that were unavailable for it. */
  readonly facts: ReadonlyArray<Scalars['String']['output']>;
  /**
   * SOURCE_DOWN, STALE, NOT_COVERED or NO_RATE. OVERDUE: a live core did not tell anew in time, and
   * what it told before still counts.
   */
  readonly failure: Scalars['String']['output'];
  /** The part of Customer360. */
  readonly part: Scalars['String']['output'];
};

/**
 * What is left of the facts a decision rests on. Who asked, when, the release, the outcome and each
 * candidate's deciding verdict stand whatever becomes of the facts.
 */
export type Evidence =
  /** The customer was erased, and the facts with it. */
  | 'ERASED'
  /** The facts are as they were. */
  | 'READ'
  /** The stored facts are spoilt, or were written by a newer program: restore them from a backup. */
  | 'UNREADABLE';

/** The facts that the decision rests on are lost; the decision itself stands. */
export type EvidenceLost = Refusal & {
  readonly __typename?: 'EvidenceLost';
  /** ERASED or UNREADABLE. */
  readonly cause: Scalars['String']['output'];
  /** `EVIDENCE_LOST`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** SHAP values of a decision's scores, or why there are none. */
export type ExplainDecisionResult = EvidenceLost | ExplainerBusy | InvalidArgument | NotScored | ReleaseMissing | ScoreExplanations | UnknownDecision | UnreadableDecision;

/** So many explanations wait that no more are taken, lest they hold up decisions. */
export type ExplainerBusy = Refusal & {
  readonly __typename?: 'ExplainerBusy';
  /** `EXPLAINER_BUSY`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** A declared fact. */
export type Fact = {
  readonly __typename?: 'Fact';
  /** What it means. */
  readonly description: Scalars['String']['output'];
  /** Its name. */
  readonly name: Scalars['ID']['output'];
  /** SHEET, LIVE, COMPUTED or CONTEXT. */
  readonly origin: Scalars['String']['output'];
  /** What it may be used for. */
  readonly permittedUses: ReadonlyArray<Scalars['String']['output']>;
  /** The parts of Customer360 it is derived from. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** integer, money, ratio, boolean, code, codes or date. */
  readonly type: Scalars['String']['output'];
  /** Unit of a number. */
  readonly unit: Maybe<Scalars['String']['output']>;
  /** All values a code may take; empty for other types. */
  readonly values: ReadonlyArray<Scalars['String']['output']>;
};

/** What one fact, as it was known then, added to a score. */
export type FactContribution = {
  readonly __typename?: 'FactContribution';
  /** What it added, in parts per million, summed over the trees. */
  readonly contribution: Scalars['Int']['output'];
  /** What it means. */
  readonly label: Scalars['String']['output'];
  /** False for a fact whose permitted uses exclude telling it to the customer as a reason. */
  readonly mayBeTold: Scalars['Boolean']['output'];
  /** Its name. */
  readonly name: Scalars['ID']['output'];
  /** On which side of the action it stands. */
  readonly speaks: Side;
  /** PRESENT, NOT_APPLICABLE or UNAVAILABLE. */
  readonly state: Maybe<Scalars['String']['output']>;
  /** Its value; null unless present. */
  readonly value: Maybe<Scalars['JSON']['output']>;
  /** What it says of the customer, in words. */
  readonly words: Scalars['String']['output'];
};

/** A system that fed a part from which a fact was derived. */
export type FactSource = {
  readonly __typename?: 'FactSource';
  /** When it was read. */
  readonly fetchedAt: Maybe<Scalars['Instant']['output']>;
  /** The part of Customer360. */
  readonly part: Scalars['String']['output'];
  /** The system; null when the part failed. */
  readonly system: Maybe<Scalars['String']['output']>;
  /** The system's watermark for this customer and part. */
  readonly version: Maybe<Scalars['Int']['output']>;
};

/** The four factors of an expected value. */
export type Factors = {
  readonly __typename?: 'Factors';
  /** Weight of the moment. */
  readonly context: Scalars['Decimal']['output'];
  /** Declared business weight. */
  readonly lever: Scalars['Decimal']['output'];
  /** Calibrated probability. */
  readonly propensity: Scalars['Decimal']['output'];
  /** Worth of one acceptance. */
  readonly value: Money;
};

/** A random forest in a release. */
export type Forest = {
  readonly __typename?: 'Forest';
  /** Its passport: target, window, rows, features, quality, permitted uses, owner. */
  readonly card: Scalars['JSON']['output'];
  /** Digest of its bytes. */
  readonly digest: Scalars['ID']['output'];
  /** Its id. */
  readonly id: Scalars['ID']['output'];
};

/** Age against its limit. */
export type Freshness =
  /** Within the limit. */
  | 'FRESH'
  /** Older than the limit: facts from it are unavailable. */
  | 'STALE'
  /** It has not told all of this customer: the part lacks it, and facts from the part are unavailable. */
  | 'UNAVAILABLE';

/** A plan. */
export type Goal = {
  readonly __typename?: 'Goal';
  /** Coded kind. */
  readonly kind: Scalars['String']['output'];
  /** Share reached. */
  readonly progress: Maybe<Scalars['Decimal']['output']>;
  /** What is needed. */
  readonly target: Maybe<Money>;
  /** By when. */
  readonly targetOn: Maybe<Scalars['BusinessDate']['output']>;
};

/** Plans. */
export type Goals = {
  readonly __typename?: 'Goals';
  /** By target date. */
  readonly items: ReadonlyArray<Goal>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** A state that stops all contact or marketing. */
export type Hold = {
  readonly __typename?: 'Hold';
  /** Until when. */
  readonly endsOn: Maybe<Scalars['BusinessDate']['output']>;
  /** DECEASED, FRAUD, COLLECTIONS or VULNERABLE. */
  readonly kind: Scalars['String']['output'];
  /** Since when. */
  readonly startsOn: Scalars['BusinessDate']['output'];
};

/** States of the party. */
export type Holds = {
  readonly __typename?: 'Holds';
  /** Those that a decision made now rests on: all that have not ended, and so those to come. */
  readonly items: ReadonlyArray<Hold>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** The parties grouped with the customer. */
export type Household = {
  readonly __typename?: 'Household';
  /** The members, the customer among them; empty for a single customer. */
  readonly members: ReadonlyArray<HouseholdMember>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** A party of a household. */
export type HouseholdMember = {
  readonly __typename?: 'HouseholdMember';
  /** The member's customer number. */
  readonly customerId: Scalars['ID']['output'];
  /** HEAD, PARTNER, CHILD or OTHER. */
  readonly member: Scalars['String']['output'];
};

/** A conversation. */
export type Interaction = {
  readonly __typename?: 'Interaction';
  /** Where. */
  readonly channel: Channel;
  /** Coded intent. */
  readonly intent: Scalars['String']['output'];
  /** When. */
  readonly occurredAt: Scalars['Instant']['output'];
};

/** Conversations. */
export type Interactions = {
  readonly __typename?: 'Interactions';
  /** Newest first. */
  readonly items: ReadonlyArray<Interaction>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** An argument is malformed or out of range. */
export type InvalidArgument = Refusal & {
  readonly __typename?: 'InvalidArgument';
  /** The argument, with a path into it: `context.intent`. */
  readonly argument: Scalars['String']['output'];
  /** `INVALID_ARGUMENT`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** A fact as it was known. */
export type KnownFact = {
  readonly __typename?: 'KnownFact';
  /** Why it was unavailable. */
  readonly cause: Maybe<Scalars['String']['output']>;
  /** The parts it was derived from, one entry a system that fed the part. */
  readonly lineage: ReadonlyArray<FactSource>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** PRESENT, NOT_APPLICABLE or UNAVAILABLE. */
  readonly state: Scalars['String']['output'];
  /** Its value; null unless present. */
  readonly value: Maybe<Scalars['JSON']['output']>;
};

/** The number lives on in another one, in which all that is known of the customer is found. */
export type MergedCustomer = Refusal & {
  readonly __typename?: 'MergedCustomer';
  /** `MERGED_CUSTOMER`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
  /** The number to ask by. */
  readonly survivorId: Scalars['ID']['output'];
};

/** An amount of money. */
export type Money = {
  readonly __typename?: 'Money';
  /** The amount, with the currency's own number of decimals. */
  readonly amount: Scalars['Decimal']['output'];
  /** The currency it is in. */
  readonly currency: Scalars['CurrencyCode']['output'];
};

/** The answer to what is best to do next. */
export type NextBestActions = {
  readonly __typename?: 'NextBestActions';
  /** The surfaced actions, best first. */
  readonly actions: ReadonlyArray<RankedAction>;
  /** The experimental group. */
  readonly arm: Scalars['String']['output'];
  /** The bank's working day. */
  readonly businessDate: Scalars['BusinessDate']['output'];
  /** When it was decided. */
  readonly decidedAt: Scalars['Instant']['output'];
  /** The decision on record. */
  readonly decisionId: Scalars['ID']['output'];
  /** What could not be read, and what that cost. */
  readonly degradations: ReadonlyArray<Degradation>;
  /** The newest moment the facts were read at; null for a past decision whose facts are lost. */
  readonly factsAsOf: Maybe<Scalars['Instant']['output']>;
  /** Why nothing was; null when something was. */
  readonly noAction: Maybe<NoAction>;
  /** Whether something was surfaced. */
  readonly outcome: Outcome;
  /** Digest of the release it was decided under. */
  readonly release: Scalars['ID']['output'];
  /** Every action that was not surfaced, with the stage and the reason. */
  readonly withheld: ReadonlyArray<WithheldAction>;
};

/** The recorded answer, or why nothing was decided. */
export type NextBestActionsResult = InvalidArgument | MergedCustomer | NextBestActions | NoActiveRelease | NotInBook | RequestConflict | UnknownCustomer;

/** A reason: of a rule, of a withheld action, or of the recorded decision to do nothing. */
export type NoAction = {
  readonly __typename?: 'NoAction';
  /** Coded reason. */
  readonly code: Scalars['String']['output'];
  /** The reason in words. */
  readonly text: Scalars['String']['output'];
};

/** No release is in force, so nothing may be decided. */
export type NoActiveRelease = Refusal & {
  readonly __typename?: 'NoActiveRelease';
  /** `NO_ACTIVE_RELEASE`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/**
 * The viewer's book has no such customer. The bank may have one or not: whoever has a book learns
 * nothing of who is outside it.
 */
export type NotInBook = Refusal & {
  readonly __typename?: 'NotInBook';
  /** `NOT_IN_BOOK`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** Nothing that the decision surfaced was scored by a forest. */
export type NotScored = Refusal & {
  readonly __typename?: 'NotScored';
  /** `NOT_SCORED`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** ACTIONS when something was surfaced. */
export type Outcome =
  /** At least one action was surfaced. */
  | 'ACTIONS'
  /** Doing nothing is a decision too; its reason is beside it. */
  | 'NO_ACTION';

/** Where a list ends, and whether more follows. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Pass it as `after` to go on; null on an empty page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  /** True when a later page has more. */
  readonly hasNextPage: Scalars['Boolean']['output'];
};

/** A system that a part came from, and how old its world is. */
export type PartSource = {
  readonly __typename?: 'PartSource';
  /** Until when the system itself knew the world; of one that never answered, when it was connected. */
  readonly asOf: Scalars['Instant']['output'];
  /** When it was read. */
  readonly fetchedAt: Scalars['Instant']['output'];
  /** STALE when older than the release in force allows, UNAVAILABLE when it did not tell all. */
  readonly freshness: Freshness;
  /** The system that answered. */
  readonly system: Scalars['String']['output'];
  /** The system's watermark for this customer and part; it only grows. */
  readonly version: Scalars['Int']['output'];
};

/** A person or an organisation. */
export type PartyKind =
  /** A company, a trader or an association. */
  | 'ORGANISATION'
  /** A natural person. */
  | 'PERSON';

/** Who the customer is. */
export type Profile = {
  readonly __typename?: 'Profile';
  /** Day of birth of a person. */
  readonly birthDate: Maybe<Scalars['BusinessDate']['output']>;
  /** Town of residence. */
  readonly city: Maybe<Scalars['String']['output']>;
  /** Since when the party is a customer. */
  readonly customerSince: Maybe<Scalars['BusinessDate']['output']>;
  /** The name to address the customer by. */
  readonly displayName: Maybe<Scalars['String']['output']>;
  /** Electronic mail address. */
  readonly email: Maybe<Scalars['String']['output']>;
  /** Coded employment status. */
  readonly employment: Maybe<Scalars['String']['output']>;
  /** When the identity document expires. */
  readonly identityExpiresOn: Maybe<Scalars['BusinessDate']['output']>;
  /** A person or an organisation. */
  readonly kind: PartyKind;
  /** Preferred language, ISO 639-1. */
  readonly language: Maybe<Scalars['String']['output']>;
  /** Telephone number. */
  readonly phone: Maybe<Scalars['String']['output']>;
  /** The region's name. */
  readonly region: Maybe<Scalars['String']['output']>;
  /** Country of residence, ISO 3166-1. */
  readonly residenceCountry: Maybe<Scalars['String']['output']>;
  /** The bank's segment code. */
  readonly segment: Maybe<Scalars['String']['output']>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** How likely an action is taken. */
export type Propensity = {
  readonly __typename?: 'Propensity';
  /** FOREST, PRIOR, UNSCORED_MISSING or UNSCORED_OBJECTION. */
  readonly basis: Scalars['String']['output'];
  /** Calibrated probability. */
  readonly calibrated: Scalars['Decimal']['output'];
  /** The forest; null when there is none. */
  readonly model: Maybe<Scalars['ID']['output']>;
  /** The forest's own score; null when there is none. */
  readonly raw: Maybe<Scalars['Decimal']['output']>;
};

/** Everything that can be asked; it is asked by POST, since some answers are recorded. */
export type Query = {
  readonly __typename?: 'Query';
  /** The actions of the release in force. */
  readonly actions: ReadonlyArray<Action>;
  /** The release in force; null before the first activation. */
  readonly activeRelease: Maybe<Release>;
  /** The assembled view of one customer; each part fails alone. */
  readonly customer360: Customer360Result;
  /** The customer master, in order of customer number. */
  readonly customers: CustomersResult;
  /** One decision with all its evidence. */
  readonly decision: DecisionResult;
  /** Decisions, newest first. */
  readonly decisionAudit: DecisionAuditResult;
  /**
   * SHAP values of the forest scores of what a decision surfaced, worked out on demand from the
   * facts and forests of then. They are not the path contributions in `reasons`: never mix both.
   */
  readonly explainDecision: ExplainDecisionResult;
  /** The feature catalogue of the release in force. */
  readonly facts: ReadonlyArray<Fact>;
  /**
   * Decides what is best to do next for a customer, and records the decision before answering. The
   * same selections in one operation decide once.
   */
  readonly nextBestActions: NextBestActionsResult;
  /** Every release, newest first. */
  readonly releases: ReadonlyArray<Release>;
  /** Decides a stored decision again under its own release and compares every byte. */
  readonly replayDecision: ReplayDecisionResult;
  /** The rules of a release: of the one in force when no digest is given. */
  readonly ruleSet: RuleSetResult;
};


/** Everything that can be asked; it is asked by POST, since some answers are recorded. */
export type QueryCustomer360Args = {
  id: Scalars['ID']['input'];
};


/** Everything that can be asked; it is asked by POST, since some answers are recorded. */
export type QueryCustomersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CustomerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be asked; it is asked by POST, since some answers are recorded. */
export type QueryDecisionArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be asked; it is asked by POST, since some answers are recorded. */
export type QueryDecisionAuditArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DecisionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be asked; it is asked by POST, since some answers are recorded. */
export type QueryExplainDecisionArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be asked; it is asked by POST, since some answers are recorded. */
export type QueryNextBestActionsArgs = {
  channel: Channel;
  context?: InputMaybe<Scalars['JSON']['input']>;
  customerId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  placement?: InputMaybe<Scalars['String']['input']>;
  requestId?: InputMaybe<Scalars['ID']['input']>;
  reuseWithin?: InputMaybe<Scalars['Duration']['input']>;
};


/** Everything that can be asked; it is asked by POST, since some answers are recorded. */
export type QueryReplayDecisionArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be asked; it is asked by POST, since some answers are recorded. */
export type QueryRuleSetArgs = {
  release?: InputMaybe<Scalars['ID']['input']>;
};

/** A surfaced action. */
export type RankedAction = {
  readonly __typename?: 'RankedAction';
  /** The action. */
  readonly action: ActionSummary;
  /** Who must agree first; NONE when nobody. */
  readonly approval: Scalars['String']['output'];
  /** Propensity × context × value × lever. */
  readonly expectedValue: Money;
  /** The last day of the offer. */
  readonly expiresOn: Scalars['BusinessDate']['output'];
  /** The four factors of the expected value. */
  readonly factors: Factors;
  /** True when it may be presented now. */
  readonly presentable: Scalars['Boolean']['output'];
  /** How likely it is taken. */
  readonly propensity: Propensity;
  /** 1 is best. */
  readonly rank: Scalars['Int']['output'];
  /** Why, in words: what moved the score, then the rules that changed the terms. */
  readonly reasons: ReadonlyArray<Reason>;
  /** Chance it had of being surfaced, in parts per million. */
  readonly selectionProbabilityPpm: Scalars['Int']['output'];
  /** What may be agreed. */
  readonly terms: Terms;
  /** How it is presented here. */
  readonly treatment: TreatmentSummary;
  /** Worth of one acceptance to the bank. */
  readonly value: Money;
};

/** A cause in words. */
export type Reason = {
  readonly __typename?: 'Reason';
  /** A fact's name or a reason code. */
  readonly code: Scalars['String']['output'];
  /** What it added to the score, in parts per million; null for a rule. */
  readonly contributionPpm: Maybe<Scalars['Int']['output']>;
  /** PATH for what moved a score, RULE for a rule. */
  readonly method: Scalars['String']['output'];
  /** Whether the fact raised the action's score or lowered it; null for a rule. */
  readonly speaks: Maybe<Side>;
  /** In words. */
  readonly text: Scalars['String']['output'];
};

/** What every refusal says. */
export type Refusal = {
  /** A stable code to program against. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** What the relationship is worth. */
export type RelationshipValue = {
  readonly __typename?: 'RelationshipValue';
  /** Margin of the last twelve months. */
  readonly margin: Maybe<Money>;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
  /** BASIC, PLUS, PREMIUM or PRIVATE. */
  readonly tier: Maybe<Scalars['String']['output']>;
};

/** Everything behaviour hangs on, immutable, named by its digest. */
export type Release = {
  readonly __typename?: 'Release';
  /** When it was put in force and by whom, newest first. */
  readonly activations: ReadonlyArray<Activation>;
  /** True for the one in force. */
  readonly active: Scalars['Boolean']['output'];
  /** When it was built. */
  readonly builtAt: Scalars['Instant']['output'];
  /** By whom. */
  readonly builtBy: Scalars['String']['output'];
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: Scalars['ID']['output'];
  /** Version of the engine's behaviour. */
  readonly engineVersion: Scalars['Int']['output'];
  /** Its forests. */
  readonly forests: ReadonlyArray<Forest>;
  /** Name of its rule set. */
  readonly ruleSetName: Scalars['String']['output'];
  /** Version of its rule set. */
  readonly semver: Scalars['String']['output'];
};

/** The release that decided, or a forest of it, is no longer stored as it was. */
export type ReleaseMissing = Refusal & {
  readonly __typename?: 'ReleaseMissing';
  /** `RELEASE_MISSING`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** What deciding again showed. */
export type Replay = {
  readonly __typename?: 'Replay';
  /**
   * Null unless UNREPLAYABLE. ENGINE_RETIRED: that engine is not kept any more. RELEASE_MISSING: the
   * release or a forest of it is not stored. RELEASE_ALTERED: what is stored of it no longer has its
   * digest. ERASED or UNREADABLE: the facts are lost, or the decision cannot be read.
   */
  readonly cause: Maybe<Scalars['String']['output']>;
  /** The decision. */
  readonly decisionId: Scalars['ID']['output'];
  /** Where it differs, as JSON pointers; empty unless DIFFERENT. */
  readonly differences: ReadonlyArray<Scalars['String']['output']>;
  /** The engine version that decided again. */
  readonly engineVersion: Maybe<Scalars['Int']['output']>;
  /** The release it was decided under. */
  readonly release: Scalars['ID']['output'];
  /** IDENTICAL, DIFFERENT or UNREPLAYABLE. */
  readonly result: Scalars['String']['output'];
};

/** What deciding again showed, or why it could not be tried. */
export type ReplayDecisionResult = InvalidArgument | Replay | UnknownDecision;

/** The request id was used before with other arguments. */
export type RequestConflict = Refusal & {
  readonly __typename?: 'RequestConflict';
  /** `REQUEST_CONFLICT`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** What a caller is, taken from the verified token. */
export type Role =
  /** Looks after the customers of a book, and sees no others: an agent with a book. */
  | 'ADVISOR'
  /** Serves customers from a console. */
  | 'AGENT'
  /** Writes rules and looks at their effect; sees no personal data. */
  | 'ANALYST'
  /** Agrees to the terms of others: sees a decision's answer and its reasons, no contact data. */
  | 'APPROVER'
  /** Reads every decision and its evidence. */
  | 'AUDITOR'
  /** Answers for the forests: sees releases, rules, cards and scores, but not whose they are. */
  | 'MODEL_RISK'
  /** Keeps the service running: sees what is in force, and nothing of a customer. */
  | 'OPERATOR'
  /** Another system of the bank, acting by itself. */
  | 'SERVICE';

/** A business rule. */
export type Rule = {
  readonly __typename?: 'Rule';
  /** Whom it concerns: issue, group, action, treatment. */
  readonly appliesTo: Scalars['JSON']['output'];
  /** Its conditions, as json-rules-engine writes them. */
  readonly conditions: Scalars['JSON']['output'];
  /** What it does, per kind; null for eligibility and suppression. */
  readonly effect: Maybe<Scalars['JSON']['output']>;
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /** eligibility, suppression, pricing, bundle or approval. */
  readonly kind: Scalars['String']['output'];
  /** Who answers for it. */
  readonly owner: Scalars['String']['output'];
  /** The reason it gives. */
  readonly reason: NoAction;
};

/** The rules of a release. */
export type RuleSet = {
  readonly __typename?: 'RuleSet';
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Who answers for it. */
  readonly owner: Scalars['String']['output'];
  /** The release's digest. */
  readonly release: Scalars['ID']['output'];
  /** By id. */
  readonly rules: ReadonlyArray<Rule>;
  /** Its version. */
  readonly semver: Scalars['String']['output'];
};


/** The rules of a release. */
export type RuleSetRulesArgs = {
  kind?: InputMaybe<Scalars['String']['input']>;
};

/** A rule set, or why there is none to show. */
export type RuleSetResult = NoActiveRelease | RuleSet | UnknownRelease;

/** One score, taken apart: `base` and the facts' contributions add up to `sum` exactly. */
export type ScoreExplanation = {
  readonly __typename?: 'ScoreExplanation';
  /** The action. */
  readonly action: ActionSummary;
  /** What the forest says of nobody in particular, in the same unit. */
  readonly base: Scalars['Int']['output'];
  /** What each fact added, the weightiest first; facts that added nothing are left out. */
  readonly facts: ReadonlyArray<FactContribution>;
  /** The forest that scored it. */
  readonly forest: Scalars['ID']['output'];
  /** The forest's own score, before calibration: `sum` over the trees. */
  readonly raw: Scalars['Decimal']['output'];
  /** The score in parts per million, summed over the trees. */
  readonly sum: Scalars['Int']['output'];
  /** How many trees it has: `sum`, `base` and contributions are sums over them. */
  readonly trees: Scalars['Int']['output'];
};

/** SHAP values of the forest scores of what a decision surfaced. */
export type ScoreExplanations = {
  readonly __typename?: 'ScoreExplanations';
  /** What was surfaced, or masked by the control group, and scored by a forest; by rank. */
  readonly actions: ReadonlyArray<ScoreExplanation>;
  /** The decision. */
  readonly decisionId: Scalars['ID']['output'];
  /** SHAP: Shapley values of the forest, by linear TreeSHAP over the paths of its trees. */
  readonly method: Scalars['String']['output'];
  /** The release it was decided under. */
  readonly release: Scalars['ID']['output'];
};

/** On which side of an action a fact stands. */
export type Side =
  /** It lowered the score. */
  | 'AGAINST'
  /** It raised the score. */
  | 'FOR';

/** Where a candidate ended: the step that withheld it, or how it stood at the end. */
export type Stage =
  /** The least worth, or the draw of arms. */
  | 'ARBITRATION'
  /** The action is not in the catalogue of the moment. */
  | 'CATALOGUE'
  /** No legal basis, or no consent. */
  | 'CONSENT'
  /** A cap or a rest of the contact policy. */
  | 'CONTACT_POLICY'
  /** An eligibility rule. */
  | 'ELIGIBILITY'
  /** A hold of the customer. */
  | 'HOLD'
  /** Withheld by nothing and outranked. */
  | 'RANK'
  /** A suppression rule. */
  | 'SUPPRESSION'
  /** Surfaced. */
  | 'SURFACED';

/** What may be agreed; members that do not apply are null. */
export type Terms = {
  readonly __typename?: 'Terms';
  /** Amount to lend, deposit or insure. */
  readonly amount: Maybe<Money>;
  /** Fee after discounts. */
  readonly fee: Maybe<Money>;
  /** MONTH, YEAR or ONCE. */
  readonly feeEvery: Maybe<Scalars['String']['output']>;
  /** Regular payment. */
  readonly instalment: Maybe<Money>;
  /** Yearly rate as a share. */
  readonly rate: Maybe<Scalars['Decimal']['output']>;
  /** Discount already in the rate. */
  readonly rateDiscount: Maybe<Scalars['Decimal']['output']>;
  /** Months. */
  readonly termMonths: Maybe<Scalars['Int']['output']>;
};

/** A posting on an arrangement. */
export type Transaction = {
  readonly __typename?: 'Transaction';
  /** Credits positive, debits negative. */
  readonly amount: Money;
  /** The arrangement it was posted on. */
  readonly arrangementId: Scalars['ID']['output'];
  /** Coded category. */
  readonly category: Maybe<Scalars['String']['output']>;
  /** ISO 3166-1 country of the other side. */
  readonly country: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  readonly effectiveAt: Scalars['Instant']['output'];
  /** The bank's own number. */
  readonly id: Scalars['ID']['output'];
  /** The other side's name. */
  readonly merchant: Maybe<Scalars['String']['output']>;
  /** When the bank knew. */
  readonly recordedAt: Scalars['Instant']['output'];
};

/** A posting in a page. */
export type TransactionEdge = {
  readonly __typename?: 'TransactionEdge';
  /** Pass it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The posting. */
  readonly node: Transaction;
};

/** Narrows postings; all members must match. */
export type TransactionFilter = {
  /** One arrangement; for those only who read its number. */
  readonly arrangementId?: InputMaybe<Scalars['ID']['input']>;
  /** Coded category. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** ISO 3166-1 country of the counterparty. */
  readonly country?: InputMaybe<Scalars['String']['input']>;
  /** Effective on or after. */
  readonly from?: InputMaybe<Scalars['BusinessDate']['input']>;
  /** Effective on or before. */
  readonly to?: InputMaybe<Scalars['BusinessDate']['input']>;
};

/** A page of postings. */
export type Transactions = {
  readonly __typename?: 'Transactions';
  /** The postings of this page. */
  readonly edges: ReadonlyArray<TransactionEdge>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
  /** The systems that this part came from, by name. */
  readonly sources: ReadonlyArray<PartSource>;
};

/** A presentation in a channel. */
export type TreatmentSummary = {
  readonly __typename?: 'TreatmentSummary';
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /**
   * For AGENT and BRANCH what to do and say, in the bank's working language; elsewhere the words the
   * customer reads, in the customer's language or else the bank's default one.
   */
  readonly text: Scalars['String']['output'];
};

/**
 * What caused a decision, with the ids by which its cause is found again. An id is null where its
 * kind has none, and in decisions that engine 1 made.
 */
export type Trigger = {
  readonly __typename?: 'Trigger';
  /** BATCH: the campaign. */
  readonly campaignId: Maybe<Scalars['ID']['output']>;
  /** EVENT: the event's id at its source. */
  readonly eventId: Maybe<Scalars['ID']['output']>;
  /** EVENT: what happened, as its source declares kinds of events. */
  readonly eventKind: Maybe<Scalars['String']['output']>;
  /** SERVICE_INTERACTION: what the customer wants, as a code. */
  readonly intent: Maybe<Scalars['String']['output']>;
  /** SERVICE_INTERACTION: the interaction in which the customer is served. */
  readonly interactionId: Maybe<Scalars['ID']['output']>;
  /** What kind of thing it was; the ids below follow from it. */
  readonly kind: TriggerKind;
  /** JOURNEY: the slot that asked. */
  readonly placement: Maybe<Scalars['String']['output']>;
  /** BATCH: the run of the campaign. */
  readonly runId: Maybe<Scalars['ID']['output']>;
};

/** What kind of thing caused a decision. */
export type TriggerKind =
  /** A campaign ran. */
  | 'BATCH'
  /** Something happened to the customer. */
  | 'EVENT'
  /** A digital journey asked for one of its slots. */
  | 'JOURNEY'
  /** Somebody asked, at a desk or through a service. */
  | 'QUERY'
  /** The customer came to the bank with something. */
  | 'SERVICE_INTERACTION';

/** The bank has no such customer. */
export type UnknownCustomer = Refusal & {
  readonly __typename?: 'UnknownCustomer';
  /** `UNKNOWN_CUSTOMER`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** There is no such decision. */
export type UnknownDecision = Refusal & {
  readonly __typename?: 'UnknownDecision';
  /** `UNKNOWN_DECISION`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** There is no such release. */
export type UnknownRelease = Refusal & {
  readonly __typename?: 'UnknownRelease';
  /** `UNKNOWN_RELEASE`. */
  readonly code: Scalars['String']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** The decision is on record but cannot be shown: this is what still stands of it. */
export type UnreadableDecision = Refusal & {
  readonly __typename?: 'UnreadableDecision';
  /** Who asked. */
  readonly caller: Scalars['String']['output'];
  /**
   * UNREADABLE: its stored bytes are damaged, or were written by a newer program. RELEASE_MISSING:
   * the release that decided is not there, or is no longer what its digest names.
   */
  readonly cause: Scalars['String']['output'];
  /** `UNREADABLE_DECISION`. */
  readonly code: Scalars['String']['output'];
  /** The bank's own customer number. */
  readonly customerId: Scalars['ID']['output'];
  /** When. */
  readonly decidedAt: Scalars['Instant']['output'];
  /** Its id; ids sort by time. */
  readonly id: Scalars['ID']['output'];
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
  /** The digest of the release it was decided under. */
  readonly release: Scalars['ID']['output'];
};

/** One verdict of one rule. */
export type Verdict = {
  readonly __typename?: 'Verdict';
  /** The action it was given for. */
  readonly action: Scalars['ID']['output'];
  /** The rule. */
  readonly rule: Scalars['ID']['output'];
  /** The facts it read, by name. */
  readonly seen: Scalars['JSON']['output'];
  /** TRUE, FALSE or UNKNOWN. */
  readonly verdict: Scalars['String']['output'];
};

/** An action that was not surfaced, and why. */
export type WithheldAction = {
  readonly __typename?: 'WithheldAction';
  /** The action. */
  readonly action: ActionSummary;
  /** The facts whose absence withheld it. */
  readonly missingFacts: ReadonlyArray<Scalars['String']['output']>;
  /** The reason. */
  readonly reason: NoAction;
  /** The rule, cap or check that decided. */
  readonly rule: Scalars['String']['output'];
  /** CATALOGUE, HOLD, CONSENT, ELIGIBILITY, SUPPRESSION, CONTACT_POLICY, ARBITRATION, or RANK. */
  readonly stage: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  Customer360Result:
    | ( CustomerView )
    | ( InvalidArgument )
    | ( MergedCustomer )
    | ( NotInBook )
    | ( UnknownCustomer )
  ;
  CustomersResult:
    | ( Omit<CustomerConnection, 'edges'> & { edges: ReadonlyArray<_RefType['CustomerEdge']> } )
    | ( InvalidArgument )
  ;
  DecisionAuditResult:
    | ( Omit<DecisionConnection, 'edges'> & { edges: ReadonlyArray<_RefType['DecisionEdge']> } )
    | ( InvalidArgument )
  ;
  DecisionResult:
    | ( DecisionEvidence )
    | ( InvalidArgument )
    | ( UnknownDecision )
    | ( UnreadableDecision )
  ;
  ExplainDecisionResult:
    | ( EvidenceLost )
    | ( ExplainerBusy )
    | ( InvalidArgument )
    | ( NotScored )
    | ( ReleaseMissing )
    | ( ScoreExplanations )
    | ( UnknownDecision )
    | ( UnreadableDecision )
  ;
  NextBestActionsResult:
    | ( InvalidArgument )
    | ( MergedCustomer )
    | ( DecisionEvidence )
    | ( NoActiveRelease )
    | ( NotInBook )
    | ( RequestConflict )
    | ( UnknownCustomer )
  ;
  ReplayDecisionResult:
    | ( InvalidArgument )
    | ( Replay )
    | ( UnknownDecision )
  ;
  RuleSetResult:
    | ( NoActiveRelease )
    | ( ShelvedRelease )
    | ( UnknownRelease )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal:
    | ( EvidenceLost )
    | ( ExplainerBusy )
    | ( InvalidArgument )
    | ( MergedCustomer )
    | ( NoActiveRelease )
    | ( NotInBook )
    | ( NotScored )
    | ( ReleaseMissing )
    | ( RequestConflict )
    | ( UnknownCustomer )
    | ( UnknownDecision )
    | ( UnknownRelease )
    | ( UnreadableDecision )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Action: ResolverTypeWrapper<Action>;
  ActionSummary: ResolverTypeWrapper<ActionSummary>;
  Activation: ResolverTypeWrapper<Activation>;
  Arrangement: ResolverTypeWrapper<Arrangement>;
  ArrangementStatus: ArrangementStatus;
  Arrangements: ResolverTypeWrapper<Arrangements>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BusinessDate: ResolverTypeWrapper<Scalars['BusinessDate']['output']>;
  CampaignHistory: ResolverTypeWrapper<CampaignHistory>;
  Candidate: ResolverTypeWrapper<Candidate>;
  CashFlow: ResolverTypeWrapper<CashFlow>;
  CashFlowMonth: ResolverTypeWrapper<CashFlowMonth>;
  Channel: Channel;
  Consent: ResolverTypeWrapper<Consent>;
  Consents: ResolverTypeWrapper<Consents>;
  Contact: ResolverTypeWrapper<Contact>;
  CreditApplication: ResolverTypeWrapper<CreditApplication>;
  CreditApplicationState: CreditApplicationState;
  CreditApplications: ResolverTypeWrapper<CreditApplications>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Customer360: ResolverTypeWrapper<CustomerView>;
  Customer360Result: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Customer360Result']>;
  CustomerConnection: ResolverTypeWrapper<Omit<CustomerConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['CustomerEdge']> }>;
  CustomerEdge: ResolverTypeWrapper<Omit<CustomerEdge, 'node'> & { node: ResolversTypes['Customer360'] }>;
  CustomerFilter: CustomerFilter;
  CustomersResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CustomersResult']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Decision: ResolverTypeWrapper<DecisionEvidence>;
  DecisionAuditResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DecisionAuditResult']>;
  DecisionConnection: ResolverTypeWrapper<Omit<DecisionConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['DecisionEdge']> }>;
  DecisionEdge: ResolverTypeWrapper<Omit<DecisionEdge, 'node'> & { node?: Maybe<ResolversTypes['Decision']> }>;
  DecisionFilter: DecisionFilter;
  DecisionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DecisionResult']>;
  Degradation: ResolverTypeWrapper<Degradation>;
  Duration: ResolverTypeWrapper<Scalars['Duration']['output']>;
  Evidence: Evidence;
  EvidenceLost: ResolverTypeWrapper<EvidenceLost>;
  ExplainDecisionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ExplainDecisionResult']>;
  ExplainerBusy: ResolverTypeWrapper<ExplainerBusy>;
  Fact: ResolverTypeWrapper<Fact>;
  FactContribution: ResolverTypeWrapper<FactContribution>;
  FactSource: ResolverTypeWrapper<FactSource>;
  Factors: ResolverTypeWrapper<Factors>;
  Forest: ResolverTypeWrapper<Forest>;
  Freshness: Freshness;
  Goal: ResolverTypeWrapper<Goal>;
  Goals: ResolverTypeWrapper<Goals>;
  Hold: ResolverTypeWrapper<Hold>;
  Holds: ResolverTypeWrapper<Holds>;
  Household: ResolverTypeWrapper<Household>;
  HouseholdMember: ResolverTypeWrapper<HouseholdMember>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Instant: ResolverTypeWrapper<Scalars['Instant']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Interaction: ResolverTypeWrapper<Interaction>;
  Interactions: ResolverTypeWrapper<Interactions>;
  InvalidArgument: ResolverTypeWrapper<InvalidArgument>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  KnownFact: ResolverTypeWrapper<KnownFact>;
  MergedCustomer: ResolverTypeWrapper<MergedCustomer>;
  Money: ResolverTypeWrapper<Money>;
  NextBestActions: ResolverTypeWrapper<DecisionEvidence>;
  NextBestActionsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['NextBestActionsResult']>;
  NoAction: ResolverTypeWrapper<NoAction>;
  NoActiveRelease: ResolverTypeWrapper<NoActiveRelease>;
  NotInBook: ResolverTypeWrapper<NotInBook>;
  NotScored: ResolverTypeWrapper<NotScored>;
  Outcome: Outcome;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PartSource: ResolverTypeWrapper<PartSource>;
  PartyKind: PartyKind;
  Profile: ResolverTypeWrapper<Profile>;
  Propensity: ResolverTypeWrapper<Propensity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RankedAction: ResolverTypeWrapper<RankedAction>;
  Reason: ResolverTypeWrapper<Reason>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  RelationshipValue: ResolverTypeWrapper<RelationshipValue>;
  Release: ResolverTypeWrapper<ReleaseView>;
  ReleaseMissing: ResolverTypeWrapper<ReleaseMissing>;
  Replay: ResolverTypeWrapper<Replay>;
  ReplayDecisionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReplayDecisionResult']>;
  RequestConflict: ResolverTypeWrapper<RequestConflict>;
  Role: Role;
  Rule: ResolverTypeWrapper<Rule>;
  RuleSet: ResolverTypeWrapper<ShelvedRelease>;
  RuleSetResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RuleSetResult']>;
  ScoreExplanation: ResolverTypeWrapper<ScoreExplanation>;
  ScoreExplanations: ResolverTypeWrapper<ScoreExplanations>;
  Side: Side;
  Stage: Stage;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Terms: ResolverTypeWrapper<Terms>;
  Transaction: ResolverTypeWrapper<Transaction>;
  TransactionEdge: ResolverTypeWrapper<TransactionEdge>;
  TransactionFilter: TransactionFilter;
  Transactions: ResolverTypeWrapper<Transactions>;
  TreatmentSummary: ResolverTypeWrapper<TreatmentSummary>;
  Trigger: ResolverTypeWrapper<Trigger>;
  TriggerKind: TriggerKind;
  UnknownCustomer: ResolverTypeWrapper<UnknownCustomer>;
  UnknownDecision: ResolverTypeWrapper<UnknownDecision>;
  UnknownRelease: ResolverTypeWrapper<UnknownRelease>;
  UnreadableDecision: ResolverTypeWrapper<UnreadableDecision>;
  Verdict: ResolverTypeWrapper<Verdict>;
  WithheldAction: ResolverTypeWrapper<WithheldAction>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Action: Action;
  ActionSummary: ActionSummary;
  Activation: Activation;
  Arrangement: Arrangement;
  Arrangements: Arrangements;
  Boolean: Scalars['Boolean']['output'];
  BusinessDate: Scalars['BusinessDate']['output'];
  CampaignHistory: CampaignHistory;
  Candidate: Candidate;
  CashFlow: CashFlow;
  CashFlowMonth: CashFlowMonth;
  Consent: Consent;
  Consents: Consents;
  Contact: Contact;
  CreditApplication: CreditApplication;
  CreditApplications: CreditApplications;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Customer360: CustomerView;
  Customer360Result: ResolversUnionTypes<ResolversParentTypes>['Customer360Result'];
  CustomerConnection: Omit<CustomerConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['CustomerEdge']> };
  CustomerEdge: Omit<CustomerEdge, 'node'> & { node: ResolversParentTypes['Customer360'] };
  CustomerFilter: CustomerFilter;
  CustomersResult: ResolversUnionTypes<ResolversParentTypes>['CustomersResult'];
  Decimal: Scalars['Decimal']['output'];
  Decision: DecisionEvidence;
  DecisionAuditResult: ResolversUnionTypes<ResolversParentTypes>['DecisionAuditResult'];
  DecisionConnection: Omit<DecisionConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['DecisionEdge']> };
  DecisionEdge: Omit<DecisionEdge, 'node'> & { node?: Maybe<ResolversParentTypes['Decision']> };
  DecisionFilter: DecisionFilter;
  DecisionResult: ResolversUnionTypes<ResolversParentTypes>['DecisionResult'];
  Degradation: Degradation;
  Duration: Scalars['Duration']['output'];
  EvidenceLost: EvidenceLost;
  ExplainDecisionResult: ResolversUnionTypes<ResolversParentTypes>['ExplainDecisionResult'];
  ExplainerBusy: ExplainerBusy;
  Fact: Fact;
  FactContribution: FactContribution;
  FactSource: FactSource;
  Factors: Factors;
  Forest: Forest;
  Goal: Goal;
  Goals: Goals;
  Hold: Hold;
  Holds: Holds;
  Household: Household;
  HouseholdMember: HouseholdMember;
  ID: Scalars['ID']['output'];
  Instant: Scalars['Instant']['output'];
  Int: Scalars['Int']['output'];
  Interaction: Interaction;
  Interactions: Interactions;
  InvalidArgument: InvalidArgument;
  JSON: Scalars['JSON']['output'];
  KnownFact: KnownFact;
  MergedCustomer: MergedCustomer;
  Money: Money;
  NextBestActions: DecisionEvidence;
  NextBestActionsResult: ResolversUnionTypes<ResolversParentTypes>['NextBestActionsResult'];
  NoAction: NoAction;
  NoActiveRelease: NoActiveRelease;
  NotInBook: NotInBook;
  NotScored: NotScored;
  PageInfo: PageInfo;
  PartSource: PartSource;
  Profile: Profile;
  Propensity: Propensity;
  Query: Record<PropertyKey, never>;
  RankedAction: RankedAction;
  Reason: Reason;
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  RelationshipValue: RelationshipValue;
  Release: ReleaseView;
  ReleaseMissing: ReleaseMissing;
  Replay: Replay;
  ReplayDecisionResult: ResolversUnionTypes<ResolversParentTypes>['ReplayDecisionResult'];
  RequestConflict: RequestConflict;
  Rule: Rule;
  RuleSet: ShelvedRelease;
  RuleSetResult: ResolversUnionTypes<ResolversParentTypes>['RuleSetResult'];
  ScoreExplanation: ScoreExplanation;
  ScoreExplanations: ScoreExplanations;
  String: Scalars['String']['output'];
  Terms: Terms;
  Transaction: Transaction;
  TransactionEdge: TransactionEdge;
  TransactionFilter: TransactionFilter;
  Transactions: Transactions;
  TreatmentSummary: TreatmentSummary;
  Trigger: Trigger;
  UnknownCustomer: UnknownCustomer;
  UnknownDecision: UnknownDecision;
  UnknownRelease: UnknownRelease;
  UnreadableDecision: UnreadableDecision;
  Verdict: Verdict;
  WithheldAction: WithheldAction;
};

export type AboutDirectiveArgs = {
  field?: Maybe<Scalars['String']['input']>;
};

export type AboutDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = AboutDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CostDirectiveArgs = {
  by?: Maybe<Scalars['String']['input']>;
  entries?: Maybe<Scalars['Boolean']['input']>;
  items?: Maybe<Scalars['Int']['input']>;
  weight?: Maybe<Scalars['Int']['input']>;
};

export type CostDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PermitDirectiveArgs = {
  masked?: Maybe<ReadonlyArray<Role>>;
  to: ReadonlyArray<Role>;
};

export type PermitDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = PermitDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Action'] = ResolversParentTypes['Action']> = {
  channels?: Resolver<ReadonlyArray<ResolversTypes['Channel']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  group?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  issue?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  legalBasis?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productRisk?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  propensityKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ActionSummaryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ActionSummary'] = ResolversParentTypes['ActionSummary']> = {
  group?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  issue?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ActivationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Activation'] = ResolversParentTypes['Activation']> = {
  activatedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  activatedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
};

export type ArrangementResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Arrangement'] = ResolversParentTypes['Arrangement']> = {
  accountNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  arrears?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  balance?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  closedOn?: Resolver<Maybe<ResolversTypes['BusinessDate']>, ParentType, ContextType>;
  daysPastDue?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  instalment?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  maturesOn?: Resolver<Maybe<ResolversTypes['BusinessDate']>, ParentType, ContextType>;
  openedOn?: Resolver<ResolversTypes['BusinessDate'], ParentType, ContextType>;
  principal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  product?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ArrangementStatus'], ParentType, ContextType>;
};

export type ArrangementsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Arrangements'] = ResolversParentTypes['Arrangements']> = {
  items?: Resolver<ReadonlyArray<ResolversTypes['Arrangement']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export interface BusinessDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BusinessDate'], any> {
  name: 'BusinessDate';
}

export type CampaignHistoryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CampaignHistory'] = ResolversParentTypes['CampaignHistory']> = {
  items?: Resolver<ReadonlyArray<ResolversTypes['Contact']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export type CandidateResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Candidate'] = ResolversParentTypes['Candidate']> = {
  action?: Resolver<ResolversTypes['ActionSummary'], ParentType, ContextType>;
  approval?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expectedValue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  factors?: Resolver<Maybe<ResolversTypes['Factors']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  propensity?: Resolver<Maybe<ResolversTypes['Propensity']>, ParentType, ContextType>;
  rank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['NoAction']>, ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['Reason']>, ParentType, ContextType>;
  rule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seen?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  selectionProbabilityPpm?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  terms?: Resolver<Maybe<ResolversTypes['Terms']>, ParentType, ContextType>;
  treatment?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  wouldHaveSurfaced?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CashFlowResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CashFlow'] = ResolversParentTypes['CashFlow']> = {
  covered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  months?: Resolver<ReadonlyArray<ResolversTypes['CashFlowMonth']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export type CashFlowMonthResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CashFlowMonth'] = ResolversParentTypes['CashFlowMonth']> = {
  in?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  month?: Resolver<ResolversTypes['BusinessDate'], ParentType, ContextType>;
  out?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ConsentResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Consent'] = ResolversParentTypes['Consent']> = {
  channel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['BusinessDate']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConsentsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Consents'] = ResolversParentTypes['Consents']> = {
  items?: Resolver<ReadonlyArray<ResolversTypes['Consent']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export type ContactResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  presentedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  respondedAt?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
  response?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CreditApplicationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CreditApplication'] = ResolversParentTypes['CreditApplication']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  appliedOn?: Resolver<ResolversTypes['BusinessDate'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CreditApplicationState'], ParentType, ContextType>;
  stateSince?: Resolver<ResolversTypes['BusinessDate'], ParentType, ContextType>;
};

export type CreditApplicationsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CreditApplications'] = ResolversParentTypes['CreditApplications']> = {
  items?: Resolver<ReadonlyArray<ResolversTypes['CreditApplication']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type Customer360Resolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Customer360'] = ResolversParentTypes['Customer360']> = {
  arrangements?: Resolver<Maybe<ResolversTypes['Arrangements']>, ParentType, ContextType>;
  businessDate?: Resolver<ResolversTypes['BusinessDate'], ParentType, ContextType>;
  campaignHistory?: Resolver<Maybe<ResolversTypes['CampaignHistory']>, ParentType, ContextType>;
  cashFlow?: Resolver<Maybe<ResolversTypes['CashFlow']>, ParentType, ContextType, RequireFields<Customer360CashFlowArgs, 'months'>>;
  consents?: Resolver<Maybe<ResolversTypes['Consents']>, ParentType, ContextType>;
  creditApplications?: Resolver<Maybe<ResolversTypes['CreditApplications']>, ParentType, ContextType>;
  goals?: Resolver<Maybe<ResolversTypes['Goals']>, ParentType, ContextType>;
  holds?: Resolver<Maybe<ResolversTypes['Holds']>, ParentType, ContextType>;
  household?: Resolver<Maybe<ResolversTypes['Household']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  interactions?: Resolver<Maybe<ResolversTypes['Interactions']>, ParentType, ContextType>;
  mergedIds?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, ParentType, ContextType>;
  profile?: Resolver<Maybe<ResolversTypes['Profile']>, ParentType, ContextType>;
  relationshipValue?: Resolver<Maybe<ResolversTypes['RelationshipValue']>, ParentType, ContextType>;
  transactions?: Resolver<Maybe<ResolversTypes['Transactions']>, ParentType, ContextType, RequireFields<Customer360TransactionsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Customer360ResultResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Customer360Result'] = ResolversParentTypes['Customer360Result']> = {
  __resolveType: TypeResolveFn<'Customer360' | 'InvalidArgument' | 'MergedCustomer' | 'NotInBook' | 'UnknownCustomer', ParentType, ContextType>;
};

export type CustomerConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomerConnection'] = ResolversParentTypes['CustomerConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomerEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomerEdge'] = ResolversParentTypes['CustomerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Customer360'], ParentType, ContextType>;
};

export type CustomersResultResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomersResult'] = ResolversParentTypes['CustomersResult']> = {
  __resolveType: TypeResolveFn<'CustomerConnection' | 'InvalidArgument', ParentType, ContextType>;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DecisionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Decision'] = ResolversParentTypes['Decision']> = {
  answer?: Resolver<ResolversTypes['NextBestActions'], ParentType, ContextType>;
  caller?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  candidates?: Resolver<ReadonlyArray<ResolversTypes['Candidate']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['Evidence'], ParentType, ContextType>;
  facts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['KnownFact']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  liveState?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  placement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  release?: Resolver<ResolversTypes['Release'], ParentType, ContextType>;
  trace?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Verdict']>>, ParentType, ContextType, Partial<DecisionTraceArgs>>;
  trigger?: Resolver<ResolversTypes['Trigger'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DecisionAuditResultResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DecisionAuditResult'] = ResolversParentTypes['DecisionAuditResult']> = {
  __resolveType: TypeResolveFn<'DecisionConnection' | 'InvalidArgument', ParentType, ContextType>;
};

export type DecisionConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DecisionConnection'] = ResolversParentTypes['DecisionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DecisionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DecisionEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DecisionEdge'] = ResolversParentTypes['DecisionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Decision']>, ParentType, ContextType>;
  unreadable?: Resolver<Maybe<ResolversTypes['UnreadableDecision']>, ParentType, ContextType>;
};

export type DecisionResultResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DecisionResult'] = ResolversParentTypes['DecisionResult']> = {
  __resolveType: TypeResolveFn<'Decision' | 'InvalidArgument' | 'UnknownDecision' | 'UnreadableDecision', ParentType, ContextType>;
};

export type DegradationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Degradation'] = ResolversParentTypes['Degradation']> = {
  facts?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  part?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DurationScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Duration'], any> {
  name: 'Duration';
}

export type EvidenceLostResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EvidenceLost'] = ResolversParentTypes['EvidenceLost']> = {
  cause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExplainDecisionResultResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ExplainDecisionResult'] = ResolversParentTypes['ExplainDecisionResult']> = {
  __resolveType: TypeResolveFn<'EvidenceLost' | 'ExplainerBusy' | 'InvalidArgument' | 'NotScored' | 'ReleaseMissing' | 'ScoreExplanations' | 'UnknownDecision' | 'UnreadableDecision', ParentType, ContextType>;
};

export type ExplainerBusyResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ExplainerBusy'] = ResolversParentTypes['ExplainerBusy']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FactResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Fact'] = ResolversParentTypes['Fact']> = {
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  permittedUses?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FactContributionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FactContribution'] = ResolversParentTypes['FactContribution']> = {
  contribution?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mayBeTold?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  speaks?: Resolver<ResolversTypes['Side'], ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FactSourceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FactSource'] = ResolversParentTypes['FactSource']> = {
  fetchedAt?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
  part?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  system?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type FactorsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Factors'] = ResolversParentTypes['Factors']> = {
  context?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  lever?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  propensity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ForestResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Forest'] = ResolversParentTypes['Forest']> = {
  card?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type GoalResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Goal'] = ResolversParentTypes['Goal']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  targetOn?: Resolver<Maybe<ResolversTypes['BusinessDate']>, ParentType, ContextType>;
};

export type GoalsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Goals'] = ResolversParentTypes['Goals']> = {
  items?: Resolver<ReadonlyArray<ResolversTypes['Goal']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export type HoldResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Hold'] = ResolversParentTypes['Hold']> = {
  endsOn?: Resolver<Maybe<ResolversTypes['BusinessDate']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsOn?: Resolver<ResolversTypes['BusinessDate'], ParentType, ContextType>;
};

export type HoldsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Holds'] = ResolversParentTypes['Holds']> = {
  items?: Resolver<ReadonlyArray<ResolversTypes['Hold']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export type HouseholdResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Household'] = ResolversParentTypes['Household']> = {
  members?: Resolver<ReadonlyArray<ResolversTypes['HouseholdMember']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export type HouseholdMemberResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['HouseholdMember'] = ResolversParentTypes['HouseholdMember']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  member?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface InstantScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Instant'], any> {
  name: 'Instant';
}

export type InteractionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Interaction'] = ResolversParentTypes['Interaction']> = {
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  intent?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
};

export type InteractionsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Interactions'] = ResolversParentTypes['Interactions']> = {
  items?: Resolver<ReadonlyArray<ResolversTypes['Interaction']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export type InvalidArgumentResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['InvalidArgument'] = ResolversParentTypes['InvalidArgument']> = {
  argument?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type KnownFactResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['KnownFact'] = ResolversParentTypes['KnownFact']> = {
  cause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lineage?: Resolver<ReadonlyArray<ResolversTypes['FactSource']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type MergedCustomerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MergedCustomer'] = ResolversParentTypes['MergedCustomer']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  survivorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type NextBestActionsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['NextBestActions'] = ResolversParentTypes['NextBestActions']> = {
  actions?: Resolver<ReadonlyArray<ResolversTypes['RankedAction']>, ParentType, ContextType>;
  arm?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  businessDate?: Resolver<ResolversTypes['BusinessDate'], ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  decisionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  degradations?: Resolver<ReadonlyArray<ResolversTypes['Degradation']>, ParentType, ContextType>;
  factsAsOf?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
  noAction?: Resolver<Maybe<ResolversTypes['NoAction']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['Outcome'], ParentType, ContextType>;
  release?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  withheld?: Resolver<ReadonlyArray<ResolversTypes['WithheldAction']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NextBestActionsResultResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['NextBestActionsResult'] = ResolversParentTypes['NextBestActionsResult']> = {
  __resolveType: TypeResolveFn<'InvalidArgument' | 'MergedCustomer' | 'NextBestActions' | 'NoActiveRelease' | 'NotInBook' | 'RequestConflict' | 'UnknownCustomer', ParentType, ContextType>;
};

export type NoActionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['NoAction'] = ResolversParentTypes['NoAction']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NoActiveReleaseResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['NoActiveRelease'] = ResolversParentTypes['NoActiveRelease']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotInBookResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['NotInBook'] = ResolversParentTypes['NotInBook']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotScoredResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['NotScored'] = ResolversParentTypes['NotScored']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PartSourceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PartSource'] = ResolversParentTypes['PartSource']> = {
  asOf?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  fetchedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProfileResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Profile'] = ResolversParentTypes['Profile']> = {
  birthDate?: Resolver<Maybe<ResolversTypes['BusinessDate']>, ParentType, ContextType>;
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  customerSince?: Resolver<Maybe<ResolversTypes['BusinessDate']>, ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  employment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  identityExpiresOn?: Resolver<Maybe<ResolversTypes['BusinessDate']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PartyKind'], ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  residenceCountry?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  segment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export type PropensityResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Propensity'] = ResolversParentTypes['Propensity']> = {
  basis?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  calibrated?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  actions?: Resolver<ReadonlyArray<ResolversTypes['Action']>, ParentType, ContextType>;
  activeRelease?: Resolver<Maybe<ResolversTypes['Release']>, ParentType, ContextType>;
  customer360?: Resolver<ResolversTypes['Customer360Result'], ParentType, ContextType, RequireFields<QueryCustomer360Args, 'id'>>;
  customers?: Resolver<ResolversTypes['CustomersResult'], ParentType, ContextType, RequireFields<QueryCustomersArgs, 'first'>>;
  decision?: Resolver<ResolversTypes['DecisionResult'], ParentType, ContextType, RequireFields<QueryDecisionArgs, 'id'>>;
  decisionAudit?: Resolver<ResolversTypes['DecisionAuditResult'], ParentType, ContextType, RequireFields<QueryDecisionAuditArgs, 'first'>>;
  explainDecision?: Resolver<ResolversTypes['ExplainDecisionResult'], ParentType, ContextType, RequireFields<QueryExplainDecisionArgs, 'id'>>;
  facts?: Resolver<ReadonlyArray<ResolversTypes['Fact']>, ParentType, ContextType>;
  nextBestActions?: Resolver<ResolversTypes['NextBestActionsResult'], ParentType, ContextType, RequireFields<QueryNextBestActionsArgs, 'channel' | 'customerId' | 'first'>>;
  releases?: Resolver<ReadonlyArray<ResolversTypes['Release']>, ParentType, ContextType>;
  replayDecision?: Resolver<ResolversTypes['ReplayDecisionResult'], ParentType, ContextType, RequireFields<QueryReplayDecisionArgs, 'id'>>;
  ruleSet?: Resolver<ResolversTypes['RuleSetResult'], ParentType, ContextType, Partial<QueryRuleSetArgs>>;
};

export type RankedActionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RankedAction'] = ResolversParentTypes['RankedAction']> = {
  action?: Resolver<ResolversTypes['ActionSummary'], ParentType, ContextType>;
  approval?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expectedValue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  expiresOn?: Resolver<ResolversTypes['BusinessDate'], ParentType, ContextType>;
  factors?: Resolver<ResolversTypes['Factors'], ParentType, ContextType>;
  presentable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  propensity?: Resolver<ResolversTypes['Propensity'], ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['Reason']>, ParentType, ContextType>;
  selectionProbabilityPpm?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  terms?: Resolver<ResolversTypes['Terms'], ParentType, ContextType>;
  treatment?: Resolver<ResolversTypes['TreatmentSummary'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ReasonResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Reason'] = ResolversParentTypes['Reason']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  contributionPpm?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  speaks?: Resolver<Maybe<ResolversTypes['Side']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'EvidenceLost' | 'ExplainerBusy' | 'InvalidArgument' | 'MergedCustomer' | 'NoActiveRelease' | 'NotInBook' | 'NotScored' | 'ReleaseMissing' | 'RequestConflict' | 'UnknownCustomer' | 'UnknownDecision' | 'UnknownRelease' | 'UnreadableDecision', ParentType, ContextType>;
};

export type RelationshipValueResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RelationshipValue'] = ResolversParentTypes['RelationshipValue']> = {
  margin?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
  tier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReleaseResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Release'] = ResolversParentTypes['Release']> = {
  activations?: Resolver<ReadonlyArray<ResolversTypes['Activation']>, ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  builtAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  builtBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  engineVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  forests?: Resolver<ReadonlyArray<ResolversTypes['Forest']>, ParentType, ContextType>;
  ruleSetName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  semver?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReleaseMissingResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReleaseMissing'] = ResolversParentTypes['ReleaseMissing']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReplayResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Replay'] = ResolversParentTypes['Replay']> = {
  cause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decisionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  differences?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  engineVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  release?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  result?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReplayDecisionResultResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReplayDecisionResult'] = ResolversParentTypes['ReplayDecisionResult']> = {
  __resolveType: TypeResolveFn<'InvalidArgument' | 'Replay' | 'UnknownDecision', ParentType, ContextType>;
};

export type RequestConflictResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RequestConflict'] = ResolversParentTypes['RequestConflict']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RuleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Rule'] = ResolversParentTypes['Rule']> = {
  appliesTo?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  conditions?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  effect?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['NoAction'], ParentType, ContextType>;
};

export type RuleSetResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RuleSet'] = ResolversParentTypes['RuleSet']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  release?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rules?: Resolver<ReadonlyArray<ResolversTypes['Rule']>, ParentType, ContextType, Partial<RuleSetRulesArgs>>;
  semver?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RuleSetResultResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RuleSetResult'] = ResolversParentTypes['RuleSetResult']> = {
  __resolveType: TypeResolveFn<'NoActiveRelease' | 'RuleSet' | 'UnknownRelease', ParentType, ContextType>;
};

export type ScoreExplanationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ScoreExplanation'] = ResolversParentTypes['ScoreExplanation']> = {
  action?: Resolver<ResolversTypes['ActionSummary'], ParentType, ContextType>;
  base?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  facts?: Resolver<ReadonlyArray<ResolversTypes['FactContribution']>, ParentType, ContextType>;
  forest?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  raw?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  sum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  trees?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ScoreExplanationsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ScoreExplanations'] = ResolversParentTypes['ScoreExplanations']> = {
  actions?: Resolver<ReadonlyArray<ResolversTypes['ScoreExplanation']>, ParentType, ContextType>;
  decisionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  release?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TermsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Terms'] = ResolversParentTypes['Terms']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  fee?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  feeEvery?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  instalment?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  rateDiscount?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  termMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TransactionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Transaction'] = ResolversParentTypes['Transaction']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  arrangementId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  merchant?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
};

export type TransactionEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TransactionEdge'] = ResolversParentTypes['TransactionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Transaction'], ParentType, ContextType>;
};

export type TransactionsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Transactions'] = ResolversParentTypes['Transactions']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TransactionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['PartSource']>, ParentType, ContextType>;
};

export type TreatmentSummaryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TreatmentSummary'] = ResolversParentTypes['TreatmentSummary']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TriggerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Trigger'] = ResolversParentTypes['Trigger']> = {
  campaignId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  eventId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  eventKind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  intent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  interactionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TriggerKind'], ParentType, ContextType>;
  placement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  runId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type UnknownCustomerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UnknownCustomer'] = ResolversParentTypes['UnknownCustomer']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnknownDecisionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UnknownDecision'] = ResolversParentTypes['UnknownDecision']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnknownReleaseResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UnknownRelease'] = ResolversParentTypes['UnknownRelease']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnreadableDecisionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UnreadableDecision'] = ResolversParentTypes['UnreadableDecision']> = {
  caller?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  release?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VerdictResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Verdict'] = ResolversParentTypes['Verdict']> = {
  action?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  seen?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WithheldActionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WithheldAction'] = ResolversParentTypes['WithheldAction']> = {
  action?: Resolver<ResolversTypes['ActionSummary'], ParentType, ContextType>;
  missingFacts?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['NoAction'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stage?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = RequestContext> = {
  Action?: ActionResolvers<ContextType>;
  ActionSummary?: ActionSummaryResolvers<ContextType>;
  Activation?: ActivationResolvers<ContextType>;
  Arrangement?: ArrangementResolvers<ContextType>;
  Arrangements?: ArrangementsResolvers<ContextType>;
  BusinessDate?: GraphQLScalarType;
  CampaignHistory?: CampaignHistoryResolvers<ContextType>;
  Candidate?: CandidateResolvers<ContextType>;
  CashFlow?: CashFlowResolvers<ContextType>;
  CashFlowMonth?: CashFlowMonthResolvers<ContextType>;
  Consent?: ConsentResolvers<ContextType>;
  Consents?: ConsentsResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  CreditApplication?: CreditApplicationResolvers<ContextType>;
  CreditApplications?: CreditApplicationsResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Customer360?: Customer360Resolvers<ContextType>;
  Customer360Result?: Customer360ResultResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  CustomersResult?: CustomersResultResolvers<ContextType>;
  Decimal?: GraphQLScalarType;
  Decision?: DecisionResolvers<ContextType>;
  DecisionAuditResult?: DecisionAuditResultResolvers<ContextType>;
  DecisionConnection?: DecisionConnectionResolvers<ContextType>;
  DecisionEdge?: DecisionEdgeResolvers<ContextType>;
  DecisionResult?: DecisionResultResolvers<ContextType>;
  Degradation?: DegradationResolvers<ContextType>;
  Duration?: GraphQLScalarType;
  EvidenceLost?: EvidenceLostResolvers<ContextType>;
  ExplainDecisionResult?: ExplainDecisionResultResolvers<ContextType>;
  ExplainerBusy?: ExplainerBusyResolvers<ContextType>;
  Fact?: FactResolvers<ContextType>;
  FactContribution?: FactContributionResolvers<ContextType>;
  FactSource?: FactSourceResolvers<ContextType>;
  Factors?: FactorsResolvers<ContextType>;
  Forest?: ForestResolvers<ContextType>;
  Goal?: GoalResolvers<ContextType>;
  Goals?: GoalsResolvers<ContextType>;
  Hold?: HoldResolvers<ContextType>;
  Holds?: HoldsResolvers<ContextType>;
  Household?: HouseholdResolvers<ContextType>;
  HouseholdMember?: HouseholdMemberResolvers<ContextType>;
  Instant?: GraphQLScalarType;
  Interaction?: InteractionResolvers<ContextType>;
  Interactions?: InteractionsResolvers<ContextType>;
  InvalidArgument?: InvalidArgumentResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  KnownFact?: KnownFactResolvers<ContextType>;
  MergedCustomer?: MergedCustomerResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  NextBestActions?: NextBestActionsResolvers<ContextType>;
  NextBestActionsResult?: NextBestActionsResultResolvers<ContextType>;
  NoAction?: NoActionResolvers<ContextType>;
  NoActiveRelease?: NoActiveReleaseResolvers<ContextType>;
  NotInBook?: NotInBookResolvers<ContextType>;
  NotScored?: NotScoredResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PartSource?: PartSourceResolvers<ContextType>;
  Profile?: ProfileResolvers<ContextType>;
  Propensity?: PropensityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RankedAction?: RankedActionResolvers<ContextType>;
  Reason?: ReasonResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  RelationshipValue?: RelationshipValueResolvers<ContextType>;
  Release?: ReleaseResolvers<ContextType>;
  ReleaseMissing?: ReleaseMissingResolvers<ContextType>;
  Replay?: ReplayResolvers<ContextType>;
  ReplayDecisionResult?: ReplayDecisionResultResolvers<ContextType>;
  RequestConflict?: RequestConflictResolvers<ContextType>;
  Rule?: RuleResolvers<ContextType>;
  RuleSet?: RuleSetResolvers<ContextType>;
  RuleSetResult?: RuleSetResultResolvers<ContextType>;
  ScoreExplanation?: ScoreExplanationResolvers<ContextType>;
  ScoreExplanations?: ScoreExplanationsResolvers<ContextType>;
  Terms?: TermsResolvers<ContextType>;
  Transaction?: TransactionResolvers<ContextType>;
  TransactionEdge?: TransactionEdgeResolvers<ContextType>;
  Transactions?: TransactionsResolvers<ContextType>;
  TreatmentSummary?: TreatmentSummaryResolvers<ContextType>;
  Trigger?: TriggerResolvers<ContextType>;
  UnknownCustomer?: UnknownCustomerResolvers<ContextType>;
  UnknownDecision?: UnknownDecisionResolvers<ContextType>;
  UnknownRelease?: UnknownReleaseResolvers<ContextType>;
  UnreadableDecision?: UnreadableDecisionResolvers<ContextType>;
  Verdict?: VerdictResolvers<ContextType>;
  WithheldAction?: WithheldActionResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = RequestContext> = {
  about?: AboutDirectiveResolver<any, any, ContextType>;
  cost?: CostDirectiveResolver<any, any, ContextType>;
  permit?: PermitDirectiveResolver<any, any, ContextType>;
};
