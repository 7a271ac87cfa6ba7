import type { ForestFeature, ForestSpec } from './forest.ts';

/** A node of ml-random-forest's JSON; `mean` and `n` are ours, which that library ignores. */
export type ForestExportNode =
  | { readonly distribution: number; readonly n: number }
  | {
      readonly splitColumn: number;
      readonly splitValue: number;
      readonly mean: number;
      readonly n: number;
      readonly left: ForestExportNode;
      readonly right: ForestExportNode;
    };

/** The number of the form below, raised with any member of it; documents state it. */
export const FOREST_EXPORT_FORMAT = 1;

/** The JSON that `RandomForestRegression.load` of ml-random-forest reads, plus what it ignores. */
export interface ForestExport {
  readonly format: typeof FOREST_EXPORT_FORMAT;
  readonly name: 'RFRegression';
  readonly selectionMethod: 'mean';
  readonly baseModel: {
    readonly indexes: readonly (readonly number[])[];
    readonly n: number;
    readonly replacement: false;
    readonly maxFeatures: number;
    readonly nEstimators: number;
    readonly treeOptions: { readonly maxDepth: number; readonly minNumSamples: number };
    readonly isClassifier: false;
    readonly seed: number;
    readonly useSampleBagging: true;
    readonly estimators: readonly {
      readonly name: 'DTRegression';
      readonly options: {
        readonly kind: 'regression';
        readonly gainFunction: 'regression';
        readonly splitFunction: 'mean';
        readonly minNumSamples: number;
        readonly maxDepth: number;
      };
      readonly root: ForestExportNode;
    }[];
  };
  readonly features: readonly ForestFeature[];
  readonly spec: ForestSpec | null;
}
