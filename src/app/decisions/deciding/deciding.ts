import type { CustomerLoaders } from '../../customer360/customer-loaders.ts';
import type { Clock, Randomness } from '../../ports/clock.ts';
import type { Commit } from '../../ports/commit.ts';
import type { DecisionLog } from '../../ports/decision-log.ts';
import type { MomentReader, SnapshotStore } from '../../ports/moment.ts';
import type { ReleaseShelf } from '../../releases/release-shelf.ts';
import { createEvidenceReader } from '../evidence/gather-evidence.ts';
import { decideForMany, nextBestActions } from './next-best-actions.ts';
import type { NextBestActionsAnswer, NextBestActionsRequest } from './request.ts';
import { createSnapshotKeeper } from './snapshot-keeper.ts';

/** Deciding for customers, as commands and resolvers ask for it. */
export interface Deciding {
  /** See `nextBestActions`: durable before it is answered. */
  readonly nextBestActions: (request: NextBestActionsRequest) => Promise<NextBestActionsAnswer>;
  /** See `decideForMany`: answers come in the order of the requests. */
  readonly decideForMany: (
    requests: readonly NextBestActionsRequest[],
  ) => Promise<readonly PromiseSettledResult<NextBestActionsAnswer>[]>;
}

/** What deciding is made from. */
export interface DecidingPorts {
  readonly moments: MomentReader;
  readonly releaseShelf: ReleaseShelf;
  readonly snapshotStore: SnapshotStore;
  /** A fresh set each time, of a source that answers soon: customers wait. */
  readonly loaders: () => CustomerLoaders;
  /** Of a source that may take its time, for customers whose history is large. */
  readonly patientLoaders?: () => CustomerLoaders;
  readonly log: DecisionLog;
  readonly commit: Commit;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Told of each customer whose snapshot is built anew. */
  readonly onRebuild?: (customerId: string) => void;
}

/** Makes deciding; one a process, so that requests share their rebuilds of snapshots. */
export function createDeciding(ports: DecidingPorts): Deciding {
  const { snapshotStore, loaders, patientLoaders, clock, onRebuild } = ports;
  const deps = {
    ...ports,
    evidenceOf: createEvidenceReader(ports),
    snapshotKeeper: createSnapshotKeeper({
      store: snapshotStore,
      clock,
      loaders,
      ...(patientLoaders && { patientLoaders }),
      ...(onRebuild && { onRebuild }),
    }),
  };
  return {
    nextBestActions: (request) => nextBestActions(request, deps),
    decideForMany: (requests) => decideForMany(requests, deps),
  };
}
