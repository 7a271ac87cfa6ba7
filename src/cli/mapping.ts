import { Command } from 'commander';
import type { DraftedColumn, MappingDraft } from '../app/intake/drafting/draft-mapping.ts';
import { UnreadableFile } from '../app/ports/extract.ts';
import type { Desk } from './desk.ts';
import { CommandFailure, counted, print, progressLine } from './output.ts';
import { writeWhole } from './whole-file.ts';

/** `mapping draft`: looks at a bank's files and proposes a mapping with its open questions. */
export function mappingCommand(desk: Desk): Command {
  const draft = new Command('draft')
    .description('look at the files of a folder and propose a mapping with its open questions')
    .argument('<folder>', 'where the files lie; each is read once, whole')
    .option('--out <file>', 'write the mapping there; each `?` in it is refused until answered')
    .action(async (folder: string, options: { readonly out?: string }, command: Command) => {
      const drafted = await drawUp(folder, desk);
      if (options.out !== undefined) {
        const text = `${JSON.stringify(drafted.mapping, null, 2)}\n`;
        writeWhole({ path: options.out, option: '--out' }, text);
      }
      print(command, drafted, () => draftText(drafted, options.out));
    });
  return new Command('mapping').description('work on mappings').addCommand(draft);
}

async function drawUp(folder: string, desk: Desk): Promise<MappingDraft> {
  const line = progressLine();
  try {
    const drafted = await desk.draftMapping(folder, ({ file, bytesRead }) =>
      line.show(`reading ${file} ${Math.floor(bytesRead / 1_000_000)} MB`),
    );
    if (drafted !== undefined) return drafted;
  } catch (error) {
    if (error instanceof UnreadableFile) throw new CommandFailure(`${error.message}: mend it`);
    throw error;
  } finally {
    line.end();
  }
  throw new CommandFailure(`\`${folder}\` is no folder that can be read: check the path`);
}

function draftText({ files, questions }: MappingDraft, out: string | undefined): string {
  const seen = files.flatMap(({ name, rows, columns }) => [
    `${name}: ${counted(rows, 'row')}`,
    ...columns.map(columnText),
  ]);
  const end = out === undefined ? 'say `--out` to write the mapping' : `${out} is written`;
  return [
    ...seen,
    `${counted(questions.length, 'question')} that the files do not answer:`,
    ...questions.map((question, i) => `${i + 1}. ${question}`),
    end,
  ].join('\n');
}

function columnText({ name, kind, empty, isUnique, refersTo }: DraftedColumn): string {
  const told = [
    kind,
    ...(empty === 0 ? [] : [`${empty} empty`]),
    ...(isUnique === true ? ['unique'] : []),
    ...(isUnique === null ? ['too many values to tell whether unique'] : []),
    ...refersTo.map((key) => `as in ${key}`),
  ];
  return `  ${name.padEnd(24)} ${told.join(', ')}`;
}
