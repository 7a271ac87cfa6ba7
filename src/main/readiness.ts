import { codeOf } from '../adapters/postgres/connection/outage-of.ts';
import { refusedWrite } from '../adapters/postgres/connection/write-probe.ts';
import type { Commit } from '../app/ports/commit.ts';
import { Outage } from '../app/ports/outage.ts';
import type { NotReadyReason, Readiness } from '../app/ports/readiness.ts';

/** Whether a process can do its work: asked often, answered soon, and told where it changes. */
export interface ReadinessWatch {
  readonly now: () => Promise<Readiness>;
  /** The commit, watched: a write that it was refused counts until another is taken. */
  readonly watched: (commit: Commit) => Commit;
}

/** What is looked at, and who hears of a change. */
export interface ReadinessDeps {
  /** Reads as a decision begins; throws where nothing answers. */
  readonly tryRead: () => Promise<unknown>;
  /** Writes and keeps nothing; throws where no write is taken. */
  readonly tryWrite: () => Promise<void>;
  readonly nowMs: () => number;
  readonly onChange?: (readiness: Readiness, code: string | undefined) => void;
}

/** A write is tried no more often than this, however often somebody asks. */
const TRIED_EVERY_MS = 2_000;
/** Where nobody commits meanwhile, a refused commit is forgotten after this. */
const REMEMBERED_MS = 10_000;

interface Trouble {
  readonly reason: NotReadyReason;
  readonly code: string | undefined;
}

/** Ready until the first look says otherwise. */
export function createReadiness(deps: ReadinessDeps): ReadinessWatch {
  const { nowMs, onChange } = deps;
  let tried:
    | { readonly atMs: number; readonly trouble: Promise<Trouble | undefined> }
    | undefined;
  let failed: { readonly atMs: number; readonly trouble: Trouble } | undefined;
  let told: NotReadyReason | undefined;
  const writing = () => {
    if (tried === undefined || nowMs() - tried.atMs >= TRIED_EVERY_MS) {
      tried = { atMs: nowMs(), trouble: troubleOf(deps.tryWrite, 'WRITES_REFUSED') };
    }
    return tried.trouble;
  };
  const committing = () =>
    failed !== undefined && nowMs() - failed.atMs < REMEMBERED_MS ? failed.trouble : undefined;
  const tell = (trouble: Trouble | undefined): Readiness => {
    const readiness: Readiness =
      trouble === undefined
        ? { status: 'READY' }
        : { status: 'NOT_READY', reason: trouble.reason };
    if (trouble?.reason !== told) onChange?.(readiness, trouble?.code);
    told = trouble?.reason;
    return readiness;
  };
  const onFailure = (error: unknown) => {
    // Whether anything answers is looked up each time; what is refused may be one table's own.
    const reason = refusedWrite(error);
    if (reason === undefined) return;
    const trouble = { reason, code: codeOf(error) };
    failed = { atMs: nowMs(), trouble };
    tell(trouble);
  };
  return {
    now: async () => {
      const reading = troubleOf(deps.tryRead, 'DATABASE_DOWN');
      const [down, written] = await Promise.all([reading, writing()]);
      return tell(down ?? written ?? committing());
    },
    watched: (commit) => async (commitment) => {
      try {
        const committed = await commit(commitment);
        failed = undefined;
        return committed;
      } catch (error) {
        onFailure(error);
        throw error;
      }
    },
  };
}

async function troubleOf(
  look: () => Promise<unknown>,
  unknown: NotReadyReason,
): Promise<Trouble | undefined> {
  try {
    await look();
    return undefined;
  } catch (error) {
    const isDown = error instanceof Outage && error.dependency === 'DATABASE';
    const reason = refusedWrite(error) ?? (isDown ? 'DATABASE_DOWN' : unknown);
    return { reason, code: codeOf(error) };
  }
}
