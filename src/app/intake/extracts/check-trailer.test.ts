import { describe, expect, test } from '@jest/globals';
import type { Trailer } from '../../../domain/mapping.ts';
import { trailerCheck } from './check-trailer.ts';
import { resolveFormat } from './file-format.ts';

const TRAILER: Trailer = { marker: 'T', rowCount: 2, sums: [{ column: 'amount', cell: 3 }] };

function problemOf(lines: readonly string[], trailer = TRAILER) {
  const format = resolveFormat({ groupMark: ',', negatives: ['trailing'] });
  if (typeof format === 'string') throw new Error(format);
  const check = trailerCheck(trailer, { file: 'f', columns: ['id', 'amount'], format });
  const data = lines.filter((line, i) => check.isData({ line: i + 1, cells: line.split(';') }));
  const problem = check.problem();
  return [data.length, problem === undefined ? undefined : `${problem.at} ${problem.code}`];
}

describe('a trailer', () => {
  test.each<[string, readonly string[], string | undefined]>([
    ['that agrees', ['a;1.10', 'b;2.20-', 'T;2;1.10-'], undefined],
    ['over no row', ['T;0;0'], undefined],
    ['over cells that state nothing', ['a;', 'T;1;0.00'], undefined],
    ['that floats could not add up', ['a;0.1', 'b;0.2', 'T;2;0.3'], undefined],
    [
      'beyond exact integers',
      ['a;9,007,199,254,740,993.01', 'b;0.02', 'T;2;9007199254740993.03'],
      undefined,
    ],
    ['that is missing', ['a;1.10'], 'line 1 NO_TRAILER'],
    ['with a row behind it', ['a;1', 'T;1;1', 'b;2'], 'line 3 AFTER_TRAILER'],
    ['twice', ['a;1', 'T;1;1', 'T;1;1'], 'line 3 AFTER_TRAILER'],
    ['of another count', ['a;1.10', 'T;2;1.10'], 'line 2 COUNT_DIFFERS'],
    ['of another sum', ['a;1.10', 'T;1;1.11'], 'line 2 SUM_DIFFERS'],
    ['without its sum', ['a;1.10', 'T;1'], 'line 2 SUM_DIFFERS'],
    ['over a cell that is no number', ['a;x', 'T;1;0'], 'line 1 SUM_UNKNOWN'],
  ])('%s', (_title, lines, problem) => {
    expect(problemOf(lines)[1]).toBe(problem);
  });

  test('is no row itself', () => {
    expect(problemOf(['a;1', 'T;1;1'])).toEqual([1, undefined]);
  });
});
