import { describe, expect, test } from '@jest/globals';
import { CATALOGUE } from '../../../test/support/customer-history.ts';
import type { FactDeclaration, FactValue } from '../../domain/fact.ts';
import { factWords, knownInSheet } from './fact-words.ts';

function declared(name: string): FactDeclaration {
  const fact = CATALOGUE.find((one) => one.name === name);
  if (fact === undefined) throw new Error(`no fact \`${name}\``);
  return fact;
}

const said = (name: string, value: FactValue) =>
  factWords(declared(name), { state: 'PRESENT', value }, 'EUR');

describe('a fact in words', () => {
  test.each([
    ['cashflow.salaryGrowthPpm', 120_000, 'regular income has grown 12 % in six months'],
    ['cashflow.salaryGrowthPpm', -87_500, 'regular income has fallen 8.8 % in six months'],
    ['cashflow.salaryGrowthPpm', 0, 'regular income has not changed in six months'],
    ['cashflow.netMonthly', 31_050, '310.50 EUR are left a month'],
    ['cashflow.netMonthly', -31_050, '310.50 EUR more go out than come in a month'],
    ['cashflow.balanceMin90d', -1_000, 'overdrawn by up to 10.00 EUR in 90 days'],
    ['cashflow.savingsRatePpm', 266_000, 'keeps 26.6 % of the income'],
    ['deposits.total', 5_000, 'deposits of 50.00 EUR'],
    ['term.daysToMaturity', 1, 'a term deposit matures in 1 day'],
    ['holdings.hasLoan', true, 'already holds a loan'],
    ['holdings.hasLoan', false, 'does not hold a loan'],
  ])('%s of %p: %s', (name, value, words) => {
    expect(said(name, value)).toBe(words);
  });

  test('what is not applicable is not told by the number that stands in for it', () => {
    const fact = declared('interactions.daysSinceMortgageQuestion');
    const sheet = { values: {}, notApplicable: [fact.name], unavailable: {} };
    const words = factWords(fact, knownInSheet(fact.name, sheet), 'EUR');
    expect(words).toBe('never asked about a mortgage');
  });

  test('what is not known is not told by a value', () => {
    const fact = declared('loan.outstanding');
    const sheet = { values: {}, notApplicable: [], unavailable: { [fact.name]: 'STALE x' } };
    const words = factWords(fact, knownInSheet(fact.name, sheet), 'EUR');
    expect(words).toBe("not known: Owed on open loans, the customer's share");
    expect(factWords(fact, { state: 'LOST' }, 'EUR')).toMatch(/^no longer on record: Owed/);
  });

  test('no reason of the catalogue leaves a placeholder or shows a sign with a direction', () => {
    for (const fact of CATALOGUE.filter(({ words }) => words !== undefined)) {
      for (const value of fact.type === 'boolean' ? [true, false] : [-7_000_000, 0, 7_000_000]) {
        const words = factWords(fact, { state: 'PRESENT', value }, 'EUR');
        expect(words).not.toMatch(/[{}]/);
        if (fact.words !== undefined && 'up' in fact.words) expect(words).not.toContain('-');
      }
    }
  });
});
