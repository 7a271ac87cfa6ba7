import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { effectsOf } from '../../src/app/decisions/deciding/effects-of.ts';
import type { Commit } from '../../src/app/ports/commit.ts';
import type { DecisionLog, DecisionRecord } from '../../src/app/ports/decision-log.ts';
import type { Effect } from '../../src/domain/effect.ts';
import { uuidv7 } from '../../src/domain/id.ts';
import { sampleDecision } from './sample-decision.ts';

export interface CommitWorld {
  readonly log: DecisionLog;
  readonly commit: Commit;
  /** The keys of all jobs that were queued. */
  readonly queued: () => Promise<readonly string[]>;
  /** A release that is stored. */
  readonly release: string;
  readonly close: () => Promise<void>;
}

/** A job about a decision, which follows from it. */
export function jobOf({ id }: { readonly id: string }, key = id): Effect {
  return { effect: 'JOB_QUEUED', follows: id, kind: 'second-opinion', key, ids: [id] };
}

const RECORDED = { outcome: 'RECORDED' } as const;
const DROPPED = { outcome: 'DROPPED' } as const;
const CONFLICT = { outcome: 'CONFLICT' } as const;
const repeated = (decisionId: string) => ({ outcome: 'REPEATED', decisionId }) as const;

/** What every commit with effects does; customer C1 stands. */
export function commitContract(name: string, open: () => Promise<CommitWorld>): void {
  describe(`a commit with effects ${name}`, () => {
    let world: CommitWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    const sample = (options: Partial<Parameters<typeof sampleDecision>[0]> = {}) =>
      sampleDecision({ releaseDigest: world.release, ...options });
    const commitOne = (record: DecisionRecord, ...effects: readonly Effect[]) =>
      world.commit({ decisions: [record], effects });
    const jobsOf = async (...records: readonly DecisionRecord[]) => {
      const ids = new Set(records.map(({ id }) => id));
      return (await world.queued()).filter((key) => ids.has(key)).toSorted();
    };
    const answered = (
      record: DecisionRecord,
      requestId: string,
      follows: string | null = null,
    ) => {
      const { caller, argumentsDigest, id: decisionId } = record;
      const request = { caller, requestId, argumentsDigest, decisionId };
      return { effect: 'REQUEST_ANSWERED', follows, ...request } as const;
    };

    test('queues the job of a decision together with it', async () => {
      const record = sample();
      const done = await commitOne(record, jobOf(record));
      expect(done).toEqual({ decisions: [RECORDED], effects: [RECORDED] });
      expect(await jobsOf(record)).toEqual([record.id]);
      expect((await world.log.findMany([record.id])).size).toBe(1);
    });

    test('queues none for a request answered before, nor for one that conflicts', async () => {
      const first = sample({ requestId: 'e-taken' });
      const again = sample({ requestId: 'e-taken' });
      const other = sample({ requestId: 'e-taken', asked: 'otherwise' });
      await commitOne(first, jobOf(first));
      const later = await Promise.all([again, other].map((one) => commitOne(one, jobOf(one))));
      expect(later).toEqual([
        { decisions: [repeated(first.id)], effects: [DROPPED] },
        { decisions: [CONFLICT], effects: [DROPPED] },
      ]);
      expect(await jobsOf(first, again, other)).toEqual([first.id]);
    });

    test('takes the repetition of a commit for that commit', async () => {
      const record = sample();
      await commitOne(record, jobOf(record));
      const done = await commitOne(record, jobOf(record));
      expect(done).toEqual({ decisions: [repeated(record.id)], effects: [DROPPED] });
      expect(await jobsOf(record)).toEqual([record.id]);
    });

    test('gives each decision of a commitment its own fate, and its effects too', async () => {
      const before = sample({ requestId: 'e-before' });
      const stored = sample();
      await commitOne(before);
      await commitOne(stored);
      const fresh = sample();
      const taken = sample({ requestId: 'e-before' });
      const decisions = [stored, taken, fresh];
      const done = await world.commit({ decisions, effects: decisions.map((one) => jobOf(one)) });
      expect(done).toEqual({
        decisions: [repeated(stored.id), repeated(before.id), RECORDED],
        effects: [DROPPED, DROPPED, RECORDED],
      });
      expect(await jobsOf(stored, taken, fresh)).toEqual([fresh.id]);
    });

    test('answers requests and queues jobs beside decisions, each by itself', async () => {
      const base = sample();
      await commitOne(base);
      const record = sample();
      const effects = [
        answered(base, 'e-reused'),
        jobOf(record),
        answered(base, 'e-reused'),
        { ...jobOf(base, `${base.id}-alone`), follows: null },
        answered(record, 'e-followed', record.id),
      ];
      const done = await world.commit({ decisions: [record], effects });
      expect(done).toEqual({
        decisions: [RECORDED],
        effects: [RECORDED, RECORDED, repeated(base.id), RECORDED, RECORDED],
      });
      expect(await world.log.findRequest(base.caller, 'e-reused')).toBe(base.id);
      expect(await world.log.findRequest(record.caller, 'e-followed')).toBe(record.id);
      expect(await world.queued()).toContain(`${base.id}-alone`);
    });

    test('lets one request stand for one decision, whoever of many asks', async () => {
      const records = Array.from({ length: 20 }, () => sample());
      await Promise.all(records.map((one) => commitOne(one)));
      const done = await Promise.all(
        records.map((one) => world.commit({ decisions: [], effects: [answered(one, 'e-one')] })),
      );
      const outcomes = done.flatMap(({ effects }) => effects);
      expect(outcomes.filter(({ outcome }) => outcome === 'RECORDED')).toHaveLength(1);
      const winner = records[outcomes.findIndex(({ outcome }) => outcome === 'RECORDED')];
      expect(outcomes.filter(({ outcome }) => outcome !== 'RECORDED')).toEqual(
        Array.from({ length: 19 }, () => repeated(winner?.id ?? '')),
      );
    });

    test('refuses an effect of what is not committed with it, and it alone', async () => {
      const [stray, good] = [sample(), sample()];
      const effects = [jobOf(sample()), jobOf(stray)];
      const [bad, kept] = await Promise.allSettled([
        world.commit({ decisions: [stray], effects }),
        commitOne(good, jobOf(good)),
      ]);
      expect(bad).toMatchObject({ status: 'rejected' });
      expect(kept).toMatchObject({ status: 'fulfilled' });
      expect((await world.log.findMany([stray.id, good.id])).has(stray.id)).toBe(false);
      expect(await jobsOf(stray, good)).toEqual([good.id]);
    });

    test('queues exactly one job a chosen decision when a thousand commit at once', async () => {
      const records = Array.from({ length: 1_000 }, (_, i) => {
        const at = '2026-11-24T09:30:00.000Z';
        const id = uuidv7(Date.parse(at), randomBytes(10));
        // Every request is asked twice, by two who do not wait for each other.
        return sample({ id, requestId: `e-${Math.floor(i / 2)}` });
      });
      const done = await Promise.all(records.map((one) => commitOne(one, ...effectsOf(one))));
      const recorded = records.filter((_, i) => done[i]?.decisions[0]?.outcome === 'RECORDED');
      expect(recorded).toHaveLength(500);
      const chosen = recorded.filter((one) => effectsOf(one).length > 0).map(({ id }) => id);
      expect(await jobsOf(...records)).toEqual(chosen.toSorted());
    });
  });
}
