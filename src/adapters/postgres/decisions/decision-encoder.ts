import type { DecisionRecord } from '../../../app/ports/decision-log.ts';
import type { ReleaseBody } from '../../../domain/release.ts';
import { capsuleDictionary } from '../bodies/capsule-dictionary.ts';
import { createDictionaryShelf } from '../bodies/dictionary-shelf.ts';
import type { Database } from '../connection/pool.ts';
import { outcomeNamesOf, outcomeRowOf } from '../read-model/outcome-rows.ts';
import { type CodeBook, createCodeBook } from './code-book.ts';
import { type DecisionRow, type ReleaseColumns, rowOf } from './decision-append.ts';
import { tagsOf } from './decision-tags.ts';
import { portionsOf } from './portions-of.ts';

/** Brings decisions into the columns they are stored in. */
export type EncodeDecisions = (
  records: readonly DecisionRecord[],
) => Promise<readonly DecisionRow[]>;

/** Remembers the codes and the releases that it met. */
export function createDecisionEncoder(database: Database): EncodeDecisions {
  const book = createCodeBook(database);
  const releases = createReleaseColumns(database);
  return (records) => encodeAll(records, book, releases);
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
  const next = portionsOf(codes);
  const rows: DecisionRow[] = [];
  for (const [i, record] of records.entries()) {
    const release = await releases(record.capsule.releaseDigest);
    const tags = next(names[i]?.tags.length ?? 0);
    const outcome = outcomeRowOf(record.capsule, next(names[i]?.outcome.length ?? 0));
    rows.push(rowOf(record, { tags, outcome }, release));
  }
  return rows;
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
