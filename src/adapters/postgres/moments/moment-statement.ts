import { LIVE_DAYS } from '../../../domain/live-state.ts';
import { givenUp, mergesOf, onward } from '../bank/merged-numbers.ts';
import { READINGS, SOURCES } from './moment-sources.ts';

/**
 * Everything that a decision reads of many customers first, in one statement and hence one
 * consistent view. What a live state is made of comes as recorded versions, in lists of cells in
 * JSON: `liveStateOf` says which of them count. The statement leaves out only what cannot count
 * on the business date or later. Of the party the last version is enough. Of the numbers that
 * were ever merged into those asked for there is a row too.
 */
export const MOMENT_STATEMENT = `
with recursive ${givenUp('$1::text[]')}, ${onward('$1::text[]')}
select
  c.party_id, c.id, c.address_key, b.mode, b.business_date,
  (select r.digest from release_activation a join release r on r.id = a.release_id
    where a.ended_at is null) as active_release,
  w.watermark, w.readings,
  cs.watermark as snapshot_watermark,
  s.address, s.codec, s.body, f.codec as sheet_codec, f.body as sheet_body,
  ${mergesOf('select party_id from given_up union select party_id from onward')} as merges,
  ${SOURCES} as sources,
  (${party()}) as party,
  (${consents()}) as consents,
  (${holds()}) as holds,
  (${campaigns()}) as campaigns,
  (${complaints()}) as complaints
from customer c
cross join bank b
cross join lateral (${READINGS}) w
left join current_snapshot cs on cs.customer_id = c.id
left join snapshot s on s.customer_id = c.id and s.address = cs.address
left join fact_sheet f on f.customer_id = c.id and f.address = s.sheet_address
where c.party_id = any($1 || array(select party_id from given_up))
  and c.address_key is not null`;

function party(): string {
  return `
  select json_build_array(p.language, p.recorded_at) from bank_party p
  where p.party_id = c.party_id order by p.recorded_at desc limit 1`;
}

function consents(): string {
  return `
  select json_agg(json_build_array(k.purpose, k.channel, k.state, k.effective_at, k.expires_on,
    k.recorded_at))
  from bank_consent k where k.party_id = c.party_id`;
}

/** With the versions that gave one of them to somebody else. */
function holds(): string {
  return `
  select json_agg(json_build_array(h.hold_id, h.party_id, h.kind, h.starts_on, h.ends_on,
    h.recorded_at))
  from bank_hold h
  where h.hold_id in (select o.hold_id from bank_hold o where o.party_id = c.party_id)`;
}

/**
 * Contacts and answers as two lists, about the contacts that were the customer's in one version at
 * least, and were presented or complained about within sight; of each answer that was ever one to
 * them all versions. Those contacts are found once, for `offset 0` keeps the planner from looking
 * for them twice.
 */
function campaigns(): string {
  return `
  select json_build_array((
      select json_agg(json_build_array(t.contact_id, t.party_id, t.action_id, t.channel,
        t.presented_at, t.expires_on, t.recorded_at))
      from bank_contact t where t.contact_id = any(seen.contact_ids)
    ), (
      select json_agg(json_build_array(r.response_id, r.contact_id, r.kind, r.responded_at,
        r.recorded_at))
      from bank_response r where r.response_id in (
        select a.response_id from bank_response a where a.contact_id = any(seen.contact_ids))))
  from (
    select array(
      select o.contact_id from bank_contact o
      where o.party_id = c.party_id and o.presented_at >= ${earliest()}
      union all
      select o.contact_id from bank_contact o join bank_response a on a.contact_id = o.contact_id
      where o.party_id = c.party_id and o.presented_at < ${earliest()}
        and a.kind = 'COMPLAINED' and a.responded_at >= ${earliest()}
    ) as contact_ids offset 0) seen`;
}

/** Interactions that were complaints within sight in one version at least. */
function complaints(): string {
  return `
  select json_agg(json_build_array(i.interaction_id, i.party_id, i.occurred_at, i.intent,
    i.recorded_at))
  from bank_interaction i
  where i.interaction_id in (
    select o.interaction_id from bank_interaction o
    where o.party_id = c.party_id and o.intent = 'COMPLAINT' and o.occurred_at >= ${earliest()})`;
}

/** The first instant within sight: the business date bounds it, never the server's clock. */
function earliest(): string {
  return `((b.business_date - ${LIVE_DAYS})::timestamp at time zone 'UTC')`;
}
