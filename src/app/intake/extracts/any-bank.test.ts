import { describe, expect, test } from '@jest/globals';
import { party, readField, region, transaction } from '../../../../test/support/mapped-row.ts';
import type { FieldValue, FileFormat, MappedRecord } from '../../../domain/mapping.ts';

type Cells = { readonly [column: string]: string };
const amount = (value: FieldValue) => transaction({ amountMinor: value });
const at = (value: FieldValue) => transaction({ effectiveAt: value });
const EITHER = { debit: 'out', credit: 'in' } as const;
const SIGNS = { v: '€ 1,234.50' };
const LEDGER = { groupMark: ',', currencySigns: { '€': 'EUR', Kč: 'CZK' } };
const PRAGUE: FileFormat = {
  dateFormats: ['YYYY-MM-DD hh:mm', 'YYYY-MM-DDThh:mmZ'],
  timeZone: 'Europe/Prague',
};
const PIECES = { columns: ['y', 'm', 'd'], join: '-' } as const;

describe('a value of any bank', () => {
  test.each<[string, MappedRecord, Cells, FileFormat, string, unknown]>([
    [
      'decimals rounded as declared',
      amount({ column: 'v', transforms: [{ round: { rule: 'halfEven' } }] }),
      { v: '-0.125' },
      {},
      'amountMinor',
      -12,
    ],
    [
      'decimals of the currency in the row',
      amount({
        column: 'v',
        currency: { column: 'c' },
        transforms: [{ round: { rule: 'halfEven' } }],
      }),
      { v: '12.5', c: 'JPY' },
      {},
      'amountMinor',
      12,
    ],
    [
      'zeros dropped where the mapping says so',
      amount({ column: 'v', transforms: [{ round: { rule: 'zerosOnly' } }] }),
      { v: '20.000' },
      {},
      'amountMinor',
      2000,
    ],
    [
      'a share rounded before it is one',
      region('urbanPpm', {
        column: 'v',
        transforms: [{ round: { rule: 'towardZero', decimals: 4 } }, 'percentToPpm'],
      }),
      { v: '1.23456' },
      {},
      'urbanPpm',
      12_345,
    ],
    [
      'a percent sign taken off',
      region('urbanPpm', { column: 'v', transforms: [{ strip: ['%'] }, 'percentToPpm'] }),
      { v: '46.7 %' },
      {},
      'urbanPpm',
      467_000,
    ],
    [
      'a turned sign',
      amount({ column: 'v', transforms: ['negate'] }),
      { v: '12.50' },
      {},
      'amountMinor',
      -1250,
    ],
    [
      'a turned zero',
      amount({ column: 'v', transforms: ['negate'] }),
      { v: '0.00' },
      {},
      'amountMinor',
      0,
    ],
    [
      'a currency sign',
      amount({ column: 'v' }),
      { v: '1,234.50 Kč' },
      LEDGER,
      'amountMinor',
      123_450,
    ],
    [
      'a count in groups',
      region('population', { column: 'v' }),
      { v: '1,234,567' },
      LEDGER,
      'population',
      1_234_567,
    ],
    ['a debit', amount(EITHER), { out: '5.00', in: '' }, {}, 'amountMinor', -500],
    ['a credit', amount(EITHER), { out: '', in: '5.00' }, {}, 'amountMinor', 500],
    ['a credit beside zero', amount(EITHER), { out: '0.00', in: '5.00' }, {}, 'amountMinor', 500],
    ['a debit beside zero', amount(EITHER), { out: '5.00', in: '0.00' }, {}, 'amountMinor', -500],
    [
      'the first that is stated',
      region('name', { firstOf: ['v', 'w'] }),
      { v: '?', w: 'here' },
      {},
      'name',
      'here',
    ],
    [
      'a key of file and line',
      region('regionCode', { columns: ['$file', '$line'], join: ':' }),
      { v: '' },
      {},
      'regionCode',
      'f.csv:7',
    ],
    [
      'a date in pieces',
      party('customerSince', { ...PIECES, format: { dateFormats: ['YYYY-M-D'] } }),
      { y: '1999', m: '3', d: '07' },
      {},
      'customerSince',
      '1999-03-07',
    ],
    [
      'a date unlike the others of its file',
      party('customerSince', { column: 'v', format: { dateFormats: ['MM/DD/YYYY'] } }),
      { v: '05/06/1999' },
      {},
      'customerSince',
      '1999-05-06',
    ],
    [
      'a number unlike the others of its file',
      amount({ column: 'v', format: { decimalMark: ',' } }),
      { v: '1,50' },
      {},
      'amountMinor',
      150,
    ],
    [
      'a null token of one column alone',
      party('customerSince', { column: 'v', format: { nullTokens: ['', '1900-01-01'] } }),
      { v: '1900-01-01' },
      {},
      'customerSince',
      undefined,
    ],
    [
      'the last day of a month',
      party('identityExpiresOn', { column: 'v', transforms: ['endOfMonth'] }),
      { v: '02/2028' },
      { dateFormats: ['MM/YYYY'] },
      'identityExpiresOn',
      '2028-02-29',
    ],
    [
      'the bank’s own time',
      at({ column: 'd' }),
      { v: '1', d: '2026-07-01 00:30' },
      PRAGUE,
      'effectiveAt',
      '2026-06-30T22:30:00.000Z',
    ],
    [
      'a time that says UTC itself',
      at({ column: 'd' }),
      { v: '1', d: '2026-07-01T00:30Z' },
      PRAGUE,
      'effectiveAt',
      '2026-07-01T00:30:00.000Z',
    ],
    [
      'an offset',
      at({ column: 'd' }),
      { v: '1', d: '2026-07-01 00:30+05:45' },
      { dateFormats: ['YYYY-MM-DD hh:mmZZ'] },
      'effectiveAt',
      '2026-06-30T18:45:00.000Z',
    ],
    [
      'the day that is written, whatever the zone',
      at({ column: 'd', transforms: ['startOfDay'] }),
      { v: '1', d: '2026-07-01 00:30' },
      PRAGUE,
      'effectiveAt',
      '2026-07-01T00:00:00.000Z',
    ],
  ])('%s', (_title, record, cells, format, field, expected) => {
    const read = readField(record, cells, format);
    if (read.state === 'REFUSED') throw new Error(JSON.stringify(read.refusals));
    expect(Reflect.get(read.records[0]?.record ?? {}, field)).toEqual(expected);
  });

  test.each<[string, MappedRecord, Cells, FileFormat, string, string]>([
    [
      'zeros beyond the cents',
      amount({ column: 'v' }),
      { v: '20.000' },
      {},
      'v',
      'NOT_AN_AMOUNT',
    ],
    [
      'a share of too many zeros',
      region('urbanPpm', { column: 'v', transforms: ['percentToPpm'] }),
      { v: '5.00000' },
      {},
      'v',
      'NOT_A_NUMBER',
    ],
    [
      'more than zeros where only they may go',
      amount({ column: 'v', transforms: [{ round: { rule: 'zerosOnly' } }] }),
      { v: '20.001' },
      {},
      'v',
      'NOT_A_NUMBER',
    ],
    [
      'the sign of another currency',
      amount({ column: 'v' }),
      SIGNS,
      LEDGER,
      'v',
      'NOT_AN_AMOUNT',
    ],
    [
      'that sign behind a transform',
      amount({ column: 'v', transforms: ['negate'] }),
      SIGNS,
      LEDGER,
      'v',
      'NOT_AN_AMOUNT',
    ],
    ['both amounts', amount(EITHER), { out: '5', in: '6' }, {}, 'out', 'TWO_AMOUNTS'],
    ['a signed debit', amount(EITHER), { out: '-5', in: '' }, {}, 'out', 'NOT_AN_AMOUNT'],
    ['neither amount', amount(EITHER), { out: '', in: '' }, {}, 'out + in', 'REQUIRED'],
    [
      'a month for a day',
      party('customerSince', { column: 'v' }),
      { v: '02/2026' },
      { dateFormats: ['MM/YYYY'] },
      'v',
      'NO_DAY',
    ],
    [
      'a text that is two days',
      party('customerSince', { column: 'v' }),
      { v: '05/06/2019' },
      { dateFormats: ['DD/MM/YYYY', 'MM/DD/YYYY'] },
      'v',
      'AMBIGUOUS_DATE',
    ],
    [
      'such a text, transformed',
      at({ column: 'v', transforms: ['endOfDay'] }),
      { v: '05/06/2019' },
      { dateFormats: ['DD/MM/YYYY', 'MM/DD/YYYY'] },
      'v',
      'AMBIGUOUS_DATE',
    ],
    [
      'a time that clocks skipped',
      at({ column: 'd' }),
      { v: '1', d: '2026-03-29 02:30' },
      PRAGUE,
      'd',
      'SKIPPED_TIME',
    ],
    [
      'a time that clocks showed twice',
      at({ column: 'd' }),
      { v: '1', d: '2026-10-25 02:30' },
      PRAGUE,
      'd',
      'REPEATED_TIME',
    ],
  ])('is refused for %s', (_title, record, cells, format, column, code) => {
    const refusals = expect.arrayContaining([expect.objectContaining({ column, code })]);
    expect(readField(record, cells, format)).toMatchObject({ state: 'REFUSED', refusals });
  });
});
