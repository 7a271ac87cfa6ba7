import { expect, test } from '@jest/globals';
import { CHANNELS } from './channel.ts';
import { isToldToTheBank, languagesFor } from './spoken-languages.ts';

const languages = { working: 'en', default: 'cs' };

test.each([
  ['AGENT', 'de', languages, ['en']],
  ['BRANCH', 'de', languages, ['en']],
  ['PHONE', 'de', languages, ['de', 'cs']],
  ['MOBILE', 'de', languages, ['de', 'cs']],
  ['MAIL', 'cs', languages, ['cs', 'cs']],
  ['AGENT', 'de', undefined, ['de']],
  ['MOBILE', 'de', undefined, ['de']],
] as const)(
  '%s to a customer who speaks %s with %j: %j',
  (channel, language, spoken, expected) => {
    expect(languagesFor({ channel, language }, spoken)).toEqual(expected);
  },
);

test('the bank’s people are told in two channels, customers read the others', () => {
  expect(CHANNELS.filter(isToldToTheBank)).toEqual(['AGENT', 'BRANCH']);
});
