/** Lets so many requests work at once; who comes in must leave. */
export interface Gate {
  /** False where one more would make all wait too long: nothing is kept of that one. */
  enter(): boolean;
  leave(): void;
}

/** What an adaptive gate goes by. */
export interface GateSenses {
  /** How long whatever is ready has waited for its turn of the loop, in ms, since asked last. */
  readonly waitedMs: () => number;
  readonly nowMs: () => number;
}

/** A turn of the loop may take so long; a decision takes some eight of them. */
const TARGET_MS = 15;
const PERIOD_MS = 100;

/** A burst of so many is answered on any machine: what waits for a moment is no overload. */
const LEAST = 100;
const FIRST = 200;
const MOST = 1_024;

/** Quicker down than up, for a queue hurts everybody; one pause alone hurts nobody. */
const DOWN = 0.9;
const UP = 1 / 16;

/** A gate of a fixed width. */
export function createGate(most: number): Gate {
  let inside = 0;
  return {
    enter() {
      if (inside >= most) return false;
      inside += 1;
      return true;
    },
    leave() {
      inside -= 1;
    },
  };
}

/**
 * A gate that finds its width by what the loop's turns take: narrower while they take long, wider
 * while they are short and somebody stands outside. So a slow machine lets fewer in than a quick
 * one, and what waits for the database alone is not held against anybody.
 */
export function createAdaptiveGate({ waitedMs, nowMs }: GateSenses): Gate {
  let width = FIRST;
  let inside = 0;
  let wasFull = false;
  let setMs = nowMs();
  const adapt = () => {
    if (nowMs() - setMs < PERIOD_MS) return;
    setMs = nowMs();
    if (waitedMs() > TARGET_MS) width = Math.max(LEAST, Math.floor(width * DOWN));
    else if (wasFull) width = Math.min(MOST, width + Math.ceil(width * UP));
    wasFull = false;
  };
  return {
    enter() {
      adapt();
      if (inside >= width) {
        wasFull = true;
        return false;
      }
      inside += 1;
      return true;
    },
    leave() {
      inside -= 1;
    },
  };
}
