import type { SnapshotToStore } from '../../../app/ports/moment.ts';
import { type Dictionary, encodeBody } from '../bodies/body-codec.ts';
import { bytesOf } from '../bodies/bytes.ts';
import type { Connection } from '../connection/pool.ts';

/** A snapshot and its sheet in the columns that they are stored in, in the order of `COLUMNS`. */
export interface SnapshotValues {
  readonly customer: string;
  readonly values: readonly unknown[];
}

const COLUMNS = [
  'customer_id uuid',
  'sheet_address bytea',
  'sheet_codec smallint',
  'sheet_body bytea',
  'address bytea',
  'codec smallint',
  'body bytea',
  'built_at timestamptz',
  'watermark bigint',
  'business_date date',
  'valid_until timestamptz',
  'facts_digest text',
  'rates_digest text',
  'is_current boolean',
  'catalogue int',
  'bins bytea',
].map((column) => column.split(' '));

/** Packs a snapshot by the vocabulary of its sheet; `catalogue` is the code of its facts. */
export function rowOf(
  { customer, address, snapshot, sheet, ...rest }: SnapshotToStore,
  { dictionary, catalogue }: { readonly dictionary: Dictionary; readonly catalogue: number },
): SnapshotValues {
  const [packedSheet, packed] = [encodeBody(sheet, dictionary), encodeBody(snapshot, dictionary)];
  const values = [
    customer,
    bytesOf(snapshot.sheetAddress),
    packedSheet.codec,
    packedSheet.body,
    bytesOf(address),
    packed.codec,
    packed.body,
    rest.builtAt,
    rest.watermark,
    snapshot.businessDate,
    snapshot.validUntil,
    snapshot.factsDigest,
    snapshot.ratesDigest,
    rest.current,
    catalogue,
    rest.bins,
  ];
  return { customer, values };
}

/** Parts rows so that none is of a customer of another: one statement changes no row twice. */
export function roundsOf(
  rows: readonly SnapshotValues[],
): readonly (readonly SnapshotValues[])[] {
  const rounds: SnapshotValues[][] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const round = seen.get(row.customer) ?? 0;
    seen.set(row.customer, round + 1);
    const members = rounds[round] ?? [];
    members.push(row);
    rounds[round] = members;
  }
  return rounds;
}

/** Stores the snapshots of different customers by one statement. */
export async function saveRound(
  connection: Connection,
  rows: readonly SnapshotValues[],
): Promise<void> {
  if (rows.length === 0) return;
  const values = COLUMNS.map((_, column) => rows.map((row) => row.values[column]));
  await connection.run({ name: 'save_snapshots', text: SAVE, values });
}

const NAMES = COLUMNS.map(([name]) => name).join(', ');
const ARRAYS = COLUMNS.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ');

/**
 * INVARIANT: an address stands for one content, so writing it again can only mend it.
 * INVARIANT: the current snapshot moves only forward: by watermark, then by business date. At
 * equal ones a snapshot of another catalogue or rate table replaces it, or one that stands at
 * least as long. Rows go in by customer, so that two processes never wait in a circle.
 */
const SAVE = `
  with given as materialized (
    select * from unnest(${ARRAYS}) as g(${NAMES}) order by customer_id
  ), sheet as (
    insert into fact_sheet as old (customer_id, address, codec, body)
    select customer_id, sheet_address, sheet_codec, sheet_body from given
    on conflict (customer_id, address) do update set codec = excluded.codec, body = excluded.body
    where (old.codec, old.body) <> (excluded.codec, excluded.body)
  ), binned as (
    insert into sheet_bins (customer_id, address, catalogue, business_date, bins)
    select customer_id, sheet_address, catalogue, business_date, bins from given
    on conflict do nothing
  ), shot as (
    insert into snapshot as old (customer_id, address, sheet_address, codec, body, built_at)
    select customer_id, address, sheet_address, codec, body, built_at from given
    on conflict (customer_id, address) do update set codec = excluded.codec, body = excluded.body
    where (old.codec, old.body) <> (excluded.codec, excluded.body)
  )
  insert into current_snapshot as old
    (customer_id, address, watermark, business_date, valid_until, facts_digest, rates_digest)
  select customer_id, address, watermark, business_date, valid_until, facts_digest, rates_digest
  from given where is_current
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
