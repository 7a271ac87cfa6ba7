import './production.ts';
import { argv, env, exitCode, stderr, stdout } from 'node:process';
import { Command, CommanderError } from 'commander';
import { QueuesUnprepared } from '../adapters/jobs/boss.ts';
import { EmbeddedDatabaseError } from '../adapters/postgres/embedded/embedded-error.ts';
import type { Duty } from '../adapters/postgres/schema/roles.ts';
import { SchemaRefused } from '../adapters/postgres/schema/schema-refused.ts';
import { openShapWorker } from '../adapters/training/shap-in-worker.ts';
import { Outage } from '../app/ports/outage.ts';
import { advanceCommand } from '../cli/advance.ts';
import { decideCommand } from '../cli/decide.ts';
import { explainCommand } from '../cli/explain.ts';
import { factsCommand } from '../cli/facts.ts';
import { forestCommand } from '../cli/forest.ts';
import { importCommand } from '../cli/import.ts';
import { jobsCommand } from '../cli/jobs.ts';
import { mappingCommand } from '../cli/mapping.ts';
import { operationsCommand } from '../cli/operations.ts';
import { CommandFailure, plain } from '../cli/output.ts';
import { readModelCommand } from '../cli/read-model.ts';
import { releaseCommand } from '../cli/release.ts';
import { replayCommand } from '../cli/replay.ts';
import { rulesCommand } from '../cli/rules.ts';
import { tokenCommand } from '../cli/token.ts';
import { trainCommand } from '../cli/train.ts';
import { isWellFormed } from '../domain/id.ts';
import { BadSetting, readConfig } from './config.ts';
import { databaseCommand } from './database-command.ts';
import { databaseRefusal } from './database-refusal.ts';
import { desk, packageVersion } from './desk.ts';
import { openWorld } from './open-world.ts';
import { operationDesk } from './operation-desk.ts';
import { serveCommand, startCommand } from './service-commands.ts';
import { exitOnSignal, exitWithReader } from './signals.ts';
import { evaluating } from './wire-evaluating.ts';
import { workCommand } from './work-command.ts';

const openAs = (duty: Duty) => () => openWorld(readConfig(env), duty);
const open = openAs('WORKER');
const audit = openAs('AUDITOR');

const program = new Command('nextbest')
  .description('the best next thing to do for a bank customer, evidence and replayable')
  .version(packageVersion())
  .option('--json', 'print results as JSON')
  .configureHelp({ showGlobalOptions: true })
  .configureOutput({
    // Who asked for JSON is told of a wrong option as of any other failure.
    outputError: (text, write) => argv.includes('--json') || write(plain(text)),
  })
  .exitOverride();

for (const command of [
  startCommand(),
  serveCommand(),
  workCommand(),
  importCommand(open, desk),
  mappingCommand(desk),
  trainCommand(open, desk),
  forestCommand(evaluating, open, desk),
  rulesCommand(desk),
  releaseCommand(open, desk),
  decideCommand(open, desk),
  replayCommand(audit),
  readModelCommand({ check: open, rebuild: openAs('OWNER') }),
  explainCommand(audit, openShapWorker),
  factsCommand(desk),
  tokenCommand(audit),
  advanceCommand(open, desk),
  jobsCommand(open),
  operationsCommand(open, operationDesk),
  databaseCommand(),
]) {
  program.addCommand(inherit(command, program));
}

/** Every command, nested ones too, knows the settings and options of the whole. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const nested of command.commands) inherit(nested, command);
  return command;
}

exitOnSignal();
exitWithReader();
try {
  refuseBadArguments(argv.slice(2));
  await program.parseAsync(argv);
} catch (error) {
  process.exitCode = fail(error);
}

/** Bytes that are no UTF-8 arrive as replacement characters: another name than was written. */
function refuseBadArguments(given: readonly string[]): void {
  const at = given.findIndex((one) => !isWellFormed(one) || one.includes('\ufffd'));
  if (at < 0) return;
  const what = `argument ${at + 1} is not well-formed text: write whole characters in UTF-8`;
  throw new CommandFailure(what, { code: 'NOT_TEXT', argument: at + 1 });
}

/** Failures that a user can mend are told in their words; anything else is a bug and says so. */
function fail(error: unknown): number {
  const asJson = argv.includes('--json');
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const details = { code: 'BAD_OPTION', message: error.message };
    if (asJson) stdout.write(`${JSON.stringify({ error: error.message, details })}\n`);
    return 1;
  }
  if (error instanceof CommandFailure) {
    if (asJson)
      stdout.write(`${JSON.stringify({ error: error.message, details: error.details })}\n`);
    else stderr.write(`${plain(error.message)}\n`);
    return 1;
  }
  if (isRefusal(error)) {
    stderr.write(`nextbest: ${error.message}\n`);
    return 1;
  }
  if (error instanceof Outage) {
    stderr.write(
      'nextbest: the database does not answer; check DATABASE_URL or the data folder\n',
    );
    return 1;
  }
  const refusedBy = databaseRefusal(error);
  if (refusedBy !== undefined) {
    stderr.write(`nextbest: ${refusedBy}\n`);
    return 1;
  }
  if (isPortTaken(error)) {
    stderr.write('nextbest: the port is taken; set PORT to another, or end what listens there\n');
    return 1;
  }
  stderr.write(`nextbest: a bug: ${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCode === undefined ? 1 : Number(exitCode);
}

/** What keeps a command from beginning, in words that tell the mend. */
function isRefusal(error: unknown): error is Error {
  return (
    error instanceof BadSetting ||
    error instanceof EmbeddedDatabaseError ||
    error instanceof SchemaRefused ||
    error instanceof QueuesUnprepared
  );
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
