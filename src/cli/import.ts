import process from 'node:process';
import { Command, InvalidArgumentError } from 'commander';
import type { ImportRefusal, ImportReport } from '../app/intake/extracts/import-report.ts';
import type { RowRefusal } from '../app/ports/record-intake.ts';
import { problemLines } from '../app/releases/build-release.ts';
import type { Desk } from './desk.ts';
import { CommandFailure, counted, print, progressLine } from './output.ts';
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
        print(command, result.value, () => reportText(result.value));
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
      ? reportText(refusal.report)
      : 'problems' in refusal
        ? problemLines(refusal.problems).join('\n')
        : '';
  return lines === '' ? refusal.message : `${lines}\n${refusal.message}`;
}

function reportText(report: ImportReport): string {
  const entities = Object.entries(report.entities).map(
    ([entity, { written, merged, refused }]) =>
      `  ${entity.padEnd(20)} ${written} written, ${merged} merged, ${refused} refused`,
  );
  const total =
    `${report.rowsRead} rows read; records: ${report.recordsWritten} written, ` +
    `${report.recordsMerged} merged, ${report.recordsRefused} refused`;
  const lines = [...refusalLines(report), ...fileLines(report), ...entities, total];
  if (report.written && report.rowsRefused > 0) {
    const rows = counted(report.rowsRefused, 'row');
    lines.push(`${rows} skipped: what they are about is unknown until it is told whole`);
  }
  return lines.join('\n');
}

/** A line a row where they are few; else a line a group. */
function refusalLines({ refusals, refusalGroups }: ImportReport): readonly string[] {
  const many = refusalGroups.filter(({ count, lines }) => count > lines.length);
  const isOfMany = ({ place, column, code }: RowRefusal) =>
    many.some(
      (group) =>
        group.file === place.file &&
        group.column === column &&
        group.code === code &&
        group.lines.includes(place.line),
    );
  const few = refusals
    .filter((refusal) => !isOfMany(refusal))
    .map(({ place, column, code, message }) => {
      return `${place.file} line ${place.line}${at(column)}: ${code} ${message}`;
    });
  const grouped = many.map(({ file, column, code, message, count, lines }) => {
    const like = `${count.toLocaleString('en')} rows like this`;
    const first = `first at lines ${lines.join(', ')}`;
    return `${file} line ${lines[0]}${at(column)}: ${code} ${message}; ${like}, ${first}`;
  });
  // One row may be refused through several of its records, for one reason.
  return [...new Set([...few, ...grouped])];
}

function at(column: string | null): string {
  return column === null ? '' : `, column ${column}`;
}

/** Files that said nothing: one that has no rows, or did not come at all. */
function fileLines({ files, filesNotDelivered }: ImportReport): readonly string[] {
  return [
    ...files
      .filter(({ rowsRead }) => rowsRead === 0)
      .map(({ name }) => `  ${name} has no rows: there are none`),
    ...filesNotDelivered.map((name) => `  ${name} did not come: what it tells stays as it was`),
  ];
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number of rows is needed');
}
