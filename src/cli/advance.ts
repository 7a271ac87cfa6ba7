import { Command, InvalidArgumentError } from 'commander';
import { importExtract } from '../app/intake/extracts/import-extract.ts';
import { problemLines } from '../app/releases/build-release.ts';
import { addDays } from '../domain/business-date.ts';
import { CommandFailure, print } from './output.ts';
import { withBench } from './release.ts';
import { withScratchFolder } from './scratch-folder.ts';
import type { Desk, OpenWorkbench, Workbench } from './workbench.ts';

/** `advance [days]`: the demo bank lives on; what it records meanwhile is imported. */
export function advanceCommand(open: OpenWorkbench, desk: Desk): Command {
  return new Command('advance')
    .description("move the demo bank's business date and import what it records meanwhile")
    .argument('[days]', 'how many days', daysOf, 1)
    .option('--actor <name>', 'who moves it', desk.systemUser)
    .action((days: number, { actor }: { readonly actor: string }, command: Command) =>
      withBench(open, async (bench) => {
        const bank = await bench.bank.read();
        if (bank?.mode !== 'DEMO') {
          throw new CommandFailure('only the demo bank can be advanced: a real one moves itself');
        }
        const businessDate = addDays(bank.businessDate, days);
        const rows = await importDays(bench, desk, {
          recordedAfter: bank.businessDate,
          businessDate,
          actor,
        });
        await bench.bank.setBusinessDate(businessDate);
        print(command, { businessDate, rows }, () => `${businessDate}, ${rows} new rows`);
      }),
    );
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 366) return days;
  throw new InvalidArgumentError('write a whole number of days from 1 to 366');
}

async function importDays(
  bench: Workbench,
  desk: Desk,
  span: {
    readonly recordedAfter: string;
    readonly businessDate: string;
    readonly actor: string;
  },
): Promise<number> {
  const mapping = await desk.readMapping(bench.demo.mappingFile);
  if (!mapping.ok) throw new CommandFailure(problemLines(mapping.refusal).join('\n'));
  return withScratchFolder('advance', async (folder) => {
    const { recordedAfter, businessDate, actor } = span;
    const customers = await bench.directory.count();
    await bench.demo.writeExtract(folder, { customers, businessDate, recordedAfter });
    const result = await importExtract(
      {
        mapping: mapping.value.mapping,
        mappingFile: bench.demo.mappingFile,
        mappingDigest: mapping.value.digest,
        folder,
        actor,
        skipRefused: false,
      },
      bench,
    );
    if (!result.ok) throw new CommandFailure(result.refusal.message, result.refusal);
    return result.value.recordsWritten;
  });
}
