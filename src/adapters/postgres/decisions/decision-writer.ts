import type { Appended, DecisionRecord } from '../../../app/ports/decision-log.ts';
import type { ReleaseBody } from '../../../domain/release.ts';
import { capsuleDictionary } from '../bodies/capsule-dictionary.ts';
import { createDictionaryShelf } from '../bodies/dictionary-shelf.ts';
import { codeOf } from '../connection/outage-of.ts';
import type { Database } from '../connection/pool.ts';
import { outcomeNamesOf, outcomeRowOf } from '../read-model/outcome-rows.ts';
import { type CodeBook, createCodeBook } from './code-book.ts';
import {
  type DecisionRow,
  insertDecisions,
  isStored,
  type ReleaseColumns,
  rowOf,
} from './decision-append.ts';
import { ensurePartitions, instantOfId } from './decision-partitions.ts';
import { tagsOf } from './decision-tags.ts';
import { createGroupCommit } from './group-commit.ts';

/** How much a writer takes on. */
export interface DecisionWriterOptions {
  /** Decisions that may wait to be written; one more is refused as an overload. */
  readonly mostWaiting?: number;
}

/** Makes decisions durable, many in one commit. */
export function createDecisionWriter(
  database: Database,
  options: DecisionWriterOptions = {},
): (record: DecisionRecord) => Promise<Appended> {
  const book = createCodeBook(database);
  const releases = createReleaseColumns(database);
  const encode = (records: readonly DecisionRecord[]) => encodeAll(records, book, releases);
  const group = createGroupCommit<DecisionRecord, Appended>({
    mostWaiting: options.mostWaiting ?? 10_000,
    mostInGroup: 256,
    commit: async (records) => insert(database, await encode(records)),
    commitOne: async (record) => insertOne(database, await encode([record])),
  });
  return group.append;
}

type ReleasesByDigest = (digest: string) => Promise<ReleaseColumns>;

/** Asks for the codes of all records at once, so that a group costs at most one look-up. */
async function encodeAll(
  records: readonly DecisionRecord[],
  book: CodeBook,
  releases: ReleasesByDigest,
): Promise<readonly DecisionRow[]> {
  const names = records.map(({ capsule }) => ({
    tags: tagsOf(capsule),
    outcome: outcomeNamesOf(capsule),
  }));
  const codes = await book.codesOf(names.flatMap(({ tags, outcome }) => [...tags, ...outcome]));
  const rows: DecisionRow[] = [];
  let at = 0;
  const take = (count: number) => {
    at += count;
    return codes.slice(at - count, at);
  };
  for (const [i, record] of records.entries()) {
    const release = await releases(record.capsule.releaseDigest);
    const tags = take(names[i]?.tags.length ?? 0);
    const outcome = outcomeRowOf(record.capsule, take(names[i]?.outcome.length ?? 0));
    rows.push(rowOf(record, { tags, outcome }, release));
  }
  return rows;
}

/** No partition holds the row: the one error that names its own mend. */
const NO_PARTITION = '23514';
const UNIQUE_VIOLATION = '23505';

async function insert(
  database: Database,
  rows: readonly DecisionRow[],
): Promise<readonly Appended[]> {
  try {
    return await insertDecisions(database, rows);
  } catch (error) {
    if (codeOf(error) !== NO_PARTITION) throw error;
    const months = new Set(rows.map(({ id }) => instantOfId(id)));
    for (const month of months) await ensurePartitions(database, month, 1);
    return insertDecisions(database, rows);
  }
}

async function insertOne(database: Database, rows: readonly DecisionRow[]): Promise<Appended> {
  try {
    const [appended] = await insert(database, rows);
    if (appended === undefined) throw new Error('the insert gave the decision no answer');
    return appended;
  } catch (error) {
    const [row] = rows;
    if (
      row !== undefined &&
      codeOf(error) === UNIQUE_VIOLATION &&
      (await isStored(database, row))
    ) {
      return { outcome: 'REPEATED', decisionId: row.id };
    }
    throw error;
  }
}

/** Reads a release once, at the first decision made under it. */
function createReleaseColumns(database: Database): ReleasesByDigest {
  const known = new Map<string, ReleaseColumns>();
  const shelf = createDictionaryShelf(database);
  return async (digest) => {
    const before = known.get(digest);
    if (before !== undefined) return before;
    const text = 'select id, body from release where digest = $1';
    const [row] = await database.query<{ id: number; body: string }>(text, [digest]);
    if (row === undefined) throw new Error(`release \`${digest}\` is not stored: save it first`);
    const body = JSON.parse(row.body) as ReleaseBody;
    const dictionary = await shelf.keep(capsuleDictionary(body, digest));
    const columns = { releaseId: row.id, dictionary };
    known.set(digest, columns);
    return columns;
  };
}
