import { Outage } from '../../../app/ports/outage.ts';

/** Reads by keys, shared with whoever else asks meanwhile. */
export interface ReadBatcher<T> {
  /** What is found of the keys; those unknown are absent. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, T>>;
}

interface Asked<T> {
  readonly keys: readonly string[];
  readonly resolve: (found: ReadonlyMap<string, T>) => void;
  readonly reject: (error: unknown) => void;
}

/** More keys than this make a statement that keeps everyone waiting. */
const MOST_KEYS = 500;

/**
 * Lets one read out at a time: who asks meanwhile goes, with all others, into the next. No timer,
 * so a lone reader never waits.
 */
export function createReadBatcher<T>(
  readMany: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): ReadBatcher<T> {
  let waiting: Asked<T>[] = [];
  let out = false;
  const next = async () => {
    out = true;
    // Callers of the same turn join the first read too.
    await Promise.resolve();
    while (waiting.length > 0) {
      const [batch, rest] = takeKeys(waiting);
      waiting = rest;
      const outage = await answer(batch, readMany);
      if (outage === undefined) continue;
      // Who waited meanwhile waited for the same silence: not as long again.
      for (const { reject } of waiting.splice(0)) reject(outage);
    }
    out = false;
  };
  return {
    read: (keys) =>
      new Promise((resolve, reject) => {
        waiting.push({ keys, resolve, reject });
        if (!out) void next();
      }),
  };
}

function takeKeys<T>(waiting: readonly Asked<T>[]): [Asked<T>[], Asked<T>[]] {
  let keys = 0;
  let count = 0;
  while (count < waiting.length && (count === 0 || keys < MOST_KEYS)) {
    keys += waiting[count]?.keys.length ?? 0;
    count += 1;
  }
  return [waiting.slice(0, count), waiting.slice(count)];
}

/** Answers with the outage, if the database did not answer. */
async function answer<T>(
  batch: readonly Asked<T>[],
  readMany: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<Outage | undefined> {
  try {
    const found = await readMany([...new Set(batch.flatMap(({ keys }) => keys))]);
    for (const { keys, resolve } of batch) resolve(pick(found, keys));
    return undefined;
  } catch (error) {
    for (const { reject } of batch) reject(error);
    return error instanceof Outage ? error : undefined;
  }
}

function pick<T>(found: ReadonlyMap<string, T>, keys: readonly string[]): Map<string, T> {
  const picked = new Map<string, T>();
  for (const key of keys) {
    const value = found.get(key);
    if (value !== undefined) picked.set(key, value);
  }
  return picked;
}
