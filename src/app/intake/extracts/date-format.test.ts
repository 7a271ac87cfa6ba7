import { describe, expect, test } from '@jest/globals';
import { dateReader, firstMatch, ISO_DATE_FORMATS } from './date-format.ts';

const read = (format: string, text: string, firstYear?: number) => {
  const reader = dateReader(format, firstYear);
  return typeof reader === 'string' ? reader : reader(text);
};

describe('a date format', () => {
  test.each([
    ['YYMMDD', '930705', '1993-07-05', null],
    ['YYMMDD hh:mm:ss', '931107 13:05:59', '1993-11-07', '13:05:59.000'],
    ['DD.MM.YYYY', '29.02.1996', '1996-02-29', null],
    ['YYYY-MM-DDThh:mm:ss.fffZ', '2026-11-24T09:30:00.250Z', '2026-11-24', '09:30:00.250'],
  ])('%s reads %s', (format, text, date, time) => {
    expect(read(format, text, 1900)).toEqual({ date, time });
  });

  test.each([
    ['D.M.YYYY', '31.4.2026', 'a day that does not exist'],
    ['DD-MMM-YYYY', '24-Nop-2026', 'a month that does not exist'],
    ['DD.MM.YYYY', '1.2.2026', 'a day without its zero'],
    ['YYMMDD', '930230', 'a day that does not exist'],
    ['YYMMDD', '9302301', 'more than it names'],
    ['DD.MM.YYYY', '29x02x1996', 'a literal that differs'],
    ['YYMMDD hh:mm:ss', '930101 24:00:00', 'an hour that does not exist'],
  ])('%s does not read %s: %s', (format, text) => {
    expect(read(format, text, 1900)).toBeUndefined();
  });

  test.each([
    [1900, '00', '1900'],
    [1900, '99', '1999'],
    [1950, '49', '2049'],
    [1950, '50', '1950'],
  ])('from %i on a two-digit %s means %s', (firstYear, yy, year) => {
    expect(read('YYMMDD', `${yy}0101`, firstYear)).toEqual({ date: `${year}-01-01`, time: null });
  });

  test.each([
    ['YYMMDD', undefined, 'two-digit year'],
    ['MM-DD', 1900, 'must hold YYYY or YY'],
    ['YYYY-MM-DD-MM', 1900, 'names a part twice'],
    ['YYYYMD', 1900, 'does not tell where'],
    ['MYYYYD', 1900, 'does not tell where'],
    ['YYYY hh', 1900, 'must hold'],
    ['YYYY-MM hh:mm', 1900, 'a time and no day'],
    ['YYYY-MM-DD mm', 1900, 'no hour'],
  ])('%s is refused', (format, firstYear, why) => {
    expect(dateReader(format, firstYear)).toMatch(why);
  });

  test('several are tried in order', () => {
    const readers = ISO_DATE_FORMATS.map((format) => dateReader(format, undefined));
    const both = firstMatch(readers.filter((reader) => typeof reader !== 'string'));
    expect(both('2026-11-24')).toEqual({ date: '2026-11-24', time: null });
    expect(both('2026-11-24T00:00:01.000Z')?.time).toBe('00:00:01.000');
    expect(both('24.11.2026')).toBeUndefined();
  });

  test.each([
    ['D.M.YYYY', '4.11.2026', { date: '2026-11-04', time: null }],
    ['M/D/YYYY h:mm', '1/24/2026 9:05', { date: '2026-01-24', time: '09:05:00.000' }],
    ['DD-MMM-YYYY', '24-NOV-2026', { date: '2026-11-24', time: null }],
    ['MDDYYYY', '1242026', { date: '2026-01-24', time: null }],
    ['MM/YYYY', '02/2026', { date: '2026-02-01', time: null, month: true }],
    [
      'YYYY-MM-DDThh:mm:ssZZ',
      '2026-11-24T09:30:00+05:45',
      { date: '2026-11-24', time: '09:30:00.000', offsetMinutes: 345 },
    ],
    [
      'YYYY-MM-DD hh:mmZZ',
      '2026-11-24 09:30-03',
      { date: '2026-11-24', time: '09:30:00.000', offsetMinutes: -180 },
    ],
  ])('%s reads %s as well', (format, text, expected) => {
    expect(read(format, text)).toEqual(expected);
  });

  test.each<[readonly string[], string, boolean]>([
    [['DD/MM/YYYY', 'MM/DD/YYYY'], '24/11/2026', false],
    [['DD/MM/YYYY', 'MM/DD/YYYY'], '11/24/2026', false],
    [['DD/MM/YYYY', 'MM/DD/YYYY'], '05/06/2026', true],
    [['DD/MM/YYYY', 'MM/DD/YYYY'], '05/05/2026', false],
    [['D/M/YYYY', 'M/D/YYYY'], '5/6/2026', true],
    [['YYMMDD', 'DDMMYY'], '050607', true],
    [['YYYYMMDD', 'DDMMYYYY'], '20101112', false],
    [['YYYYMMDD', 'YYYYDDMM'], '20101112', true],
    [['YYYY-MM-DD', 'YYYY-M-D'], '2026-10-11', false],
    [['DD/MM/YYYY hh:mm', 'MM/DD/YYYY hh:mm'], '05/06/2026 10:00', true],
  ])('%j on %s: two days are %p', (formats, text, expected) => {
    const readers = formats.map((format) => dateReader(format, 1950));
    const all = readers.filter((reader) => typeof reader !== 'string');
    const parsed = firstMatch(all, formats)(text);
    expect(parsed?.date).toMatch(/^20/);
    expect(parsed?.ambiguous ?? false).toBe(expected);
  });
});
