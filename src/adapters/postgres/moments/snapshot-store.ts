import { type SnapshotStore, UnreadableSnapshot } from '../../../app/ports/moment.ts';
import type { FactSheet } from '../../../domain/fact.ts';
import type { LoadedSnapshot, Snapshot } from '../../../domain/snapshot.ts';
import { BadBody, type Dictionary, decodeBody, type StoredBody } from '../bodies/body-codec.ts';
import { addressFrom, bytesOf } from '../bodies/bytes.ts';
import { createDictionaryShelf, type DictionaryShelf } from '../bodies/dictionary-shelf.ts';
import { factNamesOf, sheetDictionary } from '../bodies/sheet-dictionary.ts';
import type { Database } from '../connection/pool.ts';
import { createCatalogueCodes } from '../read-model/catalogue-codes.ts';
import { roundsOf, rowOf, saveRound } from './save-snapshots.ts';

/** Fact sheets and snapshots by address, each once a customer, and which snapshot is current. */
export function createSnapshotStore(database: Database): SnapshotStore {
  const shelf = createDictionaryShelf(database);
  const dictionaryFor = createSheetDictionaries(shelf);
  const catalogueCode = createCatalogueCodes(database);
  return {
    async save(snapshots) {
      const rows = await Promise.all(
        snapshots.map(async (one) =>
          rowOf(one, {
            dictionary: await dictionaryFor(one.sheet),
            catalogue: await catalogueCode(one.snapshot.factsDigest),
          }),
        ),
      );
      const rounds = roundsOf(rows);
      const [first = []] = rounds;
      if (rounds.length <= 1) return saveRound(database, first);
      await database.transaction(async (connection) => {
        for (const round of rounds) await saveRound(connection, round);
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

const LOAD = `
  select s.address, s.codec, s.body, f.codec as sheet_codec, f.body as sheet_body
  from snapshot s
  join customer c on c.id = s.customer_id and c.address_key is not null
  join fact_sheet f on f.customer_id = s.customer_id and f.address = s.sheet_address
  where s.customer_id = $1 and s.address = $2`;
