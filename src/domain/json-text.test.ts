import { describe, expect, test } from '@jest/globals';
import { faultOfJson } from './json-text.ts';

describe('the fault of a JSON text', () => {
  test.each([
    ['a key twice', '{"a":1,"a":2}', 'a', '/a'],
    ['a key twice below', '{"x":[{"b":1},{"b":1,"c":{},"b":2}]}', 'b', '/x/1/b'],
    ['a key written in two ways', '{"sub":1,"s\\u0075b":2}', 'sub', '/sub'],
    ['a key twice after wide space', `{"a"${' '.repeat(999)}:1,"a":2}`, 'a', '/a'],
    ['a key twice, with quotes in it', '{"q\\"":1,"q\\"":2}', 'q"', '/q"'],
    ['a key twice after a backslash', '{"z":"\\\\","a":1,"a":2}', 'a', '/a'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', '__proto__', '/__proto__'],
  ])('is %s', (_title, text, key, at) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(faultOfJson(text)).toEqual({ code: 'REPEATED_KEY', key, at });
  });

  test.each([
    ['half a pair, escaped', '{"a":["x","\\ud800"]}', '/a/1', false],
    ['half a pair as it is', '"\udc00"', '', false],
    ['DEL', '{"a":{"b":"\u007f"}}', '/a/b', false],
    ['a control character of C1', '{"a~/b":"\u009b"}', '/a~0~1b', false],
    ['an escape of C0', '["\\u001b"]', '/0', false],
    ['a zero', '["\\u0000"]', '/0', false],
    ['half a pair in a name', '{"v":{"good":1,"\\udbff":2}}', '/v', true],
    ['DEL in a name of the whole', '{"\u007f":2}', '', true],
  ])('is text that is not well formed: %s', (_title, text, at, isKey) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(faultOfJson(text)).toEqual({ code: 'NOT_TEXT', at, isKey });
  });

  test.each([
    ['[1,{"a":1e-400}]', '/1/a', '1e-400'],
    ['17.99999999999999999999', '', '17.99999999999999999999'],
    ['{"a":9007199254740993}', '/a', '9007199254740993'],
    ['[-1e400]', '/0', '-1e400'],
  ])('is a number that a double would round: %s', (text, at, literal) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(faultOfJson(text)).toEqual({ code: 'INEXACT_NUMBER', at, literal });
  });

  test.each([
    ['nothing', '{}'],
    ['equal keys of two objects', '{"a":{"a":1},"b":{"a":1}}'],
    ['strings that look like keys', '{"a":"a","b":["a","a"],"c":"{\\"a\\":1,\\"a\\":2}"}'],
    ['a bare string', '"a"'],
    ['lines, tabs and whole pairs', '{"a":"x\\ty\\r\\nz \\ud83d\\ude00 😀 \u00a0\u2028"}'],
    [
      'numbers that a double holds as written',
      '[0.1,-0,1.50e2,0e999999,9007199254740992,5e-324]',
    ],
    ['64 arrays within each other', '['.repeat(64) + ']'.repeat(64)],
  ])('is none with %s', (_title, text) => {
    expect(faultOfJson(text)).toBeUndefined();
  });

  test('is nesting beyond 64, however deep, without a stack overflow', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(faultOfJson(text)).toEqual({ code: 'TOO_DEEP', most: 64, at: '/0'.repeat(64) });
  });

  test('is the first that its reader minds', () => {
    const text = '{"a":1e-400,"b":1,"b":"\\ud800"}';
    const minds = (code: string) => faultOfJson(text, (fault) => fault.code === code)?.at;
    expect(['INEXACT_NUMBER', 'REPEATED_KEY', 'NOT_TEXT', 'TOO_DEEP'].map(minds)).toEqual([
      '/a',
      '/b',
      '/b',
      undefined,
    ]);
  });

  test('is found in time that grows with the text alone', () => {
    const text = `[1${'0'.repeat(500_000)}1,"${'\\\\'.repeat(250_000)}"]`;
    const began = performance.now();
    expect(faultOfJson(text)?.code).toBe('INEXACT_NUMBER');
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
