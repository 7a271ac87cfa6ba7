import type { CustomerLoaders } from '../app/customer360/customer-loaders.ts';
import type { DecisionDeps } from '../app/decisions/deciding/next-best-actions.ts';
import type { Replayer } from '../app/decisions/evidence/replay-decision.ts';
import type { ImportDeps } from '../app/intake/extracts/import-extract.ts';
import type { BankStore } from '../app/ports/bank.ts';
import type { CustomerDirectory } from '../app/ports/customer-source.ts';
import type { DemoIdentity } from '../app/ports/identity.ts';
import type { JobQueue } from '../app/ports/job-queue.ts';
import type { ReadLiveSheets } from '../app/ports/live-sheets.ts';
import type { SnapshotStore } from '../app/ports/moment.ts';
import type { ReadModel } from '../app/ports/read-model.ts';
import type { ReferenceScorer } from '../app/ports/reference-scorer.ts';
import type { ReleaseStore } from '../app/ports/release-store.ts';
import type { Trainer } from '../app/ports/trainer.ts';
import type { BusinessDate } from '../domain/business-date.ts';
import type { Digest } from '../domain/digest.ts';
import type { Mapping } from '../domain/mapping.ts';
import type { Problem, Result } from '../domain/result.ts';
import type { RuleSetFiles } from '../domain/rule-set.ts';

/** What needs no database: reading what people wrote. */
export interface Desk {
  readonly readRuleSet: (folder: string) => Promise<Result<RuleSetFiles, readonly Problem[]>>;
  readonly checkCases: (ruleSet: RuleSetFiles) => Promise<readonly Problem[]>;
  readonly readMapping: (
    file: string,
  ) => Promise<
    Result<{ readonly mapping: Mapping; readonly digest: Digest }, readonly Problem[]>
  >;
  readonly rulesFolder: string;
  readonly systemUser: string;
}

/** The world as commands reach it; close it to let the database go. */
export interface Workbench extends DecisionDeps, ImportDeps {
  readonly bank: BankStore;
  readonly directory: CustomerDirectory;
  readonly loaders: () => CustomerLoaders;
  readonly snapshotStore: SnapshotStore;
  readonly releaseStore: ReleaseStore;
  readonly jobs: JobQueue;
  readonly readModel: ReadModel;
  readonly liveSheets: ReadLiveSheets;
  readonly trainer: Trainer;
  readonly reference: ReferenceScorer;
  readonly trainingThreads: number;
  readonly replayer: (engine: 'SOURCE' | 'ARCHIVE') => Replayer;
  readonly demo: DemoBank;
  /** Undefined where no demo issuer may exist. */
  readonly signToken: (who: DemoIdentity) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

/** The seeded bank to try things on. */
export interface DemoBank {
  readonly mappingFile: string;
  /** Writes the extract of a business date, or only what was recorded after an earlier one. */
  readonly writeExtract: (
    folder: string,
    options: {
      readonly customers: number;
      readonly businessDate: BusinessDate;
      readonly recordedAfter?: BusinessDate;
    },
    onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
  ) => Promise<void>;
  readonly firstBusinessDate: BusinessDate;
}

/**
 * Opens the database, starting the one that comes along where none is named; throws an outage.
 */
export type OpenWorkbench = () => Promise<Workbench>;
