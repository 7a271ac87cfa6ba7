import { join } from 'node:path';
import { Command } from 'commander';
import type { TrainingOutcome } from '../app/learning/training/train-forests.ts';
import { megabytes } from '../app/learning/training/training-memory.ts';
import { problemLines } from '../app/releases/build-release.ts';
import type { Desk } from './desk.ts';
import { memoryOption } from './memory-option.ts';
import { CommandFailure, print } from './output.ts';
import { openScreen, stepOf, whileTraining } from './training-screen.ts';
import { type Open, withWorld } from './world.ts';

interface Options {
  readonly actor: string;
  readonly tune: boolean;
  readonly memoryMb: number;
}

/** `train [folder]`: trains the forests that a rule set declares; no release changes by it. */
export function trainCommand(open: Open<'bank' | 'clock' | 'learning'>, desk: Desk): Command {
  return new Command('train')
    .description('train the forests that a rule set declares; build a release to use them')
    .argument('[folder]', 'a rule-set folder; rules/demo when left out')
    .option('--actor <name>', 'who trains', desk.systemUser)
    .option('--no-tune', 'takes leaf and share as declared: an eighth of the time')
    .addOption(memoryOption())
    .action(async (folder: string | undefined, options: Options, command: Command) => {
      const files = await desk.readRuleSet(folder ?? join(desk.rulesFolder, 'demo'));
      if (!files.ok) throw new CommandFailure(problemLines(files.refusal).join('\n'));
      await withWorld(open, async (world) => {
        const bank = await world.bank.read();
        if (bank === undefined) throw new CommandFailure('there is no bank yet: import one');
        const screen = openScreen();
        const outcomes = await whileTraining('run `train` again', () =>
          world.learning.train({
            ruleSet: files.value,
            today: bank.businessDate,
            tune: options.tune,
            memoryBytes: options.memoryMb * 1_000_000,
            stamp: { actor: options.actor, at: world.clock.now() },
            onProgress: (progress) => screen.show(stepOf(progress)),
          }),
        );
        screen.end();
        print(command, { outcomes }, () => outcomes.map(outcomeLine).join('\n'));
      });
    });
}

function outcomeLine(outcome: TrainingOutcome): string {
  if ('refusal' in outcome) {
    const { code, column, message } = outcome.refusal;
    return `${outcome.forest}: refused, ${code} ${column}: ${message}`;
  }
  const { card, digest } = outcome.entry;
  const share = (ppm: number | undefined) =>
    ppm === undefined ? 'not judged' : (ppm / 1_000_000).toFixed(3);
  const { rows, positives, outOfBag, timeSplit, origins, memory } = card;
  return [
    `${outcome.forest}: ${rows} rows, ${positives} positive`,
    `${origins?.live ?? 0} LIVE, ${origins?.backfill ?? 0} BACKFILL`,
    `AUC ${share(outOfBag.aucPpm)}, on later rows ${share(timeSplit?.raw.aucPpm)}`,
    `memory ${megabytes(memory?.estimatedBytes ?? 0)} at most, ${digest}`,
  ].join(', ');
}
