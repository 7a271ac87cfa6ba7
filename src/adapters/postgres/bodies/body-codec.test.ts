import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText } from '../../../domain/canonical.ts';
import { CANONICAL_TEXT, decodeBody, encodeBody, PACKED } from './body-codec.ts';

const likely = [{ customer: '', decision: { arm: 'TREATED', candidates: [] } }];
const text = { likely, words: ['CONTROL', '__proto__'] };
const dictionary = { code: 70_000, bytes: Buffer.from(canonicalText(text), 'utf8') };
const shelf = new Map([[dictionary.code, dictionary.bytes]]);
const value = { customer: 'ü', decision: { arm: 'TREATED', candidates: [1, 2.5, null, true] } };
const { codec, body } = encodeBody(value, dictionary);

function altered(at: number): Uint8Array {
  return body.map((byte, i) => (i === at ? byte ^ 0x55 : byte));
}

describe('a stored body', () => {
  test('comes back as it was written, to the byte of its canonical text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        // An own `__proto__` cannot be told apart once parsed, and -0 is written as 0.
        const written = canonicalText(json);
        const back = decodeBody(encodeBody(JSON.parse(written), dictionary), shelf);
        expect(canonicalText(back)).toBe(written);
      }),
    );
  });

  test('of codec 0 stays readable', () => {
    const bytes = Buffer.from(canonicalText(value), 'utf8');
    expect(decodeBody({ codec: CANONICAL_TEXT, body: bytes }, new Map())).toEqual(value);
  });

  test('says what its dictionary says at the cost of a pointer', () => {
    const names = Array.from({ length: 60 }, (_, i) => `a name that is quite long, ${i}`);
    const long = { likely: [names], words: [] };
    const bytes = Buffer.from(canonicalText(long), 'utf8');
    expect(encodeBody(names, { code: 1, bytes }).body.length).toBeLessThan(20);
  });

  test('points at what the columns beside it say, and is of no use beside others', () => {
    const id = 'the id of the row, which is long';
    const whole = { customer: id, decision: { arm: id, candidates: [id] } };
    const alone = encodeBody(whole, dictionary);
    const beside = encodeBody(whole, dictionary, [id, 'other']);
    expect(beside.body.length).toBeLessThan(alone.body.length - id.length / 2);
    expect(decodeBody(beside, shelf, [id, 'other'])).toEqual(whole);
    for (const columns of [[], ['other', id], [id.toUpperCase(), 'other'], [id, 'altered']]) {
      expect(() => decodeBody(beside, shelf, columns)).toThrow('its check fails');
    }
  });

  test.each<[string, number, Uint8Array, string]>([
    ['cut off in its head', PACKED, body.subarray(0, 7), 'it is cut off'],
    ['cut off behind it', PACKED, body.subarray(0, body.length - 3), 'it does not inflate'],
    ['empty', PACKED, Buffer.alloc(0), 'it is cut off'],
    ['of another dictionary', PACKED, altered(0), 'no dictionary'],
    ['with another check', PACKED, altered(5), 'its check fails'],
    ['of an unknown codec', 2, body, 'this program knows no such codec'],
    ['of codec 0 and no JSON', CANONICAL_TEXT, Buffer.from('{"a":'), 'its text is no JSON'],
  ])('%s is refused, saying why', (_, number, bytes, reason) => {
    expect(() => decodeBody({ codec: number, body: bytes }, shelf)).toThrow(
      expect.objectContaining({ name: 'BadBody', message: expect.stringContaining(reason) }),
    );
  });

  test('with any one byte changed is refused', () => {
    expect(codec).toBe(PACKED);
    for (let at = 0; at < body.length; at += 1) {
      expect(() => decodeBody({ codec, body: altered(at) }, shelf)).toThrow('cannot be read');
    }
  });

  test.each([
    ['of other words', { likely: ['something else'], words: ['and', 'more'] }],
    ['of the same words in another order', { ...text, words: text.words.toReversed() }],
    ['of one word more', { ...text, words: [...text.words, 'more'] }],
    ['that is none', 'no dictionary'],
  ])('is refused under a dictionary %s', (_, other) => {
    const bytes = Buffer.from(canonicalText(other), 'utf8');
    const wrong = new Map([[dictionary.code, bytes]]);
    expect(() => decodeBody({ codec, body }, wrong)).toThrow('a body of codec 1 cannot be read');
  });
});
