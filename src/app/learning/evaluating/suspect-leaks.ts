import type { TrainingColumn } from '../../../domain/forest.ts';
import type { EvaluationWarning } from './evaluation.ts';
import type { Part } from './evaluation-table.ts';

/** From this AUC a column by itself tells more than what was known beforehand usually can. */
const SUSPECT = 0.999;
/** Rows that are asked first; columns far from suspect are asked no further. */
const SAMPLED_ROWS = 5000;
const FAR = 0.99;
/** Numbers with so few values may be codes, whose order means nothing. */
const FEW_VALUES = 50;

/** Columns that tell the target almost alone on the training rows: often written after it. */
export function suspectLeaks({ table, labels }: Part): readonly EvaluationWarning[] {
  const step = Math.max(1, Math.floor(table.rows / SAMPLED_ROWS));
  const all = Int32Array.from(labels.keys());
  const sample = all.filter((row) => row % step === 0);
  return table.columns.flatMap((column) => {
    if (step > 1 && aucAlone(column, labels, sample) < FAR) return [];
    const auc = aucAlone(column, labels, all);
    if (auc < SUSPECT) return [];
    const share = Math.round(auc * 1e6) / 1e6;
    const message =
      `\`${column.name}\` tells the target almost alone, AUC ${share.toFixed(4)}: where it is ` +
      'known only with the outcome, leave it out by `--ignore`';
    return [{ code: 'LEAK_SUSPECTED' as const, column: column.name, auc: share, message }];
  });
}

interface Group {
  readonly rows: number;
  readonly positives: number;
}

/** The AUC of a column in its better direction; categories are ordered by how often they are. */
function aucAlone(column: TrainingColumn, labels: Uint8Array, rows: Int32Array): number {
  const cells = column.kind === 'number' ? column.values : column.codes;
  const groups = groupsOf(cells, labels, rows);
  const byShare = column.kind === 'category' || groups.length <= FEW_VALUES;
  const share = ({ positives, rows: count }: Group) => positives / count;
  const auc = aucOf(byShare ? groups.toSorted((a, b) => share(a) - share(b)) : groups);
  return Number.isNaN(auc) ? 1 : Math.max(auc, 1 - auc);
}

/** Rows of one value, least values first. */
function groupsOf(
  cells: Float64Array | Int16Array,
  labels: Uint8Array,
  rows: Int32Array,
): readonly Group[] {
  const order = rows.toSorted((a, b) => (cells[a] ?? 0) - (cells[b] ?? 0));
  const groups: Group[] = [];
  for (let at = 0; at < order.length; ) {
    const value = cells[order[at] ?? 0];
    let positives = 0;
    let end = at;
    for (; end < order.length && cells[order[end] ?? 0] === value; end += 1) {
      positives += labels[order[end] ?? 0] ?? 0;
    }
    groups.push({ rows: end - at, positives });
    at = end;
  }
  return groups;
}

function aucOf(groups: readonly Group[]): number {
  let positives = 0;
  let negatives = 0;
  let pairs = 0;
  for (const group of groups) {
    const others = group.rows - group.positives;
    pairs += group.positives * (negatives + others / 2);
    positives += group.positives;
    negatives += others;
  }
  return pairs / positives / negatives;
}
