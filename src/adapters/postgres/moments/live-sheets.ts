import type { ReadLiveSheets } from '../../../app/ports/live-sheets.ts';
import { UnreadableSnapshot } from '../../../app/ports/moment.ts';
import type { BusinessDate } from '../../../domain/business-date.ts';
import type { FactSheet } from '../../../domain/fact.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import { createDictionaryShelf } from '../bodies/dictionary-shelf.ts';
import type { Database } from '../connection/pool.ts';
import { bodiesOf, loadedSnapshot, type SnapshotRow } from './snapshot-store.ts';

interface LiveRow extends SnapshotRow {
  readonly party_id: string;
}

/** Reads what decisions left behind, for training: some customers at a time, oldest first. */
export function createLiveSheets(database: Database): ReadLiveSheets {
  const shelf = createDictionaryShelf(database);
  return async ({ customerIds, factsDigest, ratesDigest }) => {
    const rows = await database.query<LiveRow>(READ, [customerIds]);
    const dictionaries = await shelf.forBodies(rows.flatMap(bodiesOf));
    const found = new Map<string, Map<BusinessDate, FactSheet>>();
    for (const row of rows) {
      const loaded = readable(row, dictionaries);
      if (loaded?.snapshot.factsDigest !== factsDigest) continue;
      if (loaded.snapshot.ratesDigest !== ratesDigest) continue;
      const own = found.get(row.party_id) ?? new Map<BusinessDate, FactSheet>();
      own.set(loaded.snapshot.businessDate, loaded.sheet);
      found.set(row.party_id, own);
    }
    return found;
  };
}

function readable(
  row: LiveRow,
  dictionaries: ReadonlyMap<number, Uint8Array>,
): LoadedSnapshot | undefined {
  try {
    return loadedSnapshot(row, dictionaries);
  } catch (error) {
    if (error instanceof UnreadableSnapshot) return undefined;
    throw error;
  }
}

const READ = `
  select c.party_id, s.address, s.codec, s.body, f.codec as sheet_codec, f.body as sheet_body
  from customer c
  join snapshot s on s.customer_id = c.id
  join fact_sheet f on f.customer_id = s.customer_id and f.address = s.sheet_address
  where c.party_id = any($1) and c.address_key is not null
  order by c.party_id, s.built_at, s.address`;
