import { Outage } from '../../../app/ports/outage.ts';
import { Overload } from '../../../app/ports/overload.ts';

/** Lets so many works run at once; the others wait for their turn, in order. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** How many run, and who is too many or waits too long. */
export interface TurnsOptions {
  /** The thing that works take turns at: the message of a refusal names it. */
  readonly what: string;
  readonly atOnce: number;
  /** One more is refused as an overload. */
  readonly mostWaiting?: number;
  /** Who waits longer is refused as an overload. */
  readonly longestWaitMs?: number;
}

interface Waiting {
  readonly start: () => void;
  readonly refuse: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

/** More than a thousand customers with all their parts. */
const MOST_WAITING = 10_000;
/** As long as the longest statement of an audit. */
const LONGEST_WAIT_MS = 10_000;
/** Less than a statement of the hot path may take, more than one takes. */
const SILENCE_MS = 1_000;

/**
 * A queue is no outage: who waits is served, or refused as an overload. But where a work fails by
 * an outage and no other has been answered since it began, or for long, the silence is
 * everybody's: who waits has waited for it already, and hears of it at once.
 */
export function createTurns(options: TurnsOptions): Turns {
  const { what, atOnce, mostWaiting = MOST_WAITING } = options;
  const { longestWaitMs = LONGEST_WAIT_MS } = options;
  const waiting = new Set<Waiting>();
  let running = 0;
  let answers = 0;
  let answeredMs = performance.now();
  const answered = () => {
    answers += 1;
    answeredMs = performance.now();
  };
  const isSilent = (before: number) =>
    answers === before || performance.now() - answeredMs >= SILENCE_MS;
  const turn = () =>
    new Promise<void>((resolve, reject) => {
      if (waiting.size >= mostWaiting) return reject(new Overload(what, mostWaiting));
      const refuse = (error: unknown) => {
        clearTimeout(entry.timer);
        waiting.delete(entry);
        reject(error);
      };
      const entry: Waiting = {
        start: resolve,
        refuse,
        timer: setTimeout(() => refuse(new Overload(what, waiting.size)), longestWaitMs),
      };
      waiting.add(entry);
    });
  const next = () => {
    for (const entry of waiting) {
      clearTimeout(entry.timer);
      waiting.delete(entry);
      entry.start();
      return true;
    }
    return false;
  };
  return {
    async take(work) {
      if (running >= atOnce) await turn();
      else running += 1;
      const before = answers;
      try {
        const result = await work();
        answered();
        return result;
      } catch (error) {
        if (!(error instanceof Outage)) answered();
        else if (isSilent(before)) for (const { refuse } of [...waiting]) refuse(error);
        throw error;
      } finally {
        // The turn is handed on: nobody who comes in between takes it.
        if (!next()) running -= 1;
      }
    },
  };
}
