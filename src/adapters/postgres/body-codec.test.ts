import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText } from '../../domain/canonical.ts';
import { CANONICAL_TEXT, DEFLATED, decodeBody, encodeBody } from './body-codec.ts';

const dictionary = { code: 70_000, bytes: Buffer.from('{"customer":"","decision":{"arm":"') };
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
    const text = Buffer.from(canonicalText(value), 'utf8');
    expect(decodeBody({ codec: CANONICAL_TEXT, body: text }, new Map())).toEqual(value);
  });

  test('says what its dictionary says at the cost of a pointer', () => {
    const long = { text: 'a dictionary of what is likely to be said again and again'.repeat(3) };
    const bytes = Buffer.from(canonicalText(long), 'utf8');
    expect(encodeBody(long, { code: 1, bytes }).body.length).toBeLessThan(20);
  });

  test.each<[string, number, Uint8Array, string]>([
    ['cut off in its head', DEFLATED, body.subarray(0, 7), 'it is cut off'],
    ['cut off behind it', DEFLATED, body.subarray(0, body.length - 3), 'it does not inflate'],
    ['empty', DEFLATED, Buffer.alloc(0), 'it is cut off'],
    ['of another dictionary', DEFLATED, altered(0), 'no dictionary'],
    ['with another check', DEFLATED, altered(5), 'its check fails'],
    ['of an unknown codec', 2, body, 'this program knows no such codec'],
    ['of codec 0 and no JSON', CANONICAL_TEXT, Buffer.from('{"a":'), 'its text is no JSON'],
  ])('%s is refused, saying why', (_, number, bytes, reason) => {
    expect(() => decodeBody({ codec: number, body: bytes }, shelf)).toThrow(
      expect.objectContaining({ name: 'BadBody', message: expect.stringContaining(reason) }),
    );
  });

  test('with any one byte changed is refused', () => {
    expect(codec).toBe(DEFLATED);
    for (let at = 0; at < body.length; at += 1) {
      expect(() => decodeBody({ codec, body: altered(at) }, shelf)).toThrow('cannot be read');
    }
  });

  test('is refused under a dictionary of other words', () => {
    const other = new Map([
      [dictionary.code, Buffer.from('something else, and quite as long !!')],
    ]);
    expect(() => decodeBody({ codec, body }, other)).toThrow('cannot be read');
  });
});
