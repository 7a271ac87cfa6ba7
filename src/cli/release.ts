import { join } from 'node:path';
import { Command } from 'commander';
import type { Stamp } from '../app/ports/release-store.ts';
import {
  type ActivationRefusal,
  type BuiltRelease,
  problemLines,
} from '../app/releases/build-release.ts';
import type { Desk } from './desk.ts';
import { CommandFailure, print } from './output.ts';
import { type Open, type World, withWorld } from './world.ts';

interface ActorOption {
  readonly actor: string;
}

type OpenReleases = Open<'bank' | 'clock' | 'releases'>;

/** `release build | activate | list`. */
export function releaseCommand(open: OpenReleases, desk: Desk): Command {
  return new Command('release')
    .description('build a release of a rule set, put it in force, list releases')
    .addCommand(build(open, desk))
    .addCommand(activate(open, desk))
    .addCommand(list(open));
}

function build(open: OpenReleases, desk: Desk): Command {
  return new Command('build')
    .description('bind a rule set and the trained forests into an immutable release')
    .argument('[folder]', 'a rule-set folder; rules/demo when left out')
    .option('--actor <name>', 'who builds it', desk.systemUser)
    .action(async (folder: string | undefined, options: ActorOption, command: Command) => {
      await withWorld(open, async (world) => {
        const stamp = { actor: options.actor, at: world.clock.now() };
        const built = await buildFrom(folder, { world, desk, stamp });
        print(command, built, () => built.digest);
      });
    });
}

function activate(open: OpenReleases, desk: Desk): Command {
  return new Command('activate')
    .description('put a release in force: the next decision follows it, without a restart')
    .argument(
      '[release]',
      'its digest, or a rule-set folder as it stands; for the demo bank rules/demo when left out',
    )
    .option('--actor <name>', 'who puts it in force', desk.systemUser)
    .action((named: string | undefined, options: ActorOption, command: Command) =>
      withWorld(open, async (world) => {
        const stamp = { actor: options.actor, at: world.clock.now() };
        // The demo's rules come into force by default over the demo bank only.
        if (named === undefined && (await world.bank.read())?.mode !== 'DEMO') {
          throw new CommandFailure('name a release by its digest, or a rule-set folder');
        }
        const wanted =
          named?.startsWith('sha256:') === true
            ? named
            : (await buildFrom(named, { world, desk, stamp })).digest;
        const done = await world.releases.activate(wanted, stamp);
        if (!done.ok) throw new CommandFailure(refusalText(done.refusal));
        print(command, { activated: wanted }, () => `${wanted} is in force`);
      }),
    );
}

function refusalText({ code, digest }: ActivationRefusal): string {
  return code === 'UNKNOWN_RELEASE'
    ? `there is no release \`${digest}\`: list them`
    : `release \`${digest}\` is for another engine: build its rule set anew`;
}

function list(open: OpenReleases): Command {
  return new Command('list')
    .description('list releases, newest first')
    .action((_options, command: Command) =>
      withWorld(open, async (world) => {
        const releases = await world.releases.list();
        print(command, { releases }, () =>
          releases
            .map((release) => {
              const [newest] = release.activations;
              const inForce = newest !== undefined && newest.endedAt === null ? ' in force' : '';
              const { digest, ruleSet, semver, builtAt, builtBy } = release;
              return `${digest} ${ruleSet} ${semver} built ${builtAt} by ${builtBy}${inForce}`;
            })
            .join('\n'),
        );
      }),
    );
}

/**
 * Builds the release of a rule-set folder whose every case passes; the same content, the same
 * one.
 */
async function buildFrom(
  folder: string | undefined,
  by: { readonly world: Pick<World, 'releases'>; readonly desk: Desk; readonly stamp: Stamp },
): Promise<BuiltRelease> {
  const { world, desk, stamp } = by;
  const files = await desk.readRuleSet(folder ?? join(desk.rulesFolder, 'demo'));
  if (!files.ok) throw problemsFailure(files.refusal);
  const wrong = await desk.checkCases(files.value);
  if (wrong.length > 0) throw problemsFailure(wrong);
  const built = await world.releases.build(files.value, stamp);
  if (built.ok) return built.value;
  const { code, subject, message } = built.refusal;
  throw new CommandFailure(`refused, ${code} ${subject}: ${message}`, built.refusal);
}

function problemsFailure(problems: Parameters<typeof problemLines>[0]): CommandFailure {
  return new CommandFailure(problemLines(problems).join('\n'), { problems });
}
