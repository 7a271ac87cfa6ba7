import { describe, expect, test } from '@jest/globals';
import { takeForest } from '../../src/app/learning/exchanging/exchange-forest.ts';
import { readForestDocument } from '../../src/cli/forest-card-file.ts';
import { cardPage } from '../../src/cli/forest-card-page.ts';
import { MOST_DEPTH } from '../../src/domain/forest.ts';
import {
  ACCORDING,
  CARD,
  DECLARED,
  documentOf,
  forest,
  makeStore,
  STAMP,
  take,
  takeWhole,
} from '../support/foreign-forest.ts';

/** The document with its card changed. */
const carded = (over: object) => documentOf({ card: { ...CARD, ...over } });

/** The document with its features changed. */
const featured = (name: string, kind = 'number') =>
  documentOf({ features: [{ name, kind }, ...forest.features.slice(1)] });

const calibrated = (...steps: readonly (readonly [number, number])[]) =>
  documentOf({
    calibration: {
      method: 'ISOTONIC',
      trees: forest.trees.length,
      steps: steps.map(([fromSum, ppm]) => ({ fromSum, ppm })),
    },
  });

const SPLIT = {
  trainFrom: '2025-01-01',
  trainTo: '2025-04-30',
  testFrom: '2025-05-01',
  testTo: '2025-06-30',
  trainRows: 1000,
  trainPositives: 200,
  testRows: 500,
  testPositives: 100,
  overlaps: false,
  raw: CARD.outOfBag,
  calibrated: CARD.outOfBag,
};

/** One chain of splits to the right, so many deep, on the first column. */
function deep(depth: number): string {
  const one = '{"splitColumn":0,"splitValue":1,"left":{"distribution":0.1},"right":';
  const root = `${one.repeat(depth)}{"distribution":0.5}${'}'.repeat(depth)}`;
  const indexes = [[0, 1, 2, 3, 4, 5, 6]];
  const estimators = [{ name: 'DTRegression', options: {}, root: 'ROOT' }];
  const baseModel = { isClassifier: false, indexes, nEstimators: 1, estimators };
  return documentOf({ spec: null, baseModel }).replace('"ROOT"', root);
}

const OWNERLESS = 'CARD_WITHOUT_OWNER';

describe('of a forest from elsewhere', () => {
  test.each([
    ['an unknown fact', featured('no.suchFact'), 'BAD_FEATURES', '/features/0', '`no.suchFact`'],
    ['a name of every object', featured('__proto__'), 'BAD_FEATURES', '/features/0', '__proto__'],
    [
      'an action that is not its',
      carded({ predictsFor: { scope: 'ACTION', id: 'x' } }),
      'BAD_CARD',
      '/card/predictsFor/id',
      '`open_savings`',
    ],
    [
      'another window',
      carded({ target: { ...CARD.target, window: 'P30D' } }),
      'BAD_CARD',
      '/card/target/window',
      '`P90D`',
    ],
    [
      'uses it grants itself',
      carded({ permittedUses: ['pricing', 'eligibility'] }),
      'BAD_CARD',
      '/card/permittedUses',
      '`arbitration`',
    ],
    [
      'more positives than rows',
      carded({ positives: 1505 }),
      'BAD_CARD',
      '/card/positives',
      '1505 of 1500',
    ],
    [
      'a window that runs backwards',
      carded({ trainingWindow: { from: '2026-01-01', to: '2020-01-01' } }),
      'BAD_CARD',
      '/card/trainingWindow',
      '2026-01-01',
    ],
    [
      'a test that ends before it begins',
      carded({ timeSplit: { ...SPLIT, testTo: '2025-04-01' } }),
      'BAD_CARD',
      '/card/timeSplit/testFrom',
      '2025-05-01',
    ],
    [
      'a test of more positives than rows',
      carded({ timeSplit: { ...SPLIT, testPositives: 501 } }),
      'BAD_CARD',
      '/card/timeSplit/testPositives',
      '501 of 500',
    ],
    [
      'settings of another forest',
      carded({ spec: { ...DECLARED.spec, featureSharePpm: 1, trees: 5 } }),
      'BAD_CARD',
      '/card/spec/trees',
      '12 trees',
    ],
    [
      'settings of another forest beside the trees',
      documentOf({ spec: { ...forest.spec, trees: 5 } }),
      'CORRUPT',
      '/spec/trees',
      '12 trees',
    ],
    [
      'one step to certainty',
      calibrated([0, 1_000_000]),
      'BAD_CALIBRATION',
      '/calibration/steps',
      '300 positives of 1500',
    ],
    [
      'nearly everything certain',
      calibrated([0, 0], [1, 1_000_000]),
      'BAD_CALIBRATION',
      '/calibration/steps',
      'calibrate on rows',
    ],
    [
      'nearly nothing possible',
      calibrated([0, 0], [12_000_000, 1_000_000]),
      'BAD_CALIBRATION',
      '/calibration/steps',
      'calibrate on rows',
    ],
    [
      'a step above certainty',
      calibrated([0, 1_000_001]),
      'BAD_CALIBRATION',
      '/calibration/steps/0/ppm',
      'give at most 1000000',
    ],
    [
      'a tree deeper than can be walked',
      deep(30_000),
      'TREE_TOO_DEEP',
      '/baseModel/estimators/0/root',
      `${MOST_DEPTH + 1} splits deep`,
    ],
    [
      'a tree without options',
      deep(3).replace('"options":{},', ''),
      'CORRUPT',
      '/baseModel/estimators/0/options',
      'export the forest again',
    ],
    [
      'a digest that is a number',
      documentOf({ digest: 5 }),
      'DIGEST_MISMATCH',
      '/digest',
      'leave it out',
    ],
    [
      'an owner nobody sees',
      carded({ owner: '\u200b\u2060\u3164' }),
      OWNERLESS,
      '/card/owner',
      'owner',
    ],
    [
      'a figure above its bound',
      carded({ outOfBag: { ...CARD.outOfBag, aucPpm: 2_000_000 } }),
      'BAD_CARD',
      '/card/outOfBag/aucPpm',
      'above 1000000: give at most 1000000',
    ],
    [
      'text that no database keeps',
      carded({ limits: ['a\u0000b'] }),
      'BAD_CARD',
      '/card/limits/0',
      'plain letters',
    ],
  ])('%s is refused, naming place and mend', async (_, document, code, at, words) => {
    const store = makeStore();
    expect(await take(document, null, store)).toMatchObject({
      ok: false,
      refusal: { code, at, message: expect.stringContaining(words) },
    });
    expect(store.kept).toEqual([]);
  });

  test.each([
    ['barred from propensity', { permittedUses: [] }, 'not permitted for propensity'],
    ['said by the caller', { origin: 'CONTEXT' }, 'of origin CONTEXT'],
    ['of another type', { type: 'code' }, 'which no forest reads as a number'],
  ] as const)('a fact %s is refused by name', async (_, change, words) => {
    const facts = ACCORDING.ruleSet.body.facts.map((fact) =>
      fact.name === 'age' ? { ...fact, ...change } : fact,
    );
    const { forests, body } = ACCORDING.ruleSet;
    const ruleSet = { forests, body: { ...body, facts } };
    const read = readForestDocument('savings', { document: documentOf(), card: null });
    if (!read.ok) throw new Error(read.refusal.message);
    const deps = { ...ACCORDING, releaseStore: makeStore(), ruleSet };
    expect(await takeForest(read.value, STAMP, deps)).toMatchObject({
      refusal: { code: 'BAD_FEATURES', message: expect.stringMatching(`\`age\`.*${words}`) },
    });
  });

  test('an id that the rule set does not declare is refused, with those it does', async () => {
    const read = readForestDocument('loans', { document: documentOf(), card: null });
    if (!read.ok) throw new Error(read.refusal.message);
    const deps = { ...ACCORDING, releaseStore: makeStore() };
    expect(await takeForest(read.value, STAMP, deps)).toMatchObject({
      refusal: { code: 'UNDECLARED_FOREST', message: expect.stringContaining('`savings`') },
    });
  });

  test('a card of owner, days, counts and figures is enough', async () => {
    const { predictsFor: _for, target: _target, permittedUses: _uses, ...card } = CARD;
    const document = documentOf({ spec: null });
    const { entry } = await takeWhole(`\ufeff${document}`, `\ufeff${JSON.stringify(card)}`);
    const { predictsFor, permittedUses } = DECLARED;
    expect(entry.card).toMatchObject({ predictsFor, permittedUses, target: CARD.target });
    expect(entry.card).not.toHaveProperty('spec');
    expect(entry.card.limits?.join()).toContain('trained elsewhere');
    expect(cardPage(entry)).toContain('unknown: it was trained elsewhere');
    expect(cardPage(entry)).not.toMatch(/seed \d/);
  });

  test('a tree as deep as can be walked is taken, and goes out again', async () => {
    const { exported } = await takeWhole(deep(MOST_DEPTH));
    expect(exported.baseModel.nEstimators).toBe(1);
  });
});

describe('what was exported', () => {
  test('comes back the same, told by the digest over all of it', async () => {
    const { entry, exported } = await takeWhole(documentOf());
    expect(await take(JSON.stringify(exported))).toEqual({ ok: true, value: entry });
  });

  test.each([
    [
      'calibration',
      (whole: { calibration: { steps: { ppm: number }[] } }) => {
        for (const step of whole.calibration.steps.slice(0, 1)) step.ppm = 0;
      },
    ],
    [
      'card',
      (whole: { card: { rows: number } }) => {
        whole.card.rows += 1;
      },
    ],
  ])('with another %s is refused', async (_, alter) => {
    const { exported } = await takeWhole(documentOf());
    alter(exported);
    expect(await take(JSON.stringify(exported))).toMatchObject({
      refusal: { code: 'DIGEST_MISMATCH', at: '/documentDigest' },
    });
  });

  test('without that digest counts as trained elsewhere', async () => {
    const { exported } = await takeWhole(documentOf());
    const { documentDigest: _digest, ...rest } = exported;
    const { entry } = await takeWhole(JSON.stringify({ ...rest, card: CARD }));
    expect(entry.digest).toBe(exported.digest);
    expect(entry.card.limits?.join()).toContain('trained elsewhere');
  });
});
