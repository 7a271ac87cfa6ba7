import { readFileSync } from 'node:fs';
import type {
  ArrangementRecord,
  BalanceRecord,
  BankRecords,
  CoverageRecord,
  PartyRecord,
  RoleRecord,
  TransactionRecord,
} from '../../src/domain/bank-record.ts';
import type {
  CustomerHistory,
  DatedLineage,
  DatedPart,
  Lineage,
} from '../../src/domain/customer360.ts';
import type { FactDeclaration, FactSheet } from '../../src/domain/fact.ts';
import type { ProductKind } from '../../src/domain/product-kind.ts';
import type { RateTable } from '../../src/domain/release.ts';
import { deriveFacts } from '../../src/engine/features/derive-facts.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';

/** The feature catalogue as it is shipped. */
export const CATALOGUE = readCatalogue();

export const TODAY = '2026-06-30';
/** When records are recorded unless a test says otherwise. */
export const LONG_AGO = '2020-01-01T00:00:00.000Z';
export const RATES: RateTable = {
  reportingCurrency: 'EUR',
  ratesPpm: { USD: 900_000, JPY: 6_000 },
};

export const LINEAGE: Lineage = {
  source: 'extract:test',
  version: 1,
  asOf: `${TODAY}T12:00:00.000Z`,
  fetchedAt: `${TODAY}T12:30:00.000Z`,
};

/** A customer's rows by kind; all about customer `c1` unless a row says otherwise. */
export type Rows = { readonly [kind in keyof BankRecords]?: readonly BankRecords[kind][] };

/** A history whose parts were all read. */
export function historyOf(rows: Rows, lineage: DatedLineage = LINEAGE): CustomerHistory {
  const read = <T>(value: T): DatedPart<T> => ({ state: 'READ', value, lineage: [lineage] });
  return {
    customerId: 'c1',
    party: read(rows.party ?? [person()]),
    regions: read(rows.region ?? []),
    household: read(rows.household_member ?? []),
    arrangements: read({
      arrangements: rows.arrangement ?? [],
      roles: rows.role ?? (rows.arrangement ?? []).map((row) => owner(row.arrangementId)),
      balances: rows.balance ?? [],
    }),
    transactions: read({
      transactions: rows.transaction ?? [],
      coverage: rows.coverage ?? [covered()],
    }),
    interactions: read(rows.interaction ?? []),
    campaigns: read({ contacts: rows.contact ?? [], responses: rows.response ?? [] }),
    goals: read(rows.goal ?? []),
    creditApplications: read(rows.credit_application ?? []),
    relationshipValue: read(rows.relationship_value ?? []),
    consents: read(rows.consent ?? []),
    holds: read(rows.hold ?? []),
  };
}

/** The sheet of a history as known by the end of a business date. */
export function sheetOf(rows: Rows, businessDate = TODAY): FactSheet {
  return sheetOfHistory(historyOf(rows), businessDate);
}

/** The same for a history that a test made itself. */
export function sheetOfHistory(history: CustomerHistory, businessDate = TODAY): FactSheet {
  const at = { businessDate, knownAt: `${businessDate}T23:59:59.999Z` };
  return deriveFacts(knownAt(history, at), CATALOGUE, RATES);
}

/** One fact as a sheet tells it: a value, `n/a`, or the cause why it is unavailable. */
export function told(sheet: FactSheet, name: string): unknown {
  if (Object.hasOwn(sheet.values, name)) return sheet.values[name];
  return sheet.notApplicable.includes(name) ? 'n/a' : sheet.unavailable[name];
}

export function person(more: Partial<PartyRecord> = {}): PartyRecord {
  return { partyId: 'c1', kind: 'PERSON', recordedAt: LONG_AGO, ...more };
}

export function arrangement(
  arrangementId: string,
  productKind: ProductKind,
  more: Partial<ArrangementRecord> = {},
): ArrangementRecord {
  return {
    arrangementId,
    productKind,
    product: productKind.toLowerCase(),
    currency: 'EUR',
    status: 'OPEN',
    openedOn: '2020-01-01',
    recordedAt: LONG_AGO,
    ...more,
  };
}

export function owner(arrangementId: string, more: Partial<RoleRecord> = {}): RoleRecord {
  return { partyId: 'c1', arrangementId, role: 'OWNER', recordedAt: LONG_AGO, ...more };
}

export function balance(
  arrangementId: string,
  ledgerMinor: number,
  more: Partial<BalanceRecord> = {},
): BalanceRecord {
  const effectiveOn = TODAY;
  return { arrangementId, ledgerMinor, effectiveOn, recordedAt: LONG_AGO, ...more };
}

/** A transaction at noon, recorded at once. */
export function posting(
  on: string,
  amountMinor: number,
  more: Partial<TransactionRecord> = {},
): TransactionRecord {
  const at = `${on}T12:00:00.000Z`;
  return {
    transactionId: `t ${on} ${amountMinor} ${more.arrangementId ?? 'a1'}`,
    arrangementId: 'a1',
    effectiveAt: at,
    amountMinor,
    currency: 'EUR',
    recordedAt: at,
    ...more,
  };
}

export function covered(more: Partial<CoverageRecord> = {}): CoverageRecord {
  return { entity: 'transaction', from: '2019-01-01', recordedAt: LONG_AGO, ...more };
}

function readCatalogue(): readonly FactDeclaration[] {
  const file = new URL('../../rules/facts.json', import.meta.url);
  const catalogue: { readonly facts: readonly FactDeclaration[] } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return catalogue.facts;
}
