import { expect, test } from '@jest/globals';
import { plain } from './output.ts';

test.each([
  ['\u001b[31mtown', '\\u001b[31mtown'],
  ['a\r\u0007\u009bb', 'a\\u000d\\u0007\\u009bb'],
  ['a\u202eb', 'a\\u202eb'],
  ['Zürich\n\t银行', 'Zürich\n\t银行'],
])('text for a terminal spells control characters', (text, told) => {
  expect(plain(text)).toBe(told);
});
