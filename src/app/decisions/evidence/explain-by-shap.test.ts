import { describe, expect, test } from '@jest/globals';
import { smallInput, withoutFacts } from '../../../../test/support/small-input.ts';
import { SMALL_FORESTS, smallBody } from '../../../../test/support/small-release.ts';
import type { DecisionInput } from '../../../domain/decision.ts';
import { digestOf } from '../../../domain/digest.ts';
import { FACT_USES } from '../../../domain/fact.ts';
import { decide } from '../../../engine/decide.ts';
import { decodeForest } from '../../../engine/propensity/stored/decode-forest.ts';
import { prepareShap } from '../../../laboratory/shap/prepare-shap.ts';
import { shapForest } from '../../../laboratory/shap/shap-forest.ts';
import type { StoredDecision } from '../../ports/decision-log.ts';
import { ShapBusy, type ShapComputer } from '../../ports/shap.ts';
import { makeDecidable } from '../../releases/release-shelf.ts';
import type { LostEvidence } from './decision-evidence.ts';
import { explainByShap, prepareExplanations, type ShapDeps } from './explain-by-shap.ts';

const base = smallBody();
const body = {
  ...base,
  facts: base.facts.map((fact) =>
    fact.name === 'balance'
      ? { ...fact, permittedUses: FACT_USES.filter((use) => use !== 'reason') }
      : fact,
  ),
};
const release = makeDecidable(digestOf(body), body, SMALL_FORESTS);
const ID = '019ab000-0000-7000-8000-000000000001';

const compute: ShapComputer = async (questions) =>
  questions.map(({ bytes, facts }) => {
    const forest = decodeForest(bytes);
    if (!forest.ok) throw new Error(forest.refusal.message);
    const row = forest.value.features.map(({ name }) => {
      const value = facts.find((fact) => fact.name === name)?.value;
      return typeof value === 'object' ? undefined : value;
    });
    const shap = shapForest(prepareShap(forest.value), row);
    const byFact = forest.value.features.map(({ name }, f) => ({
      fact: name,
      sum: shap.values[f] ?? 0,
    }));
    return { trees: shap.trees, sum: shap.sum, base: shap.base, byFact };
  });

/** One decision on record, with whatever explains it. */
function depsFor(input: DecisionInput, more: Partial<ShapDeps> = {}, lost?: LostEvidence) {
  const stored: StoredDecision = {
    id: ID,
    capsuleAddress: 'hmac:04',
    customerId: 'C1',
    caller: 'test',
    decidedAt: input.live.decidedAt,
    capsule: {
      customer: ID,
      snapshotAddress: input.snapshotAddress,
      releaseDigest: release.digest,
      live: input.live,
      decision: decide(input, release.loaded),
    },
  };
  const { snapshotAddress: address, snapshot, sheet } = input;
  const deps: ShapDeps = {
    log: { findMany: async (ids) => new Map(ids.includes(ID) ? [[ID, stored]] : []) },
    releaseShelf: { take: async () => release },
    evidenceOf: async () => ({ stored, release, snapshot: lost ?? { address, snapshot, sheet } }),
    releaseStore: { forestBytes: async () => SMALL_FORESTS },
    shap: compute,
    ...more,
  };
  return { stored, deps };
}

describe('the scores of a decision, taken apart', () => {
  test('are those that the decision holds, and their parts add up to them exactly', async () => {
    const { stored, deps } = depsFor(smallInput({ first: 5 }));
    const found = await explainByShap(ID, deps);
    if (found.result !== 'EXPLAINED') throw new Error(found.result);
    expect(found).toMatchObject({ decisionId: ID, method: 'SHAP', release: release.digest });
    expect(found.actions.map(({ actionId }) => actionId).toSorted()).toEqual(['loan', 'savings']);
    for (const { actionId, forest, sum, trees, base: from, byFact } of found.actions) {
      const candidates = stored.capsule.decision.candidates;
      const scored = candidates.find((one) => one.actionId === actionId)?.propensity;
      const { rawSum } = scored?.contributions ?? {};
      expect([forest, sum, trees]).toEqual(['lend', rawSum, scored?.contributions?.trees]);
      expect(byFact.reduce((total, one) => total + one.sum, from)).toBe(sum);
    }
  });

  test('name each fact as it was known, and whether it may be told', async () => {
    const input = smallInput({}, withoutFacts(smallInput().sheet, ['job']));
    const found = await explainByShap(ID, depsFor(input).deps);
    if (found.result !== 'EXPLAINED') throw new Error(found.result);
    const facts = new Map(found.actions[0]?.byFact.map((one) => [one.fact, one]));
    expect(facts.get('balance')).toMatchObject({
      label: 'made for tests',
      state: 'PRESENT',
      value: 120_000,
      words: 'balance: 1200.00 EUR',
      mayBeTold: false,
    });
    expect(facts.get('job')).toMatchObject({
      state: 'UNAVAILABLE',
      value: null,
      mayBeTold: true,
    });
    expect(facts.get('job')?.words).toBe('not known: made for tests');
  });

  test('of an action that the control group masked are evidence as well', async () => {
    const found = await explainByShap(ID, depsFor(smallInput({ arm: 'CONTROL' })).deps);
    expect(found).toMatchObject({ result: 'EXPLAINED', actions: [{ forest: 'lend' }, {}] });
  });
});

describe('what cannot be evidence is refused', () => {
  const unscored = smallInput({ holds: [{ kind: 'DECEASED', startsOn: '2026-02-01' }] });
  const busy = () => Promise.reject(new ShapBusy(16));

  test.each<[string, object, ReturnType<typeof depsFor>]>([
    [
      'a release that is gone',
      { result: 'RELEASE_MISSING' },
      depsFor(smallInput(), { releaseShelf: { take: async () => undefined } }),
    ],
    [
      'a forest that is gone',
      { result: 'RELEASE_MISSING' },
      depsFor(smallInput(), { releaseStore: { forestBytes: async () => new Map() } }),
    ],
    ['no score', { result: 'NOT_SCORED' }, depsFor(unscored)],
    [
      'erased facts',
      { result: 'EVIDENCE_LOST', cause: 'ERASED' },
      depsFor(smallInput(), {}, 'ERASED'),
    ],
    [
      'spoilt facts',
      { result: 'EVIDENCE_LOST', cause: 'UNREADABLE' },
      depsFor(smallInput(), {}, 'UNREADABLE'),
    ],
    ['too much at once', { result: 'BUSY' }, depsFor(smallInput(), { shap: busy })],
  ])('%s', async (_why, refusal, { deps }) => {
    expect(await explainByShap(ID, deps)).toEqual(refusal);
  });

  test('an unknown decision', async () => {
    const other = '019ab000-0000-7000-8000-000000000002';
    const found = await explainByShap(other, depsFor(smallInput()).deps);
    expect(found).toEqual({ result: 'UNKNOWN_DECISION' });
  });

  test('a fault of the computer is no refusal', async () => {
    const shap = () => Promise.reject(new Error('the thread has ended'));
    const { deps } = depsFor(smallInput(), { shap });
    await expect(explainByShap(ID, deps)).rejects.toThrow('the thread has ended');
  });
});

test('a release in force has each of its forests taken apart ahead', async () => {
  const asked: string[] = [];
  const shap: ShapComputer = async (questions) => {
    asked.push(...questions.map(({ digest }) => digest));
    return compute(questions);
  };
  await prepareExplanations(body, {
    releaseStore: { forestBytes: async () => SMALL_FORESTS },
    shap,
  });
  expect(asked).toEqual(body.forests.map(({ digest }) => digest));
});
