import type { CustomerIdentities } from '../../../app/ports/customer-identity.ts';
import type { ReadMany } from '../../../app/ports/customer-source.ts';
import type { Entity } from '../../../domain/bank-record.ts';
import type { Database } from '../connection/pool.ts';
import { columnOf, identityColumnsOf, tableOf } from './record-columns.ts';

/** Reads identities from their own tables, each as of the last version of its record. */
export function createCustomerIdentities(database: Database): CustomerIdentities {
  return {
    parties: reader(database, 'party', 'partyId'),
    arrangements: reader(database, 'arrangement', 'arrangementId'),
  };
}

function reader<T extends object>(
  database: Database,
  entity: Entity,
  keyField: string,
): ReadMany<T> {
  const key = columnOf(keyField);
  const columns = identityColumnsOf(entity);
  // A later version that states no identity has taken it back.
  const text = `
    select i.${key}, ${columns.map(({ column }) => `i.${column}`).join(', ')}
    from (select distinct on (${key}) ${key}, recorded_at from ${tableOf(entity)}
      where ${key} = any($1) order by ${key}, recorded_at desc) r
    join ${tableOf(entity)}_identity i on i.${key} = r.${key} and i.recorded_at = r.recorded_at`;
  return async (keys) => {
    const rows = await database.arrays(text, [keys]);
    return new Map(
      rows.map(([id, ...cells]) => {
        const fields = columns.map(({ field }, i) => [field, cells[i]] as const);
        const known = Object.fromEntries(fields.filter(([, cell]) => cell !== null));
        return [String(id), known as T] as const;
      }),
    );
  };
}
