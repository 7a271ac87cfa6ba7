import type { RequestAnswered } from '../../../domain/effect.ts';
import type { Commit } from '../../ports/commit.ts';
import type { Appended, DecisionRecord } from '../../ports/decision-log.ts';
import { effectsOf } from './effects-of.ts';

/** Makes one decision durable, with all that follows from it. */
export async function recordDecision(record: DecisionRecord, commit: Commit): Promise<Appended> {
  const committed = await commit({ decisions: [record], effects: effectsOf(record) });
  const [appended] = committed.decisions;
  if (appended === undefined) throw new Error('the commit gave the decision no answer');
  return appended;
}

/** Makes a request id stand for a decision that was made before. */
export async function recordReuse(
  request: Omit<RequestAnswered, 'effect' | 'follows'>,
  commit: Commit,
): Promise<Appended> {
  const effect = { effect: 'REQUEST_ANSWERED', follows: null, ...request } as const;
  const committed = await commit({ decisions: [], effects: [effect] });
  const [answered] = committed.effects;
  if (answered === undefined || answered.outcome === 'DROPPED') {
    throw new Error('the commit gave the request no answer');
  }
  return answered;
}
