import type { Commit, Commitment, Committed } from '../../../app/ports/commit.ts';
import type { Appended } from '../../../app/ports/decision-log.ts';
import { Outage } from '../../../app/ports/outage.ts';
import type { Effect } from '../../../domain/effect.ts';
import type { Uuid } from '../../../domain/id.ts';
import { codeOf } from '../connection/outage-of.ts';
import type { Connection, Database } from '../connection/pool.ts';
import {
  applyEffects,
  DROPPED,
  type EffectsByKind,
  effectsByKind,
  type JobSink,
  NO_JOBS,
} from './apply-effects.ts';
import { type DecisionRow, insertDecisions, isStored } from './decision-append.ts';
import { createDecisionEncoder, type EncodeDecisions } from './decision-encoder.ts';
import { ensurePartitions, instantOfId } from './decision-partitions.ts';
import { createGroupCommit } from './group-commit.ts';
import { portionsOf } from './portions-of.ts';

/** How much a writer takes on, and where it puts jobs. */
export interface CommitWriterOptions {
  /** Decisions and lone effects that may wait; one more is refused as an overload. */
  readonly mostWaiting?: number;
  /** Without it, a commitment with a job is refused. */
  readonly jobs?: JobSink;
  /** By whom a month's tables are made where they lack: by who writes, unless stated. */
  readonly owner?: Database;
}

/** Makes decisions durable with all that follows from them, many commitments in one commit. */
export function createCommitWriter(
  database: Database,
  options: CommitWriterOptions = {},
): Commit {
  const encode = createDecisionEncoder(database);
  const store = { database, jobs: options.jobs ?? NO_JOBS, owner: options.owner ?? database };
  const group = createGroupCommit<Commitment, Committed>({
    what: 'the decision log',
    mostWaiting: options.mostWaiting ?? 10_000,
    mostInGroup: 256,
    sizeOf: ({ decisions, effects }) => Math.max(decisions.length, effects.length),
    commit: async (commitments) => write(await prepareAll(commitments, encode), store),
    commitOne: async (commitment) => writeOne(await prepareAll([commitment], encode), store),
  });
  return group.append;
}

/** A commitment whose decisions are rows. */
interface Prepared {
  readonly rows: readonly DecisionRow[];
  readonly effects: readonly Effect[];
}

interface Store {
  readonly database: Database;
  readonly jobs: JobSink;
  readonly owner: Database;
}

async function prepareAll(
  commitments: readonly Commitment[],
  encode: EncodeDecisions,
): Promise<readonly Prepared[]> {
  const next = portionsOf(await encode(commitments.flatMap(({ decisions }) => decisions)));
  return commitments.map(({ decisions, effects }) => {
    const rows = next(decisions.length);
    refuseStrays(rows, effects);
    return { rows, effects };
  });
}

function refuseStrays(rows: readonly DecisionRow[], effects: readonly Effect[]): void {
  const ids = new Set(rows.map(({ id }) => id));
  const stray = effects.find(({ follows }) => follows !== null && !ids.has(follows));
  if (stray === undefined) return;
  throw new Error(`an effect follows decision ${stray.follows}, which is not committed with it`);
}

/** No partition holds the row: the one error that names its own mend. */
const NO_PARTITION = '23514';
const UNIQUE_VIOLATION = '23505';
const NOT_PERMITTED = '42501';

async function write(group: readonly Prepared[], store: Store): Promise<readonly Committed[]> {
  const { database, jobs } = store;
  const effects = effectsByKind(group.flatMap((one) => one.effects));
  // INVARIANT: nobody waits for the queue to open while a transaction holds the only connection.
  if (effects.jobs.length > 0) await jobs.open();
  const work = (connection: Connection) => writeOver(connection, group, store.jobs);
  const commit = () =>
    isOneStatement(group, effects) ? work(database) : database.transaction(work);
  try {
    return await commit();
  } catch (error) {
    if (codeOf(error) !== NO_PARTITION) throw error;
    await makeRoom(group, store.owner);
    return commit();
  }
}

/** Where nobody may make a table, the months that were prepared are over: no write is taken. */
async function makeRoom(group: readonly Prepared[], owner: Database): Promise<void> {
  const months = new Set(group.flatMap(({ rows }) => rows.map(({ id }) => instantOfId(id))));
  try {
    for (const month of months) await ensurePartitions(owner, month, 1);
  } catch (error) {
    throw codeOf(error) === NOT_PERMITTED ? new Outage('WRITES', error) : error;
  }
}

/** Decisions alone, or requests alone, need no transaction around their statement. */
function isOneStatement(group: readonly Prepared[], { jobs, requests }: EffectsByKind): boolean {
  if (jobs.length > 0) return false;
  return requests.length === 0 || group.every(({ rows }) => rows.length === 0);
}

async function writeOver(
  connection: Connection,
  group: readonly Prepared[],
  jobs: JobSink,
): Promise<readonly Committed[]> {
  const rows = group.flatMap((one) => one.rows);
  const appended = rows.length === 0 ? [] : await insertDecisions(connection, rows);
  const recorded = new Set(
    rows.flatMap(({ id }, i) => (appended[i]?.outcome === 'RECORDED' ? [id] : [])),
  );
  const effects = group.flatMap((one) => one.effects);
  const outcomes = await applyEffects(connection, effects, { recorded, jobs });
  const [nextDecisions, nextEffects] = [portionsOf(appended), portionsOf(outcomes)];
  return group.map((one) => ({
    decisions: nextDecisions(one.rows.length),
    effects: nextEffects(one.effects.length),
  }));
}

/** One commitment by itself; what an earlier try of it made durable counts as REPEATED. */
async function writeOne(alone: readonly Prepared[], store: Store): Promise<Committed> {
  try {
    return only(await write(alone, store));
  } catch (error) {
    if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
    const rows = alone.flatMap((one) => one.rows);
    const stored = await storedAmong(rows, store.database);
    if (stored.size === 0) throw error;
    const effects = alone.flatMap((one) => one.effects);
    return writeRest({ rows, effects }, stored, store);
  }
}

async function storedAmong(
  rows: readonly DecisionRow[],
  database: Database,
): Promise<ReadonlySet<Uuid>> {
  const stored = new Set<Uuid>();
  for (const row of rows) if (await isStored(database, row)) stored.add(row.id);
  return stored;
}

async function writeRest(
  { rows, effects }: Prepared,
  stored: ReadonlySet<Uuid>,
  store: Store,
): Promise<Committed> {
  const isNew = ({ follows }: Effect) => follows === null || !stored.has(follows);
  const rest = { rows: rows.filter(({ id }) => !stored.has(id)), effects: effects.filter(isNew) };
  const done = only(await write([rest], store));
  const [nextDecision, nextEffect] = [portionsOf(done.decisions), portionsOf(done.effects)];
  return {
    decisions: rows.flatMap(({ id }) => (stored.has(id) ? [repeated(id)] : nextDecision(1))),
    effects: effects.flatMap((one) => (isNew(one) ? nextEffect(1) : [DROPPED])),
  };
}

function repeated(decisionId: Uuid): Appended {
  return { outcome: 'REPEATED', decisionId };
}

function only(committed: readonly Committed[]): Committed {
  const [one] = committed;
  if (one === undefined) throw new Error('the commit gave no answer');
  return one;
}
