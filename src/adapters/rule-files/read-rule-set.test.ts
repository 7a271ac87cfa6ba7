import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  SMALL_LOAN as ACTION,
  SMALL_RULE_SET as FILES,
  SMALL_RULE as RULE,
  writeRuleFile,
  writeRuleSet,
} from '../../../test/support/small-rule-set.ts';
import { checkCases, readRuleSet } from '../../main/rule-sets.ts';

type Json = { [name: string]: unknown };

const scratch = mkdtempSync(join(tmpdir(), 'nextbest-rules-'));
const folder = join(scratch, 'small');

const write = (file: string, content: unknown) => writeRuleFile(join(folder, file), content);

beforeEach(() => writeRuleSet(folder, FILES));

afterAll(() => rmSync(scratch, { recursive: true }));

async function problemsNow() {
  const read = await readRuleSet(folder);
  return read.ok ? checkCases(read.value) : read.refusal;
}

async function shortNow(): Promise<readonly string[]> {
  const problems = await problemsNow();
  return problems.map(({ file, at, code }) => `${file.slice(folder.length + 1)} ${at} ${code}`);
}

describe('a rule set that is right', () => {
  test('is read whole, in the form of the domain', async () => {
    expect(await problemsNow()).toEqual([]);
    const read = await readRuleSet(folder);
    if (!read.ok) throw new Error('refused');
    const { body, forests } = read.value;
    expect(body.rules.map(({ id }) => id)).toEqual(['loyal-rate', 'minimum-age']);
    expect(body.rules[0]).toMatchObject({ effect: { rateDiscountPpm: 2500 } });
    expect(body.rules[1]).not.toHaveProperty('$schema');
    expect(body.actions).toMatchObject([
      {
        propensity: { forest: 'loan', priorPpm: 25_000 },
        terms: {
          amount: { factorPpm: 6_000_000, floorMinor: 100_000, ceilingMinor: 3_000_000 },
          rate: { side: 'LEND', basePpm: 59_000, floorPpm: 49_000, ceilingPpm: 79_000 },
        },
        value: { fundsRatePpm: 25_000, averageBalancePpm: 500_000, costMinor: 5000 },
      },
    ]);
    expect(body.arbitration).toMatchObject({
      levers: [{ leverPpm: 1_200_000 }],
      contextWeights: [{ weightPpm: 1_500_000 }],
      leastExpectedValueMinor: 50,
    });
    expect(body.rollout).toMatchObject({
      approvalByAmount: [{ fromMinor: 2_000_000 }],
      approvalByDiscountPpm: [{ fromPpm: 10_000 }],
      approvalByFeeDiscountPpm: [{ fromPpm: 500_000 }],
      controlGroupPpm: 50_000,
    });
    expect(body.rollout).not.toHaveProperty('approvalByDiscount');
    expect(body.rates).toEqual({
      reportingCurrency: 'EUR',
      ratesPpm: { USD: 920_000, CZK: 40_125 },
    });
    expect(forests).toMatchObject([{ spec: { trees: 50, bins: 128, featureSharePpm: 200_000 } }]);
  });

  test('has one digest however its files are laid out, another for other content', async () => {
    const digest = async () => {
      const read = await readRuleSet(folder);
      return read.ok ? read.value.digest : 'refused';
    };
    const before = await digest();
    write('rules/minimum-age.json', JSON.stringify(RULE));
    rmSync(join(folder, 'actions/lending.json'));
    write('actions/all.json', FILES['actions/lending.json']);
    expect(await digest()).toBe(before);
    write('rules/minimum-age.json', { ...RULE, owner: 'another team' });
    expect(await digest()).toMatch(/^sha256:/);
    expect(await digest()).not.toBe(before);
  });
});

const loan = (changes: Json) => ({ actions: [{ ...ACTION, ...changes }] });
const forest = (changes: Json) => {
  const { forests } = FILES['forests.json'] as { forests: readonly Json[] };
  return { forests: [{ ...forests[0], ...changes }] };
};

describe('a rule set that is wrong', () => {
  const rule = 'rules/minimum-age.json';
  const cases = 'rules/minimum-age.cases.json';
  const actions = 'actions/lending.json';
  const first = `${actions} /actions/0`;
  const unpriced = 'rules/loyal-rate.json /conditions/all/0/fact SCORE_NOT_PERMITTED';
  const nobody = '/forests/0/predictsFor/id';
  const amount = { ...ACTION.terms.amount, step: '0.00 EUR' };
  const weight = {
    id: 'asked',
    appliesTo: {},
    conditions: { all: [{ fact: 'holdings.count', operator: 'isKnown', value: true }] },
    weight: '150 %',
    owner: 'sales',
  };
  const rows: readonly (readonly [string, string, unknown, string])[] = [
    ['no JSON', rule, '{', `${rule}  NOT_JSON`],
    ['a byte order mark', rule, '\ufeff{}', `${rule}  BYTE_ORDER_MARK`],
    ['a key twice', rule, '{"id":"a","id":"b"}', `${rule} /id DUPLICATE_KEY`],
    ['too large', rule, ' '.repeat(1_048_577), `${rule}  TOO_LARGE`],
    ['a wrong file name', rule, { ...RULE, id: 'other' }, `${rule} /id WRONG_FILE_NAME`],
    [
      'a group of nothing',
      rule,
      { ...RULE, appliesTo: { group: 'x' } },
      `${rule} /appliesTo/group UNKNOWN_SCOPE`,
    ],
    [
      'a scope of nothing',
      rule,
      { ...RULE, appliesTo: { issue: 'grow', action: 'x' } },
      `${rule} /appliesTo/action UNKNOWN_SCOPE`,
    ],
    ['a stray file', 'rules/notes.txt', 'x', 'rules/notes.txt  STRAY_FILE'],
    [
      'cases without a rule',
      'rules/x.cases.json',
      FILES[cases],
      'rules/x.cases.json  ORPHAN_CASES',
    ],
    [
      'an unknown condition',
      'conditions.json',
      { conditions: { adult: { all: [] } } },
      'conditions.json /conditions/adult/all BAD_LIST',
    ],
    [
      'a marketing action by contract',
      actions,
      loan({ legalBasis: 'CONTRACT' }),
      `${first}/legalBasis WRONG_ACTION`,
    ],
    [
      'a day that is none',
      actions,
      loan({ validFrom: '2026-02-30' }),
      `${first}/validFrom WRONG_VALUE`,
    ],
    [
      'an unknown forest',
      actions,
      loan({ propensity: { ...ACTION.propensity, forest: 'x' } }),
      `${first}/propensity/forest WRONG_ACTION + ${unpriced}`,
    ],
    [
      'a channel not in use',
      actions,
      loan({ treatments: [{ ...ACTION.treatments[0], channel: 'SMS' }] }),
      `${first}/treatments/0/channel WRONG_ACTION + ${first}/treatments/0/text WRONG_ACTION`,
    ],
    [
      'steps of nothing',
      actions,
      loan({ terms: { amount } }),
      `${first}/terms/amount WRONG_ACTION`,
    ],
    [
      'another currency',
      actions,
      loan({ value: { kind: 'SERVICE', value: '1.00 CZK', owner: 'x' } }),
      `${first}/value/value WRONG_VALUE`,
    ],
    [
      'an unknown member of an action',
      actions,
      loan({ prize: 1 }),
      `${first}/prize UNKNOWN_MEMBER`,
    ],
    [
      'an action twice',
      actions,
      { actions: [ACTION, { ...ACTION, treatments: [{ ...ACTION.treatments[0], id: 'b' }] }] },
      `${actions} /actions/1/id REPEATED_ID`,
    ],
    [
      'a forest for nobody',
      'forests.json',
      forest({ predictsFor: { scope: 'GROUP', id: 'x' } }),
      `${first}/propensity/forest WRONG_ACTION + forests.json ${nobody} WRONG_FOREST`,
    ],
    [
      'a feature not permitted',
      'forests.json',
      forest({ features: ['customer.ageYears'] }),
      'forests.json /forests/0/features/0 WRONG_FOREST',
    ],
    [
      'a score that may not price',
      'forests.json',
      forest({ permittedUses: ['arbitration'] }),
      unpriced,
    ],
    [
      'an unknown phase',
      'rollout.json',
      { ...FILES['rollout.json'], phases: [{ action: 'x', phase: 'FULL', approval: 'NONE' }] },
      'rollout.json /phases MISSING_PHASE + rollout.json /phases/0/action UNKNOWN_ACTION',
    ],
    [
      'a rate of the reporting currency',
      'rates.json',
      { reportingCurrency: 'EUR', rates: { EUR: '1' } },
      'rates.json /rates/EUR WRONG_VALUE',
    ],
    [
      'a weight by what is known',
      'arbitration.json',
      { ...FILES['arbitration.json'], contextWeights: [weight] },
      'arbitration.json /contextWeights/0/conditions/all/0/operator KNOWN_HELPS',
    ],
    [
      'a missing age limit',
      'age-limits.json',
      { ...FILES['age-limits.json'], holds: undefined },
      'age-limits.json  MISSING_MEMBER',
    ],
    [
      'a case of a wrong type',
      cases,
      {
        cases: [
          { name: 'a', facts: { 'customer.ageYears': '18' }, expect: 'TRUE' },
          { name: 'b', facts: {}, expect: 'UNKNOWN' },
        ],
      },
      `${cases} /cases/0/facts/customer.ageYears WRONG_VALUE`,
    ],
    [
      'a wrong expectation',
      cases,
      {
        cases: [
          { name: 'a', facts: { 'customer.ageYears': 17 }, expect: 'TRUE' },
          { name: 'b', facts: {}, expect: 'UNKNOWN' },
        ],
      },
      `${cases} /cases/0/expect WRONG_VERDICT`,
    ],
    [
      'one-sided cases',
      cases,
      {
        cases: [
          { name: 'a', facts: { 'customer.ageYears': 18 }, expect: 'TRUE' },
          { name: 'b', facts: { 'customer.ageYears': 19 }, expect: 'TRUE' },
        ],
      },
      `${cases} /cases ONE_SIDED`,
    ],
    [
      'a case of a fact not read',
      cases,
      {
        cases: [
          { name: 'a', facts: { 'customer.ageYears': 18, 'loan.count': 1 }, expect: 'TRUE' },
          { name: 'b', facts: {}, expect: 'UNKNOWN' },
        ],
      },
      `${cases} /cases/0/facts/loan.count UNREAD_FACT`,
    ],
  ];

  test.each(rows)('is refused at its place: %s', async (_title, file, content, expected) => {
    write(file, content);
    expect(await shortNow()).toEqual(expected.split(' + '));
  });

  test('is refused when a rule has no cases', async () => {
    rmSync(join(folder, cases));
    expect(await shortNow()).toEqual([`${cases}  NO_CASES`]);
  });

  test('says file, line, reason and mend', async () => {
    write(rule, readFileSync(join(folder, rule), 'utf8').replace('"adult"', '"adlut"'));
    expect(await problemsNow()).toEqual([
      {
        file: join(folder, rule),
        at: '/conditions/all/0/condition',
        line: 15,
        code: 'UNKNOWN_CONDITION',
        message: 'no such condition: write `adult` or declare it in conditions.json',
      },
    ]);
  });
});
