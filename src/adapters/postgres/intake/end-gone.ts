import type { PoolClient } from 'pg';
import type { Delivery } from '../../../app/ports/record-intake.ts';
import type { Entity } from '../../../domain/bank-record.ts';
import { PART_OF } from '../../../domain/entity-parts.ts';
import { CONCERNS } from '../../../domain/entity-subjects.ts';
import type { Instant } from '../../../domain/instant.ts';
import { ENDINGS, type Ending, IN_TOLD_WINDOW, noneLater } from './endings.ts';
import { type RecordTable, recordTableOf, sameKey } from './record-tables.ts';
import { changed, rows } from './run-statement.ts';

/**
 * Adds an ended version of each record of the system that files which are to end what is gone do
 * not list, and a version of each that they list again; the number of endings by entity. Nothing
 * ends where a row of its part was refused, or where the system has told the part later.
 */
export async function endGone(
  client: PoolClient,
  { ends, system }: Pick<Delivery, 'ends' | 'system'>,
  asOf: Instant | null,
): Promise<ReadonlyMap<Entity, number>> {
  const ended = new Map<Entity, number>();
  if (asOf === null) return ended;
  for (const ending of ENDINGS) {
    const { entity } = ending;
    const where = ALSO[entity];
    if (!ends.includes(entity) || where === undefined) continue;
    if (!(await mayEnd(client, { entity, system }, asOf))) continue;
    const table = recordTableOf(entity);
    await rows(client, bringBack(table, ending), [system, asOf]);
    const gone = await changed(client, endUnlisted(table, ending, where), [system, asOf]);
    if (gone > 0) ended.set(entity, gone);
  }
  return ended;
}

/** What must be true of a record `b` that is not listed; a window is the mapping's own word. */
const ALSO: { readonly [E in Entity]?: string } = {
  party: 'true',
  household_member: 'true',
  role: 'true',
  balance: noneLater('pending_balance', 'arrangement_id'),
  transaction: IN_TOLD_WINDOW,
  consent: 'true',
  hold: 'true',
  goal: 'true',
  relationship_value: noneLater('pending_relationship_value', 'party_id'),
};

async function mayEnd(
  client: PoolClient,
  { entity, system }: { readonly entity: Entity; readonly system: string },
  asOf: Instant,
): Promise<boolean> {
  const parts = CONCERNS[entity].flatMap((concern) => concern.parts);
  const part = PART_OF[entity];
  const lost = 'select from lost where part = any($1) limit 1';
  if ((await changed(client, lost, [parts])) > 0) return false;
  const toldLater = `
    select from source where (part, system) = ($1, $2) and as_of > $3::timestamptz
    union all
    select from watermark where (part, system) = ($1, $2) and read_at >= $3::timestamptz
    limit 1`;
  return (await changed(client, toldLater, [part, system, asOf])) === 0;
}

/** The extract's instant, and its day as that on which things end. */
const AT = `(select $2::timestamptz as at,
  ($2::timestamptz at time zone 'UTC')::date as business_date) k`;

function endUnlisted(table: RecordTable, ending: Ending, where: string): string {
  const { stored, pending, key, body } = table;
  const [says, value] = ending.says;
  const ended = body.map((name) => (name === says ? value : `b.${name}`));
  return `insert into ${pending} (${[...key, ...body, 'recorded_at'].join(', ')})
    select ${[...key.map((name) => `b.${name}`), ...ended, 'k.at'].join(', ')}
    from ${AT} cross join ${stored} b
    where b.system = $1 and b.recorded_at < k.at and ${ending.stands} and ${where}
      and not exists (select from ${stored} n
        where ${sameKey(table, 'n', 'b')} and n.recorded_at > b.recorded_at)
      and not exists (select from ${pending} s where ${sameKey(table, 's', 'b')})`;
}

/**
 * What an extract of before did not list and this one does, as it was: without an instant of its
 * own it is known from the extract's on. An end that the bank stated is not taken back.
 */
function bringBack(table: RecordTable, ending: Ending): string {
  const { stored, pending, body } = table;
  const [says, value] = ending.says;
  const ownDay = value.replace('k.business_date', "(b.recorded_at at time zone 'UTC')::date");
  const others = body.filter((name) => name !== says);
  const alike = others.map((name) => `s.${name} is not distinct from b.${name}`);
  return `update ${pending} s set recorded_at = k.at from ${AT} cross join ${stored} b
    where ${sameKey(table, 's', 'b')} and b.system = $1
      and b.recorded_at >= s.recorded_at and b.recorded_at < k.at
      and b.${says} = ${ownDay} and s.${says} is distinct from b.${says}
      and ${['true', ...alike].join(' and ')}
      and not exists (select from ${stored} n
        where ${sameKey(table, 'n', 'b')} and n.recorded_at > b.recorded_at)
      and not exists (select from ${pending} n
        where ${sameKey(table, 'n', 's')} and n.recorded_at > s.recorded_at)`;
}
