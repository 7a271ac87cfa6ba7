import { expect, test } from '@jest/globals';
import { createPool } from '../../src/adapters/postgres/connection/pool.ts';
import { ensurePartitions } from '../../src/adapters/postgres/decisions/decision-partitions.ts';
import { openEvidenceStores } from '../../src/adapters/postgres/open-evidence-stores.ts';
import { openStores } from '../../src/adapters/postgres/open-stores.ts';
import { appendTo } from '../support/commit-one.ts';
import { cloneDatabase } from '../support/database.ts';
import { giveCustomers } from './postgres-rig.ts';
import { sampleDecision } from './sample-decision.ts';
import { STAMP, sampleRelease } from './sample-release.ts';

test('the stores of one database work together and leave no session behind', async () => {
  const clone = await cloneDatabase();
  const stores = openStores(clone.url, { max: 4, applicationName: 'stores' });
  const release = sampleRelease('1.0.0');
  const bank = { name: 'Whole', mode: 'DEMO', businessDate: '2026-11-24' } as const;
  await stores.bank.create({ ...bank, reportingCurrency: 'EUR' }, STAMP);
  await giveCustomers(stores.database, ['C1']);
  await ensurePartitions(stores.database, STAMP.at, 2);
  await stores.releases.save(release, STAMP);
  await stores.releases.activate(release.digest, STAMP);
  const record = sampleDecision({ releaseDigest: release.digest });
  await appendTo(stores.commit, record);
  await stores.close();

  const again = openStores(clone.url, { max: 4, applicationName: 'stores' });
  const moment = (await again.moments.readMoments(['C1'])).get('C1');
  expect(moment?.activeRelease).toBe(release.digest);
  const stored = (await again.decisions.findMany([record.id])).get(record.id);
  expect(stored?.capsule).toEqual(record.capsule);
  expect(await again.directory.count()).toBe(1);
  expect((await again.customers.holds(['C1'])).size).toBe(0);
  await again.close();
  await clone.drop();
});

test('what is acknowledged is durable, whatever the server is set to', async () => {
  const clone = await cloneDatabase();
  const name = new URL(clone.url).pathname.slice(1);
  const opened = () => createPool(clone.url, { max: 1, applicationName: 'durable' });
  const first = opened();
  await first.query(`alter database "${name}" set synchronous_commit = off`);
  await first.close();
  const second = opened();
  expect(await second.query('show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  await second.close();
  await clone.drop();
});

test('what reads evidence for audits is refused when it writes', async () => {
  const clone = await cloneDatabase();
  const stores = openEvidenceStores(clone.url, 'evidence');
  const refused = { name: 'Outage', dependency: 'WRITES' };
  const release = sampleRelease('1.0.0');
  const { id: decisionId } = sampleDecision({ releaseDigest: release.digest });
  const found = { decisionId, rule: 'r' };
  await expect(stores.disagreements.record([found], STAMP.at)).rejects.toMatchObject(refused);
  await expect(stores.releases.save(release, STAMP)).rejects.toMatchObject(refused);
  expect(await stores.releases.active()).toBeUndefined();
  await stores.close();
  await clone.drop();
});
