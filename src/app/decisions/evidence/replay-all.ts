import type { Uuid } from '../../../domain/id.ts';
import type { DecisionLog } from '../../ports/decision-log.ts';
import type { Replay, Replayer } from './replay-decision.ts';

const CHUNK = 500;

/** Replays under way together: their reads share round trips. */
const TOGETHER = 25;

/** Decides every stored decision again, oldest first; what cannot be read has its place. */
export async function* replayAll(
  replayer: Pick<Replayer, 'replayStored'>,
  log: Pick<DecisionLog, 'ids' | 'findMany'>,
): AsyncGenerator<Replay> {
  for (let after: Uuid | null = null; ; ) {
    const ids: readonly Uuid[] = await log.ids(after, CHUNK);
    if (ids.length === 0) return;
    const stored = [...(await log.findMany(ids)).values()];
    for (let from = 0; from < stored.length; from += TOGETHER) {
      const some = stored.slice(from, from + TOGETHER);
      yield* await Promise.all(some.map((one) => replayer.replayStored(one)));
    }
    after = ids.at(-1) ?? null;
  }
}
