import { Command } from 'commander';
import type { ReadModelReport } from '../app/monitoring/mend-read-model.ts';
import { CommandFailure, counted, print, progressLine } from './output.ts';
import { type Open, withWorld } from './world.ts';

/** Rows are final for who decides: they are made anew by the owner. */
export interface ReadModelOpens {
  readonly check: Open<'monitoring'>;
  readonly rebuild: Open<'monitoring'>;
}

/** `read-model check | rebuild`: holds the rows for analysis against the capsules. */
export function readModelCommand(open: ReadModelOpens): Command {
  return new Command('read-model')
    .description('hold the narrow rows for analysis against the decisions they are derived from')
    .addCommand(
      new Command('check')
        .description('count the rows that are missing or differ; exit code 1 where there are any')
        .action((_options: unknown, command: Command) => run(open.check, command, false)),
    )
    .addCommand(
      new Command('rebuild')
        .description('make every row anew that is missing or differs')
        .action((_options: unknown, command: Command) => run(open.rebuild, command, true)),
    );
}

function run(open: Open<'monitoring'>, command: Command, mend: boolean): Promise<void> {
  return withWorld(open, async ({ monitoring }) => {
    const line = progressLine();
    const onProgress = (decisions: number) => line.show(`${decisions} decisions`);
    const report = await monitoring.mendReadModel({ mend, onProgress });
    line.end();
    print(command, report, () => reportText(report, mend));
    if (mend || isWhole(report)) return;
    throw new CommandFailure('the read model is not whole: run `nextbest read-model rebuild`');
  });
}

function isWhole({ differing, extent }: ReadModelReport): boolean {
  return differing === 0 && extent.binned >= extent.sheets;
}

function reportText(report: ReadModelReport, mend: boolean): string {
  const { decisions, differing, unreadable, extent, sheetsBinned, sheetsLeft } = report;
  const what = mend ? 'made anew' : 'missing or different';
  const lines = [
    `${counted(decisions, 'decision')}: ${differing} ${what}, ${unreadable} unreadable`,
    `${counted(extent.sheets, 'fact sheet')}: ${extent.binned} binned`,
  ];
  if (mend) lines.push(`binned now: ${sheetsBinned}, of a lost catalogue: ${sheetsLeft}`);
  return lines.join('\n');
}
