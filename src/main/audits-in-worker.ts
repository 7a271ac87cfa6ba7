import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { codeOf } from '../adapters/postgres/connection/outage-of.ts';
import { createAuditLane, MOST_AUDITS } from '../app/decisions/evidence/audit-lane.ts';
import type { ReplayingEngine } from '../app/decisions/evidence/evidence.ts';
import type { HeavyAudits } from '../app/decisions/evidence/heavy-audits.ts';
import { BrokenAudit } from '../app/ports/broken-audit.ts';
import { Outage } from '../app/ports/outage.ts';
import { Overload } from '../app/ports/overload.ts';
import type {
  AuditMessage,
  AuditQuestion,
  AuditReply,
  AuditWorkerStart,
} from './audit-worker.ts';

/** Audits in a thread of their own; close it to end. */
export interface AuditsInWorker extends HeavyAudits {
  /** Lets what runs end, if it does so soon; whatever waits is broken off. */
  readonly close: () => Promise<void>;
}

/** Where audits read, and what their thread may use. */
export interface AuditSettings extends AuditWorkerStart {
  readonly onBroken?: (broken: BrokenAudit) => void;
  /** Room for the largest releases, four of them loaded; more ends the thread, not the service. */
  readonly memoryMb?: number;
  readonly mostWaiting?: number;
  /** How long an audit may go on while all is closed. */
  readonly closingMs?: number;
  /** The file that runs in the thread, for tests. */
  readonly worker?: URL;
}

const MEMORY_MB = 1_024;
/** What one collection may move: from 16 MB on a full thread takes the process along. */
const YOUNG_MEMORY_MB = 8;
const CLOSING_MS = 5_000;
const WORKER = new URL('./audit-worker.ts', import.meta.url);

/**
 * One thread that decides again, so that deciding for customers goes on; it starts with the first
 * question and keeps no process up. It is given one question at a time: when it ends for whatever
 * reason, that question alone fails, and the next one starts another thread.
 */
export function openAuditsInWorker(settings: AuditSettings): AuditsInWorker {
  const { mostWaiting = MOST_AUDITS, closingMs = CLOSING_MS } = settings;
  const lane = createAuditLane(mostWaiting);
  const waiting = createCounts();
  let thread: AuditThread | undefined;
  let closed = false;
  let sittings = 0;
  const put = async (question: AuditQuestion): Promise<AuditReply> => {
    if (closed) throw new BrokenAudit('CLOSED');
    if (thread === undefined || thread.isGone()) thread = startThread(settings);
    try {
      return await thread.ask(question);
    } catch (error) {
      if (error instanceof BrokenAudit) settings.onBroken?.(error);
      throw error;
    }
  };
  return {
    sitting: (engine: ReplayingEngine) => {
      sittings += 1;
      const sitting = sittings;
      return (id) =>
        waiting.during(sitting, async () => {
          const reply = await lane(() =>
            put({ kind: 'REPLAY', id, engine, sitting, waiting: waiting.names() }),
          );
          return reply.kind === 'REPLAYED' ? reply.replay : fail(reply);
        });
    },
    trace: async (id, only) => {
      const reply = await lane(() => put({ kind: 'TRACE', id, only }));
      return reply.kind === 'TRACED' ? reply.trace : fail(reply);
    },
    close: async () => {
      closed = true;
      await thread?.close(closingMs);
    },
  };
}

/** Counts what goes on under each name. */
function createCounts() {
  const counts = new Map<number, number>();
  return {
    names: (): readonly number[] => [...counts.keys()],
    during: async <T>(name: number, work: () => Promise<T>): Promise<T> => {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      try {
        return await work();
      } finally {
        const left = (counts.get(name) ?? 0) - 1;
        if (left > 0) counts.set(name, left);
        else counts.delete(name);
      }
    },
  };
}

interface AuditThread {
  /** One question at a time; rejects with a `BrokenAudit` when the thread ends before. */
  readonly ask: (question: AuditQuestion) => Promise<AuditReply>;
  readonly isGone: () => boolean;
  readonly close: (closingMs: number) => Promise<void>;
}

interface Asked {
  readonly resolve: (reply: AuditReply) => void;
  readonly reject: (cause: BrokenAudit) => void;
}

function startThread({ databaseUrl, memoryMb, worker = WORKER }: AuditSettings): AuditThread {
  const start: AuditWorkerStart = { databaseUrl };
  const thread = new Worker(worker, {
    workerData: start,
    resourceLimits: {
      maxOldGenerationSizeMb: memoryMb ?? MEMORY_MB,
      maxYoungGenerationSizeMb: YOUNG_MEMORY_MB,
    },
  });
  let asked: Asked | undefined;
  let gone: BrokenAudit | undefined;
  const end = (broken: BrokenAudit) => {
    gone ??= broken;
    asked?.reject(gone);
    asked = undefined;
  };
  const ended = new Promise<void>((resolve) => {
    thread.once('exit', () => {
      end(new BrokenAudit('ENDED'));
      resolve();
    });
  });
  thread.on('error', (cause) => {
    const isFull = codeOf(cause) === 'ERR_WORKER_OUT_OF_MEMORY';
    end(new BrokenAudit(isFull ? 'OUT_OF_MEMORY' : 'ENDED', cause));
  });
  thread.on('message', (reply: AuditReply) => {
    thread.unref();
    asked?.resolve(reply);
    asked = undefined;
  });
  thread.unref();
  const post = (message: AuditMessage) => thread.postMessage(message);
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (gone !== undefined) return reject(gone);
        asked = { resolve, reject };
        thread.ref();
        post(question);
      }),
    isGone: () => gone !== undefined,
    close: async (closingMs) => {
      thread.ref();
      post({ kind: 'CLOSE' });
      const late = new AbortController();
      await Promise.race([ended, sleep(closingMs, undefined, { signal: late.signal })]);
      late.abort();
      await thread.terminate();
    },
  };
}

/** What went wrong over there, as if it had here. */
function fail(reply: AuditReply): never {
  switch (reply.kind) {
    case 'OUTAGE':
      throw new Outage(reply.dependency, { code: reply.code ?? undefined });
    case 'OVERLOAD':
      throw new Overload('the thread of audits', 1);
    case 'BUG':
      throw Object.assign(new Error(reply.message), { name: reply.name, stack: reply.stack });
    default:
      throw new Error('the thread of audits answered another question');
  }
}
