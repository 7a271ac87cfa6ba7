import type { BankRecords, Entity } from '../../../src/domain/bank-record.ts';
import { fieldsOf } from '../../../src/domain/entity-fields.ts';

/** A record as those read it who decide: without who somebody is. */
export function withoutIdentity<E extends Entity>(
  entity: E,
  record: BankRecords[E],
): BankRecords[E] {
  return picked(entity, record, false) as BankRecords[E];
}

/** Who somebody is, as one version of a record states it; undefined where it states nothing. */
export function identityIn<E extends Entity>(
  entity: E,
  record: BankRecords[E],
): Partial<BankRecords[E]> | undefined {
  const identity = picked(entity, record, true);
  return Object.keys(identity).length === 0 ? undefined : (identity as Partial<BankRecords[E]>);
}

function picked(entity: Entity, record: object, identity: boolean): object {
  const fields = fieldsOf(entity).filter(([, spec]) => (spec.identity === true) === identity);
  const names = fields.map(([name]) => name);
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}
