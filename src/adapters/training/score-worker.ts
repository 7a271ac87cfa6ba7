import { workerData } from 'node:worker_threads';
import type { PackedForest } from '../../domain/forest.ts';
import { type CodedRows, scoreBatch } from '../../engine/propensity/scoring/score-batch.ts';

/** What a worker is started with; `tickets` holds the number of the next forest and chunk. */
export interface ScoreStart {
  readonly forests: readonly PackedForest[];
  readonly coded: CodedRows;
  readonly sums: readonly Int32Array[];
  readonly tickets: Int32Array;
  readonly ticketRows: number;
}

// The parent's own message, over a channel that nobody else writes to.
const start: ScoreStart = workerData;

scoreTickets(start);

/** A chunk of rows of one forest is one thread's alone, so that no sum is written by two. */
function scoreTickets({ forests, coded, sums, tickets, ticketRows }: ScoreStart): void {
  const chunks = Math.ceil(coded.rows / ticketRows);
  for (;;) {
    const ticket = Atomics.add(tickets, 0, 1);
    const forest = forests[Math.floor(ticket / chunks)];
    const into = sums[Math.floor(ticket / chunks)];
    if (forest === undefined || into === undefined) return;
    const from = (ticket % chunks) * ticketRows;
    const to = Math.min(coded.rows, from + ticketRows);
    scoreBatch(forest, coded, { sums: into, from, to });
  }
}
