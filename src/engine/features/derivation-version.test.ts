import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  balance,
  person,
  posting,
  type Rows,
  sheetOf,
} from '../../../test/support/customer-history.ts';
import { addDays } from '../../domain/business-date.ts';
import { digestOf } from '../../domain/digest.ts';
import type { FactSheet } from '../../domain/fact.ts';
import { DERIVATION_VERSION } from './derive-facts.ts';

/** What each version derives from the records below: never changed, only added to. */
const PINNED: { readonly [version: number]: string } = {
  2: 'sha256:44f5f9f67e0cbf4e2e0d8d0fc60c24d00057fd0c2e4a5099d0bc3cd16b3aa10a',
};

/** Facts that joined the catalogue since: a new fact is no other value of those that were. */
const CAME_LATER: { readonly [version: number]: readonly string[] } = {
  2: ['openCount', 'openKinds', 'daysSinceDeclined'].map((name) => `creditApplications.${name}`),
};

const CATEGORIES = ['SALARY', 'RENT', 'GROCERIES', 'TRAVEL', 'CASH', 'FEE', 'OWN_TRANSFER'];

const RECORDS: Rows = {
  party: [
    person({
      birthMonth: '1985-03-01',
      customerSince: '2019-08-31',
      segment: 'MASS',
      residenceCountry: 'AT',
      declaredIncomeMinor: 310_000,
    }),
  ],
  arrangement: [
    arrangement('a1', 'CURRENT_ACCOUNT', { openedOn: '2022-05-05' }),
    arrangement('a2', 'CURRENT_ACCOUNT', { openedOn: '2024-02-29', currency: 'USD' }),
    arrangement('s1', 'SAVINGS_ACCOUNT'),
    arrangement('l1', 'LOAN', { instalmentMinor: 20_000 }),
  ],
  balance: [balance('a1', 123_456), balance('s1', 900_000), balance('l1', -400_000)],
  transaction: Array.from({ length: 300 }, (_, n) => {
    const category = CATEGORIES[n % CATEGORIES.length] ?? 'SALARY';
    const amountMinor = (category === 'SALARY' ? 1 : -1) * (1_000 + ((n * 7919) % 90_001));
    return posting(addDays('2024-11-01', n * 2), amountMinor, {
      transactionId: `t${n}`,
      category,
      country: n % 5 === 0 ? 'IT' : 'AT',
      arrangementId: n % 3 === 0 ? 'a2' : 'a1',
      currency: n % 3 === 0 ? 'USD' : 'EUR',
    });
  }),
};

describe('the version of what is derived', () => {
  test('is raised with any fact that comes out otherwise from the same records', () => {
    const days = Array.from({ length: 60 }, (_, n) => addDays('2026-05-15', n));
    const later = CAME_LATER[DERIVATION_VERSION] ?? [];
    const derived = digestOf(days.map((day) => without(later, sheetOf(RECORDS, day))));
    expect(derived).toBe(PINNED[DERIVATION_VERSION]);
  });
});

function without(names: readonly string[], sheet: FactSheet): FactSheet {
  const kept = <T>(members: { readonly [name: string]: T }) =>
    Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
  const { values, notApplicable, unavailable } = sheet;
  return {
    values: kept(values),
    notApplicable: notApplicable.filter((name) => !names.includes(name)),
    unavailable: kept(unavailable),
  };
}
