import { Worker } from 'node:worker_threads';
import type { PackedForest } from '../../domain/forest.ts';
import { type CodedRows, scoreBatch } from '../../engine/propensity/scoring/score-batch.ts';
import type { ScoreStart } from './score-worker.ts';

/** Rows of one forest that a thread takes at a time. */
const TICKET_ROWS = 4096;

/**
 * The raw sums of many rows by many forests, over threads that share codes, nodes and sums; the
 * same integers for any number of them. With 0 workers this thread scores.
 */
export async function scoreInWorkers(
  forests: readonly PackedForest[],
  coded: CodedRows,
  workers: number,
): Promise<readonly Int32Array[]> {
  const { rows } = coded;
  const sums = forests.map(() => sharedInts(rows));
  const chunks = Math.ceil(rows / TICKET_ROWS);
  if (workers === 0 || chunks === 0) {
    for (const [f, forest] of forests.entries()) {
      const into = sums[f];
      if (into !== undefined) scoreBatch(forest, coded, { sums: into, from: 0, to: rows });
    }
    return sums;
  }
  const start: ScoreStart = {
    forests: forests.map(shared),
    coded,
    sums,
    tickets: sharedInts(1),
    ticketRows: TICKET_ROWS,
  };
  await Promise.all(Array.from({ length: workers }, () => finished(start)));
  return sums;
}

function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

function shared(forest: PackedForest): PackedForest {
  const [nodes, meansPpm] = [sharedInts(forest.nodes.length), sharedInts(forest.nodes.length)];
  nodes.set(forest.nodes);
  meansPpm.set(forest.meansPpm);
  return { ...forest, nodes, meansPpm };
}

function finished(start: ScoreStart): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./score-worker.ts', import.meta.url), {
      workerData: start,
    });
    thread.once('error', reject);
    thread.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a scoring thread ended with code ${code}`)),
    );
  });
}
