import { join } from 'node:path';
import { Command } from 'commander';
import { type TrainingOutcome, trainForests } from '../app/learning/train-forests.ts';
import { problemLines } from '../app/releases/build-release.ts';
import { CommandFailure, print, progressLine } from './output.ts';
import { withBench } from './release.ts';
import type { Desk, OpenWorkbench } from './workbench.ts';

/** `train [folder]`: trains the forests that a rule set declares; no release changes by it. */
export function trainCommand(open: OpenWorkbench, desk: Desk): Command {
  return new Command('train')
    .description('train the forests that a rule set declares; build a release to use them')
    .argument('[folder]', 'a rule-set folder; rules/demo when left out')
    .option('--actor <name>', 'who trains', desk.systemUser)
    .option('--no-tune', 'takes leaf and share as declared: an eighth of the time')
    .action(
      async (
        folder: string | undefined,
        options: { readonly actor: string; readonly tune: boolean },
        command: Command,
      ) => {
        const files = await desk.readRuleSet(folder ?? join(desk.rulesFolder, 'demo'));
        if (!files.ok) throw new CommandFailure(problemLines(files.refusal).join('\n'));
        await withBench(open, async (bench) => {
          const bank = await bench.bank.read();
          if (bank === undefined) throw new CommandFailure('there is no bank yet: import one');
          const line = progressLine();
          const outcomes = await trainForests(
            {
              ruleSet: files.value,
              today: bank.businessDate,
              tune: options.tune,
              stamp: { actor: options.actor, at: bench.clock.now() },
              onProgress: (progress) => {
                const what = progress.stage === 'READING' ? 'customers' : progress.forest;
                line.show(`${what}: ${progress.done} of ${progress.total}`);
              },
            },
            bench,
          );
          line.end();
          print(command, { outcomes }, () => outcomes.map(outcomeLine).join('\n'));
        });
      },
    );
}

function outcomeLine(outcome: TrainingOutcome): string {
  if ('refusal' in outcome) {
    const { code, column, message } = outcome.refusal;
    return `${outcome.forest}: refused, ${code} ${column}: ${message}`;
  }
  const { card, digest } = outcome.entry;
  const auc = (card.outOfBag.aucPpm / 1_000_000).toFixed(3);
  return `${outcome.forest}: ${card.rows} rows, ${card.positives} positive, AUC ${auc}, ${digest}`;
}
