import type { ForestEntry } from '../../domain/release.ts';
import type { Result } from '../../domain/result.ts';
import type { RuleSetFiles } from '../../domain/rule-set.ts';
import type { Stamp } from '../ports/release-store.ts';
import {
  type ExchangeRefusal,
  type ForestImport,
  type FoundForest,
  findForest,
  takeForest,
} from './exchanging/exchange-forest.ts';
import {
  type TrainingDeps,
  type TrainingOutcome,
  type TrainingRun,
  trainForests,
} from './training/train-forests.ts';

/** Forests, as commands train, exchange and show them; no release changes by it. */
export interface Learning {
  readonly train: (run: TrainingRun) => Promise<readonly TrainingOutcome[]>;
  /** The newest of each id. */
  readonly latest: () => Promise<readonly ForestEntry[]>;
  readonly find: (id: string) => Promise<Result<FoundForest, ExchangeRefusal>>;
  /** Validates a forest from elsewhere by the rule set that declares it, and keeps it. */
  readonly take: (
    given: ForestImport,
    ruleSet: RuleSetFiles,
    stamp: Stamp,
  ) => Promise<Result<ForestEntry, ExchangeRefusal>>;
}

/** Makes learning over the bank's records and the store that keeps forests. */
export function createLearning(ports: TrainingDeps): Learning {
  const { releaseStore } = ports;
  return {
    train: (run) => trainForests(run, ports),
    latest: () => releaseStore.latestForests(),
    find: (id) => findForest(id, releaseStore),
    take: (given, ruleSet, stamp) => takeForest(given, stamp, { ...ports, ruleSet }),
  };
}
