import { describe, expect, test } from '@jest/globals';
import type { FieldValue, MappedRecord } from '../../domain/mapping.ts';
import { resolveFormat } from './file-format.ts';
import { rowInterpreter } from './interpret-row.ts';
import { rowMaker } from './row.ts';

const FORMAT = {
  dateFormats: ['YYMMDD', 'YYYY-MM-DD'],
  twoDigitYearsFrom: 1900,
  nullTokens: ['', '?'],
};

const recorded: FieldValue = { constant: '2000-01-01T00:00:00.000Z' };

/** Reads one value as the field of a record that has all else. */
function readField(
  record: MappedRecord,
  cells: { readonly [column: string]: string },
  decimalMark: '.' | ',' = '.',
) {
  const format = resolveFormat(FORMAT, { decimalMark });
  if (typeof format === 'string') throw new Error(format);
  const interpret = rowInterpreter([record], {
    codes: new Map([
      [
        'k',
        new Map([
          ['A', 'ONE'],
          ['B', null],
          ['x|y', 'BOTH'],
        ]),
      ],
    ]),
    lookups: new Map([
      ['ab', new Map([['1', '2']])],
      ['bc', new Map([['2', '930705']])],
    ]),
    reportingCurrency: 'CZK',
    extractedAt: '2026-11-24T12:00:00.000Z',
  });
  const columns = Object.keys(cells);
  return interpret(rowMaker(columns, format)(Object.values(cells)));
}

const region = (field: string, value: FieldValue): MappedRecord => ({
  entity: 'region',
  fields: {
    regionCode: { constant: 'r' },
    name: { constant: 'n' },
    recordedAt: recorded,
    [field]: value,
  },
});

const transaction = (fields: { readonly [field: string]: FieldValue }): MappedRecord => ({
  entity: 'transaction',
  fields: {
    transactionId: { constant: 't' },
    arrangementId: { constant: 'a' },
    effectiveAt: recorded,
    amountMinor: { column: 'v' },
    currency: { constant: 'CZK' },
    recordedAt: recorded,
    ...fields,
  },
});

const party = (field: string, value: FieldValue): MappedRecord => ({
  entity: 'party',
  fields: {
    partyId: { constant: 'p' },
    kind: { constant: 'PERSON' },
    recordedAt: recorded,
    [field]: value,
  },
});

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

describe('a row is refused, with column and reason,', () => {
  test.each<[string, MappedRecord, { readonly [column: string]: string }, string | null, string]>(
    [
      [
        'when a required cell states nothing',
        region('name', { column: 'v' }),
        { v: '' },
        'v',
        'REQUIRED',
      ],
      [
        'when a required code states nothing',
        region('name', { column: 'v', codes: 'k' }),
        { v: 'B' },
        'v',
        'REQUIRED',
      ],
      [
        'for an unknown code',
        region('name', { column: 'v', codes: 'k' }),
        { v: 'toString' },
        'v',
        'UNKNOWN_CODE',
      ],
      [
        'for a key that a lookup lacks',
        party('customerSince', { column: 'v', lookup: 'ab' }),
        { v: '9' },
        'v',
        'NOT_IN_LOOKUP',
      ],
      [
        'for a day that does not exist',
        party('birthDate', { column: 'v' }),
        { v: '930231' },
        'v',
        'NOT_A_DATE',
      ],
      [
        'for a day where an instant belongs',
        transaction({ effectiveAt: { column: 'd' } }),
        { v: '1', d: '930705' },
        'd',
        'NO_TIME',
      ],
      [
        'for an amount with too many decimals',
        transaction({}),
        { v: '1.005' },
        'v',
        'NOT_AN_AMOUNT',
      ],
      ['for an amount in exponents', transaction({}), { v: '1e5' }, 'v', 'NOT_AN_AMOUNT'],
      [
        'for an amount beyond exact integers',
        transaction({}),
        { v: '9'.repeat(20) },
        'v',
        'NOT_AN_AMOUNT',
      ],
      [
        'for a sign beside a code',
        transaction({
          amountMinor: {
            column: 'v',
            signByCode: { column: 's', negative: ['D'], positive: ['C'] },
          },
        }),
        { v: '-7', s: 'D' },
        's',
        'NOT_AN_AMOUNT',
      ],
      [
        'for a code without a sign',
        transaction({
          amountMinor: {
            column: 'v',
            signByCode: { column: 's', negative: ['D'], positive: ['C'] },
          },
        }),
        { v: '7', s: 'X' },
        's',
        'UNKNOWN_CODE',
      ],
      [
        'for a share that would be rounded',
        region('urbanPpm', { column: 'v', transforms: ['percentToPpm'] }),
        { v: '1.23456' },
        'v',
        'NOT_A_NUMBER',
      ],
      [
        'for text without end',
        region('name', { column: 'v' }),
        { v: 'x'.repeat(501) },
        'v',
        'TOO_LONG',
      ],
      [
        'for no currency',
        transaction({ currency: { column: 'c' } }),
        { v: '1', c: 'crowns' },
        'c',
        'NOT_A_CURRENCY',
      ],
      [
        'for no birth number',
        party('sex', { column: 'v', transforms: ['czechBirthNumberSex'] }),
        { v: '999999' },
        'v',
        'NOT_A_BIRTH_NUMBER',
      ],
      [
        'for a flag that is none',
        party('digitalActive', { column: 'v' }),
        { v: 'perhaps' },
        'v',
        'NOT_A_BOOLEAN',
      ],
      [
        'when recorded after the extract',
        region('recordedAt', { column: 'd', transforms: ['startOfDay'] }),
        { d: '2026-11-25' },
        null,
        'RECORDED_TOO_LATE',
      ],
    ],
  )('%s', (_title, record, cells, column, code) => {
    expect(readField(record, cells)).toMatchObject({
      state: 'REFUSED',
      refusals: [{ column, code }],
    });
  });

  test('whole, naming every wrong cell', () => {
    const record = transaction({ sequence: { column: 'n' } });
    const read = readField(record, { v: 'x', n: 'y' });
    expect(read).toMatchObject({ refusals: [{ column: 'n' }, { column: 'v' }] });
  });

  test('unless its record is not for such rows', () => {
    const record: MappedRecord = { ...transaction({}), when: [{ column: 's', in: ['yes'] }] };
    expect(readField(record, { v: 'x', s: 'no' })).toEqual({ state: 'RECORDS', records: [] });
    const present: MappedRecord = { ...transaction({}), when: [{ column: 's', present: true }] };
    expect(readField(present, { v: 'x', s: '?' })).toEqual({ state: 'RECORDS', records: [] });
    const other: MappedRecord = { ...transaction({}), when: [{ column: 's', notIn: ['no'] }] };
    expect(readField(other, { v: 'x', s: '' })).toEqual({ state: 'RECORDS', records: [] });
  });
});
