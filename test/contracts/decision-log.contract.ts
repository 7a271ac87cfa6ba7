import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Commit } from '../../src/app/ports/commit.ts';
import type {
  DecisionFilter,
  DecisionLog,
  DecisionRecord,
} from '../../src/app/ports/decision-log.ts';
import { answerRequest, appendTo } from '../support/commit-one.ts';
import { A_BATCH } from '../support/triggers.ts';
import { idAt, priced, sampleDecision, surfaced, withheld } from './sample-decision.ts';

export interface DecisionLogWorld {
  readonly log: DecisionLog;
  readonly commit: Commit;
  /** Two releases that are stored. */
  readonly releases: readonly [string, string];
  /** Says that a number lives on in another one. */
  readonly merge: (partyId: string, survivorId: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What every decision log does; customers C1 and C2 stand. */
export function decisionLogContract(name: string, open: () => Promise<DecisionLogWorld>): void {
  describe(`the decision log ${name}`, () => {
    let world: DecisionLogWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    const append = (record: DecisionRecord) => appendTo(world.commit, record);
    const sample = (options: Partial<Parameters<typeof sampleDecision>[0]> = {}) =>
      sampleDecision({ releaseDigest: world.releases[0], ...options });

    test('gives back what it was given, with the customer number', async () => {
      const record = sample({ customerId: 'C2' });
      expect(await append(record)).toEqual({ outcome: 'RECORDED' });
      const found = (
        await world.log.findMany([record.id, idAt(record.capsule.live.decidedAt)])
      ).get(record.id);
      expect(found).toEqual({
        id: record.id,
        customerId: 'C2',
        caller: 'agent-1',
        decidedAt: record.capsule.live.decidedAt,
        capsule: record.capsule,
        capsuleAddress: record.capsuleAddress,
      });
    });

    test('stores one decision when fifty ask alike under one request id', async () => {
      const records = Array.from({ length: 50 }, () => sample({ requestId: 'r-alike' }));
      const answers = await Promise.all(records.map(append));
      expect(answers.filter(({ outcome }) => outcome === 'RECORDED')).toHaveLength(1);
      const first = answers.findIndex(({ outcome }) => outcome === 'RECORDED');
      const repeated = { outcome: 'REPEATED', decisionId: records[first]?.id };
      expect(answers.filter(({ outcome }) => outcome !== 'RECORDED')).toEqual(
        Array.from({ length: 49 }, () => repeated),
      );
      const stored = await world.log.findMany(records.map(({ id }) => id));
      expect([...stored.keys()]).toEqual([records[first]?.id]);
    });

    test('refuses other arguments under a request id, and keeps their neighbours', async () => {
      await append(sample({ requestId: 'r-taken' }));
      const rows = Array.from({ length: 50 }, (_, i) =>
        i % 2 === 0
          ? sample({ requestId: 'r-taken', asked: 'otherwise' })
          : sample({ requestId: `r-own-${i}` }),
      );
      const answers = await Promise.all(rows.map(append));
      const expected = rows.map((_, i) => ({ outcome: i % 2 === 0 ? 'CONFLICT' : 'RECORDED' }));
      expect(answers).toEqual(expected);
    });

    test('keeps request ids of two callers apart', async () => {
      await append(sample({ requestId: 'r-same', caller: 'a' }));
      const other = sample({ requestId: 'r-same', caller: 'b', asked: 'else' });
      expect(await append(other)).toEqual({ outcome: 'RECORDED' });
      expect(await world.log.findRequest('b', 'r-same')).toBe(other.id);
      expect(await world.log.findRequest('c', 'r-same')).toBeUndefined();
    });

    test('takes the repetition of one append for that append', async () => {
      const record = sample();
      await append(record);
      expect(await append(record)).toEqual({
        outcome: 'REPEATED',
        decisionId: record.id,
      });
    });

    test('refuses another decision under a taken id alone, whatever goes with it', async () => {
      const record = sample();
      await append(record);
      const others = Array.from({ length: 20 }, () => sample());
      const thief = sample({ id: record.id, candidates: [surfaced('card')] });
      const answers = await Promise.allSettled([...others, thief].map(append));
      expect(answers.map(({ status }) => status)).toEqual([
        ...others.map(() => 'fulfilled'),
        'rejected',
      ]);
      const stored = await world.log.findMany([...others, record].map(({ id }) => id));
      expect(stored.size).toBe(21);
      expect(stored.get(record.id)?.capsule).toEqual(record.capsule);
    });

    test('refuses a decision under a release that is not stored, and it alone', async () => {
      const stray = sample({ releaseDigest: `sha256:${'0'.repeat(64)}` });
      const good = sample();
      const [bad, kept] = await Promise.allSettled([stray, good].map(append));
      expect(bad).toMatchObject({ status: 'rejected' });
      expect(kept).toEqual({ status: 'fulfilled', value: { outcome: 'RECORDED' } });
    });

    test('finds the newest decision on the same arguments since an instant', async () => {
      const at = ['2026-10-01T10:00:00.000Z', '2026-10-01T11:00:00.000Z'] as const;
      const old = sample({ at: at[0], asked: 'reuse' });
      const young = sample({ at: at[1], asked: 'reuse' });
      await Promise.all([old, young].map(append));
      const { caller, argumentsDigest } = old;
      const query = { customerId: 'C1', caller, argumentsDigest, since: at[0] };
      expect((await world.log.findReusable(query))?.id).toBe(young.id);
      const later = { ...query, since: '2026-10-01T11:00:00.001Z' };
      expect(await world.log.findReusable(later)).toBeUndefined();
      expect(await world.log.findReusable({ ...query, customerId: 'C2' })).toBeUndefined();
      expect(await world.log.findReusable({ ...query, caller: 'another' })).toBeUndefined();
    });

    test('lets a request id stand for an earlier decision, and for no other after', async () => {
      const [first, second] = [sample(), sample()];
      await Promise.all([first, second].map(append));
      const { caller, argumentsDigest, id: decisionId } = first;
      const request = { caller, requestId: 'r-reused', argumentsDigest, decisionId };
      expect(await answerRequest(world.commit, request)).toEqual({ outcome: 'RECORDED' });
      expect(await world.log.findRequest(caller, 'r-reused')).toBe(decisionId);
      const again = await answerRequest(world.commit, {
        ...request,
        decisionId: second.id,
      });
      expect(again).toEqual({ outcome: 'REPEATED', decisionId });
      const other = { ...request, argumentsDigest: sample({ asked: 'else' }).argumentsDigest };
      expect(await answerRequest(world.commit, other)).toEqual({ outcome: 'CONFLICT' });
      const appended = await append(sample({ requestId: 'r-reused' }));
      expect(appended).toEqual({ outcome: 'REPEATED', decisionId });
    });

    describe('finds by filter', () => {
      const DAY = '2025-03-0';
      const ids: Record<string, string> = {};
      beforeAll(async () => {
        const rows = {
          plain: sample({ at: `${DAY}1T10:00:00.000Z` }),
          other: sample({
            at: `${DAY}2T10:00:00.000Z`,
            customerId: 'C2',
            releaseDigest: world.releases[1],
            trigger: A_BATCH,
            candidates: [withheld('f.loan', 'ELIGIBILITY', 'f.adult')],
          }),
          mixed: sample({
            at: `${DAY}3T10:00:00.000Z`,
            candidates: [
              surfaced('f.card'),
              priced(withheld('f.loan', 'ARBITRATION', 'f.least'), 'f.loyal'),
              withheld('f.fund', 'ELIGIBILITY', 'f.adult'),
            ],
          }),
        };
        await Promise.all(Object.values(rows).map(append));
        for (const [key, { id }] of Object.entries(rows)) ids[key] = id;
      });

      test.each<[DecisionFilter, readonly string[]]>([
        [{}, ['mixed', 'other', 'plain']],
        [{ customerId: 'C2' }, ['other']],
        [{ customerId: 'nobody' }, []],
        [{ outcome: 'NO_ACTION' }, ['other']],
        [{ outcome: 'ACTIONS' }, ['mixed', 'plain']],
        [{ trigger: 'BATCH' }, ['other']],
        [{ trigger: 'JOURNEY' }, []],
        [{ action: 'f.loan' }, ['mixed', 'other']],
        [{ rule: 'f.adult' }, ['mixed', 'other']],
        [{ rule: 'f.loyal' }, ['mixed']],
        [{ stage: 'ELIGIBILITY' }, ['mixed', 'other']],
        [{ action: 'f.loan', stage: 'ELIGIBILITY' }, ['other']],
        [{ action: 'f.loan', rule: 'f.adult' }, ['other']],
        [{ action: 'f.card', stage: 'SURFACED' }, ['mixed']],
        [{ stage: 'ARBITRATION', rule: 'f.loyal' }, ['mixed']],
        [{ stage: 'ELIGIBILITY', rule: 'f.loyal' }, []],
        [{ action: 'f.loan', stage: 'ARBITRATION', rule: 'f.loyal' }, ['mixed']],
        [{ action: 'f.fund', stage: 'ARBITRATION', rule: 'f.loyal' }, []],
        // Each is true of some candidate of `mixed`, yet not together of one.
        [{ action: 'f.card', stage: 'ELIGIBILITY' }, []],
        [{ action: 'f.fund', rule: 'f.loyal' }, []],
        [{ stage: 'SURFACED', rule: 'f.adult' }, []],
        [{ action: 'f.loan', stage: 'ARBITRATION', rule: 'f.adult' }, []],
        [{ action: 'f.loan', stage: 'ARBITRATION' }, ['mixed']],
        [{ action: 'f.loan', stage: 'ARBITRATION', rule: 'f.least' }, ['mixed']],
        [{ action: 'f.loan', rule: 'f.loyal' }, ['mixed']],
        [{ action: 'f.loan', stage: 'ELIGIBILITY', rule: 'f.adult' }, ['other']],
        [{ stage: 'SURFACED' }, ['mixed', 'plain']],
        [{ action: 'f.card', stage: 'SURFACED', trigger: 'QUERY' }, ['mixed']],
        [{ action: 'f.card', stage: 'SURFACED', outcome: 'NO_ACTION' }, []],
        [{ stage: 'RANK' }, []],
        [{ rule: '' }, []],
        [{ action: '' }, []],
        [{ action: 'f.loan|ELIGIBILITY' }, []],
        [{ action: 'f.%' }, []],
        [{ from: `${DAY}2T10:00:00.000Z`, to: `${DAY}2T10:00:00.000Z` }, ['other']],
        [{ from: `${DAY}2T10:00:00.001Z` }, ['mixed']],
        [{ rule: 'f.adult', customerId: 'C1' }, ['mixed']],
      ])('%j', async (filter, expected) => {
        const window = { from: `${DAY}1T00:00:00.000Z`, to: `${DAY}4T00:00:00.000Z` };
        const found = await world.log.page({ ...window, ...filter }, { first: 10, before: null });
        expect(found.decisions.map(({ id }) => id)).toEqual(expected.map((key) => ids[key]));
        expect(found.hasMore).toBe(false);
      });

      test('from before there was time, and till after there is', async () => {
        const customerId = 'C2';
        const wide = { from: '1969-12-31T23:59:59.999Z', to: '9999-12-31T23:59:59.999Z' };
        const one = { first: 50, before: null };
        const { decisions } = await world.log.page({ ...wide, customerId }, one);
        expect(decisions.map(({ id }) => id)).toContain(ids.other);
        const early = { to: '1960-01-01T00:00:00.000Z', customerId };
        expect((await world.log.page(early, one)).decisions).toEqual([]);
      });

      test('by release', async () => {
        const filter = { release: world.releases[1] };
        const { decisions } = await world.log.page(filter, { first: 10, before: null });
        expect(decisions.map(({ id }) => id)).toEqual([ids.other]);
      });
    });

    test('pages from the newest without a gap, and chunks from the oldest', async () => {
      const at = (i: number) => `2025-01-31T23:59:59.99${i}Z`;
      const all = Array.from({ length: 7 }, (_, i) => sample({ at: at(i), caller: 'pager' }));
      const next = sample({ at: '2025-02-01T00:00:00.000Z', caller: 'pager' });
      await Promise.all([...all, next].map(append));
      const filter = { from: at(0), to: '2025-02-01T00:00:00.000Z' };
      const seen: string[] = [];
      let before: string | null = null;
      for (let more = true; more; ) {
        const page = await world.log.page(filter, { first: 3, before });
        seen.push(...page.decisions.map(({ id }) => id));
        before = seen.at(-1) ?? null;
        more = page.hasMore;
      }
      const ids = [...all, next].map(({ id }) => id);
      expect(seen).toEqual(ids.toReversed());
      const chunk = await world.log.ids(ids[0] ?? null, 3);
      expect(chunk).toEqual(ids.slice(1, 4));
    });

    test('lists under a survivor what was decided for numbers that live on in it', async () => {
      const page = async (customerId: string, before: string | null = null) =>
        (await world.log.page({ customerId }, { first: 100, before })).decisions;
      const idsOf = async (customerId: string) => (await page(customerId)).map(({ id }) => id);
      await append(sample({ customerId: 'C2' }));
      const [own, other] = [await idsOf('C1'), await idsOf('C2')];
      await world.merge('C2', 'C1');
      expect(await idsOf('C1')).toEqual([...own, ...other].toSorted().toReversed());
      expect(await idsOf('C2')).toEqual(other);
      const told = new Map((await page('C1')).map(({ id, customerId }) => [id, customerId]));
      expect(other.map((id) => told.get(id))).toEqual(other.map(() => 'C2'));
    });
  });
}
