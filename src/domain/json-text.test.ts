import { describe, expect, test } from '@jest/globals';
import { faultOfJson } from './json-text.ts';

describe('the fault of a JSON text', () => {
  test.each([
    ['a key twice', '{"a":1,"a":2}', 'a'],
    ['a key twice below', '{"x":[{"b":1},{"b":1,"c":{},"b":2}]}', 'b'],
    ['a key written in two ways', '{"sub":1,"s\\u0075b":2}', 'sub'],
    ['a key twice with wide space before the colon', `{"a"${' '.repeat(999)}:1,"a":2}`, 'a'],
    ['a key twice, with quotes in it', '{"q\\"":1,"q\\"":2}', 'q"'],
    ['a key twice after a string that ends in a backslash', '{"z":"\\\\","a":1,"a":2}', 'a'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('is %s', (_title, text, key) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(faultOfJson(text)).toEqual({ code: 'REPEATED_KEY', key });
  });

  test.each([
    ['nothing', '{}'],
    ['equal keys of two objects', '{"a":{"a":1},"b":{"a":1}}'],
    ['strings that look like keys', '{"a":"a","b":["a","a"],"c":"{\\"a\\":1,\\"a\\":2}"}'],
    ['a bare string', '"a"'],
    ['64 arrays within each other', '['.repeat(64) + ']'.repeat(64)],
  ])('is none with %s', (_title, text) => {
    expect(faultOfJson(text)).toBeUndefined();
  });

  test('is nesting beyond 64, however deep, without a stack overflow', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(faultOfJson(text)).toEqual({ code: 'TOO_DEEP', most: 64 });
  });
});
