import type { Commit, Commitment, EffectOutcome } from '../../../src/app/ports/commit.ts';
import type {
  Appended,
  DecisionLog,
  DecisionRecord,
  StoredDecision,
} from '../../../src/app/ports/decision-log.ts';
import type { PartyMergeRecord } from '../../../src/domain/bank-record.ts';
import type { Digest } from '../../../src/domain/digest.ts';
import type { Effect, RequestAnswered } from '../../../src/domain/effect.ts';
import type { Uuid } from '../../../src/domain/id.ts';
import { END_OF_TIME } from '../../../src/domain/instant.ts';
import type { Job } from '../../../src/domain/job.ts';
import { mergesKnownAt, numbersMergedInto } from '../../../src/domain/merged-numbers.ts';
import { matchesFilter } from './log-filter.ts';

/** What a log knows of the bank beside it. */
export interface AroundLog {
  /** The number of a customer; undefined where the bank has none by this id. */
  readonly numberOf: (customer: Uuid) => string | undefined;
  /** Which numbers live on in others; absent: none does. */
  readonly merges?: () => readonly PartyMergeRecord[];
  /** Whether a release is stored: under no other may a decision be recorded. */
  readonly hasRelease: (digest: Digest) => boolean;
}

/** A decision log in memory and what writes it, held to the contracts of the real ones. */
export interface FakeLog {
  readonly log: DecisionLog;
  readonly commit: Commit;
  /** The jobs that were queued, oldest first. */
  readonly jobs: readonly Job[];
}

/** Makes an empty one. */
export function fakeLog(around: AroundLog): FakeLog {
  const memory: Memory = { around, kept: new Map(), requests: new Map(), jobs: [] };
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
  readonly around: AroundLog;
  readonly kept: Map<string, Kept>;
  readonly requests: Map<string, Request>;
  readonly jobs: Job[];
}

function commitTo(memory: Memory, { decisions, effects }: Commitment) {
  const ids = new Set(decisions.map(({ id }) => id));
  const stray = effects.find(({ follows }) => follows !== null && !ids.has(follows));
  if (stray !== undefined) throw new Error('an effect follows what is not committed with it');
  // All of a commitment or nothing: what is refused is refused before anything is kept.
  for (const record of decisions) refuseStray(memory, record);
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

function refuseStray({ around, kept }: Memory, record: DecisionRecord): void {
  const { id, capsule, capsuleAddress } = record;
  if (around.numberOf(capsule.customer) === undefined) throw new Error('no such customer');
  if (!around.hasRelease(capsule.releaseDigest)) throw new Error('no such release');
  const before = kept.get(id)?.stored.capsuleAddress ?? capsuleAddress;
  if (before !== capsuleAddress) throw new Error('the id is taken');
}

function append(memory: Memory, record: DecisionRecord): Appended {
  const { id, caller, capsule, capsuleAddress, requestId, argumentsDigest } = record;
  if (memory.kept.has(id)) return { outcome: 'REPEATED', decisionId: id };
  const request = { caller, requestId, argumentsDigest, decisionId: id };
  const appended: Appended =
    requestId === null ? { outcome: 'RECORDED' } : answer(memory, { ...request, requestId });
  const { decidedAt } = capsule.live;
  const customerId = memory.around.numberOf(capsule.customer) ?? '';
  const stored = { id, customerId, caller, decidedAt, capsule, capsuleAddress };
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
  const name = nameOf(request.caller, request.requestId);
  const before = requests.get(name);
  if (before === undefined) requests.set(name, request);
  if (before === undefined) return { outcome: 'RECORDED' };
  return before.argumentsDigest === request.argumentsDigest
    ? { outcome: 'REPEATED', decisionId: before.decisionId }
    : { outcome: 'CONFLICT' };
}

function logOf({ around, kept, requests }: Memory): DecisionLog {
  const numbersOf = (customerId: string) => [
    customerId,
    ...numbersMergedInto(customerId, mergesKnownAt(around.merges?.() ?? [], END_OF_TIME)),
  ];
  const oldestFirst = () => [...kept.values()].toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
  const newestFirst = () => oldestFirst().toReversed();
  return {
    findMany: async (ids) =>
      new Map([...kept].flatMap(([id, { stored }]) => (ids.includes(id) ? [[id, stored]] : []))),
    findRequest: async (caller, requestId) => requests.get(nameOf(caller, requestId))?.decisionId,
    findReusable: async ({ customerId, caller, argumentsDigest, since }) =>
      newestFirst().find(
        (one) =>
          one.stored.customerId === customerId &&
          one.stored.caller === caller &&
          one.argumentsDigest === argumentsDigest &&
          one.stored.decidedAt >= since,
      )?.stored,
    page: async (filter, { first, before }) => {
      const found = newestFirst()
        .map(({ stored }) => stored)
        .filter((one) => {
          const { customerId } = one;
          const asked = filter.customerId ?? customerId;
          // Of a number that was merged into the one asked for as if it were that.
          const known = numbersOf(asked).includes(customerId) ? asked : customerId;
          const isOlder = before === null || one.id < before;
          return isOlder && matchesFilter({ ...one, customerId: known }, filter);
        });
      return { decisions: found.slice(0, first), hasMore: found.length > first };
    },
    ids: async (after, limit) =>
      oldestFirst()
        .map(({ stored }) => stored.id)
        .filter((id) => after === null || id > after)
        .slice(0, limit),
  };
}

function isBefore(a: Kept, b: Kept): boolean {
  return a.stored.id < b.stored.id;
}

function nameOf(caller: string, requestId: string): string {
  return JSON.stringify([caller, requestId]);
}
