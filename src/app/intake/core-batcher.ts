import type { PartName } from '../../domain/customer360.ts';
import type { CoreQuestion } from '../ports/core-reader.ts';
import { Outage } from '../ports/outage.ts';

/** The parts that a core told of each customer; who is absent was not told of. */
export type ToldParts = ReadonlyMap<string, readonly PartName[]>;

/** Asks one core, each question for everybody who waits. */
export interface CoreBatcher {
  /** Throws the outage of the call that the customer went with. */
  ask(customerId: string, parts: readonly PartName[]): Promise<readonly PartName[]>;
}

interface Asked {
  readonly parts: Set<PartName>;
  readonly promise: Promise<readonly PartName[]>;
  readonly resolve: (told: readonly PartName[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets one question out at a time: who asks meanwhile goes, with all others, into the next one.
 * No timer, so a lone customer never waits. Who asks for a customer that is being asked for waits
 * for that answer.
 */
export function createCoreBatcher(
  widest: number,
  put: (question: CoreQuestion) => Promise<ToldParts>,
): CoreBatcher {
  const waiting = new Map<string, Asked>();
  let out: ReadonlyMap<string, Asked> = new Map();
  let running = false;
  const next = async () => {
    running = true;
    // Callers of the same turn join the first question too.
    await Promise.resolve();
    while (waiting.size > 0) {
      out = takeSome(waiting, widest);
      const outage = await answer(out, put);
      out = new Map();
      if (outage === undefined) continue;
      // Who waited meanwhile waited for the same silence: not as long again.
      for (const { reject } of waiting.values()) reject(outage);
      waiting.clear();
    }
    running = false;
  };
  return {
    ask: (customerId, parts) => {
      const flying = out.get(customerId);
      if (flying !== undefined && parts.every((part) => flying.parts.has(part))) {
        return flying.promise;
      }
      const asked = waiting.get(customerId) ?? newlyAsked();
      for (const part of parts) asked.parts.add(part);
      waiting.set(customerId, asked);
      if (!running) void next();
      return asked.promise;
    },
  };
}

function newlyAsked(): Asked {
  const { promise, resolve, reject } = Promise.withResolvers<readonly PartName[]>();
  // Whoever gave up waiting is not there to hear of a failure.
  promise.catch(() => undefined);
  return { parts: new Set(), promise, resolve, reject };
}

function takeSome(waiting: Map<string, Asked>, widest: number): ReadonlyMap<string, Asked> {
  const some = new Map([...waiting].slice(0, widest));
  for (const customerId of some.keys()) waiting.delete(customerId);
  return some;
}

/** Answers with the outage, if the core did not answer. */
async function answer(
  asked: ReadonlyMap<string, Asked>,
  put: (question: CoreQuestion) => Promise<ToldParts>,
): Promise<Outage | undefined> {
  const parts = new Set([...asked.values()].flatMap((one) => [...one.parts]));
  try {
    const told = await put({ customerIds: [...asked.keys()], parts: [...parts] });
    for (const [customerId, { resolve }] of asked) resolve(told.get(customerId) ?? []);
    return undefined;
  } catch (error) {
    for (const { reject } of asked.values()) reject(error);
    return error instanceof Outage ? error : undefined;
  }
}
