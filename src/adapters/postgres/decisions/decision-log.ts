import type {
  DecisionLog,
  DecisionOnRecord,
  StoredDecision,
  UnreadableDecision,
} from '../../../app/ports/decision-log.ts';
import type { Capsule } from '../../../domain/decision.ts';
import type { Digest } from '../../../domain/digest.ts';
import { timeOfUuidv7, type Uuid } from '../../../domain/id.ts';
import { BadBody, decodeBody, type StoredBody } from '../bodies/body-codec.ts';
import { addressFrom, bytesOf } from '../bodies/bytes.ts';
import { createDictionaryShelf, type DictionaryShelf } from '../bodies/dictionary-shelf.ts';
import type { Database } from '../connection/pool.ts';
import { createCodeBook } from './code-book.ts';
import { columnTexts, insertRequest, startOf } from './decision-append.ts';
import { pageStatement } from './decision-page.ts';
import { uuidBoundOf } from './decision-partitions.ts';
import { createDecisionWriter, type DecisionWriterOptions } from './decision-writer.ts';

/**
 * The decisions of this database. `writer` is best a pool of one connection of its own, so that
 * slow audits never hold up a commit; `auditor`, where it is another pool, reads pages of many.
 */
export function createDecisionLog(
  databases: {
    readonly reader: Database;
    readonly writer: Database;
    readonly auditor?: Database;
  },
  options: DecisionWriterOptions = {},
): DecisionLog {
  const { reader, writer, auditor = reader } = databases;
  const book = createCodeBook(auditor);
  const shelf = createDictionaryShelf(reader);
  return {
    append: createDecisionWriter(writer, options),
    findMany: (ids) => findMany(reader, shelf, ids),
    findRequest: (caller, requestId) => findRequest(reader, caller, requestId),
    recordRequest: (request) => insertRequest(writer, request),
    findReusable: (query) => findReusable(reader, shelf, query),
    async page(filter, page) {
      const statement = await pageStatement(book, filter, page);
      if (statement === undefined) return { decisions: [], hasMore: false };
      const rows = await auditor.query<StoredRow>(statement.text, statement.values);
      const decisions = await onRecord(rows.slice(0, page.first), auditor, shelf);
      return { decisions, hasMore: rows.length > page.first };
    },
    async ids(after, limit) {
      const text = `select id from decision where $1::uuid is null or id > $1
        order by id limit $2`;
      const rows = await auditor.query<{ id: Uuid }>(text, [after, limit]);
      return rows.map(({ id }) => id);
    },
  };
}

interface StoredRow extends StoredBody {
  readonly id: Uuid;
  readonly customer_id: Uuid;
  readonly party_id: string;
  readonly caller: string;
  readonly capsule_address: Uint8Array;
}

const COLUMNS = 'd.id, d.customer_id, c.party_id, d.caller, d.capsule_address, d.codec, d.body';

/** In the order of the rows; where a body cannot be read, what its row still says of it. */
async function onRecord(
  rows: readonly StoredRow[],
  reader: Database,
  shelf: DictionaryShelf,
): Promise<readonly DecisionOnRecord[]> {
  const dictionaries = await shelf.forBodies(rows);
  const read = rows.map((row) => storedDecision(row, dictionaries));
  const unread = rows.filter((_row, i) => read[i] === undefined);
  const releases = await releasesOf(unread, reader);
  return rows.map((row, i) => read[i] ?? unreadableDecision(row, releases));
}

function unreadableDecision(
  { id, party_id: customerId, caller }: StoredRow,
  releases: ReadonlyMap<Uuid, Digest>,
): UnreadableDecision {
  const releaseDigest = releases.get(id);
  if (releaseDigest === undefined) throw new Error(`decision ${id} names no stored release`);
  const decidedAt = new Date(timeOfUuidv7(id)).toISOString();
  return { id, customerId, caller, decidedAt, releaseDigest, capsule: null };
}

function storedDecision(
  row: StoredRow,
  dictionaries: ReadonlyMap<number, Uint8Array>,
): StoredDecision | undefined {
  const { id, party_id: customerId, caller } = row;
  try {
    const capsule = decodeBody<Capsule>(row, dictionaries, columnTexts(id, row.customer_id));
    const capsuleAddress = addressFrom(row.capsule_address);
    const { decidedAt } = capsule.live;
    return { id, customerId, caller, decidedAt, capsule, capsuleAddress };
  } catch (error) {
    if (error instanceof BadBody) return undefined;
    throw error;
  }
}

/** The releases of a few decisions, which their capsules would have told. */
async function releasesOf(
  decisions: readonly StoredRow[],
  reader: Database,
): Promise<ReadonlyMap<Uuid, Digest>> {
  if (decisions.length === 0) return new Map();
  const rows = await reader.query<{ id: Uuid; digest: Digest }>(
    `select d.id, r.digest from decision d join release r on r.id = d.release_id
     where d.id = any($1)`,
    [decisions.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}

async function findMany(
  reader: Database,
  shelf: DictionaryShelf,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, DecisionOnRecord>> {
  const rows = await reader.query<StoredRow>(
    `select ${COLUMNS} from decision d join customer c on c.id = d.customer_id
     where d.id = any($1)`,
    [ids],
  );
  const found = await onRecord(rows, reader, shelf);
  return new Map(found.map((decision) => [decision.id, decision]));
}

async function findRequest(
  reader: Database,
  caller: string,
  requestId: string,
): Promise<Uuid | undefined> {
  const [row] = await reader.query<{ decision_id: Uuid }>(
    'select decision_id from decision_request where caller = $1 and request_id = $2',
    [caller, requestId],
  );
  return row?.decision_id;
}

async function findReusable(
  reader: Database,
  shelf: DictionaryShelf,
  query: Parameters<DecisionLog['findReusable']>[0],
): Promise<StoredDecision | undefined> {
  const rows = await reader.query<StoredRow>(
    `select ${COLUMNS} from decision d join customer c on c.id = d.customer_id
     where d.customer_id = (select id from customer where party_id = $1)
       and d.id >= $2 and d.caller = $3 and d.arguments_start = $4
     order by d.id desc limit 1`,
    [
      query.customerId,
      uuidBoundOf(query.since),
      query.caller,
      startOf(bytesOf(query.argumentsDigest)),
    ],
  );
  const [row] = rows;
  return row && storedDecision(row, await shelf.forBodies(rows));
}
