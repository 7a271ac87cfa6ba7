import { describe, expect, test } from '@jest/globals';
import { SMALL_FORESTS, smallBody } from '../../../test/support/small-release.ts';
import { ENGINE_VERSION } from '../../domain/decision.ts';
import { digestOf } from '../../domain/digest.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import { DERIVATION_VERSION } from '../../engine/features/derive-facts.ts';
import type { ReleaseStore } from '../ports/release-store.ts';
import { activateRelease } from './build-release.ts';
import { createReleaseShelf, digestsOf, isDecidable } from './release-shelf.ts';

const STAMP = { actor: 'ana', at: '2026-11-24T09:30:00.000Z' };

/** A store of one release. */
function storeOf(body: ReleaseBody) {
  const digest = digestOf(body);
  const activated: string[] = [];
  const store: ReleaseStore = {
    save: async () => {},
    load: async (name) => (name === digest ? { digest, body } : undefined),
    forestBytes: async () => SMALL_FORESTS,
    activate: async (name) => void activated.push(name),
    active: async () => digest,
    list: async () => [],
    saveForests: async () => {},
    latestForests: async () => [],
  };
  return { digest, store, activated };
}

describe('a stored release', () => {
  test.each([
    ['of this engine is shown and decided under', ENGINE_VERSION, true],
    ['of another engine is shown, never decided under', ENGINE_VERSION + 1, false],
  ])('%s', async (_what, engineVersion, decidable) => {
    const { digest, store } = storeOf(smallBody({ engineVersion }));
    const release = await createReleaseShelf(store).take(digest);
    if (release === undefined) throw new Error('not found');
    expect(release.body.actions).toEqual(smallBody().actions);
    expect(isDecidable(release)).toBe(decidable);
  });

  test.each([
    [ENGINE_VERSION, { ok: true }, 1],
    [ENGINE_VERSION + 1, { ok: false, refusal: { code: 'FOREIGN_ENGINE' } }, 0],
  ])('of engine %i is activated only where this is it', async (engineVersion, answer, count) => {
    const { digest, store, activated } = storeOf(smallBody({ engineVersion }));
    expect(await activateRelease(digest, STAMP, store)).toMatchObject(answer);
    expect(activated).toHaveLength(count);
  });

  test('has sheets of its own catalogue, rates, and way of deriving facts', () => {
    const { facts, rates, ageLimits } = smallBody();
    expect(digestsOf({ facts, rates, ageLimits })).toEqual({
      factsDigest: digestOf(facts),
      ratesDigest: digestOf({ rates, ageLimits, derivation: DERIVATION_VERSION }),
    });
  });
});
