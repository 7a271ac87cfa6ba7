import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createReleaseStore } from '../../src/adapters/postgres/registry/release-store.ts';
import { fakeReleaseStore } from '../support/fakes/fake-release-store.ts';
import { openRig, type Rig } from './postgres-rig.ts';
import { releaseStoreContract } from './release-store.contract.ts';
import { STAMP, sampleRelease } from './sample-release.ts';

releaseStoreContract('in PostgreSQL', async () => {
  const rig = await openRig();
  return { store: createReleaseStore(rig.registry), close: rig.close };
});

releaseStoreContract('in memory', async () => {
  return { store: fakeReleaseStore(), close: async () => {} };
});

describe('the registry in PostgreSQL', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  });
  afterAll(() => rig.close());

  test('takes an altered release for no release', async () => {
    const store = createReleaseStore(rig.registry);
    const release = sampleRelease('3.0.0');
    await store.save(release, STAMP);
    await rig.database.query(
      `update release set body = replace(body, '"3.0.0"', '"3.0.1"') where digest = $1`,
      [release.digest],
    );
    expect(await store.load(release.digest)).toBe('ALTERED');
  });
});
