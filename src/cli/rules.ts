import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { problemLines } from '../app/releases/build-release.ts';
import type { Problem } from '../domain/result.ts';
import type { Desk } from './desk.ts';
import { CommandFailure, counted, print } from './output.ts';

/** `rules check`: says what is wrong in rule files and where, or that all cases pass. */
export function rulesCommand(desk: Desk): Command {
  const check = new Command('check')
    .description('check rule-set folders: every file, every rule, every case by both evaluators')
    .argument('[folder]', 'a rule-set folder; all folders under rules/ when left out')
    .action(async (folder: string | undefined, _options, command: Command) => {
      const folders = folder === undefined ? await folderNames(desk.rulesFolder) : [folder];
      const reports = await Promise.all(folders.map((one) => checkFolder(one, desk)));
      const problems = reports.flatMap((report) => report.problems);
      if (problems.length > 0) {
        const message = [...problemLines(problems), counted(problems.length, 'problem')].join(
          '\n',
        );
        throw new CommandFailure(message, { problems });
      }
      print(command, { reports }, () => reports.map(reportLine).join('\n'));
    });
  return new Command('rules').description('work on rule sets').addCommand(check);
}

interface FolderReport {
  readonly folder: string;
  readonly rules: number;
  readonly cases: number;
  readonly digest: string | null;
  readonly problems: readonly Problem[];
}

async function folderNames(rulesFolder: string): Promise<readonly string[]> {
  const entries = await readdir(rulesFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(rulesFolder, entry.name))
    .toSorted();
}

async function checkFolder(folder: string, desk: Desk): Promise<FolderReport> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) {
    throw new CommandFailure(`there is no folder \`${folder}\`: name a rule-set folder`);
  }
  const read = await desk.readRuleSet(folder);
  if (!read.ok) return { folder, rules: 0, cases: 0, digest: null, problems: read.refusal };
  const { body, cases, digest } = read.value;
  return {
    folder,
    rules: body.rules.length,
    cases: Object.values(cases).reduce((sum, list) => sum + list.length, 0),
    digest,
    problems: await desk.checkCases(read.value),
  };
}

function reportLine({ folder, rules, cases, digest }: FolderReport): string {
  return `${folder}: ${rules} rules, ${cases} cases pass in both evaluators, ${digest}`;
}
