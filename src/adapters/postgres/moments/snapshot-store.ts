import {
  type SnapshotStore,
  type SnapshotToStore,
  UnreadableSnapshot,
} from '../../../app/ports/moment.ts';
import type { FactSheet } from '../../../domain/fact.ts';
import type { LoadedSnapshot, Snapshot } from '../../../domain/snapshot.ts';
import {
  BadBody,
  type Dictionary,
  decodeBody,
  encodeBody,
  type StoredBody,
} from '../bodies/body-codec.ts';
import { addressFrom, bytesOf } from '../bodies/bytes.ts';
import { createDictionaryShelf, type DictionaryShelf } from '../bodies/dictionary-shelf.ts';
import { factNamesOf, sheetDictionary } from '../bodies/sheet-dictionary.ts';
import type { Database } from '../connection/pool.ts';
import { createCatalogueCodes } from '../read-model/catalogue-codes.ts';

/** Fact sheets and snapshots by address, each once a customer, and which snapshot is current. */
export function createSnapshotStore(database: Database): SnapshotStore {
  const shelf = createDictionaryShelf(database);
  const dictionaryFor = createSheetDictionaries(shelf);
  const catalogueCode = createCatalogueCodes(database);
  return {
    async save(snapshot) {
      await database.run({
        name: snapshot.current ? 'save_current_snapshot' : 'save_snapshot',
        text: snapshot.current ? SAVE_CURRENT : SAVE,
        values: valuesOf(snapshot, {
          dictionary: await dictionaryFor(snapshot.sheet),
          catalogue: await catalogueCode(snapshot.snapshot.factsDigest),
        }),
      });
    },
    async load(customer, address) {
      const values = [customer, bytesOf(address)];
      const [row] = await database.run<SnapshotRow>({
        name: 'load_snapshot',
        text: LOAD,
        values,
      });
      return row && loadedSnapshot(row, await shelf.forBodies(bodiesOf(row)));
    },
  };
}

/** The columns of a snapshot and its sheet. */
export interface SnapshotRow extends StoredBody {
  readonly address: Uint8Array;
  readonly sheet_codec: number;
  readonly sheet_body: Uint8Array;
}

/** A snapshot with the sheet it names, from their columns; throws where they are spoilt. */
function loadedSnapshot(
  row: SnapshotRow,
  dictionaries: ReadonlyMap<number, Uint8Array>,
): LoadedSnapshot {
  try {
    return {
      address: addressFrom(row.address),
      snapshot: decodeBody<Snapshot>(row, dictionaries),
      sheet: decodeBody<FactSheet>(sheetOf(row), dictionaries),
    };
  } catch (error) {
    if (error instanceof BadBody) throw new UnreadableSnapshot(error);
    throw error;
  }
}

/** The same; undefined where they are spoilt. */
export function readableSnapshot(
  row: SnapshotRow,
  dictionaries: ReadonlyMap<number, Uint8Array>,
): LoadedSnapshot | undefined {
  try {
    return loadedSnapshot(row, dictionaries);
  } catch (error) {
    if (error instanceof UnreadableSnapshot) return undefined;
    throw error;
  }
}

/** The two bodies of a row, for finding their dictionaries. */
export function bodiesOf(row: SnapshotRow): readonly StoredBody[] {
  return [row, sheetOf(row)];
}

function sheetOf(row: SnapshotRow): StoredBody {
  return { codec: row.sheet_codec, body: row.sheet_body };
}

/** One dictionary a feature catalogue, known by the facts that its sheets speak of. */
function createSheetDictionaries(shelf: DictionaryShelf) {
  const known = new Map<string, Dictionary>();
  return async (sheet: FactSheet): Promise<Dictionary> => {
    const names = factNamesOf(sheet);
    const key = names.join('\n');
    const dictionary = known.get(key) ?? (await shelf.keep(sheetDictionary(names)));
    known.set(key, dictionary);
    return dictionary;
  };
}

/** INVARIANT: an address stands for one content, so writing it again can only mend it. */
const STORE = `
  with sheet as (
    insert into fact_sheet as old (customer_id, address, codec, body) values ($1, $2, $3, $4)
    on conflict (customer_id, address) do update set codec = excluded.codec, body = excluded.body
    where (old.codec, old.body) <> (excluded.codec, excluded.body)
  ), binned as (
    insert into sheet_bins (customer_id, address, catalogue, business_date, bins)
    values ($1, $2, $13, $9, $14) on conflict do nothing
  ), shot as (
    insert into snapshot as old (customer_id, address, sheet_address, codec, body, built_at)
    values ($1, $5, $2, $3, $6, $7)
    on conflict (customer_id, address) do update set codec = excluded.codec, body = excluded.body
    where (old.codec, old.body) <> (excluded.codec, excluded.body)
  )`;

const SAVE = `${STORE} select $8::bigint, $9::date, $10::timestamptz, $11::text, $12::text`;

/**
 * INVARIANT: the current snapshot moves only forward: by watermark, then by business date. At
 * equal ones a snapshot of another catalogue or rate table replaces it, or one that stands at
 * least as long.
 */
const SAVE_CURRENT = `${STORE}
  insert into current_snapshot as old
    (customer_id, address, watermark, business_date, valid_until, facts_digest, rates_digest)
  values ($1, $5, $8, $9, $10, $11, $12)
  on conflict (customer_id) do update set
    address = excluded.address, watermark = excluded.watermark,
    business_date = excluded.business_date, valid_until = excluded.valid_until,
    facts_digest = excluded.facts_digest, rates_digest = excluded.rates_digest
  where (excluded.watermark, excluded.business_date) > (old.watermark, old.business_date)
    or (excluded.watermark, excluded.business_date) = (old.watermark, old.business_date)
      and excluded.address <> old.address
      and (excluded.valid_until >= old.valid_until
        or excluded.facts_digest <> old.facts_digest
        or excluded.rates_digest <> old.rates_digest)`;

const LOAD = `
  select s.address, s.codec, s.body, f.codec as sheet_codec, f.body as sheet_body
  from snapshot s
  join customer c on c.id = s.customer_id and c.address_key is not null
  join fact_sheet f on f.customer_id = s.customer_id and f.address = s.sheet_address
  where s.customer_id = $1 and s.address = $2`;

function valuesOf(
  { customer, address, snapshot, ...rest }: SnapshotToStore,
  by: { readonly dictionary: Dictionary; readonly catalogue: number },
): unknown[] {
  const { dictionary, catalogue } = by;
  const sheet = encodeBody(rest.sheet, dictionary);
  return [
    customer,
    bytesOf(snapshot.sheetAddress),
    sheet.codec,
    sheet.body,
    bytesOf(address),
    encodeBody(snapshot, dictionary).body,
    rest.builtAt,
    rest.watermark,
    snapshot.businessDate,
    snapshot.validUntil,
    snapshot.factsDigest,
    snapshot.ratesDigest,
    catalogue,
    rest.bins,
  ];
}
