import { describe, expect, test } from '@jest/globals';
import { RandomForestRegression } from 'ml-random-forest';
import { scoreByLibrary } from '../../src/adapters/forest-reference/library-scorer.ts';
import {
  exportDocument,
  findForest,
  takeForest,
} from '../../src/app/learning/exchanging/exchange-forest.ts';
import type { ReferenceScorer } from '../../src/app/ports/reference-scorer.ts';
import type { ReleaseStore } from '../../src/app/ports/release-store.ts';
import { readForestDocument } from '../../src/cli/forest-card-file.ts';
import { cardPage } from '../../src/cli/forest-card-page.ts';
import { packForests } from '../../src/engine/propensity/scoring/pack-forests.ts';
import { encodeRow } from '../../src/engine/propensity/scoring/row-encoder.ts';
import { scoreForest } from '../../src/engine/propensity/scoring/score-forest.ts';
import { expandRow, parityRows } from '../../src/laboratory/exchanging/parity-rows.ts';
import {
  ACCORDING,
  CARD,
  documentOf,
  forest,
  makeStore,
  STAMP,
  take,
} from '../support/foreign-forest.ts';

function takeWith(reference: ReferenceScorer, releaseStore: ReleaseStore) {
  const read = readForestDocument('savings', { document: documentOf(), card: null });
  return read.ok
    ? takeForest(read.value, STAMP, { ...ACCORDING, releaseStore, reference })
    : read;
}

describe('a forest from elsewhere', () => {
  test('that the library reads otherwise is refused, and nothing is kept', async () => {
    const store = makeStore();
    const off: ReferenceScorer = (document, rows) =>
      scoreByLibrary(document, rows).map((share, k) => (k === 150 ? share + 0.00001 : share));
    expect(await takeWith(off, store)).toMatchObject({
      ok: false,
      refusal: { code: 'LIBRARY_DISAGREES', message: expect.stringContaining('row 150') },
    });
    expect(store.kept).toEqual([]);
  });

  test('predicts what ml-random-forest predicts from what goes out again', async () => {
    const store = makeStore();
    const taken = await take(documentOf(), null, store);
    if (!taken.ok) throw new Error(taken.refusal.message);
    const found = await findForest('savings', store);
    if (!found.ok) throw new Error(found.refusal.message);
    const json = JSON.parse(JSON.stringify(exportDocument(found.value)));
    const rows = parityRows(forest, 400);
    const predicted = RandomForestRegression.load(json).predict(
      rows.map((row) => [...expandRow(forest, row)]),
    );
    const set = packForests([found.value.forest]);
    const packed = set.ok ? set.value.forests[0] : undefined;
    if (!set.ok || packed === undefined) throw new Error('not packed');
    for (const [k, row] of rows.entries()) {
      const sum = scoreForest(packed, encodeRow(set.value, row));
      expect(Math.abs((predicted[k] ?? 0) - sum / packed.trees / 1e6)).toBeLessThan(1e-9);
    }
    const again = await take(JSON.stringify(json));
    expect(again).toMatchObject({ ok: true, value: { digest: taken.value.digest } });
  });

  test('takes its importances from its own splits, and says what it came without', async () => {
    const taken = await take(documentOf());
    if (!taken.ok) throw new Error(taken.refusal.message);
    const { card } = taken.value;
    const sum = card.features.reduce((total, { importancePpm }) => total + importancePpm, 0);
    expect(Math.abs(sum - 1_000_000)).toBeLessThan(5);
    expect(card.limits?.join()).toContain('without a calibration');
  });

  test.each([
    ['that is no JSON', 'forest', null, 'NOT_JSON'],
    ['whose card is no JSON', documentOf(), 'card', 'NOT_JSON'],
    ['of another kind', documentOf({ name: 'RFClassifier' }), null, 'FOREIGN'],
    ['without a card', documentOf({ card: undefined }), null, 'CARD_MISSING'],
    [
      'without an owner',
      documentOf({ card: { ...CARD, owner: ' ' } }),
      null,
      'CARD_WITHOUT_OWNER',
    ],
    [
      'of nobody',
      documentOf({ card: { ...CARD, owner: undefined } }),
      null,
      'CARD_WITHOUT_OWNER',
    ],
    ['of no window', documentOf(), JSON.stringify({ ...CARD, target: {} }), 'BAD_CARD'],
    ['of another digest', documentOf({ digest: 'sha256:00' }), null, 'DIGEST_MISMATCH'],
    [
      'calibrated for other trees',
      documentOf({
        calibration: { method: 'ISOTONIC', trees: 3, steps: [{ fromSum: 0, ppm: 5 }] },
      }),
      null,
      'BAD_CALIBRATION',
    ],
    [
      'whose calibration falls',
      documentOf({
        calibration: {
          method: 'ISOTONIC',
          trees: 12,
          steps: [
            { fromSum: 0, ppm: 500 },
            { fromSum: 9, ppm: 400 },
          ],
        },
      }),
      null,
      'BAD_CALIBRATION',
    ],
  ])('%s is refused, and nothing is kept', async (_, document, card, code) => {
    const store = makeStore();
    expect(await take(document, card, store)).toMatchObject({ ok: false, refusal: { code } });
    expect(store.kept).toEqual([]);
  });

  test('under a name that is none is refused', async () => {
    const deps = { releaseStore: makeStore(), ...ACCORDING };
    const read = readForestDocument('../x', { document: documentOf(), card: null });
    if (!read.ok) throw new Error(read.refusal.message);
    expect(await takeForest(read.value, STAMP, deps)).toMatchObject({
      refusal: { code: 'BAD_ID' },
    });
  });

  test('that nobody trained is not found, and the answer says what there is', async () => {
    expect(await findForest('loans', makeStore())).toMatchObject({
      ok: false,
      refusal: { code: 'UNKNOWN_FOREST' },
    });
  });
});

describe('the page of a card', () => {
  test('asks the network for nothing and shows what was written as text', async () => {
    const taken = await take(documentOf());
    if (!taken.ok) throw new Error(taken.refusal.message);
    const page = cardPage(taken.value);
    expect(page).toContain('opened &lt;savings&gt;');
    expect(page).toContain('credit risk');
    expect(page).not.toMatch(/<script|<img|<link|\ssrc=|href=|url\(|<savings>/);
  });
});
