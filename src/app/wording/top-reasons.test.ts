import { expect, test } from '@jest/globals';
import { SMALL_FACTS } from '../../../test/support/small-catalogue.ts';
import { topReasons } from './top-reasons.ts';

const facts = SMALL_FACTS.map((fact) =>
  fact.name === 'age' ? { ...fact, permittedUses: ['propensity' as const] } : fact,
);

test('the three facts that moved the score most, but for those that may not be told', () => {
  const byFact = [
    { fact: 'age', sum: 9000 },
    { fact: 'mobile', sum: 10 },
    { fact: 'balance', sum: -800 },
    { fact: 'income', sum: 0 },
    { fact: 'job', sum: 300 },
    { fact: 'tier', sum: 300 },
  ];
  const contributions = { method: 'PATH' as const, trees: 10, rawSum: 0, base: 0, byFact };
  const reasons = topReasons({ basis: 'FOREST', calibratedPpm: 1, contributions }, facts);
  expect(
    reasons.map(({ fact, contributionPpm, speaks }) => [fact.name, contributionPpm, speaks]),
  ).toEqual([
    ['balance', -80, 'AGAINST'],
    ['job', 30, 'FOR'],
    ['tier', 30, 'FOR'],
  ]);
});

test('a prior has no reasons', () => {
  expect(topReasons({ basis: 'PRIOR', calibratedPpm: 1 }, facts)).toEqual([]);
});
