import { describe, expect, test } from '@jest/globals';
import { SMALL_FORESTS, smallBody } from '../../../test/support/small-release.ts';
import { digestOf } from '../../domain/digest.ts';
import type { FactDeclaration } from '../../domain/fact.ts';
import type { ReleaseStore } from '../ports/release-store.ts';
import { buildRelease } from './build-release.ts';

const STAMP = { actor: 'ana', at: '2026-11-24T09:30:00.000Z' };

const { forests: ENTRIES, engineVersion: _version, ...BODY } = smallBody();

/** Builds the small rule set with other facts; tells what was stored. */
async function buildWith(facts: readonly FactDeclaration[]) {
  const saved: string[] = [];
  const store: ReleaseStore = {
    save: async ({ digest }) => void saved.push(digest),
    load: async () => undefined,
    forestBytes: async () => SMALL_FORESTS,
    activate: async () => {
      throw new Error('a build puts nothing in force');
    },
    active: async () => undefined,
    list: async () => [],
    saveForests: async () => {},
    latestForests: async () => ENTRIES,
  };
  const forests = ENTRIES.map(({ id, card }) => {
    const { predictsFor, target, permittedUses, owner } = card;
    const features = card.features.map(({ name }) => name);
    return { id, predictsFor, target, permittedUses, owner, features, spec: PLAN };
  });
  const body = { ...BODY, facts };
  const ruleSet = { folder: 'small', digest: digestOf(body), body, forests, cases: {} };
  return { built: await buildRelease(ruleSet, STAMP, store), saved };
}

const PLAN = {
  trees: 1,
  minimumLeaf: 1,
  maximumDepth: 1,
  bins: 2,
  featureSharePpm: null,
  seed: 1,
  leastPositives: 1,
};

describe('a release is built', () => {
  test('of forests that its facts can feed, and stored', async () => {
    const { built, saved } = await buildWith(BODY.facts);
    expect(built).toMatchObject({ ok: true, value: { untrained: [] } });
    expect(saved).toHaveLength(1);
  });

  test('not of a forest that reads what rules no longer permit; it says what to do', async () => {
    const read = new Set(ENTRIES.flatMap(({ card }) => card.features.map(({ name }) => name)));
    const barred = BODY.facts.map((fact) =>
      read.has(fact.name) ? { ...fact, permittedUses: [] } : fact,
    );
    const { built, saved } = await buildWith(barred);
    expect(built).toMatchObject({
      ok: false,
      refusal: {
        code: 'FOREST_MISFIT',
        subject: ENTRIES[0]?.id,
        message: expect.stringMatching(/reads `.+or train or import another under its id$/),
      },
    });
    expect(saved).toEqual([]);
  });
});
