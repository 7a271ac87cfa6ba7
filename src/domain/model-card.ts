import type { BusinessDate } from './business-date.ts';
import type {
  CardCoverage,
  CardGroup,
  RowOrigins,
  SplitByTime,
  TrainingMemory,
} from './card-parts.ts';
import type { Duration } from './duration.ts';
import type { FactUse } from './fact.ts';
import type { ForestSpec } from './forest.ts';

/** How good scores are, all in ppm. */
export interface ForestFigures {
  readonly aucPpm: number;
  readonly prAucPpm: number;
  readonly brierPpm: number;
  /** Expected calibration error over ten bins of equal frequency. */
  readonly ecePpm: number;
  /** Positives in the best tenth against the average; 1,000,000 is no better than chance. */
  readonly liftAtTenthPpm: number;
  /** Mean surprise in millionths of a nat; absent on cards written before it was measured. */
  readonly logLossPpm?: number;
}

/** What a tuning chooses. */
export type ForestSetting = Pick<ForestSpec, 'minimumLeaf' | 'featureSharePpm'>;

/** One setting tried, by its out-of-bag figures. */
export interface TriedSetting extends ForestSetting {
  readonly aucPpm: number;
  readonly brierPpm: number;
  /** What the whole forest should reach, since only a third of its trees judge a row here. */
  readonly expectedAucPpm: number;
  /** Standard error of its AUC's distance to that of the planned setting, over the same rows. */
  readonly errorPpm: number;
}

/**
 * What was tried out of bag, on how many trees, and what was taken. The planned setting and the
 * best of the others were judged last on as many trees as the forest has.
 */
export interface TuningRecord {
  readonly trees: number;
  readonly seed: number;
  readonly criterion: 'BETTER_BEYOND_CHANCE';
  /** What stands unless another setting is better by more than chance would have it. */
  readonly planned: ForestSetting;
  readonly tried: readonly TriedSetting[];
  readonly chosen: ForestSetting;
}

/** What a card draws: calibrated out-of-bag scores against outcomes, and how features act. */
export interface CardCurves {
  /** Ten bins of equal frequency, least scores first. */
  readonly reliability: readonly {
    readonly meanPpm: number;
    readonly observedPpm: number;
    readonly rows: number;
  }[];
  /** Twenty bins of equal width from 0 to the greatest score. */
  readonly distribution: readonly {
    readonly fromPpm: number;
    readonly rows: number;
    readonly positives: number;
  }[];
  /** For the weightiest features the mean raw score were every row's value this one. */
  readonly dependence: readonly {
    readonly name: string;
    /** What its numbers count, as the fact catalogue says. */
    readonly unit?: string;
    readonly points: readonly { readonly at: number | string; readonly ppm: number }[];
  }[];
}

/** A forest's passport. */
export interface ModelCard {
  readonly id: string;
  readonly predictsFor: { readonly scope: 'ACTION' | 'GROUP'; readonly id: string };
  readonly target: { readonly label: string; readonly window: Duration };
  readonly trainingWindow: { readonly from: BusinessDate; readonly to: BusinessDate };
  readonly rows: number;
  readonly positives: number;
  /** With each feature's share of all impurity removed. */
  readonly features: readonly { readonly name: string; readonly importancePpm: number }[];
  readonly outOfBag: ForestFigures;
  /** Of the calibrated scores, on the rows the calibration was fitted to. */
  readonly calibrated: { readonly brierPpm: number; readonly ecePpm: number };
  /** Absent for a forest trained elsewhere whose maker does not say. */
  readonly spec?: ForestSpec;
  /** Figures of a forest that learned before a day, on the rows after it. */
  readonly timeSplit?: SplitByTime & {
    readonly raw: ForestFigures;
    readonly calibrated: ForestFigures;
    /** Of the later rows; absent on cards written before it was drawn. */
    readonly reliability?: CardCurves['reliability'];
  };
  readonly groups?: readonly CardGroup[];
  readonly origins?: RowOrigins;
  readonly coverage?: CardCoverage;
  readonly memory?: TrainingMemory;
  /** How leaf and feature share were chosen; absent where they were declared. */
  readonly tuning?: TuningRecord;
  readonly curves?: CardCurves;
  /** What the forest must not be trusted with, in words. */
  readonly limits?: readonly string[];
  /** Pricing may read the score only where this says so. */
  readonly permittedUses: readonly FactUse[];
  readonly owner: string;
}
