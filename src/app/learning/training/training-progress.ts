import type { ForestDeclaration } from '../../../domain/rule-set.ts';
import type { GatheredRows } from './training-rows.ts';
import { tuningGrows } from './tune-forest.ts';

/** How far a training has come. */
export type TrainingProgress =
  | {
      readonly activity: 'READING';
      readonly done: number;
      readonly total: number;
      /** What the training will need for the rows so far, and what it may take. */
      readonly neededBytes: number;
      readonly boundBytes: number;
    }
  | {
      readonly activity: GrowingStage;
      readonly forest: string;
      readonly done: number;
      readonly total: number;
      /** Of the growing of all forests, for the time left; 0 to 1. */
      readonly share: number;
    };

/** Settings tried, the forest grown, and one grown on the earlier rows to be judged by later. */
type GrowingStage = 'TUNING' | 'GROWING' | 'JUDGING';

/** Tells how far one forest's activity has come. */
export type TellGrowing = (
  activity: GrowingStage,
) => (progress: { readonly done: number; readonly total: number }) => void;

/** The work of every forest, in trees times rows, so that a share of it tells the time left. */
export function workOf(
  forests: readonly ForestDeclaration[],
  rows: readonly GatheredRows[],
  run: {
    readonly tune?: boolean;
    readonly onProgress?: (progress: TrainingProgress) => void;
  },
): (place: number) => TellGrowing {
  const activities = forests.flatMap(({ spec }, place) => {
    const count = rows[place]?.labels.length ?? 0;
    const tuning = run.tune === true ? tuningGrows(spec.trees) : 0;
    return [
      { place, activity: 'TUNING', work: tuning * count },
      { place, activity: 'GROWING', work: spec.trees * count },
      { place, activity: 'JUDGING', work: spec.trees * count },
    ] as const;
  });
  const all = Math.max(
    1,
    activities.reduce((sum, { work }) => sum + work, 0),
  );
  return (place) => (activity) => {
    const at = activities.findIndex((one) => one.place === place && one.activity === activity);
    const before = activities.slice(0, at).reduce((sum, { work }) => sum + work, 0);
    const own = activities[at]?.work ?? 0;
    const forest = forests[place]?.id ?? '';
    return ({ done, total }) => {
      const share = (before + (own * done) / Math.max(1, total)) / all;
      run.onProgress?.({ activity, forest, done, total, share });
    };
  };
}
