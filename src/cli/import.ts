import process from 'node:process';
import { Command, InvalidArgumentError } from 'commander';
import type { ImportRefusal } from '../app/intake/extracts/import-report.ts';
import { problemLines } from '../app/releases/build-release.ts';
import type { Desk } from './desk.ts';
import { importReportText } from './import-report-text.ts';
import { CommandFailure, print, progressLine } from './output.ts';
import { type Open, withWorld } from './world.ts';

interface ImportOptions {
  readonly mapping: string;
  readonly actor: string;
  readonly skipRefused?: boolean;
  readonly allowRefused?: number;
}

/** Imported without the refused rows: what they were about is unknown until it is told whole. */
const ROWS_SKIPPED = 3;

/** `import --mapping <file> <folder>`: loads a bank's own extract, all of it or nothing. */
export function importCommand(open: Open<'intake'>, desk: Desk): Command {
  return new Command('import')
    .description("load a bank's extract through a mapping; one folder is one transaction")
    .argument('<folder>', 'where the files lie')
    .requiredOption('--mapping <file>', 'which file and column is which field')
    .option('--skip-refused', 'leave refused rows out and end with 3: what they tell is unknown')
    .option(
      '--allow-refused <n>',
      'leave up to so many out and end with 0; more refuse all',
      count,
    )
    .option('--actor <name>', 'who imports', desk.systemUser)
    .action(async (folder: string, options: ImportOptions, command: Command) => {
      const mapping = await desk.readMapping(options.mapping);
      if (!mapping.ok) {
        const problems = mapping.refusal;
        throw new CommandFailure(problemLines(problems).join('\n'), { problems });
      }
      await withWorld(open, async ({ intake }) => {
        const line = progressLine();
        const result = await intake.importExtract({
          mapping: mapping.value.mapping,
          mappingFile: options.mapping,
          mappingDigest: mapping.value.digest,
          folder,
          actor: options.actor,
          skipRefused: options.skipRefused === true || options.allowRefused !== undefined,
          ...(options.allowRefused !== undefined && { mostRefused: options.allowRefused }),
          onProgress: ({ activity, file, rowsRead, bytesRead, bytesTotal }) => {
            const percent = bytesTotal === 0 ? 100 : Math.floor((bytesRead * 100) / bytesTotal);
            line.show(`${activity.toLowerCase()} ${file ?? ''} ${rowsRead} rows, ${percent} %`);
          },
        });
        line.end();
        if (!result.ok) throw new CommandFailure(refusalText(result.refusal), result.refusal);
        print(command, result.value, () => importReportText(result.value));
        const { rowsRefused } = result.value;
        if (rowsRefused > 0 && options.allowRefused === undefined) {
          process.exitCode = ROWS_SKIPPED;
        }
      });
    });
}

function refusalText(refusal: ImportRefusal): string {
  const lines =
    refusal.code === 'ROWS_REFUSED'
      ? importReportText(refusal.report)
      : 'problems' in refusal
        ? problemLines(refusal.problems).join('\n')
        : '';
  return lines === '' ? refusal.message : `${lines}\n${refusal.message}`;
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number of rows is needed');
}
