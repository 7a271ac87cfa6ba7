import { describe, expect, test } from '@jest/globals';
import { makeTable, SMALL_SPEC } from '../../../test/support/training-table.ts';
import { encodeForest } from '../../engine/propensity/stored/forest-bytes.ts';
import { trainForest } from '../../laboratory/training/train-forest.ts';
import { trainInWorkers } from './train-in-workers.ts';

const request = { ...makeTable(1500), spec: SMALL_SPEC };

describe('training over threads', () => {
  const alone = trainForest(request.table, request.labels, request.spec);
  if (!alone.ok) throw new Error(alone.refusal.message);

  test.each([0, 1, 2, 4])('gives the same bytes and scores with %i workers', async (workers) => {
    const trained = await trainInWorkers(request, { workers });
    if (!trained.ok) throw new Error(trained.refusal.message);
    expect(encodeForest(trained.value.forest)).toEqual(encodeForest(alone.value.forest));
    expect(trained.value.outOfBag).toEqual(alone.value.outOfBag);
    expect(trained.value.importances).toEqual(alone.value.importances);
  });

  test.each([0, 2])('tells its progress tree by tree with %i workers', async (workers) => {
    const told: number[] = [];
    await trainInWorkers(request, { workers, onProgress: ({ done }) => told.push(done) });
    expect(told).toEqual(Array.from({ length: SMALL_SPEC.trees }, (_, k) => k + 1));
  });

  test.each([0, 2])('stops when it is told to, with %i workers', async (workers) => {
    const stop = new AbortController();
    const reason = new Error('no longer wanted');
    const told: number[] = [];
    const conduct = {
      workers,
      signal: stop.signal,
      onProgress: ({ done }: { readonly done: number }) => {
        told.push(done);
        if (done === 3) stop.abort(reason);
      },
    };
    const many = { ...request, spec: { ...SMALL_SPEC, trees: 2000 } };
    await expect(trainInWorkers(many, conduct)).rejects.toBe(reason);
    expect(told.length).toBeLessThan(2000);
  });

  test('does not begin once it was told to stop', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(trainInWorkers(request, { workers: 2, signal })).rejects.toThrow('too late');
  });

  test('rejects, and ends its threads, when its listener throws', async () => {
    const onProgress = () => {
      throw new Error('the screen is gone');
    };
    await expect(trainInWorkers(request, { workers: 2, onProgress })).rejects.toThrow('screen');
  });

  test('refuses what the trainer refuses before any thread starts', async () => {
    const labels = new Uint8Array(1500);
    expect(await trainInWorkers({ ...request, labels }, { workers: 2 })).toMatchObject({
      ok: false,
      refusal: { code: 'ONE_CLASS', column: 'target' },
    });
  });
});
