import { describe, expect, test } from '@jest/globals';
import { smallInput } from '../../../../test/support/small-input.ts';
import type { LoadedSnapshot, PartSources } from '../../../domain/snapshot.ts';
import { createPatientBuilds, isWhole } from './patient-builds.ts';
import type { BuiltSnapshot, SnapshotOrder } from './snapshot-builder.ts';

const { snapshot, sheet } = smallInput();

function snapshotWith(transactions: PartSources): LoadedSnapshot {
  const sources = { ...snapshot.sources, transactions };
  return { address: `hmac:${'0'.repeat(64)}`, snapshot: { ...snapshot, sources }, sheet };
}

const WHOLE = snapshotWith([]);
const SLOW = snapshotWith({ failed: 'SOURCE_DOWN' });
// What is ordered is handed on as it is: no member of it is read here.
const ORDER = {} as SnapshotOrder;

/** Builds that end when told, and the keys of those that were begun and given out. */
function opened() {
  const begun: ((answer: LoadedSnapshot | Error) => Promise<void>)[] = [];
  const given: string[] = [];
  let nowMs = 0;
  const builds = createPatientBuilds({
    build: () => {
      const { promise, resolve, reject } = Promise.withResolvers<BuiltSnapshot>();
      begun.push(async (answer) => {
        if (answer instanceof Error) reject(answer);
        else resolve({ snapshot: answer, history: {} as BuiltSnapshot['history'] });
        await new Promise(setImmediate);
      });
      return promise;
    },
    onBuilt: (key) => void given.push(key),
    clock: { now: () => new Date(nowMs).toISOString() },
  });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { begin: (key: string) => builds.begin(key, ORDER), begun, given, pass };
}

describe('a snapshot that could not be read in time', () => {
  test.each<[string, PartSources, boolean]>([
    ['where a source did not answer', { failed: 'SOURCE_DOWN' }, false],
    ['where it never covered the customer', { failed: 'NOT_COVERED' }, true],
    ['where all was read', [], true],
  ])('is told from others: %s', (_what, sources, whole) => {
    expect(isWhole(snapshotWith(sources))).toBe(whole);
  });

  test('is built once, however many ask for it meanwhile, and given out', async () => {
    const { begin, begun, given } = opened();
    for (let i = 0; i < 10; i += 1) begin('a');
    expect(begun).toHaveLength(1);
    await begun[0]?.(WHOLE);
    expect(given).toEqual(['a']);
  });

  test('is built for two customers at a time, and for the others after them', async () => {
    const { begin, begun, given } = opened();
    for (const key of ['a', 'b', 'c', 'd']) begin(key);
    expect(begun).toHaveLength(2);
    await begun[0]?.(WHOLE);
    expect(begun).toHaveLength(3);
    for (const end of [1, 2, 3]) await begun[end]?.(WHOLE);
    expect(given.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('is left to who asks again where a hundred wait', async () => {
    const { begin, begun, given } = opened();
    for (let i = 0; i < 110; i += 1) begin(String(i));
    for (let i = 0; i < begun.length; i += 1) await begun[i]?.(WHOLE);
    expect(given).toHaveLength(102);
  });

  test.each<[string, LoadedSnapshot | Error]>([
    ['is down', SLOW],
    ['fails', new Error('a test')],
  ])('is tried again after half a minute where its source %s', async (_what, answer) => {
    const { begin, begun, given, pass } = opened();
    begin('a');
    await begun[0]?.(answer);
    pass(29_999);
    begin('a');
    expect([begun.length, given]).toEqual([1, []]);
    pass(1);
    begin('a');
    expect(begun).toHaveLength(2);
  });
});
