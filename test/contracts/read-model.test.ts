import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createCommitWriter } from '../../src/adapters/postgres/decisions/commit-writer.ts';
import { createDecisionLog } from '../../src/adapters/postgres/decisions/decision-log.ts';
import { createSnapshotStore } from '../../src/adapters/postgres/moments/snapshot-store.ts';
import { createReadModel } from '../../src/adapters/postgres/read-model/read-model.ts';
import { mendReadModel, type ReadModelDeps } from '../../src/app/monitoring/mend-read-model.ts';
import type { Appended, DecisionRecord } from '../../src/app/ports/decision-log.ts';
import { digestsOf } from '../../src/app/releases/release-shelf.ts';
import type { Candidate } from '../../src/domain/decision.ts';
import { digestOf } from '../../src/domain/digest.ts';
import type { FactSheet } from '../../src/domain/fact.ts';
import { binsOf } from '../../src/domain/fact-bins.ts';
import { appendTo } from '../support/commit-one.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import { fakeLog } from '../support/fakes/fake-log.ts';
import { fakeMoments } from '../support/fakes/fake-moments.ts';
import { fakeReadModel } from '../support/fakes/fake-read-model.ts';
import { fakeRecords } from '../support/fakes/fake-records.ts';
import { smallBody } from '../support/small-release.ts';
import { giveCustomers, openRig, type Rig, TODAY } from './postgres-rig.ts';
import { readModelContract } from './read-model.contract.ts';
import { sampleDecision, surfaced, withheld } from './sample-decision.ts';
import { giveReleases } from './sample-release.ts';

const scored = (candidate: Candidate, rawPpm: number, expectedValueMinor: number): Candidate => ({
  ...candidate,
  propensity: { basis: 'FOREST', calibratedPpm: 1, rawPpm, forest: 'f' },
  expectedValueMinor,
});

const anyCandidate: fc.Arbitrary<Candidate> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('loan', 'card'),
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.maxSafeNat(),
    )
    .map(([id, raw, value]) => scored(surfaced(id), raw, value)),
  fc.constantFrom('save', 'fund').map((id) => ({ ...surfaced(id), outcome: 'RANKED' as const })),
  fc
    .tuple(fc.constantFrom('mortgage', 'travel'), fc.constantFrom('adult', 'declined-lately'))
    .map(([id, rule]) => withheld(id, 'ELIGIBILITY', rule)),
);

readModelContract('in PostgreSQL', async () => {
  const rig = await openRig();
  await giveCustomers(rig.database, ['A', 'B']);
  const [release] = await giveReleases(rig.registry);
  return {
    readModel: createReadModel(rig.as('OWNER', 4)),
    log: createDecisionLog({ reader: rig.as('AUDITOR') }),
    commit: createCommitWriter(rig.as('SERVICE'), { owner: rig.database }),
    snapshots: createSnapshotStore(rig.as('SERVICE', 4)),
    release,
    loseRows: async () => void (await rig.database.query('delete from decision_outcome')),
    loseBins: async () => void (await rig.database.query('delete from sheet_bins')),
    close: rig.close,
  };
});

readModelContract('in memory', async () => {
  const records = fakeRecords();
  for (const partyId of ['A', 'B']) records.openCustomer(partyId);
  const bank = { mode: 'BANK', businessDate: TODAY, records } as const;
  const { snapshots } = fakeMoments({ ...bank, activeRelease: async () => undefined });
  const { log, commit } = fakeLog({ numberOf: () => 'A', hasRelease: () => true });
  const fake = fakeReadModel(commit, snapshots);
  return {
    ...fake,
    log,
    release: digestOf('a release'),
    loseRows: async () => fake.loseRows(),
    loseBins: async () => fake.loseBins(),
    close: async () => {},
  };
});

describe('the read model in PostgreSQL', () => {
  let rig: Rig;
  let append: (record: DecisionRecord) => Promise<Appended>;
  let deps: ReadModelDeps;
  let release: string;
  const body = smallBody();
  const { factsDigest } = digestsOf(body);

  beforeAll(async () => {
    rig = await openRig();
    await giveCustomers(rig.database, ['C1', 'C2']);
    [release] = await giveReleases(rig.registry);
    const log = createDecisionLog({ reader: rig.database });
    const commit = createCommitWriter(rig.pool(1));
    append = (record) => appendTo(commit, record);
    const releaseStore = {
      list: async () => [{ digest: 'd' }] as never,
      load: async () => ({ digest: 'd', body }),
    };
    deps = { log, readModel: createReadModel(rig.database), releaseStore };
  });
  afterAll(() => rig.close());

  test('counts every candidate of every capsule by action, stage and rule', async () => {
    const many = fc.sample(fc.array(anyCandidate, { maxLength: 8 }), { numRuns: 60, seed: 11 });
    const records = many.map((candidates, i) =>
      sampleDecision({
        releaseDigest: release,
        candidates,
        customerId: i % 3 === 0 ? 'C2' : 'C1',
        at: i % 2 === 0 ? '2026-10-05T10:00:00.000Z' : '2026-11-24T09:30:00.000Z',
      }),
    );
    await Promise.all(records.map(append));
    const told = await rig.database.query<{ name: string; count: number; value: number | null }>(
      `select c.name, count(*), max(x.value) as value
       from decision_outcome o
       cross join lateral unnest(o.candidates, o.expected_values) as x(code, value)
       join code c on c.code = x.code group by c.name order by c.name`,
    );
    const wanted = new Map<string, { count: number; value: number | null }>();
    for (const candidate of many.flat()) {
      const { actionId, outcome, withheld: why, expectedValueMinor = null } = candidate;
      const stage = why?.stage ?? (outcome === 'RANKED' ? 'RANK' : 'SURFACED');
      const name = `${actionId}|${stage}|${why?.rule ?? ''}`;
      const before = wanted.get(name) ?? { count: 0, value: null };
      const values = [before.value, expectedValueMinor].filter((value) => value !== null);
      const value = values.length === 0 ? null : Math.max(...values);
      wanted.set(name, { count: before.count + 1, value });
    }
    expect(told).toEqual(
      [...wanted]
        .map(([name, row]) => ({ name, ...row }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
    const report = await mendReadModel({ mend: false }, deps);
    expect(report).toMatchObject({ decisions: 60, differing: 0, unreadable: 0 });
    expect(report.extent).toMatchObject({ decisions: 60, outcomes: 60 });
  });

  test('has no row for a decision that was not recorded', async () => {
    const ask = () => sampleDecision({ releaseDigest: release, requestId: 'once' });
    await append(ask());
    const twice = ask();
    expect(await append(twice)).toMatchObject({ outcome: 'REPEATED' });
    const rows = await rig.database.query('select id from decision_outcome where id = $1', [
      twice.id,
    ]);
    expect(rows).toEqual([]);
  });

  test.each<[string, string]>([
    ['lost', 'delete from decision_outcome'],
    ['of another score', "update decision_outcome set scores = '{7}'"],
    ['of another channel', 'update decision_outcome set channel = 0'],
    ['of the other arm', 'update decision_outcome set in_control = not in_control'],
  ])('finds a row that is %s, and makes it anew', async (_, spoil) => {
    const record = sampleDecision({ releaseDigest: release });
    await append(record);
    const read = async () =>
      rig.database.query('select * from decision_outcome where id = $1', [record.id]);
    const before = await read();
    await rig.database.query(`${spoil} where id = $1`, [record.id]);
    expect(await mendReadModel({ mend: false }, deps)).toMatchObject({ differing: 1 });
    expect(await read()).not.toEqual(before);
    expect(await mendReadModel({ mend: true }, deps)).toMatchObject({ differing: 1 });
    expect(await read()).toEqual(before);
    expect(await mendReadModel({ mend: false }, deps)).toMatchObject({ differing: 0 });
  });

  test('bins a sheet when it is stored, and one that lost its bins', async () => {
    const sheet: FactSheet = {
      values: { age: 44 },
      notApplicable: ['balance'],
      unavailable: { income: 'STALE arrangements' },
    };
    const bins = binsOf(sheet, body.facts);
    const address = (n: number) => `hmac:${String(n).repeat(64)}`;
    const snapshots = createSnapshotStore(rig.database);
    const snapshot = {
      sheetAddress: address(2),
      businessDate: '2026-11-24',
      sources: {},
      factsDigest,
      ratesDigest: 'sha256:rates',
      factsAsOf: '2026-11-24T09:00:00.000Z',
      validUntil: '2026-11-25T00:00:00.000Z',
    } as const;
    const stored = { address: address(1), snapshot, sheet, bins, watermark: 1, current: true };
    const builtAt = '2026-11-24T09:00:00.000Z';
    await snapshots.save([{ customer: customerUuid('C1'), builtAt, ...stored }]);
    const read = () => rig.database.query('select * from sheet_bins order by customer_id');
    const before = await read();
    expect(before).toMatchObject([{ business_date: '2026-11-24' }]);
    expect(Buffer.from(before[0]?.['bins'] as Uint8Array)).toEqual(Buffer.from(bins));
    await rig.database.query('delete from sheet_bins');
    const report = await mendReadModel({ mend: true }, deps);
    expect(report).toMatchObject({ sheetsBinned: 1, sheetsLeft: 0 });
    expect(await read()).toEqual(before);
  });
});
