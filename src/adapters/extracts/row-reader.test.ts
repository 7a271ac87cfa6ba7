import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RowFormat } from '../../app/ports/extract.ts';
import { MAX_ROW_CHARACTERS, rowReader } from './row-reader.ts';

const FORMAT: RowFormat = { delimiter: ';', quote: '"', encoding: 'utf-8' };

function read(text: string, format = FORMAT, pieceLength = text.length) {
  const reader = rowReader(format);
  const rows = [];
  for (let at = 0; at < text.length; at += Math.max(1, pieceLength)) {
    rows.push(...reader.push(text.slice(at, at + Math.max(1, pieceLength))));
  }
  rows.push(...reader.end());
  return rows.map((row) => ('fault' in row ? [row.line, row.fault.code] : [row.line, row.cells]));
}

describe('a row reader', () => {
  test.each<[string, string, unknown[]]>([
    [
      'either line end',
      'a;b\r\nc;d\n',
      [
        [1, ['a', 'b']],
        [2, ['c', 'd']],
      ],
    ],
    ['a last line without an end', 'a;b', [[1, ['a', 'b']]]],
    ['empty cells', ';"";\n', [[1, ['', '', '']]]],
    [
      'no empty lines',
      'a\n\n\nb\n',
      [
        [1, ['a']],
        [4, ['b']],
      ],
    ],
    ['quotes around marks', '"a;b";"c""d"\n', [[1, ['a;b', 'c"d']]]],
    [
      'a cell of two lines, at its first',
      '"a\nb";c\nd;e\n',
      [
        [1, ['a\nb', 'c']],
        [3, ['d', 'e']],
      ],
    ],
    [
      'on after a quote that goes on',
      'a;"b"c;d\ne;f\n',
      [
        [1, 'MALFORMED_QUOTES'],
        [2, ['e', 'f']],
      ],
    ],
    [
      'on after a quote inside',
      'a;b"c\ne;f\n',
      [
        [1, 'MALFORMED_QUOTES'],
        [2, ['e', 'f']],
      ],
    ],
    [
      'on after a quote never closed',
      'a;"b\nc;d\ne;f',
      [
        [1, 'MALFORMED_QUOTES'],
        [2, ['c', 'd']],
        [3, ['e', 'f']],
      ],
    ],
    [
      'on after a byte of no character',
      'a;\uFFFD\nc;d',
      [
        [1, 'INVALID_CHARACTER'],
        [2, ['c', 'd']],
      ],
    ],
    [
      'on after a zero byte',
      'a;\u0000\nc;d',
      [
        [1, 'INVALID_CHARACTER'],
        [2, ['c', 'd']],
      ],
    ],
  ])('reads %s', (_title, text, expected) => {
    expect(read(text)).toEqual(expected);
    expect(read(text, FORMAT, 1)).toEqual(expected);
  });

  test.each([
    [
      'a;b\uFFFD',
      "a character of column 2 is not valid in the file's encoding: check `encoding`",
    ],
    ['\ud800;b', "a character of column 1 is not valid in the file's encoding: check `encoding`"],
    ['a;b;\u0000', 'a zero byte of column 3 cannot be kept: remove it'],
  ])('tells the column of what cannot be kept: %j', (text, message) => {
    const row = rowReader(FORMAT).push(`x\n${text}\n`)[1];
    expect(row).toEqual({ line: 2, fault: { code: 'INVALID_CHARACTER', message } });
  });

  test('refuses a row without end and reads the next', () => {
    const text = `${'x'.repeat(3 * MAX_ROW_CHARACTERS)}\na;b\n`;
    const expected = [
      [1, 'ROW_TOO_LONG'],
      [2, ['a', 'b']],
    ];
    expect(read(text)).toEqual(expected);
    expect(read(text, FORMAT, 1000)).toEqual(expected);
  });

  test('gives up a quote that stays open for a hundred lines, losing none of them', () => {
    const lines = Array.from({ length: 250 }, (_, i) => `${i};z`);
    const rows = read(['a;"open', ...lines].join('\n'));
    expect(rows[0]).toEqual([1, 'MALFORMED_QUOTES']);
    expect(rows.slice(1)).toEqual(lines.map((line, i) => [i + 2, line.split(';')]));
  });

  test('passes a preamble by, whatever quotes it holds', () => {
    const text = 'Report "of\n\nToday;"\na;b\n';
    expect(read(text, { ...FORMAT, preambleLines: 3 })).toEqual([[4, ['a', 'b']]]);
    expect(read(text, { ...FORMAT, preambleLines: 3 }, 1)).toEqual([[4, ['a', 'b']]]);
    expect(read(text, { ...FORMAT, preambleLines: 9 })).toEqual([]);
  });

  test('without quotes takes them as they stand', () => {
    expect(read('5" pipe;"x', { ...FORMAT, quote: null })).toEqual([[1, ['5" pipe', '"x']]]);
  });

  test('reads back whatever cells were written, in pieces of any length', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ';', '\n', ' ', 'ž', '\\', '\t') });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 30 }), (cells, pieceLength) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = cells.map((row) => `${row.map(quoted).join(';')}\n`).join('');
        expect(read(text, FORMAT, pieceLength).map(([, row]) => row)).toEqual(cells);
      }),
    );
  });
});
