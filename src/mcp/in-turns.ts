import { setImmediate as nextTurn } from 'node:timers/promises';

/** As many are looked at before others have their turn: each may take a millisecond. */
const SLICE = 20;

/** Maps a list that may be long, and keeps nobody waiting meanwhile. */
export async function inTurns<T, U>(
  list: readonly T[],
  map: (one: T) => U,
): Promise<readonly U[]> {
  const mapped: U[] = [];
  for (const one of list) {
    mapped.push(map(one));
    if (mapped.length % SLICE === 0) await nextTurn();
  }
  return mapped;
}
