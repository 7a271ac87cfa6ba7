import type { LoadedRelease } from '../../../domain/deciding.ts';
import { type Decision, decisionInput } from '../../../domain/decision.ts';
import type { CustomerLiveState, LiveState } from '../../../domain/live-state.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import { decide } from '../../../engine/decide.ts';

/** What is asked about a customer. Its id and instant are drawn before, so deciding stays pure. */
export interface Question
  extends Pick<
    LiveState,
    | 'decisionId'
    | 'decidedAt'
    | 'channel'
    | 'placement'
    | 'trigger'
    | 'authority'
    | 'context'
    | 'first'
  > {
  readonly customerId: string;
}

/** What is known of a customer at the point in time that is looked at. */
export interface KnownCustomer
  extends Pick<LiveState, 'businessDate' | 'language' | 'arm' | 'overdue'> {
  readonly snapshot: LoadedSnapshot;
  readonly live: CustomerLiveState;
}

/** A decision, with the live state that is stored by value beside it. */
export interface Decided {
  readonly live: LiveState;
  readonly decision: Decision;
}

/**
 * Decides questions about known customers under one release, each answered in its place.
 * INVARIANT: this is the only caller of the engine's `decide`: whoever decides, decides by it.
 */
export function decideMany(
  questions: readonly Question[],
  present: ReadonlyMap<string, KnownCustomer>,
  release: LoadedRelease,
): readonly Decided[] {
  return questions.map((question) => {
    const known = present.get(question.customerId);
    if (known === undefined) throw new Error('a question is about a customer who is not known');
    const live = liveStateFor(question, known);
    return { live, decision: decide(decisionInput(known.snapshot, live), release) };
  });
}

/** The state of the moment as it is stored by value: what is known and what is asked. */
export function liveStateFor(question: Question, known: KnownCustomer): LiveState {
  const { businessDate, language, arm } = known;
  const { decisionId, decidedAt, channel, placement, trigger, context, first } = question;
  return {
    ...known.live,
    ...(known.overdue !== undefined && { overdue: known.overdue }),
    decisionId,
    decidedAt,
    businessDate,
    channel,
    placement,
    language,
    trigger,
    ...(question.authority !== undefined && { authority: question.authority }),
    context,
    first,
    arm,
  };
}
