import type { PoolClient } from 'pg';
import type {
  Delivery,
  EntityCounts,
  Settled,
  SettledRefusal,
} from '../../../app/ports/record-intake.ts';
import type { Entity } from '../../../domain/bank-record.ts';
import { ENTITY_ORDER } from '../../../domain/entity-fields.ts';
import { sourcePartOf } from '../../../domain/entity-parts.ts';
import type { Instant } from '../../../domain/instant.ts';
import { endGone } from './end-gone.ts';
import { keepLosses } from './lost-records.ts';
import {
  dropStored,
  dropUnchanged,
  findTwice,
  insertRest,
  mergeTwice,
} from './merge-versions.ts';
import { numberOccurrences } from './number-occurrences.ts';
import { fieldOf, recordTableOf } from './record-tables.ts';
import { changed, rows } from './run-statement.ts';
import { addCoverage, settleCoverage } from './settle-coverage.ts';
import { type Settling, type Sifted, siftDelivery } from './sift-delivery.ts';
import { carryUntold, laterVersions } from './stored-conflicts.ts';
import { MOVE_SOURCES, moveWatermarks } from './watermarks.ts';

/** Sifts all that is pending, then writes entity by entity, parents first. */
export async function settleDelivery(settling: Settling, delivery: Delivery): Promise<Settled> {
  const { client, files, pending } = settling;
  for (const { entity, file } of delivery.occurrences) {
    await rows(client, numberOccurrences(recordTableOf(entity)), [files.numberOf(file)]);
  }
  const { sifted, latest } = await siftDelivery(settling, delivery);
  await addCoverage(settling, delivery);
  const asOf = delivery.asOf ?? latest;
  const ended = await endGone(client, delivery, asOf);
  const counts = new Map<Entity, EntityCounts>();
  for (const one of [...sifted, ...unlisted(ended, sifted)]) {
    const { refused, table } = one;
    const written = await writeTable(client, one, { asOf, system: delivery.system });
    const come = (pending.get(table.entity) ?? 0) + (ended.get(table.entity) ?? 0);
    const merged = come - refused - written;
    counts.set(table.entity, { written, merged, refused });
  }
  const coverage = await settleCoverage(client, { asOf, system: delivery.system });
  if (coverage !== null) counts.set('coverage', coverage);
  await rows(client, moveWatermarks(ENTITY_ORDER), [delivery.system]);
  const partsOf = (entities: readonly Entity[]) =>
    new Set(entities.flatMap((entity) => sourcePartOf(entity) ?? []));
  const parts = partsOf(delivery.entities).difference(partsOf(delivery.missing));
  if (asOf !== null) await rows(client, MOVE_SOURCES, [[...parts], delivery.system, asOf]);
  await keepLosses(client, delivery);
  return { counts, ...(await refusalsOf(settling)), latestRecordedAt: latest };
}

/** Of some entities a delivery may list nothing at all. */
function unlisted(
  ended: ReadonlyMap<Entity, number>,
  sifted: readonly Sifted[],
): readonly Sifted[] {
  const listed = new Set(sifted.map(({ table }) => table.entity));
  const told = { isTold: () => 'false', partly: [] };
  const found = { told, anyStored: true, hasRepeated: false, hasMore: false, refused: 0 };
  return [...ended.keys()]
    .filter((entity) => !listed.has(entity))
    .map((entity) => ({ table: recordTableOf(entity), ...found }));
}

async function writeTable(
  client: PoolClient,
  { table, told, anyStored, hasRepeated, hasMore }: Sifted,
  { asOf, system }: { readonly asOf: Instant | null; readonly system: string },
): Promise<number> {
  if (hasMore) await rows(client, laterVersions(table), [asOf]);
  if (hasRepeated) {
    if ((await changed(client, findTwice(table))) > 0) await rows(client, mergeTwice(table));
    await rows(client, 'drop table twice');
  }
  if (anyStored) {
    const carry = carryUntold(table, told);
    if (carry !== null) await rows(client, carry);
    await rows(client, dropStored(table));
  }
  if (anyStored || hasRepeated) await rows(client, dropUnchanged(table));
  let written = 0;
  for (const [i, { text, values }] of insertRest(table, system).entries()) {
    const inserted = await changed(client, text, values);
    // Of a record whose identity lies apart the entity's own table counts.
    if (i === 0) written = inserted;
  }
  if (written > 0) for (const { name } of table.written) await rows(client, `analyze ${name}`);
  return written;
}

/** Of refusals that are alike so many are named. */
const NAMED = 5;

const REFUSALS = `
  select entity, column_name, file_no, line, code, message,
    case when nth = ${NAMED} then alike - nth else 0 end as more
  from (
    select *, count(*) over alike as alike,
      row_number() over (partition by entity, column_name, file_no, code, message
        order by line) as nth
    from refused
    window alike as (partition by entity, column_name, file_no, code, message)
  ) r
  where nth <= ${NAMED} order by file_no, line, entity, column_name`;

const ROWS_REFUSED = `
  select file_no, count(*)::int as n from (select distinct file_no, line from refused) r
  group by file_no`;

async function refusalsOf({
  client,
  files,
}: Settling): Promise<Pick<Settled, 'refusals' | 'rowsRefused'>> {
  if ((await changed(client, 'select from refused limit 1')) === 0) {
    return { refusals: [], rowsRefused: new Map() };
  }
  const [counted, found] = [await rows(client, ROWS_REFUSED), await rows(client, REFUSALS)];
  const refusals = found.rows.map((row): SettledRefusal => {
    const table = recordTableOf(row.entity);
    return {
      entity: table.entity,
      field: fieldOf(table, row.column_name),
      place: { file: files.nameOf(row.file_no), line: row.line },
      code: row.code,
      message: row.message,
      more: row.more,
    };
  });
  const rowsRefused = new Map(counted.rows.map((row) => [files.nameOf(row.file_no), row.n]));
  return { refusals, rowsRefused };
}
