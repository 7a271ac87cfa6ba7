import { Command, InvalidArgumentError } from 'commander';
import { evaluateForest, refuseSettings } from '../app/learning/evaluating/evaluate-forest.ts';
import type {
  EvaluationPlan,
  EvaluationRefusal,
  EvaluationReport,
  EvaluationRequest,
} from '../app/learning/evaluating/evaluation.ts';
import {
  type EvaluationBound,
  refuseEvaluation,
  sizeSoFar,
} from '../app/learning/evaluating/evaluation-memory.ts';
import type { TableRefusal } from '../app/ports/table-file.ts';
import { DEFAULT_FOREST_PLAN } from '../domain/forest.ts';
import type { Evaluating } from './evaluating.ts';
import { evaluationText } from './evaluation-text.ts';
import { memoryOption } from './memory-option.ts';
import { CommandFailure, print } from './output.ts';
import { openPredictions, type Predictions } from './predictions-file.ts';
import { openScreen, whileTraining } from './training-screen.ts';

interface Options {
  readonly csv: string;
  readonly target: string;
  readonly positive: string;
  readonly ignore: readonly string[];
  readonly categorical: readonly string[];
  readonly split?: string;
  readonly seeds: readonly number[];
  readonly predictions?: string;
  readonly trees?: number;
  readonly leaf?: number;
  readonly share?: number;
  readonly tune: boolean;
  readonly memoryMb: number;
}

/** `forest evaluate`: the figures of a model card on a table that the caller chose. */
export function evaluateCommand(evaluating: Evaluating): Command {
  const { seed } = DEFAULT_FOREST_PLAN;
  return new Command('evaluate')
    .description('train, calibrate and measure on any table, to challenge the trainer with it')
    .requiredOption('--csv <file>', 'a table with a header: .csv or .csv.gz, `,` `;` tab or `|`')
    .requiredOption('--target <column>', 'the column to predict')
    .requiredOption('--positive <value>', "the target's value that counts as positive")
    .option('--ignore <columns>', 'columns to leave out, a comma between', words, [])
    .option('--categorical <columns>', 'columns of numbers that name categories', words, [])
    .option('--split <file>', 'which rows train and which test: `row_id,part`, rows from 0')
    .option('--seeds <numbers>', 'a training each, a comma between', wholeNumbers, [seed])
    .option(
      '--predictions <file>',
      'writes what was said of each row, out of bag where it trained',
    )
    .option('--trees <count>', '100, or 300 under 1,000 positives, unless given', wholeNumber)
    .option('--leaf <rows>', 'least rows in a leaf; chosen out of bag when left out', wholeNumber)
    .option('--share <ppm>', 'share of columns tried, in ppm; chosen likewise', wholeNumber)
    .option('--no-tune', 'takes the default leaf and share: an eighth of the time')
    .addOption(memoryOption())
    .action(async (options: Options, command: Command) => {
      const predictions = openPredictions(options);
      try {
        const report = await evaluate(options, evaluating, predictions);
        predictions?.keep();
        print(command, report, () => evaluationText(report));
      } finally {
        predictions?.drop();
      }
    });
}

async function evaluate(
  options: Options,
  evaluating: Evaluating,
  predictions: Predictions | null,
): Promise<EvaluationReport> {
  const request = await readRequest(options, evaluating);
  const screen = openScreen();
  const report = await whileTraining('run `forest evaluate` again', () =>
    evaluateForest(request, {
      trainer: evaluating.trainer,
      ...boundOf(options, evaluating),
      onProgress: (activity, { done, total, share }) =>
        screen.show({ phase: 'all', activity, detail: `${done} of ${total}`, share }),
      ...(predictions && { onPrediction: predictions.take }),
    }),
  );
  screen.end();
  if (!report.ok) throw failure(report.refusal);
  return report.value;
}

function words(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function wholeNumber(text: string): number {
  if (/^\d{1,10}$/.test(text.trim())) return Number(text);
  throw new InvalidArgumentError('write a whole number');
}

function wholeNumbers(text: string): readonly number[] {
  return text.split(',').map(wholeNumber);
}

/** A refusal in words: where it is, and the option in place of the setting. */
function failure(refusal: EvaluationRefusal | TableRefusal): CommandFailure {
  const { code } = refusal;
  if ('at' in refusal) {
    return new CommandFailure(`refused, ${code} ${refusal.at}: ${refusal.message}`, refusal);
  }
  const option = OPTIONS[refusal.column];
  if (code !== 'BAD_SPEC' || option === undefined) {
    return new CommandFailure(`refused, ${code}: ${refusal.message}`, refusal);
  }
  const message = refusal.message.replace(`\`${refusal.column}\``, option);
  return new CommandFailure(`refused, ${code}: ${message}`, { ...refusal, message, option });
}

/** Which option sets a setting of the forest. */
const OPTIONS: Readonly<Record<string, string>> = {
  trees: '--trees',
  minimumLeaf: '--leaf',
  featureSharePpm: '--share',
};

async function readRequest(options: Options, evaluating: Evaluating): Promise<EvaluationRequest> {
  const { target, positive, ignore, categorical, seeds } = options;
  const plan = planOf(options);
  const wrong = refuseSettings({ plan, seeds });
  if (wrong !== null) throw failure(wrong);
  const split = options.split === undefined ? null : await evaluating.readTable(options.split);
  if (split !== null && !split.ok) throw failure(split.refusal);
  const tune = options.tune && options.leaf === undefined && options.share === undefined;
  const announced = { ignore, plan, seeds, tune, splitRows: split?.value.rows ?? null };
  const table = await evaluating.readTable(options.csv, (soFar) => {
    const refusal = refuseEvaluation(sizeSoFar(announced, soFar), boundOf(options, evaluating));
    return refusal === null ? null : `already ${refusal.message}`;
  });
  if (!table.ok) throw failure(table.refusal);
  const request = { target, positive, ignore, categorical, seeds, plan, tune };
  return { ...request, table: table.value, split: split === null ? null : split.value };
}

function planOf({ trees, leaf, share }: Options): EvaluationPlan {
  return {
    ...DEFAULT_FOREST_PLAN,
    trees: trees ?? null,
    ...(leaf !== undefined && { minimumLeaf: leaf }),
    ...(share !== undefined && { featureSharePpm: share }),
  };
}

function boundOf({ memoryMb }: Options, evaluating: Evaluating): EvaluationBound {
  return { threads: evaluating.trainingThreads(), memoryBytes: memoryMb * 1_000_000 };
}
