import type { Commit, Commitment, EffectOutcome } from '../../src/app/ports/commit.ts';
import type {
  Appended,
  DecisionLog,
  DecisionRecord,
  StoredDecision,
} from '../../src/app/ports/decision-log.ts';
import type { Effect, RequestAnswered } from '../../src/domain/effect.ts';
import type { Job } from '../../src/domain/job.ts';

/** A decision log in memory, of one customer, and what writes it. */
export interface FakeLog {
  readonly log: DecisionLog;
  readonly commit: Commit;
  /** The jobs that were queued, oldest first. */
  readonly jobs: readonly Job[];
}

/** Makes an empty one. */
export function fakeLog(customerId: string): FakeLog {
  const memory: Memory = { customerId, kept: new Map(), requests: new Map(), jobs: [] };
  return {
    log: logOf(memory),
    commit: async (commitment) => commitTo(memory, commitment),
    jobs: memory.jobs,
  };
}

interface Kept {
  readonly stored: StoredDecision;
  readonly argumentsDigest: string;
}

type Request = Pick<RequestAnswered, 'decisionId' | 'argumentsDigest'>;

interface Memory {
  readonly customerId: string;
  readonly kept: Map<string, Kept>;
  readonly requests: Map<string, Request>;
  readonly jobs: Job[];
}

function commitTo(memory: Memory, { decisions, effects }: Commitment) {
  const ids = new Set(decisions.map(({ id }) => id));
  const stray = effects.find(({ follows }) => follows !== null && !ids.has(follows));
  if (stray !== undefined) throw new Error('an effect follows what is not committed with it');
  const appended = decisions.map((record) => append(memory, record));
  const recorded = new Set(
    decisions.flatMap(({ id }, i) => (appended[i]?.outcome === 'RECORDED' ? [id] : [])),
  );
  const applied = effects.map((effect): EffectOutcome => {
    const stands = effect.follows === null || recorded.has(effect.follows);
    return stands ? apply(memory, effect) : { outcome: 'DROPPED' };
  });
  return { decisions: appended, effects: applied };
}

function append(memory: Memory, record: DecisionRecord): Appended {
  const { requestId, argumentsDigest, ...rest } = record;
  const { id, caller, capsule, capsuleAddress } = rest;
  const before = memory.kept.get(id);
  if (before !== undefined) {
    if (before.stored.capsuleAddress !== capsuleAddress) throw new Error('the id is taken');
    return { outcome: 'REPEATED', decisionId: id };
  }
  const request = { caller, requestId, argumentsDigest, decisionId: id };
  const appended: Appended =
    requestId === null ? { outcome: 'RECORDED' } : answer(memory, { ...request, requestId });
  const { decidedAt } = capsule.live;
  const stored = { ...rest, customerId: memory.customerId, decidedAt };
  if (appended.outcome === 'RECORDED') memory.kept.set(id, { stored, argumentsDigest });
  return appended;
}

function apply(memory: Memory, effect: Effect): EffectOutcome {
  if (effect.effect === 'REQUEST_ANSWERED') return answer(memory, effect);
  const { kind, key, ids } = effect;
  memory.jobs.push({ kind, key, ids });
  return { outcome: 'RECORDED' };
}

function answer({ requests }: Memory, request: Omit<RequestAnswered, 'effect'>): Appended {
  const name = `${request.caller} ${request.requestId}`;
  const before = requests.get(name);
  if (before === undefined) requests.set(name, request);
  if (before === undefined) return { outcome: 'RECORDED' };
  return before.argumentsDigest === request.argumentsDigest
    ? { outcome: 'REPEATED', decisionId: before.decisionId }
    : { outcome: 'CONFLICT' };
}

function logOf({ kept, requests }: Memory): DecisionLog {
  const newestFirst = () => [...kept.values()].toReversed();
  return {
    findMany: async (ids) =>
      new Map([...kept].flatMap(([id, { stored }]) => (ids.includes(id) ? [[id, stored]] : []))),
    findRequest: async (caller, requestId) => requests.get(`${caller} ${requestId}`)?.decisionId,
    findReusable: async (query) =>
      newestFirst().find(
        (one) =>
          one.stored.caller === query.caller &&
          one.argumentsDigest === query.argumentsDigest &&
          one.stored.decidedAt >= query.since,
      )?.stored,
    page: async () => ({ decisions: newestFirst().map(({ stored }) => stored), hasMore: false }),
    ids: async () => [...kept.keys()],
  };
}
