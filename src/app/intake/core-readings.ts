import { LRUCache } from 'lru-cache';
import type { PartName } from '../../domain/customer360.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  CoreQuestion,
  CoreReader,
  CustomerPart,
  DroppedRecord,
} from '../ports/core-reader.ts';
import type { PartReading } from '../ports/moment.ts';
import { Outage } from '../ports/outage.ts';
import type { ReadingIntake } from '../ports/reading-intake.ts';
import { type CoreBatcher, createCoreBatcher, type ToldParts } from './core-batcher.ts';
import { fitAnswer } from './fit-answer.ts';

/** A live core, what it answers, and how long it is waited for. */
export interface CoreSettings {
  readonly system: string;
  readonly reader: CoreReader;
  /** The parts that it answers, each with the age at which a reading is due again. */
  readonly parts: { readonly [part in PartName]?: { readonly refreshAfterMs: number } };
  /** As long as a request waits for the core and the intake together. */
  readonly budgetMs: number;
  /** Customers of one question at the most. */
  readonly widest: number;
  /** After a failure so long nobody waits for the core, or for the customer it did not tell of. */
  readonly retryAfterMs: number;
}

/** A customer with the readings that are recorded; none of one whom nobody knows yet. */
export interface AskedCustomer {
  readonly customerId: string;
  readonly readings: readonly PartReading[];
}

/** What became of the parts that were due. */
export interface RefreshedCustomers {
  /** Customers of whom a core spoke: what was read of them before may have changed. */
  readonly refreshed: ReadonlySet<string>;
  /** Parts that were due and were not told whole: what is recorded of them stands. */
  readonly failed: readonly CustomerPart[];
}

/** Reads from live cores what is due of some customers. */
export interface CoreReadings {
  /** True where at least one part of the customer is due, so that a core has to be asked. */
  isDue(asked: AskedCustomer): boolean;
  /** Asks for what is due, for each core within its budget; never throws for a core that fails. */
  refreshFromCores(asked: readonly AskedCustomer[]): Promise<RefreshedCustomers>;
}

/** What readings are taken by. */
export interface CoreReadingsDeps {
  readonly intake: ReadingIntake;
  readonly clock: Clock;
  /** Told of each record that a core gave and nobody may believe. */
  readonly onDropped?: (system: string, dropped: readonly DroppedRecord[]) => void;
}

/** One a process, so that requests share their questions; declares each core to the intake. */
export async function openCoreReadings(
  cores: readonly CoreSettings[],
  deps: CoreReadingsDeps,
): Promise<CoreReadings> {
  for (const { system, parts } of cores) {
    await deps.intake.declare({ system, parts: namesOf(parts) }, deps.clock.now());
  }
  const opened = cores.map((core) => openCore(core, deps));
  return {
    isDue: (asked) => opened.some((core) => core.due(asked).length > 0),
    refreshFromCores: async (asked) => {
      const outcomes = await Promise.all(
        opened.flatMap((core) => asked.map((one) => core.refresh(one))),
      );
      return {
        refreshed: new Set(outcomes.flatMap(({ spokenOf }) => spokenOf)),
        failed: outcomes.flatMap(({ failed }) => failed),
      };
    },
  };
}

interface CoreOutcome {
  readonly spokenOf: readonly string[];
  readonly failed: readonly CustomerPart[];
}

const NOTHING_DUE: CoreOutcome = { spokenOf: [], failed: [] };
/** Customers of whom it is remembered that a core did not tell. */
const REMEMBERED = 10_000;

function openCore(core: CoreSettings, deps: CoreReadingsDeps) {
  const nowMs = () => Date.parse(deps.clock.now());
  const quietUntilMs = new LRUCache<string, number>({ max: REMEMBERED });
  let silentUntilMs = 0;
  const batcher = createCoreBatcher(core.widest, async (question) => {
    try {
      return await readOnce(core, question, deps);
    } catch (error) {
      if (error instanceof Outage) silentUntilMs = nowMs() + core.retryAfterMs;
      throw error;
    }
  });
  const due = ({ readings }: AskedCustomer) => duePartsOf(core, readings, nowMs());
  const isQuiet = (customerId: string) =>
    nowMs() < Math.max(silentUntilMs, quietUntilMs.get(customerId) ?? 0);
  return {
    due,
    async refresh(asked: AskedCustomer): Promise<CoreOutcome> {
      const parts = due(asked);
      if (parts.length === 0) return NOTHING_DUE;
      const { customerId } = asked;
      const told = isQuiet(customerId)
        ? null
        : await askWithin(core, batcher, { customerId, parts });
      const missing = parts.filter((part) => told === null || !told.includes(part));
      if (missing.length > 0 && told !== null) {
        quietUntilMs.set(customerId, nowMs() + core.retryAfterMs);
      }
      const failed = missing.map((part) => ({ customerId, part }));
      // Of whom a core spoke in part only, what it spoilt is recorded too.
      return { spokenOf: told === null ? [] : [customerId], failed };
    },
  };
}

function duePartsOf(
  { system, parts }: CoreSettings,
  readings: readonly PartReading[],
  nowMs: number,
): readonly PartName[] {
  return namesOf(parts).filter((part) => {
    const last = readings.find((one) => one.part === part && one.system === system);
    const afterMs = parts[part]?.refreshAfterMs ?? 0;
    return last === undefined || nowMs - Date.parse(last.readAt) >= afterMs;
  });
}

function namesOf(parts: CoreSettings['parts']): readonly PartName[] {
  return Object.keys(parts) as readonly PartName[];
}

/** Null where the core did not answer in time. */
async function askWithin(
  { budgetMs }: CoreSettings,
  batcher: CoreBatcher,
  asked: { readonly customerId: string; readonly parts: readonly PartName[] },
): Promise<readonly PartName[] | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), budgetMs);
  });
  try {
    return await Promise.race([batcher.ask(asked.customerId, asked.parts), late]);
  } catch (error) {
    if (error instanceof Outage) return null;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** One question to the core, and its answer taken in, within the budget. */
async function readOnce(
  core: CoreSettings,
  question: CoreQuestion,
  { intake, clock, onDropped }: CoreReadingsDeps,
): Promise<ToldParts> {
  const startedMs = performance.now();
  const answer = await withinBudget(core.budgetMs, (signal) =>
    core.reader.read(question, signal),
  );
  const { records, answered, spoilt, dropped } = fitAnswer(question, answer);
  const reading = { system: core.system, readAt: clock.now(), records, answered, spoilt };
  const leftMs = core.budgetMs - (performance.now() - startedMs);
  const taken = await intake.take(reading, Math.max(1, leftMs));
  if (taken === undefined) throw new Outage('SOURCE', new Error('an import holds the way in'));
  const all = [...dropped, ...taken.dropped];
  if (all.length > 0) onDropped?.(core.system, all);
  const lost = new Set(taken.spoilt.map(({ customerId, part }) => `${part} ${customerId}`));
  const told = new Map<string, PartName[]>();
  for (const { customerId, part } of answered) {
    if (lost.has(`${part} ${customerId}`)) continue;
    told.set(customerId, [...(told.get(customerId) ?? []), part]);
  }
  return told;
}

/** A reader that does not heed its signal is waited for no longer either. */
async function withinBudget<T>(
  budgetMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const cause = new Error(`no answer within ${budgetMs} ms`);
    controller.abort(cause);
    reject(new Outage('SOURCE', cause));
  }, budgetMs);
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
