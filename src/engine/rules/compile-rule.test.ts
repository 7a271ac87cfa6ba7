import { describe, expect, test } from '@jest/globals';
import type { FactDeclaration } from '../../domain/fact.ts';
import type { Condition, RuleDocument, RuleReadingContext } from '../../domain/rule.ts';
import { compileRule } from './compile-rule.ts';
import { Uncompilable } from './uncompilable.ts';

const fact = (name: string, type: FactDeclaration['type'], unit?: string): FactDeclaration => ({
  name,
  type,
  description: 'made for tests',
  origin: 'SHEET',
  sources: [],
  permittedUses: ['suppression'],
  ...(unit === undefined ? {} : { unit }),
});

const CONTEXT: RuleReadingContext = {
  facts: [
    fact('count', 'integer', 'count'),
    fact('pastDue', 'integer', 'days'),
    fact('amount', 'money', 'minor'),
    { ...fact('propensityPpm', 'ratio', 'ppm'), origin: 'COMPUTED' },
    { ...fact('declined', 'boolean'), perCandidate: true },
    fact('kinds', 'codes'),
  ],
  reportingCurrency: 'EUR',
  namedConditions: {},
};

function compile(conditions: Condition) {
  const rule: RuleDocument = {
    id: 'made',
    kind: 'suppression',
    appliesTo: {},
    reason: { code: 'MADE', text: 'made for tests' },
    conditions,
    owner: 'tests',
  };
  return compileRule(rule, CONTEXT);
}

const T: Condition = { fact: 'count', operator: 'equal', value: 1 };
const F: Condition = { fact: 'count', operator: 'equal', value: 2 };
const U: Condition = { fact: 'amount', operator: 'equal', value: '1.00 EUR' };
const VECTOR = [1, 30, undefined, 12_500, false, ['CARD']];

describe('strong Kleene logic', () => {
  test.each<[string, Condition, 0 | 1 | 2]>([
    ['true and true', { all: [T, T] }, 1],
    ['true and unknown', { all: [T, U] }, 2],
    ['unknown and false', { all: [U, F] }, 0],
    ['false or true', { any: [F, T] }, 1],
    ['unknown or true', { any: [U, T] }, 1],
    ['unknown or false', { any: [U, F] }, 2],
    ['false or false', { any: [F, F] }, 0],
    ['not unknown', { not: U }, 2],
    ['not true', { not: T }, 0],
    ['not false', { not: F }, 1],
  ])('%s', (_title, condition, verdict) => {
    expect(compile(condition).evaluate(VECTOR)).toBe(verdict);
  });
});

describe('a literal as an analyst writes it', () => {
  test.each<[string, Condition, 0 | 1]>([
    ['30 days are P30D', { fact: 'pastDue', operator: 'equal', value: 'P30D' }, 1],
    [
      '30 days are within a month',
      { fact: 'pastDue', operator: 'lessThanInclusive', value: 'P1M' },
      1,
    ],
    ['12,500 ppm are 1.25 %', { fact: 'propensityPpm', operator: 'equal', value: '1.25 %' }, 1],
    [
      '1.25 % is not above itself',
      { fact: 'propensityPpm', operator: 'greaterThan', value: '1.25 %' },
      0,
    ],
    ['a list holds its code', { fact: 'kinds', operator: 'contains', value: 'CARD' }, 1],
    ['a list lacks another', { fact: 'kinds', operator: 'doesNotContain', value: 'CARD' }, 0],
    ['a count is in a list', { fact: 'count', operator: 'in', value: [1, 2] }, 1],
  ])('%s', (_title, condition, verdict) => {
    expect(compile(condition).evaluate(VECTOR)).toBe(verdict);
  });
});

describe('what a rule read', () => {
  const compiled = compile({ all: [U, T, { fact: 'count', operator: 'equal', value: 3 }] });

  test('is named in one order, with null for what was unavailable', () => {
    expect(compiled.facts).toEqual(['amount', 'count']);
    expect(compiled.seen(VECTOR)).toEqual({ amount: null, count: 1 });
    expect(compiled.missing(VECTOR)).toEqual(['amount']);
  });

  test.each<[string, Condition, boolean, boolean]>([
    ['facts of the customer', T, false, false],
    [
      'a fact of the candidate',
      { fact: 'declined', operator: 'equal', value: true },
      true,
      false,
    ],
    ['the score', { fact: 'propensityPpm', operator: 'lessThan', value: '1 %' }, true, true],
  ])('decides when it can be evaluated: %s', (_title, condition, perCandidate, readsScore) => {
    expect(compile({ any: [condition] })).toMatchObject({ perCandidate, readsScore });
  });
});

test('a rule that was never read does not compile', () => {
  const wrong: Condition = { fact: 'amount', operator: 'equal', value: 5 };
  expect(() => compile(wrong)).toThrow(Uncompilable);
  expect(() => compile(wrong)).toThrow('never read');
  expect(() => compile({ all: [] })).toThrow('never read');
  expect(() => compile({ condition: 'nowhere' })).toThrow('leads nowhere');
});
