import type { ReadLiveSheets } from '../../../app/ports/live-sheets.ts';
import type { BusinessDate } from '../../../domain/business-date.ts';
import type { FactSheet } from '../../../domain/fact.ts';
import { createDictionaryShelf } from '../bodies/dictionary-shelf.ts';
import type { Database } from '../connection/pool.ts';
import { bodiesOf, readableSnapshot, type SnapshotRow } from './snapshot-store.ts';

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
      const loaded = readableSnapshot(row, dictionaries);
      if (loaded?.snapshot.factsDigest !== factsDigest) continue;
      if (loaded.snapshot.ratesDigest !== ratesDigest) continue;
      const own = found.get(row.party_id) ?? new Map<BusinessDate, FactSheet>();
      own.set(loaded.snapshot.businessDate, loaded.sheet);
      found.set(row.party_id, own);
    }
    return found;
  };
}

const READ = `
  select c.party_id, s.address, s.codec, s.body, f.codec as sheet_codec, f.body as sheet_body
  from customer c
  join snapshot s on s.customer_id = c.id
  join fact_sheet f on f.customer_id = s.customer_id and f.address = s.sheet_address
  where c.party_id = any($1) and c.address_key is not null
  order by c.party_id, s.built_at, s.address`;
