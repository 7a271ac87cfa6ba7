import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { ROOT } from '../../src/main/desk.ts';
import type { Comparison, Figure } from './compare.ts';
import { withDatabaseCpu } from './database-cpu.ts';
import { type DatabaseServer, openServer } from './empty-databases.ts';
import { type Both, compareInRounds, onBoth } from './rounds.ts';
import { run } from './run.ts';
import type { Scratch } from './scratch.ts';
import type { Side } from './side.ts';

/** How large the bank is whose extract is imported. */
export interface ImportPlan {
  readonly rounds: number;
  readonly customers: number;
  readonly scratch: Scratch;
  readonly tell: (what: string) => void;
}

/** Who imports what into which server. */
interface Importing {
  readonly side: Side;
  readonly extract: Extract;
  readonly server: DatabaseServer;
}

interface Extract {
  readonly folder: string;
  readonly rows: number;
}

/** `import` of the demo bank's extract into an empty database, by each side's own mapping file. */
export async function compareImport(
  sides: Both<Side>,
  plan: ImportPlan,
): Promise<readonly Comparison[]> {
  const { rounds, scratch, tell } = plan;
  const extracts = await writeExtracts(sides, plan);
  const both = await onBoth(sides, async (side) => {
    const server = await openServer(`imports-${side.name}`, scratch);
    return { side, extract: extracts[side.name], server };
  });
  const comparisons = await compareInRounds(both, rounds, (importing, round) => {
    tell(`import, round ${round + 1} of ${rounds}: ${importing.side.name}`);
    return importOnce(importing);
  });
  await onBoth(both, ({ server }) => server.stop());
  return comparisons;
}

function importOnce({ side, extract, server }: Importing): Promise<readonly Figure[]> {
  const { folder, rows } = extract;
  const { dataFolder } = server;
  return server.withEmptyDatabase(async (databaseUrl) => {
    const place = { dataFolder, databaseUrl };
    // Any command brings a database to the newest schema; this one leaves it empty.
    await side.command(place, 'replay', '--all');
    const { value: ran, databaseS } = await withDatabaseCpu(dataFolder, () =>
      side.command(place, 'import', '--mapping', mappingFileOf(side), folder),
    );
    const part = `import, ${rows} rows`;
    const cost = { part, better: 'LESS', digits: 2 } as const;
    return [
      { part, name: 'rows/s', better: 'MORE', digits: 0, value: rows / ran.wallS },
      { ...cost, name: 'command CPU s', value: ran.cpuS },
      ...(databaseS === undefined ? [] : [{ ...cost, name: 'database CPU s', value: databaseS }]),
    ];
  });
}

/** One extract for both; each its own where a mapping might not read the other's files. */
async function writeExtracts(
  sides: Both<Side>,
  { customers, scratch, tell }: ImportPlan,
): Promise<Both<Extract>> {
  const texts = await onBoth(sides, (side) => readFile(mappingFileOf(side), 'utf8'));
  const write = (side: Side) => writeExtract(side, { customers, scratch });
  if (texts.here === texts.other) {
    tell('import: this tree generates one extract for both');
    const extract = await write(sides.here);
    return { here: extract, other: extract };
  }
  tell('import: the mappings differ, so each side generates an extract by its own seeds');
  return onBoth(sides, write);
}

async function writeExtract(
  { name, root }: Side,
  { customers, scratch }: { readonly customers: number; readonly scratch: Scratch },
): Promise<Extract> {
  const folder = join(scratch.folder, `extract-${name}`);
  const launcher = join(root, 'scripts', 'launch.mjs');
  const writer = join(ROOT, 'bench', 'ratio', 'write-extract.ts');
  const args = [execPath, launcher, writer, root, folder, String(customers)];
  const { stdout } = await run(args, { scratch, cwd: root });
  return { folder, rows: Number(stdout) };
}

function mappingFileOf({ root }: Side): string {
  return join(root, 'seeds', 'demo', 'mapping.json');
}
