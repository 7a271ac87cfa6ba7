import { describe, expect, test } from '@jest/globals';
import { makeTable, SMALL_SPEC } from '../../../../test/support/training-table.ts';
import { trainForest } from '../../../laboratory/training/train-forest.ts';
import { estimateMemory, neededBytes, refuseMemory } from './training-memory.ts';

const SPEC = { trees: 100, minimumLeaf: 16 };

describe('the memory of a training', () => {
  test('grows with rows, features, trees and threads', () => {
    const size = { rows: 100_000, features: 40, spec: SPEC };
    const { estimatedBytes, bytesPerThread } = estimateMemory(size);
    const larger = [
      { ...size, rows: 200_000 },
      { ...size, features: 80 },
      { ...size, spec: { ...SPEC, trees: 200 } },
    ];
    for (const one of larger) {
      expect(estimateMemory(one).estimatedBytes).toBeGreaterThan(estimatedBytes);
    }
    const bound = { besidesBytes: 7, threads: 3 };
    expect(neededBytes(size, bound)).toBe(estimatedBytes + 3 * bytesPerThread + 7);
  });

  test('is refused a byte below what it needs, naming both', () => {
    const size = { rows: 2_000_000, features: 100, spec: SPEC };
    const conduct = { besidesBytes: 0, threads: 2 };
    const needed = neededBytes(size, conduct);
    expect(refuseMemory(size, { ...conduct, boundBytes: needed })).toBeNull();
    const refusal = refuseMemory(size, { ...conduct, boundBytes: needed - 1 });
    expect(refusal).toMatchObject({ code: 'TOO_MUCH_MEMORY', column: 'rows' });
    expect(refusal?.message).toContain('2000000 rows of 100 features over 2 threads');
    expect(refusal?.message).toContain('--memory-mb');
  });

  test('is not exceeded by what a training really leaves in memory', () => {
    const rows = 20_000;
    const { table, labels } = makeTable(rows);
    const before = process.memoryUsage();
    const trained = trainForest(table, labels, SMALL_SPEC);
    const after = process.memoryUsage();
    expect(trained.ok).toBe(true);
    const { estimatedBytes } = estimateMemory({ rows, features: 4, spec: SMALL_SPEC });
    expect(after.arrayBuffers + after.heapUsed - before.heapUsed).toBeLessThan(estimatedBytes);
  });
});
