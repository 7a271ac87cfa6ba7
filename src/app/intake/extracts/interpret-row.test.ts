import { describe, expect, test } from '@jest/globals';
import { party, readField, region, transaction } from '../../../../test/support/mapped-row.ts';
import type { MappedRecord } from '../../../domain/mapping.ts';

describe('a field', () => {
  test.each<[string, MappedRecord, { readonly [column: string]: string }, string, unknown]>([
    ['text is trimmed', region('name', { column: 'v' }), { v: '  Praha ' }, 'name', 'Praha'],
    [
      'nothing stated is absent',
      region('population', { column: 'v' }),
      { v: ' ? ' },
      'population',
      undefined,
    ],
    [
      'a default stands in',
      region('name', { column: 'v', default: 'A' }),
      { v: '' },
      'name',
      'A',
    ],
    [
      'codes are translated',
      region('name', { column: 'v', codes: 'k' }),
      { v: 'A' },
      'name',
      'ONE',
    ],
    [
      'other codes may be allowed',
      region('name', { column: 'v', codes: 'k', otherwise: 'Z' }),
      { v: 'Q' },
      'name',
      'Z',
    ],
    [
      'columns are joined',
      region('name', { columns: ['v', 'w'], join: '|', codes: 'k' }),
      { v: 'x', w: 'y' },
      'name',
      'BOTH',
    ],
    [
      'lookups are chained',
      party('customerSince', { column: 'v', lookup: ['ab', 'bc'] }),
      { v: '1' },
      'customerSince',
      '1993-07-05',
    ],
    [
      'percent',
      region('urbanPpm', { column: 'v', transforms: ['percentToPpm'] }),
      { v: '46.7' },
      'urbanPpm',
      467_000,
    ],
    [
      'ratio',
      region('urbanPpm', { column: 'v', transforms: ['ratioToPpm'] }),
      { v: '0.059' },
      'urbanPpm',
      59_000,
    ],
    [
      'thousands',
      region('population', { column: 'v', transforms: ['thousandsToUnits'] }),
      { v: '12.5' },
      'population',
      12_500,
    ],
    [
      'a prefix builds a key',
      region('name', { column: 'v', transforms: ['lowercase', { prefix: 'loan-' }] }),
      { v: 'X1' },
      'name',
      'loan-x1',
    ],
    [
      'money in the bank’s currency',
      region('averageSalaryMinor', { column: 'v' }),
      { v: '8507' },
      'averageSalaryMinor',
      850_700,
    ],
    [
      'money in a named currency',
      region('averageSalaryMinor', { column: 'v', currency: 'JPY' }),
      { v: '8507' },
      'averageSalaryMinor',
      8507,
    ],
    [
      'a debit by code',
      transaction({
        amountMinor: {
          column: 'v',
          signByCode: { column: 's', negative: ['D'], positive: ['C'] },
        },
      }),
      { v: '700.00', s: 'D' },
      'amountMinor',
      -70_000,
    ],
    [
      'a credit by code',
      transaction({
        amountMinor: {
          column: 'v',
          signByCode: { column: 's', negative: ['D'], positive: ['C'] },
        },
      }),
      { v: '700.00', s: 'C' },
      'amountMinor',
      70_000,
    ],
    [
      'the end of a day',
      transaction({ recordedAt: { column: 'd', transforms: ['endOfDay'] } }),
      { v: '1', d: '930705' },
      'recordedAt',
      '1993-07-05T23:59:59.999Z',
    ],
    [
      'months are added',
      party('identityExpiresOn', { column: 'd', transforms: [{ addMonths: { column: 'n' } }] }),
      { d: '930131', n: '13' },
      'identityExpiresOn',
      '1994-02-28',
    ],
    [
      'a birth number',
      party('birthDate', { column: 'v', transforms: ['czechBirthNumberDate'] }),
      { v: '706213' },
      'birthDate',
      '1970-12-13',
    ],
    ['a flag', party('digitalActive', { column: 'v' }), { v: 'N' }, 'digitalActive', false],
  ])('%s', (_title, record, cells, field, expected) => {
    const read = readField(record, cells);
    if (read.state === 'REFUSED') throw new Error(JSON.stringify(read.refusals));
    expect(Reflect.get(read.records[0]?.record ?? {}, field)).toEqual(expected);
  });

  test('with a decimal comma neither points nor groups are read', () => {
    const record = transaction({});
    expect(readField(record, { v: '12,50' }, ',')).toMatchObject({
      records: [{ record: { amountMinor: 1250 } }],
    });
    expect(readField(record, { v: '1.212,50' }, ',').state).toBe('REFUSED');
  });
});
