import { describe, expect, test } from '@jest/globals';
import { addText, bytesOf, startTexts, textsOf } from './text-column.ts';

function columnOf(texts: readonly string[]) {
  const column = startTexts();
  for (const text of texts) addText(column, text);
  return column;
}

describe('a column of texts', () => {
  test.each([
    ['of few values', (k: number) => ['', 'a', 'Zürich', '银行 😀'][k % 4] ?? ''],
    ['of as many values as a byte tells', (k: number) => `v${k % 256}`],
    ['of one value more', (k: number) => `v${k % 257}`],
    ['of texts that all differ', (k: number) => (k % 5 === 0 ? '' : `é${k}`.repeat(k % 9))],
  ])('%s gives back what was added', (_, text) => {
    const texts = Array.from({ length: 3000 }, (_, k) => text(k));
    expect(textsOf(columnOf(texts))).toEqual(texts);
    expect(textsOf(columnOf(texts.slice(0, 1)))).toEqual(texts.slice(0, 1));
  });

  test('takes at most two bytes a row while few texts differ', () => {
    const texts = Array.from({ length: 100_000 }, (_, k) => `a long text ${k % 9}`);
    expect(bytesOf(columnOf(texts))).toBeLessThan(200_000);
  });
});
