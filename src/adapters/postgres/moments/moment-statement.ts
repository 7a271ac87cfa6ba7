import { LIVE_DAYS, LIVE_PARTS } from '../../../domain/live-state.ts';

/**
 * Everything true of many customers at one moment, in one statement and hence one consistent
 * view. Lists come as JSON. Of each record the latest version known counts; the business date
 * bounds what is past, never the server's clock.
 */
export const MOMENT_STATEMENT = `
select
  c.party_id, c.id, c.address_key, b.mode, b.business_date,
  (select r.digest from release_activation a join release r on r.id = a.release_id
    where a.ended_at is null) as active_release,
  (select p.language from bank_party p where p.party_id = c.party_id
    order by p.recorded_at desc limit 1) as language,
  w.watermark, w.readings,
  cs.watermark as snapshot_watermark,
  s.address, s.codec, s.body, f.codec as sheet_codec, f.body as sheet_body,
  (select json_agg(json_build_array(o.part, o.system, o.as_of)) from source o
    where o.part in (${LIVE_PARTS.map((part) => `'${part}'`).join(', ')})) as sources,
  (${consents()}) as consents,
  (${holds()}) as holds,
  (${contacts()}) as contacts,
  (${complaints()}) as complaints
from customer c
cross join bank b
cross join lateral (
  select coalesce(sum(m.version), 0)::bigint as watermark,
    json_agg(json_build_array(m.part, m.system, m.as_of, m.read_at, m.spoilt_since is null))
      filter (where m.read_at is not null or m.spoilt_since is not null) as readings
  from watermark m where m.party_id = c.party_id
) w
left join current_snapshot cs on cs.customer_id = c.id
left join snapshot s on s.customer_id = c.id and s.address = cs.address
left join fact_sheet f on f.customer_id = c.id and f.address = s.sheet_address
where c.party_id = any($1) and c.address_key is not null`;

/** For each purpose and channel the row in effect by the business date, and those to come. */
function consents(): string {
  return `
  select json_agg(json_build_array(v.purpose, v.channel, v.state, v.effective_at, v.expires_on)
    order by v.purpose, v.channel, v.effective_at)
  from (
    select l.*, max(l.effective_at) filter (where l.effective_at < ${afterToday()})
      over (partition by l.purpose, l.channel) as in_effect
    from (
      select distinct on (k.purpose, k.channel, k.effective_at) k.*
      from bank_consent k where k.party_id = c.party_id
      order by k.purpose, k.channel, k.effective_at, k.recorded_at desc
    ) l
  ) v
  where v.in_effect is null or v.effective_at >= v.in_effect`;
}

function holds(): string {
  return `
  select json_agg(json_build_array(h.kind, h.starts_on, h.ends_on)
    order by h.kind, h.starts_on, h.hold_id)
  from bank_hold h
  where h.party_id = c.party_id and (h.ends_on is null or h.ends_on >= b.business_date)
    and ${isLatest('h', 'bank_hold', 'hold_id')}`;
}

/** With the customer's last word on each. */
function contacts(): string {
  return `
  select json_agg(json_build_array(
      t.action_id, t.channel, t.presented_at, t.expires_on, a.kind, a.responded_at)
    order by t.presented_at, t.contact_id)
  from bank_contact t
  left join lateral (
    select r.kind, r.responded_at from bank_response r
    where r.contact_id = t.contact_id and ${isLatest('r', 'bank_response', 'response_id')}
    order by r.responded_at desc, r.response_id desc limit 1
  ) a on true
  where t.party_id = c.party_id and t.presented_at >= ${earliest()}
    and ${isLatest('t', 'bank_contact', 'contact_id')}`;
}

/** Complaints about a contact, and complaints of any other kind. */
function complaints(): string {
  return `
  select json_agg(x.day order by x.day)
  from (
    select (r.responded_at at time zone 'UTC')::date as day
    from bank_contact t join bank_response r on r.contact_id = t.contact_id
    where t.party_id = c.party_id and r.kind = 'COMPLAINED' and r.responded_at >= ${earliest()}
      and ${isLatest('r', 'bank_response', 'response_id')}
      and ${isLatest('t', 'bank_contact', 'contact_id')}
    union
    select (i.occurred_at at time zone 'UTC')::date
    from bank_interaction i
    where i.party_id = c.party_id and i.intent = 'COMPLAINT' and i.occurred_at >= ${earliest()}
      and ${isLatest('i', 'bank_interaction', 'interaction_id')}
  ) x`;
}

function isLatest(alias: string, table: string, key: string): string {
  return `not exists (select 1 from ${table} n
      where n.${key} = ${alias}.${key} and n.recorded_at > ${alias}.recorded_at)`;
}

function afterToday(): string {
  return "((b.business_date + 1)::timestamp at time zone 'UTC')";
}

function earliest(): string {
  return `((b.business_date - ${LIVE_DAYS})::timestamp at time zone 'UTC')`;
}
