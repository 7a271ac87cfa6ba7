import type { ForestPlan, ForestSpec, TrainingTable } from '../../domain/forest.ts';
import { columnsOf } from './check-table.ts';

/** A plan with all that follows from the table to train on. */
export function settleSpec(plan: ForestPlan, table: TrainingTable): ForestSpec {
  return { ...plan, featureSharePpm: plan.featureSharePpm ?? usualSharePpm(columnsOf(table)) };
}

/** The share of the columns that is their square root, in whole columns. */
export function usualSharePpm(columns: number): number {
  return Math.round((1_000_000 * Math.floor(Math.sqrt(columns))) / columns);
}
