import type {
  DecisionLog,
  DecisionOnRecord,
  StoredDecision,
} from '../../../app/ports/decision-log.ts';
import type { Uuid } from '../../../domain/id.ts';
import { bytesOf } from '../bodies/bytes.ts';
import { createDictionaryShelf, type DictionaryShelf } from '../bodies/dictionary-shelf.ts';
import type { Database } from '../connection/pool.ts';
import { createCodeBook } from './code-book.ts';
import { startOf } from './decision-append.ts';
import { pageStatement } from './decision-page.ts';
import { uuidBoundOf } from './decision-partitions.ts';
import { DECISIONS, onRecord, type StoredRow, storedDecision } from './decision-rows.ts';

/** The decisions of this database; `auditor`, where it is another pool, reads pages of many. */
export function createDecisionLog(databases: {
  readonly reader: Database;
  readonly auditor?: Database;
}): DecisionLog {
  const { reader, auditor = reader } = databases;
  const book = createCodeBook(auditor);
  const shelf = createDictionaryShelf(reader);
  return {
    findMany: (ids) => findMany(reader, shelf, ids),
    findRequest: (caller, requestId) => findRequest(reader, caller, requestId),
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

async function findMany(
  reader: Database,
  shelf: DictionaryShelf,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, DecisionOnRecord>> {
  const rows = await reader.query<StoredRow>(`${DECISIONS} where d.id = any($1)`, [ids]);
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
    `${DECISIONS} where d.customer_id = (select id from customer where party_id = $1)
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
