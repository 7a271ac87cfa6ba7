import { describe, expect, test } from '@jest/globals';
import { trainSmall } from '../../../../test/support/training-table.ts';
import { exportForest } from '../../../laboratory/exchanging/export-forest.ts';
import { importForest } from '../../../laboratory/exchanging/import-forest.ts';
import { checksum } from './checksum.ts';
import { decodeForest } from './decode-forest.ts';
import { encodeForest } from './forest-bytes.ts';

const { forest } = trainSmall({ trees: 3, minimumLeaf: 60 });
const bytes = encodeForest(forest);

/** Damage that whoever did it sealed again. */
function sealed(change: (copy: Uint8Array) => Uint8Array): Uint8Array {
  const copy = change(bytes.slice());
  new DataView(copy.buffer).setUint32(
    copy.length - 4,
    checksum(copy.subarray(0, copy.length - 4)),
    true,
  );
  return copy;
}

function jsonOf(): Record<string, unknown> {
  return JSON.parse(JSON.stringify(exportForest(forest)));
}

function memberOf(parent: unknown, name: string | number): unknown {
  return Reflect.get(Object(parent), name);
}

describe('the bytes of a forest', () => {
  test('come back as the same forest, also from the middle of a larger buffer', () => {
    expect(decodeForest(bytes)).toEqual({ ok: true, value: forest });
    const buffer = new Uint8Array(bytes.length + 11);
    buffer.set(bytes, 7);
    const back = decodeForest(buffer.subarray(7, 7 + bytes.length));
    expect(back.ok && encodeForest(back.value)).toEqual(bytes);
  });

  test('are refused with any one byte changed', () => {
    for (let k = 0; k < bytes.length; k += 1) {
      const copy = bytes.slice();
      copy[k] = (copy[k] ?? 0) ^ 0x10;
      expect(decodeForest(copy).ok).toBe(false);
    }
  });

  test('are refused cut off anywhere, sealed or not', () => {
    for (let k = 0; k < bytes.length; k += 5) {
      expect(decodeForest(bytes.slice(0, k)).ok).toBe(false);
      if (k >= 20) expect(decodeForest(sealed((copy) => copy.slice(0, k))).ok).toBe(false);
    }
  });

  test('with a sealed change are still a forest of whole trees, or refused', () => {
    let refused = 0;
    for (let k = 0; k < bytes.length - 4; k += 1) {
      const result = decodeForest(
        sealed((copy) => {
          copy[k] = (copy[k] ?? 0) ^ 0xff;
          return copy;
        }),
      );
      if (!result.ok) refused += 1;
      else expect(encodeForest(result.value).length).toBeGreaterThan(0);
    }
    expect(refused).toBeGreaterThan(bytes.length / 4);
  });

  test.each([
    ['nothing', new Uint8Array(0), 'FOREIGN', 'byte 0'],
    ['a picture', Uint8Array.from({ length: 64 }, (_, k) => k), 'FOREIGN', 'byte 0'],
    ['another format', bytes.with(8, 2), 'UNKNOWN_VERSION', 'byte 8'],
    ['a flipped bit', bytes.with(40, 1), 'CORRUPT', `byte ${bytes.length - 4}`],
  ])('are refused for %s, naming the place', (_, content, code, at) => {
    expect(decodeForest(content)).toMatchObject({ ok: false, refusal: { code, at } });
  });
});

describe('a forest in JSON is refused', () => {
  const root = ['baseModel', 'estimators', 0, 'root'];
  const featureless = '/features';

  test.each([
    ['of another kind', ['name'], 'RFClassifier', 'FOREIGN', '/name'],
    ['of another format', ['format'], 2, 'UNKNOWN_VERSION', '/format'],
    ['that takes the median', ['selectionMethod'], 'median', 'FOREIGN', '/selectionMethod'],
    ['that votes', ['baseModel', 'isClassifier'], true, 'FOREIGN', '/baseModel'],
    ['without trees', ['baseModel', 'estimators'], [], 'CORRUPT', '/baseModel/estimators'],
    ['of fewer trees', ['baseModel', 'nEstimators'], 2, 'CORRUPT', '/baseModel/nEstimators'],
    ['of other columns', ['baseModel', 'indexes', 1], [9], 'CORRUPT', '/baseModel/indexes/1'],
    ['without features', ['features'], [], 'BAD_FEATURES', featureless],
    ['with a nameless feature', ['features', 1], {}, 'BAD_FEATURES', '/features/1'],
    ['with a broken spec', ['spec'], { trees: 'many' }, 'CORRUPT', '/spec'],
    ['with a node missing', [...root, 'left'], null, 'BAD_NODE', '/left'],
    ['with a text to split at', [...root, 'splitValue'], '5', 'BAD_NODE', '/splitValue'],
    ['with an unknown column', [...root, 'splitColumn'], 99, 'BAD_NODE', '/splitColumn'],
    [
      'with a leaf above one',
      [...root, 'left'],
      { distribution: 2 },
      'BAD_NODE',
      '/distribution',
    ],
    ['with half a row', [...root, 'n'], 0.5, 'BAD_NODE', '/n'],
  ])('%s, naming the place', (_, path, value, code, at) => {
    const json = jsonOf();
    const parent = path.slice(0, -1).reduce<unknown>(memberOf, json);
    Reflect.set(Object(parent), path.at(-1) ?? '', value);
    const imported = importForest(json);
    expect(imported).toMatchObject({ ok: false, refusal: { code } });
    expect(imported.ok ? '' : imported.refusal.at).toMatch(new RegExp(`${at}$`));
  });

  test.each([[null], [42], ['RFRegression'], [[]], [{}]])('that is %j', (json) => {
    expect(importForest(json)).toMatchObject({ ok: false, refusal: { code: 'FOREIGN' } });
  });

  test('whose tree is too deep for a stack is read, not a crash', () => {
    const json = jsonOf();
    let node: unknown = { distribution: 0.5 };
    for (let depth = 0; depth < 40_000; depth += 1) {
      node = { splitColumn: 0, splitValue: 1, left: { distribution: 0 }, right: node };
    }
    Reflect.set(
      Object(['baseModel', 'estimators', 0].reduce<unknown>(memberOf, json)),
      'root',
      node,
    );
    expect(importForest(json)).toMatchObject({ refusal: { code: 'TREE_TOO_DEEP' } });
  });

  test('whose tree has more nodes than a packed one can name', () => {
    const json = jsonOf();
    let node: object = { distribution: 0.5 };
    for (let depth = 0; depth < 16; depth += 1) {
      node = { splitColumn: 0, splitValue: 1, left: node, right: node };
    }
    Reflect.set(
      Object(['baseModel', 'estimators', 0].reduce<unknown>(memberOf, json)),
      'root',
      node,
    );
    expect(importForest(json)).toMatchObject({ refusal: { code: 'TREE_TOO_LARGE' } });
  });
});
