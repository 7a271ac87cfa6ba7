import { describe, expect, test } from '@jest/globals';
import { smallAction } from '../../test/support/small-catalogue.ts';
import { SMALL_FORESTS, smallBody } from '../../test/support/small-release.ts';
import { digestOf } from '../domain/digest.ts';
import type { FactDeclaration } from '../domain/fact.ts';
import type { ReleaseBody } from '../domain/release.ts';
import type { Condition, RuleDocument } from '../domain/rule.ts';
import { loadRelease, ReleaseMisfit } from './load-release.ts';

function misfit(body: ReleaseBody, digest = digestOf(body), forests = SMALL_FORESTS) {
  try {
    loadRelease(body, digest, forests);
  } catch (error) {
    if (error instanceof ReleaseMisfit) return `${error.code} ${error.subject}`;
    throw error;
  }
  return 'fits';
}

const BODY = smallBody();
const [ENTRY] = BODY.forests;
const DAMAGED = new Map([...SMALL_FORESTS].map(([d, bytes]) => [d, bytes.subarray(1)] as const));
const byScore = (action: string): RuleDocument => ({
  id: 'by-score',
  kind: 'pricing',
  appliesTo: { action },
  reason: { code: 'X', text: 'x' },
  owner: 'tests',
  conditions: { all: [{ fact: 'propensityPpm', operator: 'lessThan', value: '5 %' }] },
  effect: { rateDiscountPpm: 1 },
});
const PRICING = BODY.forests.map((entry) => ({
  ...entry,
  card: { ...entry.card, permittedUses: ['pricing'] as const },
}));
const restated = (name: string, change: Partial<FactDeclaration>) =>
  BODY.facts.map((fact) => (fact.name === name ? { ...fact, ...change } : fact));
const UNREAD = {
  id: 'unread',
  kind: 'eligibility',
  appliesTo: {},
  reason: { code: 'X', text: 'x' },
  owner: 'tests',
  conditions: { all: [{ fact: 'ages', operator: 'equal', value: 1 }] },
} as const;

describe('loadRelease', () => {
  test('takes a whole release and freezes it', () => {
    const loaded = loadRelease(BODY, digestOf(BODY), SMALL_FORESTS);
    expect(loaded.actions.map(({ declaration }) => declaration.id)).toEqual([
      'identity',
      'insurance',
      'loan',
      'outreach',
      'savings',
    ]);
    expect(Object.isFrozen(loaded.actions[0]?.rules.eligibility)).toBe(true);
  });

  test.each<[string, string, () => string]>([
    [
      'another engine',
      'UNKNOWN_ENGINE sha256:1',
      () => misfit(smallBody({ engineVersion: 1 }), 'sha256:1'),
    ],
    ['another digest', 'DIGEST_MISMATCH sha256:1', () => misfit(BODY, 'sha256:1')],
    ['no bytes', 'FOREST_BYTES_MISSING lend', () => misfit(BODY, digestOf(BODY), new Map())],
    ['damaged bytes', 'FOREST_DAMAGED lend', () => misfit(BODY, digestOf(BODY), DAMAGED)],
    [
      'a forest that is not there',
      'FOREST_UNKNOWN loan',
      () => misfit(smallBody({ forests: [] })),
    ],
    [
      'a feature that is not declared',
      'FOREST_MISFIT lend',
      () =>
        misfit(smallBody({ facts: BODY.facts.filter(({ name }) => name !== 'job'), rules: [] })),
    ],
    [
      'a feature that a caller states',
      'FOREST_MISFIT lend',
      () => misfit(smallBody({ facts: restated('job', { origin: 'CONTEXT' }), rules: [] })),
    ],
    [
      'an amount that a caller states',
      'TERMS_IMPOSSIBLE loan',
      () => misfit(smallBody({ facts: restated('income', { origin: 'CONTEXT' }), rules: [] })),
    ],
    [
      'an amount by a fact that may not price',
      'TERMS_IMPOSSIBLE loan',
      () =>
        misfit(
          smallBody({ facts: restated('income', { permittedUses: ['approval'] }), rules: [] }),
        ),
    ],
    [
      'an amount by a fact that is not declared',
      'TERMS_IMPOSSIBLE loan',
      () =>
        misfit(
          smallBody({ facts: BODY.facts.filter(({ name }) => name !== 'income'), rules: [] }),
        ),
    ],
    [
      'a price by a score that the model card does not lend to pricing',
      'SCORE_NOT_PERMITTED by-score',
      () => misfit(smallBody({ rules: [byScore('loan')] })),
    ],
    [
      'a price by a score that nobody made',
      'SCORE_NOT_PERMITTED by-score',
      () => misfit(smallBody({ rules: [byScore('insurance')], forests: PRICING })),
    ],
    [
      'no price by a score that the model card permits',
      'fits',
      () => misfit(smallBody({ rules: [byScore('loan')], forests: PRICING })),
    ],
    [
      'a rule that cannot be read',
      'RULE_UNREADABLE unread',
      () => misfit(smallBody({ rules: [UNREAD] })),
    ],
    [
      'terms that cannot be',
      'TERMS_IMPOSSIBLE odd',
      () =>
        misfit(
          smallBody({
            actions: [
              smallAction('odd', {
                terms: { fee: { every: 'YEAR', baseMinor: 1, floorMinor: 2, ceilingMinor: 1 } },
              }),
            ],
          }),
        ),
    ],
  ])('names %s', (_, expected, found) => {
    expect(ENTRY?.id).toBe('lend');
    expect(found()).toBe(expected);
  });

  test('does not blame a rule for what only a bug of ours can do', () => {
    const conditions = JSON.parse('null') as Condition;
    expect(() => misfit(smallBody({ rules: [{ ...UNREAD, conditions }] }))).toThrow(TypeError);
  });
});
