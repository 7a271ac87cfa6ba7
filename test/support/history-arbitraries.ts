import fc from 'fast-check';
import type { BankRecords } from '../../src/domain/bank-record.ts';
import { addDays, startOfMonth } from '../../src/domain/business-date.ts';
import { PRODUCT_KINDS } from '../../src/domain/product-kind.ts';
import { TODAY } from './customer-history.ts';

/** Rows of every kind of record. */
export type AllRows = {
  readonly [kind in Exclude<
    keyof BankRecords,
    'relationship_manager' | 'party_merge'
  >]: readonly BankRecords[kind][];
};

const day = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((days) => addDays(TODAY, days));
const anyDay = day(-500, 40);
const anyInstant = anyDay.chain((date) =>
  fc.constantFrom('00:00:00.000', '12:30:00.000', '23:59:59.999').map((at) => `${date}T${at}Z`),
);
const party = fc.constantFrom('c1', 'c2', 'c3');
const held = fc.constantFrom('a1', 'a2', 'a3', 'a4');
const id = fc.integer({ min: 1, max: 12 }).map(String);
const currency = fc.oneof(
  { weight: 20, arbitrary: fc.constant('EUR') },
  { weight: 2, arbitrary: fc.constantFrom('USD', 'JPY') },
  { weight: 1, arbitrary: fc.constant('CHF') },
);
const amount = fc.integer({ min: -500_000, max: 500_000 });
const nothing = fc.constant(undefined);
const some = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 1, arbitrary: value }, { weight: 1, arbitrary: nothing });
/** Seldom there: what ends an arrangement or a role, or else few histories would hold any. */
const seldom = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 1, arbitrary: value }, { weight: 9, arbitrary: nothing });

/** Leaves out what is undefined, as records do. */
function record<T>(
  fields: {
    readonly [K in keyof T]: fc.Arbitrary<T[K] | undefined>;
  },
): fc.Arbitrary<T> {
  const arbitraries: Record<string, fc.Arbitrary<unknown>> = { ...fields };
  return fc
    .record(arbitraries)
    .map(
      (row) =>
        Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T,
    );
}

/** Rows of all kinds about few keys, so that versions of one key meet. */
export function rowsRecorded(recordedAt: fc.Arbitrary<string>): fc.Arbitrary<AllRows> {
  return fc.record({
    ...personRows(recordedAt),
    ...arrangementRows(recordedAt),
    ...contactRows(recordedAt),
  });
}

/** Recorded at some time within two years before the end of the business date. */
export const EARLY = day(-700, 0).map((date) => `${date}T20:00:00.000Z`);
/** Recorded after the end of the business date. */
export const LATE = day(1, 90).map((date) => `${date}T00:00:00.000Z`);

function personRows(recordedAt: fc.Arbitrary<string>) {
  const partyId = fc.constant('c1');
  return {
    party: fc.array(
      record<BankRecords['party']>({
        partyId,
        kind: fc.constantFrom('PERSON', 'PERSON', 'ORGANISATION'),
        birthMonth: some(day(-30_000, -6_000).map(startOfMonth)),
        segment: some(fc.constantFrom('MASS', 'AFFLUENT', 'UNLISTED')),
        regionCode: some(fc.constantFrom('R1', 'R2')),
        residenceCountry: some(fc.constantFrom('AT', 'DE')),
        declaredIncomeMinor: some(fc.nat(1_000_000)),
        incomeCurrency: some(currency),
        customerSince: some(anyDay),
        identityExpiresOn: some(anyDay),
        digitalActive: some(fc.boolean()),
        recordedAt,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    region: fc.array(
      record<BankRecords['region']>({
        regionCode: fc.constantFrom('R1', 'R2'),
        name: fc.constant('a region'),
        averageSalaryMinor: some(fc.nat(1_000_000)),
        recordedAt,
      }),
      { maxLength: 3 },
    ),
    household_member: fc.array(
      record<BankRecords['household_member']>({
        householdId: fc.constantFrom('h1', 'h2'),
        partyId: party,
        member: fc.constantFrom('HEAD', 'CHILD'),
        recordedAt,
      }),
      { maxLength: 4 },
    ),
    credit_application: fc.array(
      record<BankRecords['credit_application']>({
        applicationId: id,
        partyId,
        productKind: fc.constantFrom('LOAN', 'MORTGAGE'),
        appliedOn: anyDay,
        state: fc.constantFrom('OPEN', 'DECLINED'),
        stateSince: anyDay,
        recordedAt,
      }),
      { maxLength: 3 },
    ),
    goal: fc.array(
      record<BankRecords['goal']>({
        goalId: id,
        partyId,
        kind: fc.constantFrom('HOME', 'RETIREMENT'),
        targetMinor: some(fc.nat(1_000_000)),
        currency: some(currency),
        recordedAt,
      }),
      { maxLength: 3 },
    ),
    relationship_value: fc.array(
      record<BankRecords['relationship_value']>({
        partyId,
        effectiveOn: anyDay,
        marginMinor: amount,
        currency,
        tier: some(fc.constantFrom('BASIC', 'PLUS')),
        recordedAt,
      }),
      { maxLength: 3 },
    ),
    consent: fc.array(
      record<BankRecords['consent']>({
        partyId,
        purpose: fc.constantFrom('MARKETING', 'PROFILING'),
        channel: fc.constantFrom('ANY', 'EMAIL'),
        state: fc.constantFrom('GIVEN', 'WITHDRAWN'),
        effectiveAt: anyInstant,
        recordedAt,
      }),
      { maxLength: 3 },
    ),
    hold: fc.array(
      record<BankRecords['hold']>({
        holdId: id,
        partyId,
        kind: fc.constantFrom('FRAUD', 'VULNERABLE'),
        startsOn: anyDay,
        endsOn: some(anyDay),
        recordedAt,
      }),
      { maxLength: 3 },
    ),
  };
}

function arrangementRows(recordedAt: fc.Arbitrary<string>) {
  return {
    arrangement: fc.array(
      record<BankRecords['arrangement']>({
        arrangementId: held,
        productKind: fc.oneof(fc.constant('CURRENT_ACCOUNT'), fc.constantFrom(...PRODUCT_KINDS)),
        product: fc.constantFrom('card_gold', 'card_debit', 'other'),
        currency,
        status: fc.constantFrom('OPEN', 'OPEN', 'OPEN', 'OPEN', 'CLOSED'),
        openedOn: day(-1_000, 5),
        closedOn: seldom(anyDay),
        maturesOn: some(anyDay),
        renewsOn: some(anyDay),
        limitMinor: some(fc.nat(100_000)),
        instalmentMinor: some(fc.nat(100_000)),
        recordedAt,
      }),
      { minLength: 4, maxLength: 8 },
    ),
    role: fc.array(
      record<BankRecords['role']>({
        partyId: fc.constantFrom('c1', 'c1', 'c2', 'c3'),
        arrangementId: held,
        role: fc.constantFrom('OWNER', 'OWNER', 'JOINT', 'AUTHORISED'),
        endedOn: seldom(anyDay),
        recordedAt,
      }),
      { minLength: 6, maxLength: 12 },
    ),
    balance: fc.array(
      record<BankRecords['balance']>({
        arrangementId: held,
        effectiveOn: anyDay,
        ledgerMinor: amount,
        daysPastDue: some(fc.nat(90)),
        recordedAt,
      }),
      { maxLength: 6 },
    ),
    transaction: fc.array(
      record<BankRecords['transaction']>({
        transactionId: fc.integer({ min: 1, max: 40 }).map(String),
        arrangementId: held,
        effectiveAt: anyInstant,
        sequence: some(fc.nat(2)),
        amountMinor: amount,
        currency,
        runningBalanceMinor: some(amount),
        category: some(fc.constantFrom('SALARY', 'RENT', 'TRAVEL', 'OWN_TRANSFER', 'FEE')),
        country: some(fc.constantFrom('AT', 'DE')),
        method: some(fc.constant('CASH')),
        recordedAt,
      }),
      { minLength: 10, maxLength: 60 },
    ),
    coverage: fc.array(
      record<BankRecords['coverage']>({
        entity: fc.constant('transaction' as const),
        arrangementId: some(held),
        from: day(-1_100, -300),
        to: seldom(anyDay),
        recordedAt,
      }),
      { minLength: 2, maxLength: 5 },
    ),
  };
}

function contactRows(recordedAt: fc.Arbitrary<string>) {
  const partyId = fc.constant('c1');
  return {
    interaction: fc.array(
      record<BankRecords['interaction']>({
        interactionId: id,
        partyId,
        occurredAt: anyInstant,
        channel: fc.constant('PHONE' as const),
        intent: fc.constantFrom('HARDSHIP', 'COMPLAINT', 'RATE_QUESTION'),
        recordedAt,
      }),
      { maxLength: 5 },
    ),
    contact: fc.array(
      record<BankRecords['contact']>({
        contactId: id,
        partyId,
        actionId: fc.constantFrom('x', 'y'),
        channel: fc.constant('EMAIL' as const),
        presentedAt: anyInstant,
        recordedAt,
      }),
      { maxLength: 5 },
    ),
    response: fc.array(
      record<BankRecords['response']>({
        responseId: id,
        contactId: id,
        kind: fc.constantFrom('ACCEPTED', 'DECLINED'),
        respondedAt: anyInstant,
        recordedAt,
      }),
      { maxLength: 5 },
    ),
  };
}
