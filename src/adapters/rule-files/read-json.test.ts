import { describe, expect, test } from '@jest/globals';
import { JsonRefusal, readJson } from './read-json.ts';

describe('reading JSON', () => {
  test('tells the line of everything by its pointer', () => {
    const { value, lineOf } = readJson('{\n "a": [\n  1,\n  {"b/c": null}\n ]\n}');
    expect(value).toEqual({ a: [1, { 'b/c': null }] });
    expect(['', '/a', '/a/0', '/a/1/b~1c', '/a/1/none'].map(lineOf)).toEqual([1, 2, 3, 4, 4]);
  });

  test('keeps a member that is named like the prototype as a mere member', () => {
    const { value } = readJson('{"__proto__": {"polluted": 1}}');
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Reflect.get(Object(value), 'polluted')).toBeUndefined();
  });

  test.each([
    ['nothing', '', 'NOT_JSON', 1],
    ['a comma too many', '[1,\n]', 'NOT_JSON', 2],
    ['a comment', '// no\n1', 'NOT_JSON', 1],
    ['a word that JSON lacks', '{"a":\nNaN}', 'NOT_JSON', 2],
    ['a number beyond all bounds', '1e400', 'NOT_JSON', 1],
    ['an escape that is none', '"\\x41"', 'NOT_JSON', 1],
    ['text after the end', '{}\n{}', 'NOT_JSON', 2],
    ['a key twice', '{"a": 1,\n"\\u0061": 2}', 'DUPLICATE_KEY', 2],
    ['nesting without end', '['.repeat(100_000), 'TOO_DEEP', 1],
    ['half a letter', '{"a":\n"\\ud800"}', 'NOT_TEXT', 2],
    ['half a letter in a name', '{\n"\\udc00": 1}', 'NOT_TEXT', 2],
    ['DEL', '["\u007f"]', 'NOT_TEXT', 1],
    ['a control character of C1', '["a",\n"\u009b2J"]', 'NOT_TEXT', 2],
    ['a zero', '["\\u0000"]', 'NOT_TEXT', 1],
    ['a number that would be 0', '{"a":\n1e-400}', 'INEXACT_NUMBER', 2],
    ['a number that would be 18', '[17.99999999999999999999]', 'INEXACT_NUMBER', 1],
    ['a number that would be its neighbour', '9007199254740993', 'INEXACT_NUMBER', 1],
  ])('refuses %s', (_title, text, code, line) => {
    let refusal: unknown;
    try {
      readJson(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(JsonRefusal);
    expect(refusal).toMatchObject({ code, line });
  });

  test.each([
    [
      '{"a":\n [17.99999999999999999999]}',
      '`17.99999999999999999999` would be rounded to 18: write 18',
      '/a/0',
    ],
    [
      '{"a": "x\\u009fy"}',
      'a text at line 1, column 7 holds a control character or half a letter: remove it',
      '/a',
    ],
  ])('tells where what is refused stands, and what to write: %s', (text, message, pointer) => {
    expect(() => readJson(text)).toThrow(expect.objectContaining({ message, pointer }));
  });

  test('leaves tabs, line breaks, whole letters and exact numbers as they are', () => {
    const { value } = readJson('["a\\t\\nb 😀 \\ud83d\\ude00 é", 0.1, 1.50, -2e3]');
    expect(value).toEqual(['a\t\nb 😀 😀 é', 0.1, 1.5, -2000]);
  });
});
