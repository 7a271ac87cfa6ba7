import type { Commit } from '../../src/app/ports/commit.ts';
import type { Appended, DecisionRecord } from '../../src/app/ports/decision-log.ts';
import type { RequestAnswered } from '../../src/domain/effect.ts';

/** Commits one decision that nothing follows from. */
export async function appendTo(commit: Commit, record: DecisionRecord): Promise<Appended> {
  const { decisions } = await commit({ decisions: [record], effects: [] });
  return answered(decisions[0]);
}

/** Commits alone that a request is answered by a decision on record. */
export async function answerRequest(
  commit: Commit,
  request: Omit<RequestAnswered, 'effect'>,
): Promise<Appended> {
  const effect = { effect: 'REQUEST_ANSWERED', follows: null, ...request } as const;
  const { effects } = await commit({ decisions: [], effects: [effect] });
  const [outcome] = effects;
  return answered(outcome?.outcome === 'DROPPED' ? undefined : outcome);
}

function answered(outcome: Appended | undefined): Appended {
  if (outcome === undefined) throw new Error('the commit gave no answer');
  return outcome;
}
