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
