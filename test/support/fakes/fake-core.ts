import type {
  AnsweredPart,
  CoreAnswer,
  CoreQuestion,
  CoreReader,
  CoreRecords,
  DroppedRecord,
} from '../../../src/app/ports/core-reader.ts';
import { Outage } from '../../../src/app/ports/outage.ts';
import type { Entity } from '../../../src/domain/bank-record.ts';
import { isToldWith } from '../../../src/domain/entity-parts.ts';
import type { Instant } from '../../../src/domain/instant.ts';

/** What a test says of a core; it may say otherwise between two questions. */
export interface FakeCoreWorld {
  /** What the core has of each customer; who is absent is unknown to it. */
  customers: Map<string, CoreRecords>;
  asOf: Instant;
  latencyMs: number;
  /** It fails as a core that is down does, or waits for ever and heeds no signal. */
  failing: 'NO' | 'DOWN' | 'HANGING';
  /** Customers that it refuses to tell of. */
  refused: Set<string>;
  dropped: DroppedRecord[];
}

export interface FakeCore {
  readonly reader: CoreReader;
  readonly world: FakeCoreWorld;
  /** Every question since the start. */
  readonly questions: readonly CoreQuestion[];
}

/** A core in memory that does what its test says. */
export function fakeCore(given: Partial<FakeCoreWorld> = {}): FakeCore {
  const questions: CoreQuestion[] = [];
  const world: FakeCoreWorld = {
    customers: new Map(),
    asOf: '2026-11-24T09:00:00.000Z',
    latencyMs: 0,
    failing: 'NO',
    refused: new Set(),
    dropped: [],
    ...given,
  };
  const read = async (question: CoreQuestion, signal: AbortSignal): Promise<CoreAnswer> => {
    questions.push(question);
    await pause(world, signal);
    if (world.failing === 'DOWN') throw new Outage('SOURCE', new Error('the fake core is down'));
    return answerOf(world, question);
  };
  return { reader: { read }, world, questions };
}

async function pause({ failing, latencyMs }: FakeCoreWorld, signal: AbortSignal): Promise<void> {
  if (failing === 'HANGING') await new Promise<never>(() => {});
  if (signal.aborted) throw new Outage('SOURCE', signal.reason);
  if (latencyMs === 0) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, latencyMs);
  const onAbort = () => reject(new Outage('SOURCE', signal.reason));
  signal.addEventListener('abort', onAbort);
  await promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  });
}

function answerOf(world: FakeCoreWorld, { customerIds, parts }: CoreQuestion): CoreAnswer {
  const told = customerIds.filter((id) => world.customers.has(id) && !world.refused.has(id));
  const records: { [entity: string]: object[] } = {};
  for (const id of told) {
    for (const [entity, rows] of recordsIn(world.customers.get(id) ?? {})) {
      if (!isToldWith(parts, entity)) continue;
      records[entity] = [...(records[entity] ?? []), ...rows];
    }
  }
  const lineage = told.flatMap((customerId) =>
    parts.map((part): AnsweredPart => ({ customerId, part, asOf: world.asOf })),
  );
  const dropped = world.dropped.filter(
    ({ customerId }) => customerId === null || customerIds.includes(customerId),
  );
  return { records, lineage, dropped };
}

function recordsIn(records: CoreRecords): readonly (readonly [Entity, readonly object[]])[] {
  return Object.entries(records) as readonly (readonly [Entity, readonly object[]])[];
}
