import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  historyOf,
  LONG_AGO,
  person,
  sheetOf,
  sheetOfHistory,
  told,
} from '../../../../test/support/customer-history.ts';
import type { PartyRecord } from '../../../domain/bank-record.ts';

const ofParty = (party: Partial<PartyRecord>, name: string) =>
  told(sheetOf({ party: [person(party)] }), name);

describe('a fact of the profile', () => {
  test.each<[string, Partial<PartyRecord>, unknown]>([
    ['customer.kind', {}, 'PERSON'],
    ['customer.ageYears', { birthMonth: '1990-05-01' }, 36],
    ['customer.ageYears', { birthMonth: '1990-06-01' }, 35],
    ['customer.ageYears', { birthMonth: '1990-07-01' }, 35],
    ['customer.ageYears', { birthMonth: '1990-01-01', kind: 'ORGANISATION' }, 'n/a'],
    ['customer.ageYears', {}, 'NOT_COVERED profile'],
    ['customer.tenureMonths', { customerSince: '2025-06-30' }, 12],
    ['customer.tenureMonths', { customerSince: '2027-06-30' }, 0],
    ['customer.tenureMonths', {}, 'NOT_COVERED profile'],
    ['customer.segment', { segment: 'AFFLUENT' }, 'AFFLUENT'],
    ['customer.segment', { segment: 'SOMETHING_NEW' }, 'NOT_COVERED profile'],
    ['customer.employment', { employment: 'RETIRED' }, 'RETIRED'],
    ['customer.employment', { kind: 'ORGANISATION' }, 'n/a'],
    ['customer.digitalActive', { digitalActive: false }, false],
    ['identity.daysToExpiry', { identityExpiresOn: '2026-07-10' }, 10],
    ['identity.daysToExpiry', { identityExpiresOn: '2026-06-29' }, -1],
    ['identity.daysToExpiry', {}, 'NOT_COVERED profile'],
    ['identity.daysToExpiry', { kind: 'ORGANISATION' }, 'n/a'],
    ['customer.declaredIncomeMonthly', { declaredIncomeMinor: 250_000 }, 250_000],
    [
      'customer.declaredIncomeMonthly',
      { declaredIncomeMinor: 100_000, incomeCurrency: 'USD' },
      90_000,
    ],
    [
      'customer.declaredIncomeMonthly',
      { declaredIncomeMinor: 100_000, incomeCurrency: 'CHF' },
      'NO_RATE profile',
    ],
    ['customer.residenceCountry', { residenceCountry: 'AT' }, 'AT'],
    ['customer.riskRating', { riskRating: 'LOW' }, 'LOW'],
    ['region.averageSalary', { regionCode: 'R1' }, 300_000],
    ['region.averageSalary', { regionCode: 'R2' }, 'NOT_COVERED profile'],
  ])('%s of %j is %j', (name, party, expected) => {
    const region = { regionCode: 'R1', name: 'North', averageSalaryMinor: 300_000 };
    const sheet = sheetOf({
      party: [person(party)],
      region: [{ ...region, recordedAt: LONG_AGO }],
    });
    expect(told(sheet, name)).toEqual(expected);
  });

  test('is not covered before the bank knew the party', () => {
    const sheet = sheetOf({ party: [person({ recordedAt: '2026-07-01T00:00:00.000Z' })] });
    expect(told(sheet, 'customer.kind')).toBe('NOT_COVERED profile');
  });

  test('fails with its part and leaves the others standing', () => {
    const history = historyOf({ arrangement: [arrangement('l1', 'LOAN')] });
    const sheet = sheetOfHistory({
      ...history,
      party: { state: 'FAILED', reason: 'SOURCE_DOWN' },
    });
    expect(told(sheet, 'customer.segment')).toBe('SOURCE_DOWN profile');
    expect(told(sheet, 'holdings.hasLoan')).toBe(true);
  });

  test('takes tenure from the first arrangement where the party has no date', () => {
    const sheet = sheetOf({
      arrangement: [
        arrangement('a1', 'CURRENT_ACCOUNT', { openedOn: '2026-03-30' }),
        arrangement('a2', 'LOAN', { openedOn: '2026-05-01' }),
      ],
    });
    expect(told(sheet, 'customer.tenureMonths')).toBe(3);
  });

  test('does not take what is no field of its own', () => {
    expect(ofParty({ segment: 'constructor' }, 'customer.segment')).toBe('NOT_COVERED profile');
  });
});
