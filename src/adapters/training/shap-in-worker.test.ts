import { getPriority } from 'node:os';
import { afterAll, describe, expect, test } from '@jest/globals';
import { trainSmall } from '../../../test/support/training-table.ts';
import { ShapBusy } from '../../app/ports/shap.ts';
import { digestBytes } from '../../domain/digest.ts';
import { encodeForest } from '../../engine/propensity/stored/forest-bytes.ts';
import { prepareShap } from '../../laboratory/shap/prepare-shap.ts';
import { shapForest } from '../../laboratory/shap/shap-forest.ts';
import { openShapWorker } from './shap-in-worker.ts';

describe('a thread for SHAP values', () => {
  const worker = openShapWorker();
  afterAll(() => worker.close());
  const { forest } = trainSmall({ trees: 9 });
  const bytes = encodeForest(forest);
  const facts = [
    { name: 'age', value: 70 },
    { name: 'mobile', value: true },
    { name: 'job', value: 'nurse' },
    { name: 'unasked', value: 3 },
  ];
  const question = { digest: digestBytes(bytes), bytes, facts };

  test('answers by the names of facts what the engine says', async () => {
    const [answer] = await worker.compute([question]);
    const expected = shapForest(prepareShap(forest), [70, 'nurse', undefined, true]);
    expect(answer).toMatchObject({ trees: 9, sum: expected.sum, base: expected.base });
    const byName = new Map(answer?.byFact.map(({ fact, sum }) => [fact, sum]));
    expect(forest.features.map(({ name }) => byName.get(name) ?? 0)).toEqual(expected.values);
  });

  test('takes no more than may wait, and again once that is answered', async () => {
    const narrow = openShapWorker(2);
    const both = [narrow.compute([question]), narrow.compute([question])];
    await expect(narrow.compute([question])).rejects.toThrow(ShapBusy);
    await Promise.all(both);
    expect(await narrow.compute([question])).toHaveLength(1);
    await narrow.close();
  });

  test('leaves the priority of the threads that decide alone', async () => {
    const before = getPriority();
    await worker.compute([question]);
    expect(getPriority()).toBe(before);
  });

  test('rejects what holds no forest, and answers the next all the same', async () => {
    const foreign = { ...question, digest: 'sha256:00', bytes: new Uint8Array(30) };
    const [bad, good] = await Promise.allSettled([
      worker.compute([foreign]),
      worker.compute([question, question]),
    ]);
    expect(bad.status).toBe('rejected');
    expect(good).toMatchObject({ status: 'fulfilled', value: { length: 2 } });
  });
});
