/** Stands for a missing number in tables, rows and forests: finite, and below every real value. */
export const MISSING_NUMBER = -1e300;

/** A node's column when it is a leaf; hence a forest has at most 255 columns. */
export const LEAF_COLUMN = 255;

/** More cuts in one column do not fit the one-byte codes that rows are scored by. */
export const MOST_CUTS = 254;

/** More nodes in one tree do not fit the 16 bits in which a packed node names its child. */
export const MOST_NODES = 65_535;

/** ml-random-forest and writers of JSON walk a tree by recursion, which ends with the stack. */
export const MOST_DEPTH = 1000;

/** One input of a forest. A category stands for one column, 0 or 1, a value it may take. */
export type ForestFeature =
  | { readonly name: string; readonly kind: 'number' }
  | { readonly name: string; readonly kind: 'category'; readonly categories: readonly string[] };

/** The settings of a training. The same rows and the same spec give the same bytes. */
export interface ForestSpec {
  readonly trees: number;
  /** Least bootstrap-weighted rows in a leaf. */
  readonly minimumLeaf: number;
  readonly maximumDepth: number;
  /** Most bins of a number, 2 to 255. */
  readonly bins: number;
  /** Share of the columns tried at each node. */
  readonly featureSharePpm: number;
  /** A 32-bit unsigned integer. */
  readonly seed: number;
  /** Fewer positive (or negative) rows are refused. */
  readonly leastPositives: number;
}

/** A spec whose rows are not known yet. */
export interface ForestPlan extends Omit<ForestSpec, 'featureSharePpm'> {
  /** Null tries the square root of the columns, as random forests usually do. */
  readonly featureSharePpm: number | null;
}

/** The settings measured to equal scikit-learn's forest with ten rows a leaf. */
export const DEFAULT_FOREST_PLAN: ForestPlan = {
  trees: 100,
  minimumLeaf: 16,
  maximumDepth: 30,
  bins: 128,
  featureSharePpm: null,
  seed: 1,
  leastPositives: 20,
};

/** The default plan for a table of 44 columns, whose square root is 15 % of them. */
export const DEFAULT_FOREST_SPEC: ForestSpec = {
  ...DEFAULT_FOREST_PLAN,
  featureSharePpm: 150_000,
};

/** One tree, its nodes depth first: a left child follows its parent, the right one its subtree. */
export interface ForestTree {
  /** The column a node splits on, or LEAF_COLUMN. */
  readonly columns: Uint8Array;
  /** Which of its column's cuts a node splits at: below goes left; 0 at leaves. */
  readonly cuts: Uint8Array;
  /** Share of positives among a node's rows. */
  readonly meansPpm: Int32Array;
  /** Bootstrap-weighted training rows of a node. */
  readonly rows: Int32Array;
}

/** A forest as it is stored and exchanged; scoring packs it first. */
export interface Forest {
  readonly features: readonly ForestFeature[];
  /** Null for a forest trained elsewhere. */
  readonly spec: ForestSpec | null;
  /** For each column the thresholds its nodes use, ascending. */
  readonly cuts: readonly Float64Array[];
  readonly trees: readonly ForestTree[];
}

/** Rows to train on, column by column. */
export interface TrainingTable {
  readonly rows: number;
  readonly columns: readonly TrainingColumn[];
}

/** A number is MISSING_NUMBER and a category -1 where the row has none. */
export type TrainingColumn =
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
  | {
      readonly name: string;
      readonly kind: 'category';
      readonly categories: readonly string[];
      /** For each row the place of its value in `categories`. */
      readonly codes: Int16Array;
    };

/** A table and its labels in bytes, in memory that worker threads share. */
export interface EncodedTable {
  readonly rows: number;
  readonly features: readonly ForestFeature[];
  /** One byte a row and feature, feature after feature. */
  readonly bins: Uint8Array;
  /** 1 for a positive row, else 0. */
  readonly labels: Uint8Array;
  /** For each feature the thresholds between its bins; none for a category. */
  readonly edges: readonly Float64Array[];
}

/** A tree as the trainer leaves it: `bins` names an edge of the feature, not yet a cut. */
export interface GrownTree {
  readonly columns: Uint8Array;
  readonly bins: Uint8Array;
  readonly meansPpm: Int32Array;
  readonly rows: Int32Array;
}

/** Scores of each training row by the trees that did not learn from it. */
export interface OutOfBag {
  /** For each row the sum (ppm) over the trees that did not draw it. */
  readonly sums: Float64Array;
  readonly trees: Uint32Array;
}

/** What a training yields, before it is calibrated. */
export interface TrainedForest {
  readonly forest: Forest;
  readonly outOfBag: OutOfBag;
  /** For each feature the impurity its splits removed, in millionths of a row. */
  readonly importances: readonly number[];
}

/** Why a training did not start or end: what a careful user could have caused. */
export interface TrainingRefusal {
  readonly code:
    | 'BAD_SPEC'
    | 'BAD_SHAPE'
    | 'DUPLICATE_FEATURE'
    | 'NOT_FINITE'
    | 'BAD_CATEGORY'
    | 'BAD_LABEL'
    | 'ONE_CLASS'
    | 'TOO_FEW_POSITIVES'
    | 'CONSTANT_FEATURE'
    | 'TOO_MANY_COLUMNS'
    | 'TREE_TOO_LARGE'
    | 'TOO_MUCH_MEMORY'
    | 'LIBRARY_DISAGREES';
  /** The feature, `target`, or the setting of the spec. */
  readonly column: string;
  readonly message: string;
}

/** Why bytes, a JSON document or forests together were not taken. */
export interface ForestRefusal {
  readonly code:
    | 'FOREIGN'
    | 'UNKNOWN_VERSION'
    | 'CORRUPT'
    | 'BAD_FEATURES'
    | 'BAD_NODE'
    | 'TOO_MANY_CUTS'
    | 'TREE_TOO_LARGE'
    | 'TREE_TOO_DEEP';
  /** A byte's place (`byte 12`) or a JSON pointer. */
  readonly at: string;
  readonly message: string;
}

/** Forests laid out for scoring: rows are coded once for all of them. */
export interface ForestSet {
  /** What a row holds, in order; the union of all forests' features by name. */
  readonly inputs: readonly { readonly name: string; readonly kind: 'number' | 'category' }[];
  readonly encoder: RowEncoder;
  /** In the order in which the forests were given. */
  readonly forests: readonly PackedForest[];
}

/** Turns a row into bytes. A byte counts the cuts of its column that are not above the value. */
export interface RowEncoder {
  /** The codes of a row in which everything is missing. */
  readonly missing: Uint8Array;
  /** For each input its bytes if it is a number. */
  readonly numbers: readonly (readonly { readonly at: number; readonly cuts: Float64Array }[])[];
  /** For each input, by category, the bytes to set if it is a category. */
  readonly categories: readonly ReadonlyMap<
    string,
    readonly { readonly at: number; readonly code: number }[]
  >[];
}

/**
 * One forest in one array of 4-byte nodes: child << 16 | cut << 8 | column, siblings side by
 * side.
 */
export interface PackedForest {
  readonly trees: number;
  /** Where this forest's columns begin in a row's codes. */
  readonly offset: number;
  readonly nodes: Int32Array;
  /** The share of positives (ppm) of each node; at a leaf, its score. */
  readonly meansPpm: Int32Array;
  /** Where each tree begins; its node numbers count from there. */
  readonly roots: Int32Array;
  readonly features: readonly string[];
  /** For each column the feature it belongs to. */
  readonly featureOf: Uint8Array;
}

/** Turns a forest's raw sum into a probability. A step holds from its sum to the next one's. */
export interface Calibration {
  readonly method: 'ISOTONIC';
  /** Trees over which sums are taken. */
  readonly trees: number;
  /** Ascending in both; the first is from 0. */
  readonly steps: readonly { readonly fromSum: number; readonly ppm: number }[];
}
