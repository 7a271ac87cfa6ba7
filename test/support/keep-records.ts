import type { Database } from '../../src/adapters/postgres/connection/pool.ts';
import { insertRest } from '../../src/adapters/postgres/intake/merge-versions.ts';
import {
  copyRows,
  createPending,
  fileNumbers,
} from '../../src/adapters/postgres/intake/pending-rows.ts';
import { recordTableOf } from '../../src/adapters/postgres/intake/record-tables.ts';
import { moveWatermarks } from '../../src/adapters/postgres/intake/watermarks.ts';
import type { Entity } from '../../src/domain/bank-record.ts';
import type { Given } from './settle-records.ts';

/**
 * Stores records as they are, past the intake: a database of an earlier state of the program holds
 * records that went from one person to another, and whoever reads them must still tell whose.
 */
export async function keepRecords(
  database: Database,
  given: readonly Given[],
  system: string,
): Promise<void> {
  const entities: readonly Entity[] = [...new Set(given.map(([entity]) => entity))];
  await database.withClient(async (client) => {
    await client.query(`begin; ${createPending('drop')}`);
    for (const entity of entities) {
      const own = given.filter(([name]) => name === entity);
      const rows = own.map(([, record], line) => ({ record, place: { file: '', line } }));
      await copyRows(client, recordTableOf(entity), { rows, files: fileNumbers() });
    }
    for (const entity of entities) {
      for (const { text, values } of insertRest(recordTableOf(entity), system)) {
        await client.query(`${text} on conflict do nothing`, values);
      }
    }
    await client.query(moveWatermarks(entities), [system]);
    await client.query('commit');
  });
}
