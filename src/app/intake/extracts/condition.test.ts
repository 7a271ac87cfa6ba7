import { describe, expect, test } from '@jest/globals';
import { readField, transaction } from '../../../../test/support/mapped-row.ts';
import type { RowCondition } from '../../../domain/mapping.ts';

const asked = (condition: RowCondition, cell: string) =>
  readField(
    { ...transaction({ amountMinor: { constant: '1' } }), when: [condition] },
    { s: cell },
  );

describe('a condition on a cell', () => {
  test.each<[RowCondition, string, boolean]>([
    [{ column: 's', like: ['SAL*', 'PAY?'] }, 'SALARY', true],
    [{ column: 's', like: ['SAL*', 'PAY?'] }, 'PAYS', true],
    [{ column: 's', like: ['SAL*'] }, 'RENT', false],
    [{ column: 's', like: ['*'] }, '?', false],
    [{ column: 's', notLike: ['SAL*'] }, 'RENT', true],
    [{ column: 's', notLike: ['SAL*'] }, '', false],
    [{ column: 's', atLeast: 10 }, '10', true],
    [{ column: 's', above: 10 }, '10.00', false],
    [{ column: 's', above: -1, below: 0 }, '-0.01', true],
    [{ column: 's', atMost: 10 }, '9', true],
    [{ column: 's', atMost: 10 }, '', false],
    [{ column: 's', atLeast: '1993-07-05' }, '930705', true],
    [{ column: 's', above: '1993-07-05' }, '1993-07-05', false],
    [{ column: 's', atLeast: '1993-01-01', below: '1994-01-01' }, '931231', true],
    [{ column: '$line', atMost: 7 }, '', true],
    [{ column: '$file', like: ['f.*'] }, '', true],
  ])('%j of `%s`: %p', (condition, cell, expected) => {
    const read = asked(condition, cell);
    expect(read).toMatchObject({ state: 'RECORDS', records: expected ? [{}] : [] });
  });

  test.each<[RowCondition, string]>([
    [{ column: 's', above: 0 }, 'NOT_A_NUMBER'],
    [{ column: 's', above: '1993-01-01' }, 'NOT_A_DATE'],
  ])('%j of a cell that cannot be compared refuses the row', (condition, code) => {
    expect(asked(condition, 'n/a')).toMatchObject({ refusals: [{ column: 's', code }] });
  });
});
