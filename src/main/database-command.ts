import { env } from 'node:process';
import { Command, InvalidArgumentError } from 'commander';
import { openDatabase } from '../adapters/postgres/embedded/open-database.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { counted, print } from '../cli/output.ts';
import { readConfig } from './config.ts';
import { MONTHS_AHEAD, type Preparation, prepareDatabase } from './prepare-database.ts';

/** `database prepare`: what the owner does, so that nobody else need be allowed to. */
export function databaseCommand(): Command {
  return new Command('database').description('look after the database as its owner').addCommand(
    new Command('prepare')
      .description(
        'make what lacks of roles, schema, months for decisions, queues and rights; by ' +
          'NEXTBEST_OWNER_URL, or DATABASE_URL where that is not set',
      )
      .option('--months <count>', 'months of decisions from now', months, MONTHS_AHEAD)
      .action(prepare),
  );
}

async function prepare(
  { months: ahead }: { readonly months: number },
  command: Command,
): Promise<void> {
  const { databaseUrl, ownerUrl, dataFolder, pgBinDir } = readConfig(env);
  const url = ownerUrl ?? databaseUrl;
  const database = await openDatabase({
    databaseUrl: url,
    ownerUrl: url,
    dataFolder,
    pgBinDir,
  });
  try {
    const owner = database.urlFor('OWNER') ?? '';
    const made = await prepareDatabase(owner, { at: systemClock.now(), months: ahead });
    print(command, made, () => preparationText(made));
  } finally {
    await database.close();
  }
}

function preparationText({ migrations, partitions }: Preparation): string {
  return (
    `prepared: ${counted(migrations.length, 'migration')} applied, ` +
    `${counted(partitions.length, 'table')} for decisions made, queues and rights renewed`
  );
}

function months(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 120) return value;
  throw new InvalidArgumentError('write a whole number from 1 to 120');
}
