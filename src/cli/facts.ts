import { join } from 'node:path';
import Table from 'cli-table3';
import { Command } from 'commander';
import { problemLines } from '../app/releases/build-release.ts';
import type { Desk } from './desk.ts';
import { CommandFailure, print } from './output.ts';

/** `facts`: the feature catalogue. */
export function factsCommand(desk: Desk): Command {
  return new Command('facts')
    .description('show the feature catalogue: every fact with its type, meaning and uses')
    .argument('[word]', 'only facts whose name or description holds this word')
    .action(async (word: string | undefined, _options, command: Command) => {
      const files = await desk.readRuleSet(join(desk.rulesFolder, 'demo'));
      if (!files.ok) throw new CommandFailure(problemLines(files.refusal).join('\n'));
      const facts = files.value.body.facts.filter(
        ({ name, description }) => word === undefined || `${name} ${description}`.includes(word),
      );
      print(command, { facts }, () => {
        const table = new Table({
          head: ['fact', 'type', 'origin', 'uses', 'meaning'],
          colWidths: [34, 10, 10, 26, 60],
          wordWrap: true,
          style: { head: [], border: [] },
        });
        for (const { name, type, origin, permittedUses, description } of facts) {
          table.push([name, type, origin, permittedUses.join(' '), description]);
        }
        return table.toString();
      });
    });
}
