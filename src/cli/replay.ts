import { Command } from 'commander';
import type { Replay, Replayer } from '../app/decisions/evidence/replay-decision.ts';
import { isUuid, type Uuid } from '../domain/id.ts';
import { CommandFailure, print, progressLine } from './output.ts';
import { withBench } from './release.ts';
import type { OpenWorkbench, Workbench } from './workbench.ts';

interface ReplayOptions {
  readonly all?: boolean;
  readonly archive?: boolean;
}

const CHUNK = 500;

/** Replays under way together: their reads share round trips. */
const TOGETHER = 25;

/** `replay <id> | --all`: decides stored decisions again and compares every byte. */
export function replayCommand(open: OpenWorkbench): Command {
  return new Command('replay')
    .description('decide a stored decision again and compare every byte')
    .argument('[id]', 'the decision')
    .option('--all', 'every stored decision')
    .option('--archive', 'decide with the archived engine bundle instead of the sources')
    .action((id: string | undefined, options: ReplayOptions, command: Command) => {
      if ((id === undefined) === (options.all !== true)) {
        throw new CommandFailure('name one decision, or say `--all`');
      }
      return withBench(open, (bench) => {
        const replayer = bench.replayer(options.archive === true ? 'ARCHIVE' : 'SOURCE');
        return id === undefined
          ? replayAll(bench, replayer, command)
          : replayOne(id, replayer, command);
      });
    });
}

async function replayOne(id: string, replayer: Replayer, command: Command): Promise<void> {
  if (!isUuid(id)) throw new CommandFailure(`\`${id}\` is no decision id, a UUID`);
  const replay = await replayer.replay(id);
  if (replay === undefined) throw new CommandFailure(`there is no decision \`${id}\``);
  print(command, replay, () => replayLine(replay));
  if (replay.result !== 'IDENTICAL') throw new CommandFailure(`${id} is ${replay.result}`);
}

async function replayAll(bench: Workbench, replayer: Replayer, command: Command): Promise<void> {
  const line = progressLine();
  const counts = { IDENTICAL: 0, DIFFERENT: 0, UNREPLAYABLE: 0 };
  const others: Replay[] = [];
  for await (const replay of replays(bench, replayer)) {
    counts[replay.result] += 1;
    if (replay.result !== 'IDENTICAL') others.push(replay);
    line.show(`${counts.IDENTICAL + others.length} replayed`);
  }
  line.end();
  print(command, { ...counts, others }, () =>
    [
      ...others.map(replayLine),
      `${counts.IDENTICAL} identical, ${counts.DIFFERENT} different, ` +
        `${counts.UNREPLAYABLE} unreplayable`,
    ].join('\n'),
  );
  if (others.length > 0) throw new CommandFailure(`${others.length} decisions did not replay`);
}

async function* replays(bench: Workbench, replayer: Replayer): AsyncGenerator<Replay> {
  for (let after: Uuid | null = null; ; ) {
    const ids: readonly Uuid[] = await bench.log.ids(after, CHUNK);
    if (ids.length === 0) return;
    const stored = [...(await bench.log.findMany(ids)).values()];
    for (let from = 0; from < stored.length; from += TOGETHER) {
      const some = stored.slice(from, from + TOGETHER);
      yield* await Promise.all(some.map((one) => replayer.replayStored(one)));
    }
    after = ids.at(-1) ?? null;
  }
}

function replayLine(replay: Replay): string {
  const base = `${replay.decisionId} ${replay.result}`;
  if (replay.result === 'DIFFERENT') return `${base} at ${replay.differences.join(', ')}`;
  return replay.result === 'UNREPLAYABLE' ? `${base} ${replay.cause}` : base;
}
