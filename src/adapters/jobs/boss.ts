import type { PgBoss } from 'pg-boss';
import { Outage } from '../../app/ports/outage.ts';

/** The schema that pg-boss makes and keeps for itself, beside ours. */
export const BOSS_SCHEMA = 'pgboss';

/** How a process takes part in the queues of a database. */
export interface BossOptions {
  /** Connections it may open: they are its own, apart from all others. */
  readonly max: number;
  /** True for who handles jobs: it also brings back the jobs of those who died. */
  readonly supervise: boolean;
  /** False: the schema is another's to make and to migrate. */
  readonly migrate?: boolean;
  /** Told of what goes wrong in the background, where nobody waits for an answer. */
  readonly onError: (trouble: Trouble) => void;
}

/** What went wrong in the background, by codes: a message may hold what a log must not. */
export interface Trouble {
  readonly queue: string | undefined;
  /** A SQLSTATE or the system's code. */
  readonly code: string | undefined;
}

/**
 * A job whose worker is silent for 10 s is given to another at the next look, which is this far
 * away at most. The look counts the stored jobs, so finished ones are swept out as often as below.
 */
const LOOK_EVERY_SECONDS = 5;
const SWEEP_EVERY_SECONDS = 600;

/** Loads the library ahead, for who knows that it will open queues: most of what opening costs. */
export async function loadBoss(): Promise<void> {
  await import('pg-boss');
}

/**
 * Opens the queues of a database, making their schema where it lacks. The library is loaded here
 * and not before: a command that needs no queue is spared it.
 */
export async function startBoss(url: string, options: BossOptions): Promise<PgBoss> {
  const library = await import('pg-boss');
  const boss = new library.PgBoss({
    connectionString: url,
    schema: BOSS_SCHEMA,
    application_name: 'nextbest jobs',
    max: options.max,
    connectionTimeoutMillis: 5_000,
    supervise: options.supervise,
    migrate: options.migrate ?? true,
    superviseIntervalSeconds: LOOK_EVERY_SECONDS,
    monitorIntervalSeconds: LOOK_EVERY_SECONDS,
    maintenanceIntervalSeconds: SWEEP_EVERY_SECONDS,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error: unknown) => options.onError(troubleOf(error)));
  try {
    return await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    if (options.migrate === false && isOfLibrary(error)) throw new QueuesUnprepared(error);
    throw isRefusal(error) ? error : new Outage('DATABASE', error);
  }
}

function troubleOf(error: unknown): Trouble {
  const told = typeof error === 'object' && error !== null ? error : {};
  const textAt = (name: string) => {
    const value: unknown = Reflect.get(told, name);
    return typeof value === 'string' ? value : undefined;
  };
  return { queue: textAt('queue'), code: textAt('code') };
}

/** Queues that are not there, or of another version of the library: the owner makes them. */
export class QueuesUnprepared extends Error {
  constructor(cause: unknown) {
    super('the job queues are not prepared for this program: run `nextbest database prepare`', {
      cause,
    });
    this.name = 'QueuesUnprepared';
  }
}

function isOfLibrary(error: unknown): boolean {
  return error instanceof Error && !('code' in error) && error.message.startsWith('pg-boss');
}

/** True where the server answered and refused a statement; all else is an outage. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return false;
  }
  return /^[0-9A-Z]{5}$/.test(error.code) && !/^(?:08|53|57|58)/.test(error.code);
}
