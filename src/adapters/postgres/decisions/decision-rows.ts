import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  DecisionOnRecord,
  StoredDecision,
  UnreadableDecision,
} from '../../../app/ports/decision-log.ts';
import type { Capsule } from '../../../domain/decision.ts';
import type { Digest } from '../../../domain/digest.ts';
import type { Uuid } from '../../../domain/id.ts';
import { BadBody, decodeBody, type StoredBody } from '../bodies/body-codec.ts';
import { addressFrom } from '../bodies/bytes.ts';
import type { DictionaryShelf } from '../bodies/dictionary-shelf.ts';
import type { Database } from '../connection/pool.ts';
import { columnTexts } from './decision-append.ts';
import { instantOfId } from './decision-partitions.ts';

/** The columns that a decision is read from. */
export interface StoredRow extends StoredBody {
  readonly id: Uuid;
  readonly customer_id: Uuid;
  readonly party_id: string;
  readonly caller: string;
  readonly capsule_address: Uint8Array;
}

/** What is read of decisions `d`, with their customers `c`; conditions and order follow. */
export const DECISIONS = decisionsFrom('decision');

/** The same of some decisions: a query that yields their columns. */
export function decisionsFrom(some: string): string {
  return `select d.id, d.customer_id, c.party_id, d.caller, d.capsule_address, d.codec, d.body
    from ${some} d join customer c on c.id = d.customer_id`;
}

const AT_ONCE = 10;

/** Decisions in the order of their rows; of one that cannot be read, what its row still says. */
export async function onRecord(
  rows: readonly StoredRow[],
  reader: Database,
  shelf: DictionaryShelf,
): Promise<readonly DecisionOnRecord[]> {
  const dictionaries = await shelf.forBodies(rows);
  const read: (StoredDecision | undefined)[] = [];
  for (const [i, row] of rows.entries()) {
    // Unpacking takes the thread's whole attention: between some of them others are served.
    if (i > 0 && i % AT_ONCE === 0) await nextTurn();
    read.push(storedDecision(row, dictionaries));
  }
  const unread = rows.filter((_row, i) => read[i] === undefined);
  const releases = await releasesOf(unread, reader);
  return rows.map((row, i) => read[i] ?? unreadableDecision(row, releases));
}

/** A decision from its row; undefined where its body cannot be read. */
export function storedDecision(
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

function unreadableDecision(
  { id, party_id: customerId, caller }: StoredRow,
  releases: ReadonlyMap<Uuid, Digest>,
): UnreadableDecision {
  const releaseDigest = releases.get(id);
  if (releaseDigest === undefined) throw new Error(`decision ${id} names no stored release`);
  const decidedAt = instantOfId(id);
  const cause = 'UNREADABLE';
  return { id, customerId, caller, decidedAt, releaseDigest, capsule: null, cause };
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
