import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ReleaseStore } from '../../src/app/ports/release-store.ts';
import { digestBytes, digestOf } from '../../src/domain/digest.ts';
import { SMALL_FORESTS, smallBody } from '../support/small-release.ts';
import { STAMP, sampleRelease } from './sample-release.ts';

export interface ReleaseStoreWorld {
  readonly store: ReleaseStore;
  readonly close: () => Promise<void>;
}

const NOWHERE = `sha256:${'0'.repeat(64)}`;
const later = (hour: number) => ({ actor: 'auditor', at: `2026-11-24T${hour}:00:00.000Z` });

/** What every store of releases does; it begins empty. */
export function releaseStoreContract(name: string, open: () => Promise<ReleaseStoreWorld>): void {
  describe(`the release store ${name}`, () => {
    let world: ReleaseStoreWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    const first = sampleRelease('1.0.0');
    const second = sampleRelease('1.1.0');

    test('has no release in force at first', async () => {
      expect(await world.store.active()).toBeUndefined();
      expect(await world.store.list()).toEqual([]);
      expect(await world.store.load(first.digest)).toBeUndefined();
    });

    test('keeps a release once, with who built it first', async () => {
      await Promise.all([first, first, second].map((r) => world.store.save(r, STAMP)));
      await world.store.save(first, later(12));
      expect(await world.store.load(first.digest)).toEqual(first);
      const list = await world.store.list();
      expect(list.map(({ digest }) => digest).toSorted()).toEqual(
        [first.digest, second.digest].toSorted(),
      );
      expect(list.find(({ digest }) => digest === first.digest)).toEqual({
        digest: first.digest,
        ruleSet: first.body.ruleSet.name,
        semver: '1.0.0',
        engineVersion: first.body.engineVersion,
        builtAt: STAMP.at,
        builtBy: STAMP.actor,
        activations: [],
      });
    });

    test('refuses a body that its digest does not name', async () => {
      const forged = { digest: second.digest, body: first.body };
      await expect(world.store.save(forged, STAMP)).rejects.toMatchObject({
        code: 'WRONG_DIGEST',
      });
    });

    test('keeps the bytes of a forest by digest and the newest entry by id', async () => {
      const [[digest, bytes]] = [...SMALL_FORESTS] as [[string, Uint8Array]];
      const [entry] = smallBody().forests;
      if (entry === undefined) throw new Error('the small release has a forest');
      const other = new Uint8Array([1, 2, 3]);
      const retrained = { ...entry, digest: digestBytes(other) };
      await world.store.saveForests([{ entry, bytes }], later(10));
      await world.store.saveForests([{ entry, bytes }], later(10));
      await world.store.saveForests([{ entry: retrained, bytes: other }], later(11));
      expect(await world.store.latestForests()).toEqual([retrained]);
      const found = await world.store.forestBytes([digest, retrained.digest, NOWHERE]);
      expect(new Map([...found].map(([key, value]) => [key, Buffer.from(value)]))).toEqual(
        new Map([
          [digest, Buffer.from(bytes)],
          [retrained.digest, Buffer.from(other)],
        ]),
      );
      const spoilt = { entry: { ...entry, digest: NOWHERE }, bytes };
      const sound = { entry: { ...entry, id: 'sound' }, bytes };
      await expect(world.store.saveForests([sound, spoilt], STAMP)).rejects.toMatchObject({
        code: 'WRONG_DIGEST',
      });
      // All of them or none: what stood before the spoilt one was not kept either.
      expect(await world.store.latestForests()).toEqual([retrained]);
    });

    test('refuses a release whose forest was never kept, and keeps nothing of it', async () => {
      const { digest, body } = sampleRelease('2.0.0');
      const [entry] = smallBody().forests;
      const forests = entry === undefined ? [] : [{ ...entry, digest: NOWHERE }];
      const stray = { ...body, forests };
      const release = { digest: digestOf(stray), body: stray };
      await expect(world.store.save(release, STAMP)).rejects.toMatchObject({
        code: 'UNKNOWN_FOREST',
      });
      expect(await world.store.load(release.digest)).toBeUndefined();
      expect(await world.store.load(digest)).toBeUndefined();
    });

    test('puts one release in force and ends the other at that instant', async () => {
      await world.store.activate(first.digest, later(13));
      await world.store.activate(first.digest, later(14));
      await world.store.activate(second.digest, later(15));
      await world.store.activate(first.digest, later(16));
      expect(await world.store.active()).toBe(first.digest);
      const list = await world.store.list();
      const of = (digest: string) => list.find((r) => r.digest === digest)?.activations;
      expect(of(first.digest)).toEqual([
        { activatedAt: later(16).at, activatedBy: 'auditor', endedAt: null },
        { activatedAt: later(13).at, activatedBy: 'auditor', endedAt: later(15).at },
      ]);
      expect(of(second.digest)).toEqual([
        { activatedAt: later(15).at, activatedBy: 'auditor', endedAt: later(16).at },
      ]);
    });

    test('refuses to activate what is not stored, and leaves the other in force', async () => {
      await expect(world.store.activate(NOWHERE, STAMP)).rejects.toMatchObject({
        code: 'UNKNOWN_RELEASE',
      });
      expect(await world.store.active()).toBe(first.digest);
    });

    test('has exactly one in force after many who activate at once', async () => {
      const digests = Array.from({ length: 10 }, (_, i) => (i % 2 ? first : second).digest);
      await Promise.all(digests.map((digest) => world.store.activate(digest, later(17))));
      const open = (await world.store.list()).flatMap(({ activations }) =>
        activations.filter(({ endedAt }) => endedAt === null),
      );
      expect(open).toHaveLength(1);
    });
  });
}
