import type {
  DecisionToRead,
  ReadModel,
  ReadModelExtent,
  SheetName,
  UnbinnedPage,
} from '../../../app/ports/read-model.ts';
import type { Uuid } from '../../../domain/id.ts';
import { addressFrom, bytesOf } from '../bodies/bytes.ts';
import { createDictionaryShelf, type DictionaryShelf } from '../bodies/dictionary-shelf.ts';
import type { Connection, Database } from '../connection/pool.ts';
import { type CodeBook, createCodeBook } from '../decisions/code-book.ts';
import { ensurePartitions, instantOfId } from '../decisions/decision-partitions.ts';
import { portionsOf } from '../decisions/portions-of.ts';
import { bodiesOf, readableSnapshot, type SnapshotRow } from '../moments/snapshot-store.ts';
import { createCatalogueCodes } from './catalogue-codes.ts';
import {
  OUTCOME_COLUMNS,
  OUTCOME_VALUES,
  type OutcomeRow,
  outcomeNamesOf,
  outcomeParameters,
  outcomeRowOf,
  outcomeValues,
} from './outcome-rows.ts';

/** The read model of this database. */
export function createReadModel(database: Database): ReadModel {
  const book = createCodeBook(database);
  const shelf = createDictionaryShelf(database);
  const catalogueCode = createCatalogueCodes(database);
  return {
    extent: () => readExtent(database),
    async differing(decisions) {
      if (decisions.length === 0) return [];
      const values = expectedValues(decisions, await rowsOf(decisions, book));
      const rows = await database.query<{ id: string }>(DIFFERING, values);
      return rows.map(({ id }) => id);
    },
    async rewrite(decisions) {
      const rows = await rowsOf(decisions, book);
      for (const month of new Set(decisions.map(({ id }) => instantOfId(id).slice(0, 7)))) {
        await ensurePartitions(database, `${month}-01T00:00:00.000Z`, 1);
      }
      await database.transaction((connection) => replace(connection, decisions, rows));
    },
    unbinned: (after, limit) => readUnbinned(database, shelf, { after, limit }),
    async writeBins(bins) {
      for (const { sheet, bins: bytes } of bins) {
        const { customer, address, factsDigest, businessDate } = sheet;
        const code = await catalogueCode(factsDigest);
        const values = [customer, bytesOf(address), code, businessDate, bytes];
        await database.query(INSERT_BINS, values);
      }
    },
  };
}

async function readExtent(database: Database): Promise<ReadModelExtent> {
  const [row] = await database.query<ReadModelExtent>(`select
    (select count(*) from decision) as decisions,
    (select count(*) from decision_outcome) as outcomes,
    (select count(*) from fact_sheet) as sheets,
    (select count(*) from sheet_bins) as binned`);
  if (row === undefined) throw new Error('a count gave no row');
  return row;
}

async function rowsOf(
  decisions: readonly DecisionToRead[],
  book: CodeBook,
): Promise<readonly OutcomeRow[]> {
  const names = decisions.map(({ capsule }) => outcomeNamesOf(capsule));
  const codes = await book.codesOf(names.flat());
  const next = portionsOf(codes);
  return decisions.map(({ capsule }, i) => outcomeRowOf(capsule, next(names[i]?.length ?? 0)));
}

function expectedValues(
  decisions: readonly DecisionToRead[],
  rows: readonly OutcomeRow[],
): readonly unknown[] {
  return [decisions.map(({ id }) => id), ...outcomeValues(rows)];
}

/** What is right beside what is stored, in the order of the ids. */
const DIFFERING = `
  with wanted as (
    select id, ${OUTCOME_VALUES}
    from unnest($1::uuid[], ${outcomeParameters(2)}) as w(id, ${OUTCOME_COLUMNS})
  )
  select w.id from wanted w left join decision_outcome o on o.id = w.id
  where (${qualified('w')}) is distinct from (${qualified('o')})
  order by w.id`;

function qualified(alias: string): string {
  return OUTCOME_COLUMNS.split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ');
}

async function replace(
  connection: Connection,
  decisions: readonly DecisionToRead[],
  rows: readonly OutcomeRow[],
): Promise<void> {
  const values = expectedValues(decisions, rows);
  await connection.query('delete from decision_outcome where id = any($1)', [values[0]]);
  await connection.query(
    `insert into decision_outcome (id, customer_id, release_id, ${OUTCOME_COLUMNS})
     select w.id, d.customer_id, d.release_id, ${OUTCOME_VALUES}
     from unnest($1::uuid[], ${outcomeParameters(2)}) as w(id, ${OUTCOME_COLUMNS})
     join decision d on d.id = w.id`,
    values,
  );
}

interface UnbinnedRow extends SnapshotRow {
  readonly customer_id: Uuid;
  readonly sheet_address: Uint8Array;
}

async function readUnbinned(
  database: Database,
  shelf: DictionaryShelf,
  { after, limit }: { readonly after: SheetName | null; readonly limit: number },
): Promise<UnbinnedPage> {
  const from = after === null ? [null, null] : [after.customer, bytesOf(after.address)];
  const rows = await database.query<UnbinnedRow>(UNBINNED, [...from, limit]);
  const dictionaries = await shelf.forBodies(rows.flatMap(bodiesOf));
  const sheets = rows.flatMap((row) => {
    const loaded = readableSnapshot(row, dictionaries);
    if (loaded === undefined) return [];
    const { sheet, snapshot } = loaded;
    const { factsDigest, businessDate } = snapshot;
    return [{ ...nameOf(row), sheet, factsDigest, businessDate }];
  });
  const last = rows.at(-1);
  return { sheets, next: last === undefined ? null : nameOf(last) };
}

function nameOf({ customer_id: customer, sheet_address: address }: UnbinnedRow): SheetName {
  return { customer, address: addressFrom(address) };
}

/** Each sheet with the first snapshot that named it: that one tells catalogue and day. */
const UNBINNED = `
  select f.customer_id, f.address as sheet_address, s.address, s.codec, s.body,
    f.codec as sheet_codec, f.body as sheet_body
  from fact_sheet f
  join lateral (
    select * from snapshot x
    where x.customer_id = f.customer_id and x.sheet_address = f.address
    order by x.built_at, x.address limit 1
  ) s on true
  where not exists (
      select from sheet_bins b where b.customer_id = f.customer_id and b.address = f.address
    )
    and ($1::uuid is null or (f.customer_id, f.address) > ($1, $2::bytea))
  order by f.customer_id, f.address limit $3`;

const INSERT_BINS = `
  insert into sheet_bins (customer_id, address, catalogue, business_date, bins)
  values ($1, $2, $3, $4, $5) on conflict do nothing`;
