import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText } from '../../../domain/canonical.ts';
import { packJson } from './pack-json.ts';
import { unpackJson } from './unpack-json.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

const vocabulary = vocabularyOf({
  likely: [{ action: 'loan', on: '2026-01-01' }, [{ b: 1, a: 2 }]],
  words: ['MARKETING', ''],
});
const columns = ['01a20f19-c43d-73c9-af4e-a273b2a3087f', 'C1'];
const packing = { vocabulary, columns };
const empty = vocabularyOf({ likely: [], words: [] });

function wide(count: number): Vocabulary {
  const likely = Array.from({ length: 200 }, (_, i) => ({ [`name ${i}`]: 0 }));
  return vocabularyOf({ likely, words: Array.from({ length: count }, (_, i) => `word ${i}`) });
}

const texts = fc.oneof(
  fc.constantFrom('loan', 'action', 'MARKETING', '', 'C1', ...columns, '__proto__'),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  fc.uuid(),
  fc.stringMatching(/^(sha256|hmac):[0-9a-f]{63,65}$/),
  fc.string({ unit: 'binary' }),
);
const numbers = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true }));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    texts,
    numbers.filter((n) => Number.isFinite(n)),
    fc.constantFrom(null, true, false),
    fc.array(tie('tree')),
    fc.dictionary(texts, tie('tree')),
    fc.record({ a: tie('tree'), b: tie('tree') }),
  ),
}));

describe('packed JSON', () => {
  test('comes back as it was, by whatever vocabulary', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(vocabulary, empty), (value, words) => {
        const by = { vocabulary: words, columns };
        expect(canonicalText(unpackJson(packJson(value, by), by))).toBe(canonicalText(value));
      }),
    );
  });

  test.each([
    ['0001-01-01'],
    ['1969-12-31'],
    ['1970-01-01'],
    ['2023-02-29'],
    ['2024-02-29'],
    ['2026-02-30'],
    ['2026-13-01'],
    ['9999-12-31'],
    ['2026/01/01'],
    ['1969-12-31T23:59:59.999Z'],
    ['2026-11-24T09:30:00.000Z'],
    ['2026-11-24T24:00:00.000Z'],
    ['2026-11-24T09:30:60.000Z'],
    ['2026-11-24T09:30:00.000z'],
    ['01A20F19-c43d-73c9-af4e-a273b2a3087f'],
    [`sha256:${'AB'.repeat(32)}`],
  ])('%s comes back to the letter', (text) => {
    const twice = ['2026-06-30', text, text];
    expect(unpackJson(packJson(twice, packing), packing)).toEqual(twice);
  });

  test('knows words and shapes beyond those of one and of two bytes', () => {
    const by = { vocabulary: wide(10_000), columns };
    const value = [
      ...by.vocabulary.words,
      ...by.vocabulary.shapes.map((names) => Object.fromEntries(names.map((name) => [name, 1]))),
    ];
    const packed = packJson(value, by);
    expect(unpackJson(packed, by)).toEqual(value);
    expect(packed.length).toBeLessThan(4 * value.length);
  });

  test('leaves out what is undefined, and keeps the order of nothing but lists', () => {
    const [a, b] = [
      { b: 1, c: undefined, a: 2 },
      { a: 2, b: 1 },
    ];
    expect(packJson(a, packing)).toEqual(packJson(b, packing));
    expect(Object.keys(Object(unpackJson(packJson(a, packing), packing)))).toEqual(['a', 'b']);
  });

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined], [1n], ['\ud800']])(
    'refuses %p, which has no JSON form',
    (value) => {
      expect(() => packJson([value], packing)).toThrow('cannot be stored');
    },
  );

  test('that is cut anywhere, or goes on, is refused', () => {
    const value = [{ a: 'text', b: [1.5, -7, 'MARKETING'] }, columns[0], '2026-01-01', 900];
    const packed = packJson(value, packing);
    for (let end = 0; end < packed.length; end += 1) {
      expect(() => unpackJson(packed.subarray(0, end), packing)).toThrow(RangeError);
    }
    expect(() => unpackJson(Buffer.concat([packed, packed]), packing)).toThrow(RangeError);
  });

  test.each([
    ['an unknown word', [95 + vocabulary.words.length + 1]],
    ['an unknown shape', [32 + vocabulary.shapes.length]],
    ['an absent column', [18]],
  ])('that names %s is refused', (_, bytes) => {
    expect(() => unpackJson(Uint8Array.from(bytes), packing)).toThrow('not known');
  });
});
