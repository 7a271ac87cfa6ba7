import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { TrainingStopped } from '../../app/ports/trainer.ts';
import type {
  EncodedTable,
  ForestSpec,
  GrownTree,
  TrainedForest,
  TrainingRefusal,
  TrainingTable,
} from '../../domain/forest.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { encodeTable } from '../../laboratory/training/encode-table.ts';
import { growTree } from '../../laboratory/training/grow-tree.ts';
import { assembleForest, tooLarge } from '../../laboratory/training/train-forest.ts';
import { makeScratch } from '../../laboratory/training/tree-scratch.ts';
import type { WorkerStart } from './train-worker.ts';
import type { WorkerMessage } from './worker-message.ts';

/** One training: what on, by which settings. */
interface TrainingRequest {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  readonly spec: ForestSpec;
}

/** How it is carried out, which changes no byte of the result. */
interface TrainingConduct {
  /** Threads besides this one; with 0 this one trains, and lets others in after each tree. */
  readonly workers: number;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Ends all threads and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What has been grown so far; integers, so that it does not matter who added when. */
interface Harvest {
  readonly trees: (GrownTree | null | undefined)[];
  readonly sums: Float64Array;
  readonly scored: Uint32Array;
  readonly importances: Float64Array;
  done: number;
}

/** Trains a forest over worker threads: the same bytes for any number of them. */
export async function trainInWorkers(
  { table, labels, spec }: TrainingRequest,
  conduct: TrainingConduct,
): Promise<Result<TrainedForest, TrainingRefusal>> {
  conduct.signal?.throwIfAborted();
  const encoded = encodeTable(table, labels, spec);
  if (!encoded.ok) return encoded;
  const harvest = makeHarvest(encoded.value, spec);
  const start = { table: encoded.value, spec, tickets: makeTickets() };
  if (conduct.workers === 0) await growHere(start, harvest, conduct);
  else await growInWorkers(start, harvest, conduct);
  const trees: GrownTree[] = [];
  for (const [tree, grown] of harvest.trees.entries()) {
    if (!grown) return refuse(tooLarge(tree));
    trees.push(grown);
  }
  return ok({
    forest: assembleForest(encoded.value, spec, trees),
    outOfBag: { sums: harvest.sums, trees: harvest.scored },
    importances: Array.from(harvest.importances),
  });
}

function makeHarvest(table: EncodedTable, spec: ForestSpec): Harvest {
  return {
    trees: Array.from({ length: spec.trees }, () => undefined),
    sums: new Float64Array(table.rows),
    scored: new Uint32Array(table.rows),
    importances: new Float64Array(table.features.length),
    done: 0,
  };
}

function makeTickets(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

async function growHere(
  { table, spec }: WorkerStart,
  harvest: Harvest,
  conduct: TrainingConduct,
): Promise<void> {
  const scratch = makeScratch(table, spec);
  for (let tree = 0; tree < spec.trees; tree += 1) {
    const grown = growTree(scratch, tree);
    gather(harvest, { kind: 'TREE', tree, grown }, conduct);
    if (grown === null) return;
    await setImmediate();
    conduct.signal?.throwIfAborted();
  }
  const { oobSums, oobTrees, importances } = scratch;
  gather(harvest, { kind: 'DONE', sums: oobSums, trees: oobTrees, importances }, conduct);
}

async function growInWorkers(
  start: WorkerStart,
  harvest: Harvest,
  conduct: TrainingConduct,
): Promise<void> {
  const count = Math.min(conduct.workers, start.spec.trees);
  const threads = Array.from(
    { length: count },
    () => new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: start }),
  );
  try {
    await Promise.all(
      threads.map((thread) =>
        finished(thread, conduct.signal, (m) => gather(harvest, m, conduct)),
      ),
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Resolves once a thread has told everything; rejects if it dies first or the signal says so. */
function finished(
  thread: Worker,
  signal: AbortSignal | undefined,
  gatherOne: (message: WorkerMessage) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    const settle = (end: () => void) => {
      signal?.removeEventListener('abort', abort);
      end();
    };
    thread.on('message', (message: WorkerMessage) => {
      try {
        gatherOne(message);
        if (message.kind === 'DONE') settle(resolve);
      } catch (cause) {
        settle(() => reject(cause));
      }
    });
    thread.on('error', (cause) => settle(() => reject(new TrainingStopped(DIED, cause))));
    thread.on('exit', () => settle(() => reject(new TrainingStopped(DIED))));
  });
}

const DIED = 'a training thread died before its trees were grown';

function gather(harvest: Harvest, message: WorkerMessage, conduct: TrainingConduct): void {
  if (message.kind === 'TREE') {
    harvest.trees[message.tree] = message.grown;
    harvest.done += 1;
    conduct.onProgress?.({ done: harvest.done, total: harvest.trees.length });
    return;
  }
  const { sums, scored, importances } = harvest;
  message.sums.forEach((sum, row) => {
    sums[row] = (sums[row] ?? 0) + sum;
    scored[row] = (scored[row] ?? 0) + (message.trees[row] ?? 0);
  });
  message.importances.forEach((importance, f) => {
    importances[f] = (importances[f] ?? 0) + importance;
  });
}
