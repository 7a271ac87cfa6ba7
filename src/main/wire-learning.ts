import { scoreByLibrary } from '../adapters/forest-reference/library-scorer.ts';
import type { Stores } from '../adapters/postgres/open-stores.ts';
import { createCustomerLoaders } from '../app/customer360/customer-loaders.ts';
import { createLearning, type Learning } from '../app/learning/learning.ts';
import type { Clock } from '../app/ports/clock.ts';
import { trainOnThreads } from './train-on-threads.ts';

/** Makes learning over the histories, which may take longer than anybody would wait. */
export function wireLearning(
  stores: Stores,
  { clock, threads }: { readonly clock: Clock; readonly threads: number },
): Learning {
  return createLearning({
    directory: stores.directory,
    loaders: () => createCustomerLoaders(stores.histories, clock),
    liveSheets: stores.liveSheets,
    releaseStore: stores.releases,
    trainer: trainOnThreads(() => threads),
    trainingThreads: threads,
    reference: scoreByLibrary,
  });
}
