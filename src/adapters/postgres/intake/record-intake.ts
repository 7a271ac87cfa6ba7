import type { PoolClient } from 'pg';
import type { Bank, BankMode } from '../../../app/ports/bank.ts';
import type { Clock, Randomness } from '../../../app/ports/clock.ts';
import type {
  EntityCounts,
  ImportRun,
  IntakeTransaction,
  Loss,
  RecordIntake,
} from '../../../app/ports/record-intake.ts';
import type { Entity } from '../../../domain/bank-record.ts';
import { uuidv7 } from '../../../domain/id.ts';
import { LOCKS } from '../connection/locks.ts';
import { outageOf } from '../connection/outage-of.ts';
import type { Database } from '../connection/pool.ts';
import { openCustomers } from './open-customers.ts';
import { copyRows, createPending, fileNumbers } from './pending-rows.ts';
import { recordTableOf } from './record-tables.ts';
import { settleDelivery } from './settle-delivery.ts';

/** What pseudonyms, keys and runs are made of. */
export interface RecordIntakeDeps {
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** The bank's records in PostgreSQL; an import holds one connection for its whole transaction. */
export function createRecordIntake(database: Database, deps: RecordIntakeDeps): RecordIntake {
  return { begin: () => begin(database, deps) };
}

/** The connection is lent until the transaction ends, either way. */
function begin(database: Database, deps: RecordIntakeDeps): Promise<IntakeTransaction> {
  return new Promise((resolve, reject) => {
    database
      .withClient(async (client) => {
        const ended = Promise.withResolvers<void>();
        await client.query('begin; set local statement_timeout = 0');
        await client.query('select pg_advisory_xact_lock($1)', [LOCKS.import]);
        await client.query(createPending('drop'));
        resolve(transactionOver(client, deps, ended));
        await ended.promise;
      })
      .catch(reject);
  });
}

function transactionOver(
  client: PoolClient,
  deps: RecordIntakeDeps,
  ended: { resolve(): void; reject(error: unknown): void },
): IntakeTransaction {
  const files = fileNumbers();
  const pending = new Map<Entity, number>();
  let settled: readonly EntityCounts[] = [];
  return {
    readBank: () => asOutage(() => readBank(client)),
    add: (entity, rows) =>
      asOutage(async () => {
        await copyRows(client, recordTableOf(entity), { rows, files });
        pending.set(entity, (pending.get(entity) ?? 0) + rows.length);
      }),
    lose: (losses) => asOutage(() => addLosses(client, losses)),
    settle: (delivery) =>
      asOutage(async () => {
        const result = await settleDelivery({ client, files, pending }, delivery);
        await openCustomers(client, deps);
        settled = [...result.counts.values()];
        return result;
      }),
    commit: (run) =>
      asOutage(async () => {
        await writeBank(client, run);
        await logRun(client, run, { counts: settled, randomness: deps.randomness });
        await client.query('commit');
        ended.resolve();
      }),
    // A connection that cannot even roll back is discarded, which rolls back too.
    rollback: () => client.query('rollback').then(() => ended.resolve(), ended.reject),
  };
}

async function addLosses(client: PoolClient, losses: readonly Loss[]): Promise<void> {
  const column = <K extends keyof Loss>(name: K) => losses.map((loss) => loss[name]);
  await client.query(
    `insert into lost (part, subject, subject_id, since)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])`,
    [column('part'), column('subject'), column('id'), column('since')],
  );
}

async function asOutage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw outageOf(error);
  }
}

async function readBank(client: PoolClient): Promise<Bank | undefined> {
  const found = await client.query<{
    name: string;
    mode: BankMode;
    business_date: string;
    reporting_currency: string;
  }>('select name, mode, business_date, reporting_currency from bank');
  const row = found.rows[0];
  if (row === undefined) return undefined;
  return {
    name: row.name,
    mode: row.mode,
    businessDate: row.business_date,
    reportingCurrency: row.reporting_currency,
  };
}

async function writeBank(client: PoolClient, { bank, actor, finishedAt }: ImportRun) {
  await client.query(
    `insert into bank (name, mode, business_date, reporting_currency, created_at, created_by)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (only_one) do update
        set business_date = greatest(bank.business_date, excluded.business_date)`,
    [bank.name, bank.mode, bank.businessDate, bank.reportingCurrency, finishedAt, actor],
  );
}

async function logRun(
  client: PoolClient,
  run: ImportRun,
  by: { readonly counts: readonly EntityCounts[]; readonly randomness: Randomness },
) {
  const id = uuidv7(Date.parse(run.finishedAt), by.randomness.bytes(10));
  const written = by.counts.reduce((sum, count) => sum + count.written, 0);
  const merged = by.counts.reduce((sum, count) => sum + count.merged, 0);
  await client.query(
    `insert into import_run (id, mapping_name, mapping_digest, actor, started_at, finished_at,
        rows_read, rows_written, rows_merged, rows_refused)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, run.mappingName, run.mappingDigest, run.actor, run.startedAt, run.finishedAt],
      ...[run.rowsRead, written, merged, run.rowsRefused],
    ],
  );
}
