import { Command } from 'commander';
import type { Evidence, ReplayingEngine } from '../app/decisions/evidence/evidence.ts';
import type { Replay } from '../app/decisions/evidence/replay-decision.ts';
import { isUuid } from '../domain/id.ts';
import { CommandFailure, print, progressLine } from './output.ts';
import { type Open, withWorld } from './world.ts';

interface ReplayOptions {
  readonly all?: boolean;
  readonly archive?: boolean;
}

/** `replay <id> | --all`: decides stored decisions again and compares every byte. */
export function replayCommand(open: Open<'evidence'>): Command {
  return new Command('replay')
    .description('decide a stored decision again and compare every byte')
    .argument('[id]', 'the decision')
    .option('--all', 'every stored decision')
    .option('--archive', 'decide with the archived engine bundle instead of the sources')
    .action((id: string | undefined, options: ReplayOptions, command: Command) => {
      if ((id === undefined) === (options.all !== true)) {
        throw new CommandFailure('name one decision, or say `--all`');
      }
      const engine = options.archive === true ? 'ARCHIVE' : 'SOURCE';
      return withWorld(open, ({ evidence }) =>
        id === undefined
          ? replayAll(evidence.replayAll(engine), command)
          : replayOne(id, { evidence, engine }, command),
      );
    });
}

async function replayOne(
  id: string,
  by: { readonly evidence: Evidence; readonly engine: ReplayingEngine },
  command: Command,
): Promise<void> {
  if (!isUuid(id)) throw new CommandFailure(`\`${id}\` is no decision id, a UUID`);
  const replay = await by.evidence.replay(id, by.engine);
  if (replay === undefined) throw new CommandFailure(`there is no decision \`${id}\``);
  print(command, replay, () => replayLine(replay));
  if (replay.result !== 'IDENTICAL') throw new CommandFailure(`${id} is ${replay.result}`);
}

async function replayAll(replays: AsyncIterable<Replay>, command: Command): Promise<void> {
  const line = progressLine();
  const counts = { IDENTICAL: 0, DIFFERENT: 0, UNREPLAYABLE: 0 };
  const others: Replay[] = [];
  for await (const replay of replays) {
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

function replayLine(replay: Replay): string {
  const base = `${replay.decisionId} ${replay.result}`;
  if (replay.result === 'DIFFERENT') return `${base} at ${replay.differences.join(', ')}`;
  return replay.result === 'UNREPLAYABLE' ? `${base} ${replay.cause}` : base;
}
