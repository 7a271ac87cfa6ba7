import type { Corpus, HostileCase } from './corpora.ts';
import type { Door } from './doors.ts';

/** What became of the cases of a corpus at a door. */
export interface Offered {
  readonly corpus: string;
  readonly door: string;
  readonly cases: number;
  readonly accepted: number;
  /** The cases that were taken and may not be. */
  readonly wrongly: readonly string[];
  /** The cases that ended in no answer at all. */
  readonly crashed: readonly string[];
  /** What a case took at the longest, of several tries where it was long. */
  readonly longestMs: number;
  readonly longest: string;
}

const LONG_MS = 100;
const TRIES = 3;

/** Offers every case of a corpus at a door. */
export async function offer(corpus: Corpus, door: Door): Promise<Offered> {
  const wrongly: string[] = [];
  const crashed: string[] = [];
  let accepted = 0;
  let [longest, longestMs] = ['', 0];
  for (const one of corpus.cases) {
    try {
      const { taken, ms } = await timed(one, door);
      if (taken) accepted += 1;
      if (taken && !door.mayTake(one)) wrongly.push(one.id);
      if (ms > longestMs) [longest, longestMs] = [one.id, ms];
    } catch (error) {
      crashed.push(`${one.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const { name, cases } = corpus;
  return {
    corpus: name,
    door: door.name,
    cases: cases.length,
    accepted,
    wrongly,
    crashed,
    longestMs,
    longest,
  };
}

/** Other work of the machine takes time too: what was long is offered again, the least counts. */
async function timed(
  one: HostileCase,
  door: Door,
): Promise<{ readonly taken: boolean; readonly ms: number }> {
  let least = Number.POSITIVE_INFINITY;
  let taken = false;
  for (let tried = 0; tried < TRIES && least > LONG_MS; tried += 1) {
    const began = performance.now();
    taken = await door.take(one);
    least = Math.min(least, performance.now() - began);
  }
  return { taken, ms: least };
}

/** What hostile input tries to leave behind: nothing of it may be there. */
export function pollution(): readonly unknown[] {
  const marks = ['polluted', 'isAdmin', 'admin', 'RULE_CORPUS_MARK', 'a', 'x'];
  return marks.flatMap((mark) => {
    const found = Reflect.get({}, mark) ?? Reflect.get([], mark) ?? Reflect.get(globalThis, mark);
    return found === undefined ? [] : [mark];
  });
}
