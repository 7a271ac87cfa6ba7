import { createBankStore } from '../../src/adapters/postgres/bank/bank-store.ts';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import { recordTableOf } from '../../src/adapters/postgres/intake/record-tables.ts';
import { createRegistry, type Registry } from '../../src/adapters/postgres/registry/registry.ts';
import type { Duty } from '../../src/adapters/postgres/schema/roles.ts';
import type { BankRecords, Entity } from '../../src/domain/bank-record.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import { type ClonedDatabase, cloneDatabase, urlFor } from '../support/database.ts';

/** A database of a suite's own, with everything that is opened over it. */
export interface Rig {
  readonly url: string;
  /** An administrator's: for what a test does beside the code that it tests. */
  readonly database: Database;
  /** The worker's. */
  readonly registry: Registry;
  /** The statements sent through `database` since the last call. */
  statements(): readonly string[];
  /** Another pool that is closed with the rig. */
  pool(max: number, url?: string): Database;
  /** The same by the role of a duty. */
  as(duty: Duty, max?: number): Database;
  close(): Promise<void>;
}

export const TODAY = '2026-11-24';

/** Clones a database and opens the bank of the tests in it. */
export async function openRig(): Promise<Rig> {
  const clone = await cloneDatabase();
  const sent: string[] = [];
  const pools: Database[] = [];
  const pool = (max: number, url = clone.url) => {
    const onQuery = (text: string) => void sent.push(text);
    const options = { max, applicationName: 'contract', statementTimeoutMs: 5_000, onQuery };
    const opened = createPool(url, options);
    pools.push(opened);
    return opened;
  };
  const as = (duty: Duty, max = 1) => pool(max, urlFor(duty, clone.url));
  const registry = createRegistry(urlFor('WORKER', clone.url));
  const rig = { url: clone.url, database: pool(4), registry, pool, as };
  const bank = { name: 'Contract Bank', mode: 'BANK', businessDate: TODAY } as const;
  await createBankStore(rig.registry).create(
    { ...bank, reportingCurrency: 'EUR' },
    { actor: 'test', at: '2026-11-24T08:00:00.000Z' },
  );
  return {
    ...rig,
    statements: () => sent.splice(0),
    close: () => closeAll(pools, rig.registry, clone),
  };
}

async function closeAll(
  pools: readonly Database[],
  registry: Registry,
  clone: ClonedDatabase,
): Promise<void> {
  await Promise.all(pools.map((pool) => pool.close()));
  await registry.close();
  await clone.drop();
}

/** Opens customers, each with a key of its own. */
export async function giveCustomers(
  database: Database,
  partyIds: readonly string[],
): Promise<void> {
  await database.query(
    `insert into customer (id, party_id, address_key, created_at)
     select i, p, sha256(p::bytea), now() from unnest($1::uuid[], $2::text[]) as c(i, p)`,
    [partyIds.map(customerUuid), partyIds],
  );
}

/** Stores records as an import would leave them, with their identity apart. */
export async function give<E extends Entity>(
  database: Database,
  entity: E,
  records: readonly BankRecords[E][],
): Promise<void> {
  const table = recordTableOf(entity);
  for (const { name, columns, some } of table.written) {
    const written = table.columns.filter(({ column }) => columns.includes(column));
    const stating = written.filter(({ column }) => some.includes(column));
    const rows = records.filter(
      (record) => some.length === 0 || stating.some(({ field }) => Reflect.has(record, field)),
    );
    const arrays = written.map(({ sqlType }, i) => `$${i + 1}::${sqlType}[]`);
    const values = written.map(({ field, absent }) =>
      rows.map((record): unknown => Reflect.get(record, field) ?? absent),
    );
    const names = written.map(({ column }) => column).join(', ');
    await database.query(
      `insert into ${name} (${names}) select * from unnest(${arrays.join(', ')})`,
      values,
    );
  }
}
