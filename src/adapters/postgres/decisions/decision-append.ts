import type { Appended, DecisionRecord } from '../../../app/ports/decision-log.ts';
import type { RequestAnswered } from '../../../domain/effect.ts';
import type { Uuid } from '../../../domain/id.ts';
import { type Dictionary, encodeBody, type StoredBody } from '../bodies/body-codec.ts';
import { bytesOf } from '../bodies/bytes.ts';
import type { Connection } from '../connection/pool.ts';
import {
  OUTCOME_COLUMNS,
  OUTCOME_VALUES,
  type OutcomeRow,
  outcomeParameters,
  outcomeValues,
} from '../read-model/outcome-rows.ts';
import { instantOfId } from './decision-partitions.ts';

const OUTCOME_PARAMETERS = outcomeParameters(12);

/** A decision in the columns it is stored in. */
export interface DecisionRow extends StoredBody {
  readonly id: Uuid;
  readonly customer: Uuid;
  readonly releaseId: number;
  readonly caller: string;
  readonly argumentsDigest: Buffer;
  readonly capsuleAddress: Buffer;
  readonly requestId: string | null;
  readonly tags: readonly number[];
  /** The same decision in the read model. */
  readonly outcome: OutcomeRow;
}

/** What the columns hold in place of a release's names. */
export interface ReleaseColumns {
  readonly releaseId: number;
  readonly dictionary: Dictionary;
}

/** Brings a decision into its columns. */
export function rowOf(
  record: DecisionRecord,
  { tags, outcome }: { readonly tags: readonly number[]; readonly outcome: OutcomeRow },
  release: ReleaseColumns,
): DecisionRow {
  const { capsule } = record;
  return {
    id: record.id,
    customer: capsule.customer,
    releaseId: release.releaseId,
    caller: record.caller,
    argumentsDigest: bytesOf(record.argumentsDigest),
    capsuleAddress: bytesOf(record.capsuleAddress),
    requestId: record.requestId,
    tags: [...new Set(tags)].toSorted((a, b) => a - b),
    outcome,
    ...encodeBody(capsule, release.dictionary, columnTexts(record.id, capsule.customer)),
  };
}

/** What a capsule says and its columns hold too: its id, its customer and, mostly, its time. */
export function columnTexts(id: Uuid, customer: Uuid): readonly string[] {
  return [id, customer, instantOfId(id)];
}

/**
 * Stores decisions and the requests they answer in one statement, hence one commit. A decision
 * whose request was answered before, here or elsewhere, is left out; the others stand.
 */
export async function insertDecisions(
  connection: Connection,
  rows: readonly DecisionRow[],
): Promise<readonly Appended[]> {
  const values = valuesOf(rows);
  const inserted = await connection.run<{ id: Uuid }>({ name: 'append', text: INSERT, values });
  const recorded = new Set(inserted.map(({ id }) => id));
  if (recorded.size === rows.length) return rows.map(() => ({ outcome: 'RECORDED' }));
  const left = rows.filter(({ id }) => !recorded.has(id));
  const earlier = await readRequests(connection, left);
  return rows.map((row) =>
    recorded.has(row.id) ? { outcome: 'RECORDED' } : answeredBefore(row, earlier),
  );
}

/**
 * Makes request ids stand for decisions on record, in one statement. One that stands for another
 * already, here or elsewhere, keeps to it. Of two alike the first is RECORDED.
 */
export async function insertRequests(
  connection: Connection,
  requests: readonly RequestAnswered[],
): Promise<readonly Appended[]> {
  const asked = requests.map((request) => ({
    ...request,
    argumentsDigest: bytesOf(request.argumentsDigest),
  }));
  const inserted = await connection.query<Pick<RequestRow, 'caller' | 'request_id'>>(
    INSERT_REQUESTS,
    [
      asked.map(({ caller }) => caller),
      asked.map(({ requestId }) => requestId),
      asked.map(({ argumentsDigest }) => argumentsDigest),
      asked.map(({ decisionId }) => decisionId),
    ],
  );
  const first = new Set(inserted.map((row) => nameOf(row.caller, row.request_id)));
  const recorded = asked.map(({ caller, requestId }) => first.delete(nameOf(caller, requestId)));
  if (!recorded.includes(false)) return asked.map(() => ({ outcome: 'RECORDED' }));
  const left = asked.filter((_, i) => recorded[i] === false);
  const earlier = await readRequests(connection, left);
  return asked.map((request, i) =>
    recorded[i] === true ? { outcome: 'RECORDED' } : answeredBefore(request, earlier),
  );
}

function nameOf(caller: string, requestId: string): string {
  return JSON.stringify([caller, requestId]);
}

/**
 * What a decision keeps of the digest of its arguments: enough to find it among those of one
 * customer, and a quarter of the bytes, for the capsule holds the arguments themselves.
 */
export function startOf(argumentsDigest: Buffer): Buffer {
  return argumentsDigest.subarray(0, 8);
}

/** True when exactly this decision is stored: the repetition of an append that did succeed. */
export async function isStored(connection: Connection, row: DecisionRow): Promise<boolean> {
  const found = await connection.query(
    `select 1 from decision where id = $1 and caller = $2 and arguments_start = $3
       and capsule_address = $4 and codec = $5 and body = $6`,
    [row.id, row.caller, startOf(row.argumentsDigest), row.capsuleAddress, row.codec, row.body],
  );
  return found.length > 0;
}

/**
 * Tags travel as one text a row, for an array of arrays must be square. Requests go in by key
 * order, so that two processes never wait for each other in a circle.
 */
const INSERT = `
  with asked as (
    select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::bytea[],
      $6::bytea[], $7::bytea[], $8::text[], $9::text[], $10::smallint[], $11::bytea[],
      ${OUTCOME_PARAMETERS})
      as a(id, customer_id, release_id, caller, arguments_digest, arguments_start,
        capsule_address, request_id, tags, codec, body, ${OUTCOME_COLUMNS})
  ), answered as (
    insert into decision_request (caller, request_id, arguments_digest, decision_id)
    select caller, request_id, arguments_digest, id from asked
    where request_id is not null order by caller, request_id
    on conflict do nothing returning decision_id
  ), taken as (
    select * from asked where request_id is null or id in (select decision_id from answered)
  ), outcome as (
    insert into decision_outcome (id, customer_id, release_id, ${OUTCOME_COLUMNS})
    select id, customer_id, release_id, ${OUTCOME_VALUES} from taken
  )
  insert into decision (id, customer_id, release_id, caller, arguments_start, capsule_address,
    tags, codec, body)
  select id, customer_id, release_id, caller, arguments_start, capsule_address,
    tags::int[], codec, body
  from taken
  returning id`;

/** By key order too, and of two alike the first. */
const INSERT_REQUESTS = `
  insert into decision_request (caller, request_id, arguments_digest, decision_id)
  select caller, request_id, arguments_digest, decision_id
  from unnest($1::text[], $2::text[], $3::bytea[], $4::uuid[]) with ordinality
    as a(caller, request_id, arguments_digest, decision_id, place)
  order by caller, request_id, place
  on conflict do nothing returning caller, request_id`;

function valuesOf(rows: readonly DecisionRow[]): unknown[] {
  const column = <K extends keyof DecisionRow>(name: K) => rows.map((row) => row[name]);
  return [
    column('id'),
    column('customer'),
    column('releaseId'),
    column('caller'),
    column('argumentsDigest'),
    rows.map((row) => startOf(row.argumentsDigest)),
    column('capsuleAddress'),
    column('requestId'),
    rows.map(({ tags }) => `{${tags.join(',')}}`),
    column('codec'),
    column('body'),
    ...outcomeValues(rows.map(({ outcome }) => outcome)),
  ];
}

type AskedRow = Pick<DecisionRow, 'caller' | 'requestId' | 'argumentsDigest'>;

interface RequestRow {
  readonly caller: string;
  readonly request_id: string;
  readonly arguments_digest: Buffer;
  readonly decision_id: Uuid;
}

function readRequests(
  connection: Connection,
  rows: readonly AskedRow[],
): Promise<readonly RequestRow[]> {
  return connection.query<RequestRow>(
    `select caller, request_id, arguments_digest, decision_id
     from unnest($1::text[], $2::text[]) as asked(caller, request_id)
     join decision_request using (caller, request_id)`,
    [rows.map(({ caller }) => caller), rows.map(({ requestId }) => requestId)],
  );
}

function answeredBefore(row: AskedRow, earlier: readonly RequestRow[]): Appended {
  const found = earlier.find(
    (request) => request.caller === row.caller && request.request_id === row.requestId,
  );
  if (found === undefined) throw new Error('a request was left out and yet has no answer');
  return found.arguments_digest.equals(row.argumentsDigest)
    ? { outcome: 'REPEATED', decisionId: found.decision_id }
    : { outcome: 'CONFLICT' };
}
