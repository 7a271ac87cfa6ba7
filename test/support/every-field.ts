import type { BankRecords, Entity } from '../../src/domain/bank-record.ts';
import { ENTITY_SPECS, fieldsOf } from '../../src/domain/entity-fields.ts';
import type { FieldSpec } from '../../src/domain/field-spec.ts';
import { DAY, type Given } from './settle-records.ts';
import { ENTITIES, type FileEntity } from './whole-bank.ts';

export type Values = Readonly<Record<string, unknown>>;

/** Two values of a field that differ. */
export function valuesOf(field: string, { type, codes }: FieldSpec): readonly [unknown, unknown] {
  const own = SPECIAL[field];
  if (own !== undefined) return own;
  switch (type) {
    case 'code':
      return [codes?.[0], codes?.[1] ?? codes?.[0]];
    case 'date':
      return ['2025-01-02', '2025-01-03'];
    case 'instant':
      return ['2025-01-02T08:00:00.000Z', '2025-01-02T08:00:00.001Z'];
    case 'boolean':
      return [true, false];
    case 'currency':
      return ['EUR', 'CZK'];
    case 'text':
    case 'id':
      return ['a', 'b'];
    default:
      return [1, 2];
  }
}
const SPECIAL: Readonly<Record<string, readonly [unknown, unknown]>> = {
  birthMonth: ['1990-01-01', '1990-02-01'],
  birthDate: ['1990-01-02', '1990-01-03'],
  parentId: ['acc-x', 'acc-y'],
};

/** Keys and owners of a record of a case; another case's is another owner. */
export const keysOf = (id: string): Values => ({
  partyId: `p-${id}`,
  arrangementId: `acc-${id}`,
  contactId: `con-${id}`,
  householdId: `h-${id}`,
  regionCode: `r-${id}`,
  transactionId: `t-${id}`,
  interactionId: `i-${id}`,
  holdId: `h-${id}`,
  responseId: `r-${id}`,
  goalId: `g-${id}`,
  applicationId: `ap-${id}`,
});

/** A record of a case with what its entity requires, and `more`. */
export function recordOf(entity: Entity, id: string, more: Values = {}): Given {
  const required = fieldsOf(entity)
    .filter(([field, spec]) => spec.required && field !== 'recordedAt')
    .map(([field, spec]) => [field, keysOf(id)[field] ?? valuesOf(field, spec)[0]]);
  const record = { ...Object.fromEntries(required), recordedAt: DAY, ...more };
  return [entity, record as Partial<BankRecords[Entity]>];
}

export const parentsOf = (id: string): readonly Given[] =>
  (['party', 'arrangement', 'contact'] as const).map((entity) => recordOf(entity, id));

/** Every field of every entity that is neither key nor time. */
export const FIELDS = ENTITIES.flatMap((entity) => {
  const key: readonly string[] = ENTITY_SPECS[entity].key;
  return fieldsOf(entity)
    .filter(([field]) => !key.includes(field) && field !== 'recordedAt')
    .map(([field, spec]) => ({ entity, field, spec, name: `${entity}.${field}` }));
});
export type Field = (typeof FIELDS)[number];

/** A field of the key that no two cases share. */
export const KEY_OF: { readonly [E in FileEntity]: string } = {
  region: 'regionCode',
  party: 'partyId',
  household_member: 'partyId',
  arrangement: 'arrangementId',
  role: 'partyId',
  balance: 'arrangementId',
  transaction: 'transactionId',
  interaction: 'interactionId',
  consent: 'partyId',
  hold: 'holdId',
  contact: 'contactId',
  response: 'responseId',
  goal: 'goalId',
  credit_application: 'applicationId',
  relationship_value: 'partyId',
  relationship_manager: 'partyId',
};
