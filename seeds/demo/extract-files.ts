import type { BankRecords, Entity } from '../../src/domain/bank-record.ts';

/** The entities that the extract holds a file of; coverage is declared by the mapping. */
export type ExtractEntity = Exclude<Entity, 'coverage' | 'party_merge' | 'credit_application'>;

/** How a field is written in its column. */
type Form = 'plain' | 'text' | 'money' | 'percent';

interface Column<E extends ExtractEntity> {
  readonly header: string;
  readonly field: keyof BankRecords[E] & string;
  readonly form: Form;
}

interface ExtractFile<E extends ExtractEntity> {
  readonly file: string;
  readonly columns: readonly Column<E>[];
}

/** The header line of an entity's file. */
export function headerLine(entity: ExtractEntity): string {
  return `${FILES[entity].columns.map(({ header }) => header).join(',')}\n`;
}

/** A record as a line of its file. */
export function extractLine<E extends ExtractEntity>(entity: E, record: BankRecords[E]): string {
  const { columns }: ExtractFile<E> = FILES[entity];
  return `${columns.map(({ field, form }) => cell(record[field], form)).join(',')}\n`;
}

/** The file that an entity is written to. */
export function fileOf(entity: ExtractEntity): string {
  return FILES[entity].file;
}

function cell(value: unknown, form: Form): string {
  if (value === undefined) return '';
  if (typeof value !== 'number') return form === 'text' ? quoted(String(value)) : String(value);
  if (form === 'money') return moneyText(value);
  return form === 'percent' ? percentText(value) : String(value);
}

/** All currencies of the demo bank have two digits after the mark. */
function moneyText(minor: number): string {
  const amount = Math.abs(minor);
  const cents = amount % 100;
  const sign = minor < 0 ? '-' : '';
  return `${sign}${(amount - cents) / 100}.${cents < 10 ? '0' : ''}${cents}`;
}

function percentText(ppm: number): string {
  const text = String(ppm).padStart(5, '0');
  return `${text.slice(0, -4)}.${text.slice(-4)}`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function columns<E extends ExtractEntity>(
  fields: readonly (keyof BankRecords[E] & string)[],
): readonly Column<E>[] {
  return fields.map((field) => ({ field, ...headerOf(field) }));
}

/** `amountMinor` is the column `amount` in money, `ratePpm` the column `rate` in percent. */
function headerOf(field: string): { readonly header: string; readonly form: Form } {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (field.endsWith('Minor')) return { header: snake(field.slice(0, -5)), form: 'money' };
  if (field.endsWith('Ppm'))
    return { header: `${snake(field.slice(0, -3))}_pct`, form: 'percent' };
  return { header: snake(field), form: FREE_TEXT.has(field) ? 'text' : 'plain' };
}

/** Fields that could one day hold a delimiter or a quote. */
const FREE_TEXT = new Set([
  'name',
  'givenName',
  'familyName',
  'organisationName',
  'city',
  'merchant',
]);

const FILES: { readonly [E in ExtractEntity]: ExtractFile<E> } = {
  party: {
    file: 'parties.csv',
    columns: columns<'party'>([
      'partyId',
      'kind',
      'givenName',
      'familyName',
      'organisationName',
      'birthDate',
      'sex',
      'language',
      'segment',
      'email',
      'phone',
      'city',
      'regionCode',
      'residenceCountry',
      'employment',
      'industryCode',
      'declaredIncomeMinor',
      'incomeCurrency',
      'customerSince',
      'identityExpiresOn',
      'digitalActive',
      'riskRating',
      'recordedAt',
    ]),
  },
  region: {
    file: 'regions.csv',
    columns: columns<'region'>([
      'regionCode',
      'name',
      'population',
      'averageSalaryMinor',
      'unemploymentPpm',
      'urbanPpm',
      'entrepreneursPerThousand',
      'recordedAt',
    ]),
  },
  household_member: {
    file: 'household_members.csv',
    columns: columns<'household_member'>(['householdId', 'partyId', 'member', 'recordedAt']),
  },
  arrangement: {
    file: 'arrangements.csv',
    columns: columns<'arrangement'>([
      'arrangementId',
      'productKind',
      'product',
      'currency',
      'status',
      'openedOn',
      'closedOn',
      'maturesOn',
      'renewsOn',
      'limitMinor',
      'principalMinor',
      'instalmentMinor',
      'termMonths',
      'ratePpm',
      'parentId',
      'accountNumber',
      'recordedAt',
    ]),
  },
  role: {
    file: 'roles.csv',
    columns: columns<'role'>(['partyId', 'arrangementId', 'role', 'recordedAt']),
  },
  balance: {
    file: 'balances.csv',
    columns: columns<'balance'>([
      'arrangementId',
      'effectiveOn',
      'ledgerMinor',
      'arrearsMinor',
      'daysPastDue',
      'recordedAt',
    ]),
  },
  transaction: {
    file: 'transactions.csv',
    columns: columns<'transaction'>([
      'transactionId',
      'arrangementId',
      'effectiveAt',
      'sequence',
      'amountMinor',
      'currency',
      'runningBalanceMinor',
      'category',
      'merchant',
      'country',
      'method',
      'recordedAt',
    ]),
  },
  interaction: {
    file: 'interactions.csv',
    columns: columns<'interaction'>([
      'interactionId',
      'partyId',
      'occurredAt',
      'channel',
      'intent',
      'recordedAt',
    ]),
  },
  consent: {
    file: 'consents.csv',
    columns: columns<'consent'>([
      'partyId',
      'purpose',
      'channel',
      'state',
      'effectiveAt',
      'expiresOn',
      'evidence',
      'recordedAt',
    ]),
  },
  hold: {
    file: 'holds.csv',
    columns: columns<'hold'>(['holdId', 'partyId', 'kind', 'startsOn', 'endsOn', 'recordedAt']),
  },
  contact: {
    file: 'contacts.csv',
    columns: columns<'contact'>([
      'contactId',
      'partyId',
      'actionId',
      'channel',
      'presentedAt',
      'selectionProbabilityPpm',
      'campaignId',
      'expiresOn',
      'recordedAt',
    ]),
  },
  response: {
    file: 'responses.csv',
    columns: columns<'response'>([
      'responseId',
      'contactId',
      'kind',
      'respondedAt',
      'recordedAt',
    ]),
  },
  goal: {
    file: 'goals.csv',
    columns: columns<'goal'>([
      'goalId',
      'partyId',
      'kind',
      'targetMinor',
      'currency',
      'targetOn',
      'progressPpm',
      'recordedAt',
    ]),
  },
  relationship_value: {
    file: 'relationship_values.csv',
    columns: columns<'relationship_value'>([
      'partyId',
      'effectiveOn',
      'marginMinor',
      'currency',
      'tier',
      'recordedAt',
    ]),
  },
  relationship_manager: {
    file: 'relationship_managers.csv',
    columns: columns<'relationship_manager'>([
      'partyId',
      'managerId',
      'startsOn',
      'endsOn',
      'recordedAt',
    ]),
  },
};

/** All entities with a file, in the order in which keys come before those that refer to them. */
export const EXTRACT_ENTITIES: readonly ExtractEntity[] = [
  'region',
  'party',
  'household_member',
  'arrangement',
  'role',
  'balance',
  'transaction',
  'interaction',
  'consent',
  'hold',
  'contact',
  'response',
  'goal',
  'relationship_value',
  'relationship_manager',
];
