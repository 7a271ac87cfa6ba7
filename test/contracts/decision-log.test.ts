import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCommitWriter } from '../../src/adapters/postgres/decisions/commit-writer.ts';
import { createDecisionLog } from '../../src/adapters/postgres/decisions/decision-log.ts';
import { ensurePartitions } from '../../src/adapters/postgres/decisions/decision-partitions.ts';
import type { DecisionRecord } from '../../src/app/ports/decision-log.ts';
import { Overload } from '../../src/app/ports/overload.ts';
import type { PartyMergeRecord } from '../../src/domain/bank-record.ts';
import { appendTo } from '../support/commit-one.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import { fakeLog } from '../support/fakes/fake-log.ts';
import { decisionLogContract } from './decision-log.contract.ts';
import { give, giveCustomers, openRig, type Rig } from './postgres-rig.ts';
import { sampleDecision, surfaced, withheld } from './sample-decision.ts';
import { giveReleases } from './sample-release.ts';

const MERGED = '2026-05-01T00:00:00.000Z';

decisionLogContract('in PostgreSQL', async () => {
  const rig = await openRig();
  await giveCustomers(rig.database, ['C1', 'C2']);
  const releases = await giveReleases(rig.registry);
  const log = createDecisionLog({ reader: rig.as('AUDITOR') });
  const commit = createCommitWriter(rig.as('SERVICE'), { owner: rig.database });
  const merge = (partyId: string, survivorId: string) =>
    give(rig.database, 'party_merge', [{ partyId, survivorId, recordedAt: MERGED }]);
  return { log, commit, releases, merge, close: rig.close };
});

decisionLogContract('in memory', async () => {
  const releases = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`);
  const merges: PartyMergeRecord[] = [];
  const numbers = new Map(['C1', 'C2'].map((id) => [customerUuid(id), id]));
  const { log, commit } = fakeLog({
    numberOf: (customer) => numbers.get(customer),
    hasRelease: (digest) => releases.includes(digest),
    merges: () => merges,
  });
  const [first = '', second = ''] = releases;
  return {
    ...{ log, commit, releases: [first, second], close: async () => {} },
    merge: async (partyId, survivorId) => {
      merges.push({ partyId, survivorId, recordedAt: MERGED });
    },
  };
});

describe('the decision log of one process among several', () => {
  let rig: Rig;
  let release: string;
  beforeAll(async () => {
    rig = await openRig();
    await giveCustomers(rig.database, ['C1']);
    [release] = await giveReleases(rig.registry);
  });
  afterAll(() => rig.close());
  const openLog = (options = {}) => {
    const commit = createCommitWriter(rig.pool(1), options);
    return {
      ...createDecisionLog({ reader: rig.database }),
      append: (record: DecisionRecord) => appendTo(commit, record),
    };
  };

  test('commits what waited meanwhile in one statement', async () => {
    const log = openLog();
    await log.append(sampleDecision({ releaseDigest: release }));
    rig.statements();
    const waiting = Array.from({ length: 40 }, () => sampleDecision({ releaseDigest: release }));
    await Promise.all(waiting.map(log.append));
    const inserts = rig.statements().filter((text) => text.includes('insert into decision'));
    expect(inserts).toHaveLength(1);
  });

  test('stores one decision when two processes answer the same requests', async () => {
    const logs = [openLog(), openLog()];
    const asked = Array.from({ length: 50 }, (_, i) => i);
    const answers = await Promise.all(
      asked.flatMap((i) =>
        logs.map((log, side) => {
          const requestId = `both-${side === 0 ? i : 49 - i}`;
          return log.append(sampleDecision({ releaseDigest: release, requestId }));
        }),
      ),
    );
    const outcomes = answers.map(({ outcome }) => outcome).toSorted();
    expect(outcomes).toEqual([...asked.map(() => 'RECORDED'), ...asked.map(() => 'REPEATED')]);
    const [row] = await rig.database.query<{ count: number }>(
      `select count(*) from decision_request r join decision d on d.id = r.decision_id
       where request_id like 'both-%'`,
    );
    expect(row?.count).toBe(50);
  });

  test('gives what happened to a candidate one code for ever', async () => {
    const codes = () => rig.database.query('select code, kind, name from code order by code');
    const candidates = [withheld('loan', 'ELIGIBILITY', 'adult'), surfaced('card')];
    await openLog().append(sampleDecision({ releaseDigest: release, candidates }));
    const before = await codes();
    const again = sampleDecision({ releaseDigest: release, candidates: candidates.toReversed() });
    await openLog().append(again);
    expect(await codes()).toEqual(before);
    const [row] = await rig.database.query<{ tags: readonly number[] }>(
      'select tags from decision where id = $1',
      [again.id],
    );
    expect(row?.tags).toHaveLength(4);
  });

  test('refuses more than may wait, and keeps what it took', async () => {
    const log = openLog({ mostWaiting: 10 });
    const many = Array.from({ length: 25 }, () => sampleDecision({ releaseDigest: release }));
    const answers = await Promise.allSettled(many.map(log.append));
    const refused = answers.flatMap((a) => (a.status === 'rejected' ? [a.reason] : []));
    expect(refused).toHaveLength(15);
    expect(refused.every((reason) => reason instanceof Overload)).toBe(true);
    expect((await log.findMany(many.map(({ id }) => id))).size).toBe(10);
  });

  test('makes the same months once when twenty ask at once, and none twice', async () => {
    const pools = Array.from({ length: 4 }, () => rig.pool(2));
    const calls = Array.from({ length: 20 }, (_, i) =>
      ensurePartitions(pools[i % 4] ?? rig.database, '2027-11-15T00:00:00.000Z', 3),
    );
    await Promise.all(calls);
    await ensurePartitions(rig.database, '2027-12-01T00:00:00.000Z', 2);
    const rows = await rig.database.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits
       where inhparent = 'decision'::regclass and inhrelid::regclass::text > 'decision_p2027_10'
       order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'decision_p2027_11',
      'decision_p2027_12',
      'decision_p2028_01',
    ]);
  });

  test('takes no decision of a month that nobody made, but by the owner', async () => {
    const at = '2029-07-01T12:00:00.000Z';
    const record = sampleDecision({ releaseDigest: release, at });
    const alone = createCommitWriter(rig.as('SERVICE'));
    await expect(appendTo(alone, record)).rejects.toMatchObject({
      name: 'Outage',
      dependency: 'WRITES',
    });
    const owner = rig.database;
    const prepared = createCommitWriter(rig.as('SERVICE'), { owner });
    expect(await appendTo(prepared, record)).toEqual({ outcome: 'RECORDED' });
    const next = sampleDecision({ releaseDigest: release, at });
    expect(await appendTo(alone, next)).toEqual({ outcome: 'RECORDED' });
  });

  test('makes the month that a decision lacks, for two processes at once', async () => {
    const at = ['2031-05-31T23:59:59.999Z', '2031-06-01T00:00:00.000Z'] as const;
    const records = at.flatMap((instant) => [
      sampleDecision({ releaseDigest: release, at: instant }),
      sampleDecision({ releaseDigest: release, at: instant }),
    ]);
    const logs = [openLog(), openLog()];
    const answers = await Promise.all(records.map((record, i) => logs[i % 2]?.append(record)));
    expect(answers).toEqual(records.map(() => ({ outcome: 'RECORDED' })));
    const rows = await rig.database.query<{ name: string; count: number }>(
      `select tableoid::regclass::text as name, count(*) from decision where id > $1
       group by 1 order by 1`,
      ['01c00000-0000-0000-0000-000000000000'],
    );
    expect(rows).toEqual([
      { name: 'decision_p2031_05', count: 2 },
      { name: 'decision_p2031_06', count: 2 },
    ]);
  });
});
