import { Command, InvalidArgumentError } from 'commander';
import type { JobQueue, UndeliverableJob } from '../app/ports/job-queue.ts';
import { isUuid } from '../domain/id.ts';
import { JOB_KINDS } from '../domain/job.ts';
import { CommandFailure, counted, print } from './output.ts';
import { type Open, withWorld } from './world.ts';

interface ListOptions {
  readonly kind?: string;
  readonly limit: number;
}

interface PickOptions {
  readonly kind?: string;
  readonly all?: boolean;
}

/** `jobs list | retry | clear`: the jobs that failed for good, and what to do about them. */
export function jobsCommand(open: Open<'jobs'>): Command {
  return new Command('jobs')
    .description('look after jobs that failed for good: list, retry or clear them')
    .addCommand(list(open))
    .addCommand(
      pick(open, {
        name: 'retry',
        description: 'handle failed jobs again, each where it stood in the order of its key',
        done: 'queued again',
        apply: (jobs, ids) => jobs.retry(ids),
      }),
    )
    .addCommand(
      pick(open, {
        name: 'clear',
        description: 'give failed jobs up, so that what waits behind them is handled',
        done: 'given up',
        apply: (jobs, ids) => jobs.clear(ids),
      }),
    );
}

function list(open: Open<'jobs'>): Command {
  return new Command('list')
    .description('list jobs that failed for good, oldest first')
    .option('--kind <kind>', `of one kind: ${Object.keys(JOB_KINDS).join(', ')}`, kindOf)
    .option('--limit <count>', 'how many at most', limitOf, 100)
    .action(({ limit, kind }: ListOptions, command: Command) =>
      withWorld(open, async ({ jobs }) => {
        const failed = await jobs.undeliverable(limit, kind);
        print(command, { jobs: failed }, () =>
          failed.length === 0 ? 'no job has failed for good' : failed.map(lineOf).join('\n'),
        );
      }),
    );
}

function lineOf({ id, kind, failedAt, tries, ids, error }: UndeliverableJob): string {
  const times = `${tries} ${tries === 1 ? 'try' : 'tries'}`;
  return `${id} ${kind} about ${ids.join(', ')}: failed ${failedAt} after ${times}, ${error}`;
}

/** A command on failed jobs that are named by their ids, or on all. */
function pick(
  open: Open<'jobs'>,
  how: {
    readonly name: string;
    readonly description: string;
    readonly done: string;
    readonly apply: (jobs: JobQueue, ids: readonly string[]) => Promise<readonly string[]>;
  },
): Command {
  return new Command(how.name)
    .description(how.description)
    .argument('[id...]', 'the jobs, as `jobs list` names them')
    .option('--all', 'every failed job, or every one of a kind')
    .option('--kind <kind>', 'with `--all`: of one kind', kindOf)
    .action((ids: readonly string[], options: PickOptions, command: Command) => {
      if ((ids.length === 0) === (options.all !== true)) {
        throw new CommandFailure('name jobs by their ids, or say `--all`');
      }
      const wrong = ids.find((id) => !isUuid(id));
      if (wrong !== undefined) throw new CommandFailure(`\`${wrong}\` is no job id, a UUID`);
      return withWorld(open, async ({ jobs }) => {
        const wanted = options.all === true ? await allIds(jobs, options.kind) : ids;
        const done = await how.apply(jobs, wanted);
        const missing = wanted.filter((id) => !done.includes(id));
        print(command, { done, missing }, () => `${counted(done.length, 'job')} ${how.done}`);
        if (missing.length === 0) return;
        const names = missing.map((id) => `\`${id}\``).join(', ');
        throw new CommandFailure(`no failed job is called ${names}: list them`, { missing });
      });
    });
}

const MOST = 100_000;

async function allIds(jobs: JobQueue, kind: string | undefined): Promise<readonly string[]> {
  return (await jobs.undeliverable(MOST, kind)).map(({ id }) => id);
}

function kindOf(text: string): string {
  if (Object.hasOwn(JOB_KINDS, text)) return text;
  throw new InvalidArgumentError(`write one of ${Object.keys(JOB_KINDS).join(', ')}`);
}

function limitOf(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MOST) return value;
  throw new InvalidArgumentError(`write a whole number from 1 to ${MOST}`);
}
