import { parentPort, workerData } from 'node:worker_threads';
import type { EncodedTable, ForestSpec } from '../../domain/forest.ts';
import { growTree } from '../../laboratory/training/grow-tree.ts';
import { makeScratch } from '../../laboratory/training/tree-scratch.ts';
import type { WorkerMessage } from './worker-message.ts';

/** What a worker is started with; `tickets` holds the number of the next tree. */
export interface WorkerStart {
  readonly table: EncodedTable;
  readonly spec: ForestSpec;
  readonly tickets: Int32Array;
}

// The parent's own message, over a channel that nobody else writes to.
const start: WorkerStart = workerData;

growTrees(start, (message) => {
  parentPort?.postMessage(message);
});

/** Takes trees while there are any, and tells at the end what all of them said out of bag. */
function growTrees(
  { table, spec, tickets }: WorkerStart,
  post: (m: WorkerMessage) => void,
): void {
  const scratch = makeScratch(table, spec);
  for (;;) {
    const tree = Atomics.add(tickets, 0, 1);
    if (tree >= spec.trees) break;
    const grown = growTree(scratch, tree);
    post({ kind: 'TREE', tree, grown });
    if (grown === null) break;
  }
  const { oobSums, oobTrees, importances } = scratch;
  post({ kind: 'DONE', sums: oobSums, trees: oobTrees, importances });
}
