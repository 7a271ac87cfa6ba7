import type { Entity } from '../../src/domain/bank-record.ts';
import { ENTITY_ORDER, fieldsOf } from '../../src/domain/entity-fields.ts';

/** Every entity of which a file can hold one row about one customer. */
export const ENTITIES = ENTITY_ORDER.filter(
  (entity) => entity !== 'coverage' && entity !== 'party_merge',
);
export type FileEntity = (typeof ENTITIES)[number];

/** Cells by file: a file an entity, a column a field. */
export type BankRow = { readonly [field: string]: string | number | boolean | undefined };
export type BankRows = { readonly [E in Entity]?: readonly BankRow[] };

/** When rows are known unless they say otherwise, and when the extract was taken. */
export const KNOWN = '2026-01-10T08:00:00.000Z';
export const TAKEN = '2026-02-01T08:00:00.000Z';

/** A mapping of the plainest files: `<entity>.csv`, columns by the names of fields. */
export function wholeMapping(
  options: {
    readonly extractedAt?: string;
    readonly file?: (entity: FileEntity) => object;
    readonly system?: string;
  } = {},
) {
  const { extractedAt = TAKEN, file = () => ({}), system = 'extract:whole' } = options;
  return {
    name: 'whole',
    bank: {
      name: 'Whole',
      mode: 'BANK',
      reportingCurrency: 'EUR',
      businessDate: '2026-02-01',
    },
    source: { name: system, extractedAt },
    files: ENTITIES.map((entity) => ({
      name: `${entity}.csv`,
      optional: true,
      mayBeEmpty: true,
      ...(entity === 'transaction' && { coverage: { by: 'range', from: '2025-01-01' } }),
      records: [{ entity, fields: fieldColumns(entity) }],
      ...file(entity),
    })),
  };
}

function fieldColumns(entity: Entity): object {
  return Object.fromEntries(fieldsOf(entity).map(([field]) => [field, { column: field }]));
}

/** The files of rows, each with all columns of its entity. */
export function wholeFiles(rows: BankRows): { readonly [name: string]: string } {
  const files = Object.entries(rows).map(([entity, list]) => {
    const fields = fieldsOf(entity as Entity).map(([field]) => field);
    const lines = list.map((row) => fields.map((field) => row[field] ?? '').join(','));
    return [`${entity}.csv`, `${[fields.join(','), ...lines].join('\n')}\n`] as const;
  });
  return Object.fromEntries(files);
}

/** One row of each entity about a customer of its own. */
export function rowsAbout(id: string): { readonly [E in FileEntity]: BankRow } {
  const [partyId, arrangementId, contactId] = [id, `acc-${id}`, `con-${id}`];
  const known = { recordedAt: KNOWN };
  return {
    region: { regionCode: `reg-${id}`, name: 'Region', ...known },
    party: { partyId, kind: 'PERSON', regionCode: `reg-${id}`, ...known },
    household_member: { householdId: `hh-${id}`, partyId, member: 'HEAD', ...known },
    role: { partyId, arrangementId, role: 'OWNER', ...known },
    interaction: { interactionId: `i-${id}`, partyId, ...INTERACTION, ...known },
    consent: { partyId, ...CONSENT, ...known },
    hold: { holdId: `h-${id}`, partyId, kind: 'FRAUD', startsOn: '2026-01-05', ...known },
    contact: { contactId, partyId, ...CONTACT, ...known },
    response: { responseId: `r-${id}`, contactId, ...RESPONSE, ...known },
    goal: { goalId: `g-${id}`, partyId, kind: 'HOME', ...known },
    credit_application: { applicationId: `ap-${id}`, partyId, ...APPLICATION, ...known },
    relationship_value: { partyId, ...VALUE, ...known },
    relationship_manager: { partyId, managerId: 'm1', startsOn: '2026-01-01', ...known },
    arrangement: { arrangementId, ...ACCOUNT, ...known },
    balance: { arrangementId, effectiveOn: '2026-01-05', ledgerMinor: '5.00', ...known },
    transaction: { transactionId: `t-${id}`, arrangementId, ...POSTING, ...known },
  };
}

const AT = '2026-01-05T08:00:00.000Z';
const INTERACTION = { occurredAt: AT, channel: 'PHONE', intent: 'RATE_QUESTION' };
const CONSENT = { purpose: 'MARKETING', channel: 'EMAIL', state: 'GIVEN', effectiveAt: AT };
const CONTACT = { actionId: 'card', channel: 'EMAIL', presentedAt: AT };
const RESPONSE = { kind: 'DECLINED', respondedAt: '2026-01-06T08:00:00.000Z' };
const APPLICATION = {
  productKind: 'LOAN',
  appliedOn: '2026-01-05',
  state: 'OPEN',
  stateSince: '2026-01-05',
};
const VALUE = { effectiveOn: '2026-01-01', marginMinor: '9.00', currency: 'EUR' };
const ACCOUNT = {
  productKind: 'CURRENT_ACCOUNT',
  product: 'current',
  currency: 'EUR',
  status: 'OPEN',
  openedOn: '2025-01-01',
};
const POSTING = { effectiveAt: AT, amountMinor: '1.00', currency: 'EUR' };

/** The rows of several customers, by entity. */
export function bankOf(...ids: readonly string[]): { readonly [E in FileEntity]: BankRow[] } {
  const all = ids.map(rowsAbout);
  const entries = ENTITIES.map((entity) => [entity, all.map((rows) => rows[entity])] as const);
  return Object.fromEntries(entries) as { readonly [E in FileEntity]: BankRow[] };
}
