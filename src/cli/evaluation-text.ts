import Table from 'cli-table3';
import type { EvaluationReport, ScoredFigures } from '../app/learning/evaluating/evaluation.ts';
import { megabytes } from '../app/learning/training/training-memory.ts';
import { counted } from './output.ts';

const TOLD_FEATURES = 10;

/** A report for people: rows, settings, figures by seed and in the mean, what weighed most. */
export function evaluationText(report: EvaluationReport): string {
  const { spec, seeds, memory, warnings } = report;
  const share = (spec.featureSharePpm / 10_000).toFixed(0);
  const memoryLine =
    `memory: ${megabytes(memory.estimatedBytes)} at most, and ` +
    `${megabytes(memory.bytesPerThread)} a thread`;
  return [
    ...rowLines(report),
    ...featureLines(report),
    ...warnings.map(({ code, message }) => `warning, ${code}: ${message}`),
    memoryLine,
    `${spec.trees} trees, leaf ${spec.minimumLeaf}, ${share} % of the columns a node`,
    figuresTable(report),
    `what weighed most, seed ${seeds[0]?.seed}: ${weights(report)}`,
  ].join('\n');
}

function rowLines({ file, train, test, leftOut }: EvaluationReport): readonly string[] {
  return [
    `${file}: ${train.rows} rows to train on, ${train.positives} positive`,
    ...(test === null ? [] : [`${test.rows} rows to test on, ${test.positives} positive`]),
    ...(leftOut === 0
      ? []
      : [`${counted(leftOut, 'row')} left out, which the split does not name`]),
  ];
}

function featureLines({ features }: EvaluationReport): readonly string[] {
  return features.flatMap(({ name, grouped, missing, unseen }) => {
    const told = [
      ...(grouped === 0 ? [] : [`${counted(grouped, 'rare value')} grouped`]),
      ...(missing === 0 ? [] : [`${counted(missing, 'cell')} missing`]),
      ...(unseen === 0 ? [] : [`${counted(unseen, 'cell')} of values that no training row has`]),
    ];
    return told.length === 0 ? [] : [`${name}: ${told.join(', ')}`];
  });
}

function figuresTable({ seeds, mean }: EvaluationReport): string {
  const table = new Table({
    head: ['', 'AUC', 'PR-AUC', 'Brier', 'log loss', 'ECE', 'lift at .1'],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  const add = (title: string, { raw, calibrated }: ScoredFigures) => {
    for (const [word, f] of [['raw', raw] as const, ['calibrated', calibrated] as const]) {
      const figures = [f.auc, f.prAuc, f.brier, f.logLoss, f.ece].map((one) => one.toFixed(4));
      table.push([`${title}, ${word}`, ...figures, f.liftAtTenth.toFixed(2)]);
    }
  };
  for (const { seed, outOfBag, test } of seeds) {
    add(`seed ${seed}, out of bag`, outOfBag);
    if (test !== null) add(`seed ${seed}, test`, test);
  }
  if (seeds.length > 1) {
    add('mean, out of bag', mean.outOfBag);
    if (mean.test !== null) add('mean, test', mean.test);
  }
  return table.toString();
}

function weights({ seeds }: EvaluationReport): string {
  const told = (seeds[0]?.importances ?? []).slice(0, TOLD_FEATURES);
  return told.map(({ name, share }) => `${name} ${(100 * share).toFixed(1)} %`).join(', ');
}
