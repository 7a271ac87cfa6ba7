import type { TrainingMemory } from '../../../domain/card-parts.ts';
import type { ForestPlan, ForestSpec, TrainingRefusal } from '../../../domain/forest.ts';
import type { CardCurves, TuningRecord } from '../../../domain/model-card.ts';
import type { RawTable, TableRefusal } from '../../ports/table-file.ts';

/** Settings of an evaluation; where `trees` is null their number follows from the positives. */
export type EvaluationPlan = Omit<ForestPlan, 'trees'> & { readonly trees: number | null };

/** What to train on and by which settings, of a table that the validator chose. */
export interface EvaluationRequest {
  readonly table: RawTable;
  readonly target: string;
  /** The target's text that counts as positive; every other counts as negative. */
  readonly positive: string;
  readonly ignore: readonly string[];
  /** Columns to take as categories though they hold numbers. */
  readonly categorical: readonly string[];
  /** `row_id,part`: which rows (from 0) train and which test; null trains on all. */
  readonly split: RawTable | null;
  readonly seeds: readonly number[];
  readonly plan: EvaluationPlan;
  /** Whether leaf and feature share are chosen out of bag. */
  readonly tune: boolean;
}

/** Why an evaluation did not run or end; names the column, the file or the setting. */
export interface EvaluationRefusal {
  readonly code:
    | TableRefusal['code']
    | TrainingRefusal['code']
    | 'NO_SUCH_COLUMN'
    | 'NO_FEATURES'
    | 'IGNORED_TARGET'
    | 'MISSING_TARGET'
    | 'AMBIGUOUS_TARGET'
    | 'NOT_A_NUMBER'
    | 'DECIMAL_COMMA'
    | 'TOO_MANY_CATEGORIES'
    | 'BAD_SPLIT'
    | 'BAD_SEED';
  readonly column: string;
  readonly message: string;
}

/** How good scores are, as shares; lift is a ratio, log loss in nats. */
export interface EvaluatedFigures {
  readonly auc: number;
  readonly prAuc: number;
  readonly brier: number;
  readonly logLoss: number;
  readonly ece: number;
  readonly liftAtTenth: number;
}

/** The same rows by their raw and by their calibrated scores. */
export interface ScoredFigures {
  readonly raw: EvaluatedFigures;
  readonly calibrated: EvaluatedFigures;
}

/** One feature as it was read. */
export interface EvaluatedFeature {
  readonly name: string;
  readonly kind: 'number' | 'category';
  /** Values that make a column of their own; 1 for a number. */
  readonly columns: number;
  /** Values too rare for a column of their own: they read as none of the others. */
  readonly grouped: number;
  readonly missing: number;
  /** Cells outside the training rows whose value no training row has: they read as none. */
  readonly unseen: number;
}

/** Rows by value of the target; every value but the positive one counts as negative. */
export interface TargetValues {
  readonly values: readonly { readonly value: string; readonly rows: number }[];
  /** Rows of all rarer values. */
  readonly others: number;
}

/** Rows of a part, and how many are positive. */
interface PartSize {
  readonly rows: number;
  readonly positives: number;
}

/** One training: its figures, the forest's digest, and each feature's share of the learning. */
export interface SeedReport {
  readonly seed: number;
  readonly digest: string;
  readonly outOfBag: ScoredFigures;
  readonly test: ScoredFigures | null;
  readonly importances: readonly { readonly name: string; readonly share: number }[];
}

/** Calibrated scores of some rows: against what happened, and how many rows have which. */
export type ScoredCurves = Pick<CardCurves, 'reliability' | 'distribution'>;

/** The curves of a model card, by the forest of one seed. */
export interface EvaluatedCurves {
  readonly seed: number;
  readonly outOfBag: ScoredCurves;
  readonly test: ScoredCurves | null;
  /** For the weightiest features the mean raw score were every training row's value this one. */
  readonly dependence: CardCurves['dependence'];
}

/** What a validator should look into; the evaluation ran all the same. */
export interface EvaluationWarning {
  readonly code: 'LEAK_SUSPECTED';
  readonly column: string;
  /** Of that one column on the training rows. */
  readonly auc: number;
  readonly message: string;
}

/** The figures of a model card on rows nobody here chose. */
export interface EvaluationReport {
  readonly file: string;
  readonly target: TargetValues & { readonly column: string; readonly positive: string };
  readonly train: PartSize;
  readonly test: PartSize | null;
  /** Rows that the split does not name. */
  readonly leftOut: number;
  readonly features: readonly EvaluatedFeature[];
  readonly warnings: readonly EvaluationWarning[];
  readonly spec: Omit<ForestSpec, 'seed'>;
  readonly tuning: TuningRecord | null;
  /** What the evaluation was estimated to need at most; the same for any number of threads. */
  readonly memory: TrainingMemory;
  readonly seeds: readonly SeedReport[];
  /** Of the first seed; null where no seed was trained. */
  readonly curves: EvaluatedCurves | null;
  readonly mean: { readonly outOfBag: ScoredFigures; readonly test: ScoredFigures | null };
}

/** What was said about one row by the forest of one seed; a training row's is out of bag. */
export interface Prediction {
  readonly row: number;
  readonly part: 'train' | 'test';
  readonly seed: number;
  readonly rawPpm: number;
  readonly calibratedPpm: number;
}
