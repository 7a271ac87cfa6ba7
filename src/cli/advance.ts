import { Command, InvalidArgumentError } from 'commander';
import { problemLines } from '../app/releases/build-release.ts';
import { addDays } from '../domain/business-date.ts';
import type { Desk } from './desk.ts';
import { CommandFailure, print } from './output.ts';
import { withScratchFolder } from './scratch-folder.ts';
import { type Open, type World, withWorld } from './world.ts';

type Feature = 'bank' | 'customers' | 'demo' | 'intake';

/** `advance [days]`: the demo bank lives on; what it records meanwhile is imported. */
export function advanceCommand(open: Open<Feature>, desk: Desk): Command {
  return new Command('advance')
    .description("move the demo bank's business date and import what it records meanwhile")
    .argument('[days]', 'how many days', daysOf, 1)
    .option('--actor <name>', 'who moves it', desk.systemUser)
    .action((days: number, { actor }: { readonly actor: string }, command: Command) =>
      withWorld(open, async (world) => {
        const bank = await world.bank.read();
        if (bank?.mode !== 'DEMO') {
          throw new CommandFailure('only the demo bank can be advanced: a real one moves itself');
        }
        const businessDate = addDays(bank.businessDate, days);
        const rows = await importDays(world, desk, {
          recordedAfter: bank.businessDate,
          businessDate,
          actor,
        });
        await world.bank.setBusinessDate(businessDate);
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
  world: Pick<World, Feature>,
  desk: Desk,
  span: {
    readonly recordedAfter: string;
    readonly businessDate: string;
    readonly actor: string;
  },
): Promise<number> {
  const mapping = await desk.readMapping(world.demo.mappingFile);
  if (!mapping.ok) throw new CommandFailure(problemLines(mapping.refusal).join('\n'));
  return withScratchFolder('advance', async (folder) => {
    const { recordedAfter, businessDate, actor } = span;
    const customers = await world.customers.directory.count();
    await world.demo.writeExtract(folder, { customers, businessDate, recordedAfter });
    const result = await world.intake.importExtract({
      mapping: mapping.value.mapping,
      mappingFile: world.demo.mappingFile,
      mappingDigest: mapping.value.digest,
      folder,
      actor,
      skipRefused: false,
    });
    if (!result.ok) throw new CommandFailure(result.refusal.message, result.refusal);
    return result.value.recordsWritten;
  });
}
