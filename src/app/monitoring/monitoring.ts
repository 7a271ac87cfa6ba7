import {
  type Mending,
  mendReadModel,
  type ReadModelDeps,
  type ReadModelReport,
} from './mend-read-model.ts';

/** Watching over what was decided. */
export interface Monitoring {
  /** See `mendReadModel`: holds the read model against every capsule. */
  readonly mendReadModel: (mending: Mending) => Promise<ReadModelReport>;
}

/** Makes the watch over the decisions of a log. */
export function createMonitoring(ports: ReadModelDeps): Monitoring {
  return { mendReadModel: (mending) => mendReadModel(mending, ports) };
}
