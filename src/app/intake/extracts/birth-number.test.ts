import { describe, expect, test } from '@jest/globals';
import { czechBirthNumber } from './birth-number.ts';

describe('a Czech birth number', () => {
  test.each([
    ['706213', '1970-12-13', 'F'],
    ['450204', '1945-02-04', 'M'],
    ['535501123', '1953-05-01', 'F'],
    ['535501/1234', '2053-05-01', 'F'],
    ['9251011234', '1992-01-01', 'F'],
    ['0421010005', '2004-01-01', 'M'],
    ['0471010005', '2004-01-01', 'F'],
    ['0401010005', '2004-01-01', 'M'],
  ])('%s is of %s, %s', (text, birthDate, sex) => {
    expect(czechBirthNumber(text)).toEqual({ birthDate, sex });
  });

  test.each(['', '701313', '702113', '700230', '70621', '7062131234567', '70621a'])(
    '`%s` is none',
    (text) => {
      expect(czechBirthNumber(text)).toBeUndefined();
    },
  );
});
