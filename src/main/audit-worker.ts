import { setPriority } from 'node:os';
import { platform } from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { codeOf } from '../adapters/postgres/connection/outage-of.ts';
import { openEvidenceStores } from '../adapters/postgres/open-evidence-stores.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import type { ReplayingEngine, Sitting } from '../app/decisions/evidence/evidence.ts';
import type { Replay } from '../app/decisions/evidence/replay-decision.ts';
import { type Dependency, Outage } from '../app/ports/outage.ts';
import { Overload } from '../app/ports/overload.ts';
import { createReleaseShelf } from '../app/releases/release-shelf.ts';
import type { TraceEntry } from '../domain/decision.ts';
import type { Uuid } from '../domain/id.ts';
import { wireEvidence } from './wire-evidence.ts';

/** What a worker of audits is started with. */
export interface AuditWorkerStart {
  readonly databaseUrl: string;
}

/** What it is told, one thing at a time; only CLOSE may come while a question is answered. */
export type AuditMessage = AuditQuestion | { readonly kind: 'CLOSE' };

/** REPLAY names the sittings of which questions wait, so that the others may be forgotten. */
export type AuditQuestion =
  | {
      readonly kind: 'REPLAY';
      readonly id: Uuid;
      readonly engine: ReplayingEngine;
      readonly sitting: number;
      readonly waiting: readonly number[];
    }
  | { readonly kind: 'TRACE'; readonly id: Uuid; readonly only: string | null };

/** What it answers: errors go as data, for their kinds do not survive the way. */
export type AuditReply =
  | { readonly kind: 'REPLAYED'; readonly replay: Replay | undefined }
  | { readonly kind: 'TRACED'; readonly trace: readonly TraceEntry[] | undefined }
  | { readonly kind: 'OUTAGE'; readonly dependency: Dependency; readonly code: string | null }
  | { readonly kind: 'OVERLOAD' }
  | ({ readonly kind: 'BUG' } & Pick<Required<Error>, 'name' | 'message' | 'stack'>);

// The parent's own message, over a channel that nobody else writes to.
const { databaseUrl }: AuditWorkerStart = workerData;
const stores = openEvidenceStores(databaseUrl, 'nextbest-audits');
const evidence = wireEvidence(stores, {
  clock: systemClock,
  releaseShelf: createReleaseShelf(stores.releases),
});
const sittings = new Map<number, Sitting>();

/** Linux gives priorities to threads, others to processes: there this one is as good as all. */
const LOW_PRIORITY = 10;
if (platform === 'linux') setPriority(LOW_PRIORITY);

let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (message: AuditMessage) => {
  last = last.then(() => (message.kind === 'CLOSE' ? close() : answer(message)));
});

async function answer(question: AuditQuestion): Promise<void> {
  parentPort?.postMessage(await run(question).catch(replyOf));
}

async function run(question: AuditQuestion): Promise<AuditReply> {
  if (question.kind === 'REPLAY') {
    return { kind: 'REPLAYED', replay: await sittingOf(question)(question.id) };
  }
  const found = await evidence.find(question.id);
  const isShown = found !== undefined && 'stored' in found;
  return {
    kind: 'TRACED',
    trace: isShown ? await evidence.trace(found, question.only) : undefined,
  };
}

/** Keeps what a sitting read while more of it may come, and that of no other. */
function sittingOf(question: AuditQuestion & { readonly kind: 'REPLAY' }): Sitting {
  const { sitting, engine, waiting } = question;
  for (const known of sittings.keys()) {
    if (known !== sitting && !waiting.includes(known)) sittings.delete(known);
  }
  const own = sittings.get(sitting) ?? evidence.sitting(engine);
  sittings.set(sitting, own);
  return own;
}

function replyOf(error: unknown): AuditReply {
  if (error instanceof Outage) {
    return { kind: 'OUTAGE', dependency: error.dependency, code: codeOf(error) ?? null };
  }
  if (error instanceof Overload) return { kind: 'OVERLOAD' };
  const { name, message, stack = '' } = error instanceof Error ? error : new Error('unknown');
  return { kind: 'BUG', name, message, stack };
}

async function close(): Promise<void> {
  await stores.close();
  parentPort?.close();
}
