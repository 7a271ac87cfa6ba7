import { describe, expect, test } from '@jest/globals';
import type { FactDeclaration, FactUse } from '../../domain/fact.ts';
import { ENGINE_REASONS } from '../../domain/reason-code.ts';
import type { Condition, RuleReadingContext } from '../../domain/rule.ts';
import { readRule } from './read-rule.ts';

const KINDS: readonly FactUse[] = ['eligibility', 'suppression', 'pricing', 'bundle', 'approval'];

const fact = (
  name: string,
  type: FactDeclaration['type'],
  more: Partial<FactDeclaration> = {},
): FactDeclaration => ({
  name,
  type,
  description: 'made for tests',
  origin: 'SHEET',
  sources: ['profile'],
  permittedUses: [...KINDS, 'arbitration'],
  ...more,
});

const FACTS = [
  fact('customer.ageYears', 'integer', { unit: 'years', permittedUses: ['eligibility'] }),
  fact('loan.daysPastDue', 'integer', { unit: 'days' }),
  fact('loan.count', 'integer', { unit: 'count' }),
  fact('deposits.total', 'money', { unit: 'minor' }),
  fact('loan.outstanding', 'money', { unit: 'minor' }),
  fact('cashflow.savingsRatePpm', 'ratio', { unit: 'ppm' }),
  fact('customer.segment', 'code', { values: ['STUDENT', 'MASS', 'PRIVATE'] }),
  fact('holdings.kinds', 'codes', { values: ['CARD', 'LOAN'] }),
  fact('customer.digitalActive', 'boolean'),
  fact('identity.expiresOn', 'date'),
  fact('context.intent', 'code', { origin: 'CONTEXT', values: ['BORROW'] }),
  fact('propensityPpm', 'ratio', { unit: 'ppm', origin: 'COMPUTED', perCandidate: true }),
];

const CONTEXT: RuleReadingContext = {
  facts: FACTS,
  reportingCurrency: 'EUR',
  namedConditions: {
    adult: { all: [{ fact: 'customer.ageYears', operator: 'greaterThanInclusive', value: 18 }] },
    'not-known': {
      not: { all: [{ fact: 'loan.count', operator: 'isKnown', value: true }] },
    },
    ...Object.fromEntries(
      Array.from({ length: 10 }, (_, i): [string, Condition] => [
        `double-${i}`,
        i === 0
          ? { all: [{ fact: 'loan.count', operator: 'equal', value: 1 }] }
          : { all: [{ condition: `double-${i - 1}` }, { condition: `double-${i - 1}` }] },
      ]),
    ),
  },
};

const RIGHT = {
  id: 'minimum-age',
  kind: 'eligibility',
  appliesTo: { group: 'lending' },
  reason: { code: 'TOO_YOUNG', text: 'The customer is under age.' },
  conditions: { all: [{ condition: 'adult' }] },
  owner: 'lending team',
};

const leaf = (name: string, operator: string, value: unknown) => ({
  conditions: { all: [{ fact: name, operator, value }] },
});

const suppression = (name: string, operator: string, value: unknown) => ({
  kind: 'suppression',
  ...leaf(name, operator, value),
});

function problemsOf(changes: object, context = CONTEXT): readonly string[] {
  return readRule({ ...RIGHT, ...changes }, context).problems.map(
    ({ at, code }) => `${at} ${code}`,
  );
}

describe('a rule that is right', () => {
  test.each([
    ['as it stands', {}],
    ['with the path of its schema', { $schema: '../../rule.schema.json' }],
    ['a count', leaf('loan.count', 'lessThan', 3)],
    ['money in the reporting currency', leaf('deposits.total', 'greaterThan', '1000.00 EUR')],
    ['a duration', leaf('loan.daysPastDue', 'lessThanInclusive', 'P30D')],
    ['a percentage', leaf('cashflow.savingsRatePpm', 'greaterThan', '12.5 %')],
    ['a date', leaf('identity.expiresOn', 'greaterThan', '2026-12-31')],
    ['a list of codes', leaf('customer.segment', 'in', ['MASS', 'STUDENT'])],
    ['a list fact', leaf('holdings.kinds', 'doesNotContain', 'LOAN')],
    ['another fact', leaf('deposits.total', 'greaterThan', { fact: 'loan.outstanding' })],
    ['known, towards withholding', leaf('loan.count', 'isKnown', true)],
    ['unknown, towards withholding', suppression('loan.count', 'isKnown', false)],
    ['the score in suppression', suppression('propensityPpm', 'lessThan', '1 %')],
    ['the caller’s word in suppression', suppression('context.intent', 'equal', 'BORROW')],
  ])('is read: %s', (_title, changes) => {
    expect(problemsOf(changes)).toEqual([]);
    const { $schema: _, ...written } = { $schema: '', ...RIGHT, ...changes };
    expect(readRule({ ...RIGHT, ...changes }, CONTEXT).rule).toEqual(written);
  });

  test('has its effect in the form of the engine', () => {
    const pricing = { ...RIGHT, ...leaf('loan.count', 'equal', 0), kind: 'pricing' };
    const effect = { rateDiscount: '0.25 %', amountFactor: '120 %' };
    expect(readRule({ ...pricing, effect }, CONTEXT).rule).toMatchObject({
      effect: { rateDiscountPpm: 2500, amountFactorPpm: 1_200_000 },
    });
  });

  test('prices by the score only where the forests permit it', () => {
    const rule = {
      kind: 'pricing',
      effect: { feeDiscount: '50 %' },
      ...leaf('propensityPpm', 'lessThan', '5 %'),
    };
    const at = '/conditions/all/0/fact';
    expect(problemsOf(rule)).toEqual([`${at} SCORE_NOT_PERMITTED`]);
    expect(problemsOf(rule, { ...CONTEXT, pricingMayReadScore: true })).toEqual([]);
  });
});

describe('a rule that is wrong', () => {
  const first = '/conditions/all/0';
  const deep = Array.from({ length: 30 }).reduce<unknown>((inner) => ({ not: inner }), {});
  test.each<[string, object, string]>([
    ['an unknown member', { priority: 1 }, '/priority UNKNOWN_MEMBER'],
    ['a missing member', { owner: undefined }, ' MISSING_MEMBER'],
    ['an unknown kind', { kind: 'eligable' }, '/kind UNKNOWN_KIND'],
    ['an effect where none belongs', { effect: {} }, '/effect UNKNOWN_MEMBER'],
    ['a name of the language', { id: 'Constructor' }, '/id WRONG_VALUE'],
    ...[...ENGINE_REASONS].map((code): [string, object, string] => [
      `the engine's reason ${code}`,
      { reason: { code, text: 'x' } },
      '/reason/code RESERVED_CODE',
    ]),
    ['text that turns', { owner: 'safe\u202e' }, '/owner WRONG_VALUE'],
    [
      'a bare comparison',
      { conditions: { fact: 'loan.count', operator: 'equal', value: 1 } },
      '/conditions BARE_COMPARISON',
    ],
    ['an empty any', { conditions: { any: [] } }, '/conditions/any BAD_LIST'],
    ['any beside all', { conditions: { any: [], all: [] } }, '/conditions MIXED_CONDITION'],
    [
      'a path',
      { conditions: { all: [{ fact: 'loan.count', operator: 'equal', value: 1, path: '$' }] } },
      `${first}/path UNKNOWN_MEMBER`,
    ],
    [
      'an unknown condition',
      { conditions: { condition: 'adlut' } },
      '/conditions/condition UNKNOWN_CONDITION',
    ],
    ['an unknown fact', leaf('customer.ageYear', 'equal', 1), `${first}/fact UNKNOWN_FACT`],
    ['an inherited fact', leaf('toString', 'equal', 1), `${first}/fact UNKNOWN_FACT`],
    [
      'an unknown operator',
      leaf('loan.count', 'equals', 1),
      `${first}/operator UNKNOWN_OPERATOR`,
    ],
    [
      'a list operator on a number',
      leaf('loan.count', 'contains', 1),
      `${first}/operator WRONG_OPERATOR`,
    ],
    [
      'equality of a list',
      leaf('holdings.kinds', 'equal', 'CARD'),
      `${first}/operator WRONG_OPERATOR`,
    ],
    ['in without a list', leaf('loan.count', 'in', 1), `${first}/value WRONG_VALUE`],
    ['a value twice', leaf('loan.count', 'in', [1, 1]), `${first}/value/1 REPEATED_VALUE`],
    [
      'another currency',
      leaf('deposits.total', 'lessThan', '10.00 CZK'),
      `${first}/value WRONG_VALUE`,
    ],
    ['bare minor units', leaf('deposits.total', 'lessThan', 1000), `${first}/value WRONG_VALUE`],
    [
      'a bare number of days',
      leaf('loan.daysPastDue', 'lessThan', 30),
      `${first}/value WRONG_VALUE`,
    ],
    [
      'a bare ratio',
      leaf('cashflow.savingsRatePpm', 'lessThan', 0.5),
      `${first}/value WRONG_VALUE`,
    ],
    [
      'a day that is none',
      leaf('identity.expiresOn', 'equal', '2026-02-30'),
      `${first}/value WRONG_VALUE`,
    ],
    [
      'a code not declared',
      leaf('customer.segment', 'equal', 'MAS'),
      `${first}/value WRONG_VALUE`,
    ],
    ['an unsafe integer', leaf('loan.count', 'equal', 2 ** 53), `${first}/value WRONG_VALUE`],
    [
      'text for a truth value',
      leaf('customer.digitalActive', 'equal', 'true'),
      `${first}/value WRONG_VALUE`,
    ],
    [
      'facts of two types',
      leaf('loan.count', 'equal', { fact: 'loan.daysPastDue' }),
      `${first}/value/fact WRONG_TYPE`,
    ],
    [
      'a use not permitted',
      suppression('customer.ageYears', 'lessThan', 18),
      `${first}/fact USE_NOT_PERMITTED`,
    ],
    [
      'a use not permitted by name',
      { kind: 'suppression' },
      `${first}/condition USE_NOT_PERMITTED`,
    ],
    [
      'the score in eligibility',
      leaf('propensityPpm', 'greaterThan', '1 %'),
      `${first}/fact SCORE_NOT_PERMITTED`,
    ],
    [
      'the caller’s word in eligibility',
      leaf('context.intent', 'equal', 'BORROW'),
      `${first}/fact CONTEXT_FACT`,
    ],
    ['unknown that helps', leaf('loan.count', 'isKnown', false), `${first}/operator KNOWN_HELPS`],
    [
      'unknown that helps by name',
      { conditions: { condition: 'not-known' } },
      '/conditions/condition KNOWN_HELPS',
    ],
    [
      'known that suppresses',
      suppression('loan.count', 'isKnown', true),
      `${first}/operator KNOWN_HELPS`,
    ],
    [
      'unknown that asks for a low level',
      { kind: 'approval', effect: { level: 'AGENT' }, ...leaf('loan.count', 'isKnown', false) },
      `${first}/operator KNOWN_HELPS`,
    ],
    [
      'a discount above its bound',
      { kind: 'pricing', effect: { feeDiscount: '101 %' }, ...leaf('loan.count', 'equal', 1) },
      '/effect/feeDiscount WRONG_VALUE',
    ],
    [
      'a bundle of one',
      {
        kind: 'bundle',
        effect: { with: ['a'], feeDiscount: '5 %' },
        ...leaf('loan.count', 'equal', 1),
      },
      '/effect/with WRONG_VALUE',
    ],
    [
      'no approval',
      { kind: 'approval', effect: { level: 'NONE' }, ...leaf('loan.count', 'equal', 1) },
      '/effect/level WRONG_VALUE',
    ],
    ['too deep', { conditions: deep }, `/conditions${'/not'.repeat(12)} TOO_DEEP`],
    ['an explosion by names', { conditions: { condition: 'double-9' } }, '/conditions TOO_LARGE'],
  ])('is refused at its place: %s', (_title, changes, expected) => {
    expect(problemsOf(changes)).toEqual([expected]);
    expect(readRule({ ...RIGHT, ...changes }, CONTEXT).rule).toBeUndefined();
  });

  test.each([null, [], 'rule', 1, undefined])(
    'is refused when it is no object: %p',
    (document) => {
      expect(readRule(document, CONTEXT).problems).toMatchObject([
        { at: '', code: 'NOT_A_RULE' },
      ]);
    },
  );

  test.each([
    ['customer.ageYear', 'customer.ageYears'],
    ['ageYears', 'customer.ageYears'],
    ['deposit.total', 'deposits.total'],
  ])('names the nearest right name: %s', (wrong, right) => {
    const [problem] = readRule({ ...RIGHT, ...leaf(wrong, 'equal', 1) }, CONTEXT).problems;
    expect(problem?.message).toContain(`write \`${right}\``);
  });

  test('says everything that is wrong at once', () => {
    expect(problemsOf({ id: 'X', kind: 'x', conditions: { all: [{}, { all: [] }] } })).toEqual([
      '/kind UNKNOWN_KIND',
      '/id WRONG_VALUE',
      '/conditions/all/0 NOT_A_CONDITION',
      '/conditions/all/1/all BAD_LIST',
    ]);
  });
});
