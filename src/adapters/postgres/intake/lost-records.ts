import type { PoolClient } from 'pg';
import type { Delivery } from '../../../app/ports/record-intake.ts';
import { changed, rows } from './run-statement.ts';

/**
 * Keeps what this delivery lost and forgets what it tells whole; then marks the parts of whoever
 * is concerned as spoilt, or mends them. Whose a lost record is may be told only now.
 */
export async function keepLosses(
  client: PoolClient,
  { system, whole }: Pick<Delivery, 'system' | 'whole'>,
): Promise<void> {
  const anyBefore = 'select from lost_record where system = $1 limit 1';
  const hadLosses = (await changed(client, anyBefore, [system])) > 0;
  if (hadLosses && whole.length > 0) await rows(client, FORGET, [system, whole]);
  const lost = await changed(client, KEEP, [system]);
  if (!hadLosses && lost === 0) return;
  await rows(client, `create temp table concerned on commit drop as ${CONCERNED}`, [system]);
  await rows(client, KEEP_MENDED, [system, whole]);
  await rows(client, MEND, [system, whole]);
  await rows(client, SPOIL, [system]);
  await rows(client, KEEP_MENDED_SOURCES, [system]);
  const changes = await rows(client, SPOIL_SOURCES, [system]);
  const parts = changes.rows.map((row) => row.part);
  if (parts.length > 0) await rows(client, MOVE_EVERYBODY, [system, parts]);
}

const FORGET = 'delete from lost_record where system = $1 and part = any($2)';

/** A loss of which nobody knows the time is one from the beginning. */
const KEEP = `insert into lost_record as k (system, part, subject, subject_id, since)
  select $1, part, subject, subject_id, min(coalesce(since, '0001-01-01T00:00:00Z'))
  from lost group by part, subject, subject_id
  on conflict (system, part, subject, subject_id)
    do update set since = least(k.since, excluded.since)`;

const OF = (subject: string, party: string, from: string) =>
  `select l.part, ${party} as party_id, l.since from lost_record l ${from}
    where l.system = $1 and l.subject = '${subject}' and l.part <> 'book'`;

const HOUSEMATES = 'join bank_household_member m on m.household_id = l.subject_id';

/** Whose parts are not whole: by who ever had what was lost. */
const CONCERNED = `select part, party_id, min(since) as since from (
    ${OF('party', 'l.subject_id', '')}
    union all
    ${OF(
      'party',
      'm.party_id',
      `join bank_household_member own on own.party_id = l.subject_id
      join bank_household_member m on m.household_id = own.household_id`,
    )} and l.part = 'household'
    union all
    ${OF('household', 'm.party_id', HOUSEMATES)}
    union all
    ${OF('arrangement', 'r.party_id', 'join bank_role r on r.arrangement_id = l.subject_id')}
    union all
    ${OF('contact', 'c.party_id', 'join bank_contact c on c.contact_id = l.subject_id')}
    union all
    ${OF('region', 'p.party_id', 'join bank_party p on p.region_code = l.subject_id')}
  ) named group by part, party_id`;

/** Whose parts of this system this delivery tells whole, and nothing of theirs is lost. */
const IS_MENDED = `w.system = $1 and w.part = any($2) and w.spoilt_since is not null
    and not exists (
      select from concerned c where c.party_id = w.party_id and c.part = w.part)`;

/** From when a loss was one: of an unknown time, from where the world that lost it ended. */
const LOST_FROM = (alias: string) =>
  `case when ${alias}.spoilt_since > '0001-01-01T00:00:00Z'
    then ${alias}.spoilt_since else ${alias}.spoilt_as_of end`;

/**
 * What a later world tells again is known from its end on, and not before. The same world
 * delivered again leaves nothing unknown: its records have their own times.
 */
const KEEP_MENDED = `insert into mended_loss (party_id, part, system, since, until)
  select w.party_id, w.part, w.system, ${LOST_FROM('w')}, s.as_of
  from watermark w join source s using (part, system)
  where ${IS_MENDED} and w.spoilt_as_of < s.as_of`;

const MEND = `update watermark w set
    spoilt_since = null, spoilt_as_of = null, version = w.version + 1
  where ${IS_MENDED}`;

const SPOIL = `insert into watermark as w
    (party_id, part, system, version, spoilt_since, spoilt_as_of)
  select c.party_id, c.part, $1, 1, c.since, s.as_of from concerned c
  left join source s on s.system = $1 and s.part = c.part
  on conflict (party_id, part, system) do update set
    version = w.version + 1, spoilt_since = excluded.spoilt_since,
    spoilt_as_of = coalesce(w.spoilt_as_of, excluded.spoilt_as_of)
  where w.spoilt_since is null or w.spoilt_since > excluded.spoilt_since`;

const KEEP_MENDED_SOURCES = `insert into mended_loss (party_id, part, system, since, until)
  select null, part, system, ${LOST_FROM('s')}, as_of from source s
  where s.system = $1 and s.spoilt_as_of < s.as_of and not exists (
    select from lost_record l
    where l.system = s.system and l.part = s.part and l.subject = 'everybody')`;

/** A record that may be anybody's spoils its part of the system itself. */
const SPOIL_SOURCES = `update source s set spoilt_since = e.since,
    spoilt_as_of = case when e.since is not null then coalesce(s.spoilt_as_of, s.as_of) end
  from (
    select o.part, l.since from source o
    left join lost_record l
      on l.system = o.system and l.part = o.part and l.subject = 'everybody'
    where o.system = $1
  ) e
  where s.system = $1 and s.part = e.part and s.spoilt_since is distinct from e.since
  returning s.part`;

const MOVE_EVERYBODY = `insert into watermark as w (party_id, part, system, version)
  select c.party_id, p.part, $1, 1 from customer c cross join unnest($2::text[]) p (part)
  on conflict (party_id, part, system) do update set version = w.version + 1`;
