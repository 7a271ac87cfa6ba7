import type { PoolClient } from 'pg';
import type { Delivery, EntityCounts } from '../../../app/ports/record-intake.ts';
import type { Instant } from '../../../domain/instant.ts';
import { sameVersion } from './key-conflicts.ts';
import {
  dropStored,
  dropUnchanged,
  findTwice,
  insertRest,
  mergeTwice,
} from './merge-versions.ts';
import type { FileNumbers } from './pending-rows.ts';
import { recordTableOf } from './record-tables.ts';
import { changed, rows } from './run-statement.ts';

const TABLE = recordTableOf('coverage');

/** Adds the windows that files cover by their rows, and names whose all windows are. */
export async function addCoverage(
  { client, files }: { readonly client: PoolClient; readonly files: FileNumbers },
  { coverageByKey, system }: Delivery,
): Promise<void> {
  for (const { file, until } of coverageByKey) {
    const back = until === 'dayBeforeLastRow' ? 1 : 0;
    await rows(client, ADD_COVERAGE, [files.numberOf(file), back]);
  }
  await rows(client, 'update pending_coverage set system = $1', [system]);
}

/** Settles windows: of one that is handed over again the furthest day counts. */
export async function settleCoverage(
  client: PoolClient,
  { asOf, system }: { readonly asOf: Instant | null; readonly system: string },
): Promise<EntityCounts | null> {
  const found = await rows(client, 'select count(*)::int as n from pending_coverage');
  const before = Number(found.rows[0]?.n ?? 0);
  if (before === 0) return null;
  await rows(client, 'analyze pending_coverage');
  await rows(client, DROP_ORPHANS);
  const anyStored = (await changed(client, 'select from bank_coverage limit 1')) > 0;
  if (anyStored) {
    await rows(client, DROP_KNOWN);
    if (asOf !== null) {
      await rows(client, POSTPONE, [asOf]);
      await rows(client, LATER, [asOf]);
    }
  }
  if ((await changed(client, findTwice(TABLE))) > 0) await rows(client, mergeTwice(TABLE));
  await rows(client, 'drop table twice');
  if (anyStored) await rows(client, dropStored(TABLE));
  await rows(client, dropUnchanged(TABLE));
  let written = 0;
  for (const { text, values } of insertRest(TABLE, system)) {
    written += await changed(client, text, values);
  }
  if (written > 0) await rows(client, 'analyze bank_coverage');
  return { written, refused: 0, merged: before - written };
}

/** A window is known from its first day on, as what lies in it is. */
const ADD_COVERAGE = `with last as (
    select arrangement_id, max((effective_at at time zone 'UTC')::date) - $2::int as last_day
    from pending_transaction where file_no = $1 group by 1
  ), opening as (
    select arrangement_id, min(opened_on) as opened_on from (
      select arrangement_id, opened_on from pending_arrangement
      union all select arrangement_id, opened_on from bank_arrangement
    ) both_sides group by 1
  )
  insert into pending_coverage
    (entity, arrangement_id, covered_from, covered_to, system, recorded_at, file_no, line)
  select 'transaction', arrangement_id, opened_on, last_day, '',
    opened_on::timestamp at time zone 'UTC', $1, 0
  from last join opening using (arrangement_id) where last_day >= opened_on`;

/** A window is no row of the bank's: where its arrangement was refused it goes without a word. */
const DROP_ORPHANS = `delete from pending_coverage s
  where arrangement_id <> '' and not exists (
    select from bank_arrangement a where a.arrangement_id = s.arrangement_id)`;

/** Windows that were handed over before, whenever they became known. */
const DROP_KNOWN = `delete from pending_coverage s using bank_coverage b
  where (s.entity, s.arrangement_id, s.covered_from, s.system)
      = (b.entity, b.arrangement_id, b.covered_from, b.system)
    and s.covered_to is not distinct from b.covered_to`;

/** A window that a later import brings was not known before that extract: the past stands. */
const POSTPONE =
  'update pending_coverage set recorded_at = greatest(recorded_at, $1::timestamptz)';

/** A window of a stored version that reaches further is known from the extract's day on. */
const LATER = `update pending_coverage s set recorded_at = $1::timestamptz
  from bank_coverage b
  where ${sameVersion(TABLE, 's', 'b')} and s.recorded_at < $1::timestamptz
    and s.covered_to is distinct from b.covered_to`;
