import type { BankMode } from '../../../app/ports/bank.ts';
import type { Moment, MomentReader } from '../../../app/ports/moment.ts';
import type { BusinessDate } from '../../../domain/business-date.ts';
import type { Digest } from '../../../domain/digest.ts';
import type { Uuid } from '../../../domain/id.ts';
import { type MergeCells, mergesFrom } from '../bank/merged-numbers.ts';
import { createDictionaryShelf, type DictionaryShelf } from '../bodies/dictionary-shelf.ts';
import type { Database } from '../connection/pool.ts';
import { asCustomers } from './merged-moments.ts';
import { readingsOf } from './moment-sources.ts';
import { MOMENT_STATEMENT } from './moment-statement.ts';
import { createReadBatcher } from './read-batcher.ts';
import { bodiesOf, readableSnapshot, type SnapshotRow } from './snapshot-store.ts';
import { type VersionCells, versionsOf } from './version-cells.ts';

/**
 * Reads moments over a pool of one connection, best its own: while a statement is out, all who
 * ask wait together and go into the next one.
 */
export function createMomentReader(connection: Database): MomentReader {
  const shelf = createDictionaryShelf(connection);
  const batcher = createReadBatcher((ids) => readMany(connection, shelf, ids));
  return { readMoments: (customerIds) => batcher.read(customerIds) };
}

async function readMany(
  connection: Database,
  shelf: DictionaryShelf,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Moment>> {
  const rows = await connection.run<MomentRow>({
    name: 'moments',
    text: MOMENT_STATEMENT,
    values: [customerIds],
  });
  const snapshots = rows.flatMap((row) => (isBuilt(row) ? bodiesOf(row) : []));
  const dictionaries = await shelf.forBodies(snapshots);
  const merges = mergesFrom(rows[0]?.merges ?? null);
  const moments = new Map(rows.map((row) => [row.party_id, momentOf(row, dictionaries)]));
  return merges.length === 0 ? moments : asCustomers(customerIds, moments, merges);
}

function isBuilt(row: MomentRow): row is MomentRow & SnapshotRow {
  return row.address !== null;
}

interface MomentRow extends VersionCells, Omit<SnapshotRow, 'address'> {
  readonly party_id: string;
  readonly id: Uuid;
  readonly address_key: Uint8Array;
  readonly mode: BankMode;
  readonly business_date: BusinessDate;
  readonly active_release: Digest | null;
  /** Of all customers alike. */
  readonly merges: readonly MergeCells[] | null;
  readonly watermark: number;
  readonly snapshot_watermark: number | null;
  /** Null, and with it every column of the snapshot, before the first was built. */
  readonly address: Uint8Array | null;
}

function momentOf(row: MomentRow, dictionaries: ReadonlyMap<number, Uint8Array>): Moment {
  return {
    customer: row.id,
    addressKey: row.address_key,
    bankMode: row.mode,
    businessDate: row.business_date,
    activeRelease: row.active_release,
    // A spoilt one is built again; the customers read with it are not its concern.
    snapshot: isBuilt(row) ? (readableSnapshot(row, dictionaries) ?? null) : null,
    snapshotWatermark: row.snapshot_watermark,
    watermark: row.watermark,
    ...(row.readings !== null && { readings: readingsOf(row) }),
    versions: versionsOf(row.party_id, row),
  };
}
