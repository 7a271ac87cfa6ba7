import { describe, expect, test } from '@jest/globals';
import type {
  FieldValue,
  MappedFile,
  Mapping,
  RowCondition,
  Trailer,
} from '../../../domain/mapping.ts';
import { checkMapping } from './check-mapping.ts';

const region: { readonly [field: string]: FieldValue } = {
  regionCode: { column: 'a' },
  name: { column: 'b' },
  recordedAt: { constant: '2000-01-01T00:00:00.000Z' },
};

function mappingWith(
  change: Partial<Mapping>,
  fields: { readonly [f: string]: FieldValue } = {},
) {
  const mapping: Mapping = {
    name: 'm',
    bank: { name: 'B', mode: 'BANK', reportingCurrency: 'EUR', businessDate: '2026-11-24' },
    source: { name: 's', extractedAt: '2026-11-24T00:00:00.000Z' },
    codes: { tier: { '1': 'GOLD' } },
    files: [
      {
        name: 'f.csv',
        ignored: { secret: 'it tells the future' },
        records: [{ entity: 'region', fields: { ...region, ...fields } }],
      },
    ],
    ...change,
  };
  return checkMapping(mapping, 'mapping.json');
}

const whenever = (condition: RowCondition): Partial<Mapping> => ({
  files: [{ name: 'f', records: [{ entity: 'region', when: [condition], fields: region }] }],
});
const trailing = (trailer: Trailer, columns: readonly string[]): Partial<Mapping> => ({
  files: [{ name: 'f', columns, trailer, records: [{ entity: 'region', fields: region }] }],
});
const ending = (file: Pick<MappedFile, 'name' | 'whole'>): Partial<Mapping> => ({
  files: [{ ...file, endsWhatIsGone: true, records: [{ entity: 'region', fields: region }] }],
});

const FIELD = '/files/0/records/0/fields';

describe('a mapping', () => {
  test('without a mistake has no problems', () => expect(mappingWith({})).toEqual([]));

  test.each<[string, { readonly [f: string]: FieldValue }, string, string]>([
    ['a field that is not there', { nmae: { column: 'b' } }, `${FIELD}/nmae`, 'no such field'],
    [
      'an unknown code table',
      { name: { column: 'b', codes: 'toString' } },
      `${FIELD}/name`,
      'no code table',
    ],
    ['an unknown lookup', { name: { column: 'b', lookup: 'x' } }, `${FIELD}/name`, 'no lookup'],
    [
      'a constant of the wrong type',
      { population: { constant: 'many' } },
      `${FIELD}/population`,
      'no whole number',
    ],
    [
      'a constant instant without a time',
      { recordedAt: { constant: '2000-01-01' } },
      `${FIELD}/recordedAt`,
      'no time',
    ],
    [
      'a sign for what is no amount',
      {
        population: {
          column: 'b',
          signByCode: { column: 'c', negative: ['-'], positive: ['+'] },
        },
      },
      `${FIELD}/population`,
      'for amounts',
    ],
    ['an ignored column', { name: { column: 'secret' } }, `${FIELD}/name`, 'ignored'],
    [
      'otherwise without codes',
      { name: { column: 'b', otherwise: 'x' } },
      `${FIELD}/name`,
      'needs `codes`',
    ],
    [
      'occurrence where rows are not counted',
      { regionCode: { column: 'b', transforms: ['occurrence'] } },
      `${FIELD}/regionCode`,
      'for the keys of transaction, interaction, contact, response',
    ],
    [
      'a code of the wrong kind',
      { population: { column: 'b', codes: 'tier' } },
      `${FIELD}/population`,
      'no whole number',
    ],
    [
      'debits and credits that are no amount',
      { population: { debit: 'b', credit: 'c' } },
      `${FIELD}/population`,
      'for amounts',
    ],
    [
      'a rounding of nobody knows how many decimals',
      { urbanPpm: { column: 'b', transforms: [{ round: { rule: 'halfEven' } }, 'ratioToPpm'] } },
      `${FIELD}/urbanPpm`,
      'needs `decimals`',
    ],
    [
      'a time zone that is none, for one value',
      { name: { column: 'b', format: { timeZone: 'Europe/Atlantis' } } },
      `${FIELD}/name`,
      'no time zone',
    ],
    [
      'a constant that cannot be true',
      { recordedAt: { constant: '9999-12-31T00:00:00.000Z' } },
      `${FIELD}/recordedAt`,
      'the most that is possible',
    ],
  ])('with %s is refused there', (_title, fields, at, message) => {
    expect(mappingWith({}, fields)).toMatchObject([
      { file: 'mapping.json', at, message: expect.stringContaining(message) },
    ]);
  });

  test.each<[string, Partial<Mapping>, string]>([
    [
      'a two-digit year without a century',
      { format: { dateFormats: ['YYMMDD'] } },
      '/files/0/format',
    ],
    [
      'one character for two purposes',
      { format: { delimiter: ';', quote: ';' } },
      '/files/0/format',
    ],
    ['one mark for two purposes', { format: { groupMark: '.' } }, '/files/0/format'],
    [
      'a range of days and numbers',
      whenever({ column: 'a', atLeast: 1, atMost: '2026-01-01' }),
      '/files/0/records/0/when/0',
    ],
    [
      'a range to a day that is none',
      whenever({ column: 'a', below: '2026-02-30' }),
      '/files/0/records/0/when/0',
    ],
    [
      'an end of what a file that is not whole leaves out',
      ending({ name: 'f' }),
      '/files/0/endsWhatIsGone',
    ],
    [
      'an end of what a pattern of files leaves out',
      ending({ name: 'f*.csv', whole: true }),
      '/files/0/endsWhatIsGone',
    ],
    ['a trailer that checks nothing', trailing({ marker: 'T' }, ['a', 'b']), '/files/0/trailer'],
    [
      'a total of no column',
      trailing({ marker: 'T', sums: [{ column: 'x', cell: 2 }] }, ['a', 'b']),
      '/files/0/trailer/sums/0/column',
    ],
    [
      'a lookup into no file',
      { lookups: { l: { file: 'g.csv', key: 'a', value: 'b' } } },
      '/lookups/l/file',
    ],
    [
      'coverage of no transactions',
      {
        files: [
          {
            name: 'f',
            records: [{ entity: 'region', fields: region }],
            coverage: { by: 'range', from: '2000-01-01' },
          },
        ],
      },
      '/files/0/coverage',
    ],
    [
      'a required field left out',
      { files: [{ name: 'f', records: [{ entity: 'region', fields: {} }] }] },
      '/files/0/records/0/fields',
    ],
  ])('with %s is refused there', (_title, change, at) => {
    expect(mappingWith(change)[0]).toMatchObject({ at });
  });
});
