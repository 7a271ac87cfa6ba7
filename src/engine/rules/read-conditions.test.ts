import { describe, expect, test } from '@jest/globals';
import type { FactDeclaration } from '../../domain/fact.ts';
import type { RuleReadingContext } from '../../domain/rule.ts';
import { readNamedConditions, readWeightConditions } from './read-conditions.ts';

const fact = (name: string, more: Partial<FactDeclaration>): FactDeclaration => ({
  name,
  type: 'integer',
  description: 'made for tests',
  origin: 'LIVE',
  sources: [],
  permittedUses: ['arbitration'],
  ...more,
});

const CONTEXT: RuleReadingContext = {
  facts: [
    fact('loan.count', { unit: 'count' }),
    fact('context.intent', { type: 'code', origin: 'CONTEXT', values: ['BORROW'] }),
    fact('propensityPpm', { type: 'ratio', unit: 'ppm', origin: 'COMPUTED' }),
  ],
  reportingCurrency: 'EUR',
  namedConditions: {},
};

describe('conditions outside rules', () => {
  test('named conditions may not go in a circle', () => {
    const circle = { one: { all: [{ condition: 'two' }] }, two: { not: { condition: 'one' } } };
    const { problems } = readNamedConditions(circle, CONTEXT);
    expect(problems.map(({ at, code }) => `${at} ${code}`)).toEqual(['/one CYCLE', '/two CYCLE']);
  });

  test('context weights read what a caller says, and never what is known or the score', () => {
    const weigh = (...all: readonly unknown[]) =>
      readWeightConditions({ all }, CONTEXT).problems.map(({ code }) => code);
    expect(weigh({ fact: 'context.intent', operator: 'equal', value: 'BORROW' })).toEqual([]);
    expect(weigh({ fact: 'loan.count', operator: 'isKnown', value: true })).toEqual([
      'KNOWN_HELPS',
    ]);
    expect(weigh({ fact: 'propensityPpm', operator: 'lessThan', value: '1 %' })).toEqual([
      'SCORE_NOT_PERMITTED',
    ]);
  });
});
