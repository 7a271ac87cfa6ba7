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
});
