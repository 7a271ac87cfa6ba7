import { Outage } from '../../../app/ports/outage.ts';
import { Overload } from '../../../app/ports/overload.ts';

/** Makes items durable, each answered by its own result. */
export interface GroupCommit<T, R> {
  /** Resolves once the item is durable. */
  append(item: T): Promise<R>;
}

/** How a group is committed, and how much may wait for it. */
export interface GroupCommitDeps<T, R> {
  /** Commits all items or none, and answers each. */
  readonly commit: (items: readonly T[]) => Promise<readonly R[]>;
  /** Commits one item whose group was refused. */
  readonly commitOne: (item: T) => Promise<R>;
  /** What is overloaded when too much waits. */
  readonly what: string;
  /** How much an item counts; each counts at least one. */
  readonly sizeOf: (item: T) => number;
  /** As much may wait; what comes after it is refused. */
  readonly mostWaiting: number;
  /** As much goes together; a larger item goes alone. */
  readonly mostInGroup: number;
}

interface Waiting<T, R> {
  readonly item: T;
  readonly size: number;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits in groups without a timer: what arrives while one commit is out goes with the next, so
 * a lone item never waits. A refused group is tried item by item: none fails its neighbours.
 */
export function createGroupCommit<T, R>(deps: GroupCommitDeps<T, R>): GroupCommit<T, R> {
  let waiting: Waiting<T, R>[] = [];
  let waitingSize = 0;
  let out = false;
  const run = async () => {
    out = true;
    // Callers of the same turn join the first group too.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = firstGroup(waiting, deps.mostInGroup);
      waiting = waiting.slice(group.length);
      waitingSize -= sizeOfAll(group);
      await commitGroup(group, deps);
    }
    out = false;
  };
  return {
    append(item) {
      if (waitingSize >= deps.mostWaiting) {
        return Promise.reject(new Overload(deps.what, deps.mostWaiting));
      }
      const size = Math.max(1, deps.sizeOf(item));
      return new Promise((resolve, reject) => {
        waiting.push({ item, size, resolve, reject });
        waitingSize += size;
        if (!out) void run();
      });
    },
  };
}

function firstGroup<T, R>(
  waiting: readonly Waiting<T, R>[],
  most: number,
): readonly Waiting<T, R>[] {
  let [count, size] = [0, 0];
  for (const one of waiting) {
    if (count > 0 && size + one.size > most) break;
    count += 1;
    size += one.size;
  }
  return waiting.slice(0, count);
}

function sizeOfAll(group: readonly { readonly size: number }[]): number {
  return group.reduce((sum, { size }) => sum + size, 0);
}

async function commitGroup<T, R>(
  group: readonly Waiting<T, R>[],
  deps: GroupCommitDeps<T, R>,
): Promise<void> {
  try {
    const results = await deps.commit(group.map(({ item }) => item));
    for (const [i, { resolve, reject }] of group.entries()) {
      const result = results[i];
      if (result === undefined) reject(new Error('the commit gave this item no answer'));
      else resolve(result);
    }
  } catch (error) {
    if (error instanceof Outage) for (const { reject } of group) reject(error);
    else await commitEach(group, deps);
  }
}

async function commitEach<T, R>(
  group: readonly Waiting<T, R>[],
  deps: GroupCommitDeps<T, R>,
): Promise<void> {
  for (const { item, resolve, reject } of group) {
    await deps.commitOne(item).then(resolve, reject);
  }
}
