import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TrainingTable } from '../../src/domain/forest.ts';

/** scikit-learn in a process of its own, given the same rows as a dense matrix. */
export interface Peer {
  /** Writes a table where the peer reads it; categories become columns of 0 and 1. */
  give(part: string, table: TrainingTable, labels: Uint8Array): void;
  /** CPU seconds of a training with ten rows a leaf, in one thread. */
  fit(part: string, seed: number, trees: number): Promise<{ readonly cpuS: number }>;
  /** Scores with the forest last fitted with that seed. */
  predict(part: string, seed: number): Promise<{ readonly cpuS: number; readonly auc: number }>;
  stop(): void;
}

/** Debian's interpreter, where `apt install python3-sklearn` puts the library. */
const PYTHON = process.env.NEXTBEST_PEER_PYTHON ?? '/usr/bin/python3';

/** Starts the peer; it fails at the first question when scikit-learn is not installed. */
export function startPeer(): Peer {
  const folder = mkdtempSync(join(tmpdir(), 'nextbest-peer-'));
  const script = join(import.meta.dirname, 'peer.py');
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const child = spawn(PYTHON, [script], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (question: object) => {
    child.stdin.write(`${JSON.stringify({ folder, ...question })}\n`);
    const answer = await answers.next();
    if (answer.done) throw new Error('the peer ended: is python3-sklearn installed?');
    return JSON.parse(answer.value);
  };
  return {
    give: (part, table, labels) => writeMatrix(join(folder, part), table, labels),
    fit: (part, seed, trees) => ask({ do: 'fit', part, seed, trees }),
    predict: (part, seed) => ask({ do: 'predict', part, seed }),
    stop: () => {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A value that has no column of its own is none of the others. */
function setCategory(cells: Float32Array, first: number, code: number): void {
  if (code >= 0) cells[first + code] = 1;
}

function writeMatrix(path: string, table: TrainingTable, labels: Uint8Array): void {
  const width = table.columns.reduce(
    (sum, column) => sum + (column.kind === 'number' ? 1 : column.categories.length),
    0,
  );
  const cells = new Float32Array(table.rows * width);
  let at = 0;
  for (const column of table.columns) {
    for (let row = 0; row < table.rows; row += 1) {
      if (column.kind === 'number') cells[row * width + at] = column.values[row] ?? 0;
      else setCategory(cells, row * width + at, column.codes[row] ?? -1);
    }
    at += column.kind === 'number' ? 1 : column.categories.length;
  }
  writeFileSync(`${path}.f4`, cells);
  writeFileSync(`${path}.u1`, labels);
  writeFileSync(`${path}.json`, JSON.stringify({ rows: table.rows, columns: width }));
}
