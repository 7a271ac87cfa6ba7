import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  SMALL_RULE_SET as FILES,
  SMALL_LOAN,
  writeRuleFile,
  writeRuleSet,
} from '../../../test/support/small-rule-set.ts';
import type { FactDeclaration } from '../../domain/fact.ts';
import { readRuleSet } from '../../main/rule-sets.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nextbest-uses-'));
const folder = join(scratch, 'small');

beforeEach(() => writeRuleSet(folder, FILES));
afterAll(() => rmSync(scratch, { recursive: true }));

async function problems(file: string, content: unknown): Promise<readonly string[]> {
  writeRuleFile(join(folder, file), content);
  const read = await readRuleSet(folder);
  return read.ok ? [] : read.refusal.map(({ at, code }) => `${at} ${code}`);
}

/** Declares more uses of a fact than the catalogue grants, as a careless edit would. */
function permit(name: string, permittedUses: FactDeclaration['permittedUses']): void {
  const path = join(scratch, 'facts.json');
  const { facts } = JSON.parse(readFileSync(path, 'utf8')) as { facts: FactDeclaration[] };
  const restated = facts.map((fact) => (fact.name === name ? { ...fact, permittedUses } : fact));
  writeRuleFile(path, { facts: restated });
}

describe('an amount', () => {
  const by = (fact: string) => {
    const amount = { ...SMALL_LOAN.terms.amount, fact };
    return { actions: [{ ...SMALL_LOAN, terms: { ...SMALL_LOAN.terms, amount } }] };
  };
  const refused = ['/actions/0/terms/amount/fact WRONG_ACTION'];

  test.each([
    ['is no money', 'customer.ageYears'],
    ['is not declared', 'cashflow.wealth'],
    ['may not price', 'customer.declaredIncomeMonthly'],
    ['a caller states', 'context.amountOfInterest'],
    ['the decision itself computes', 'terms.amount'],
  ])('never rests on a fact that %s', async (_, fact) => {
    expect(await problems('actions/lending.json', by(fact))).toEqual(refused);
  });

  test('never rests on what a caller states, whatever the catalogue permits', async () => {
    permit('context.amountOfInterest', ['suppression', 'pricing']);
    const found = await problems('actions/lending.json', by('context.amountOfInterest'));
    expect(found).toEqual(refused);
  });
});

test('a cap gives no reason of the engine for its own', async () => {
  const { caps } = FILES['contact-policy.json'] as { caps: readonly object[] };
  const reason = { code: 'HOLD_FRAUD', text: 'Enough for this month.' };
  const content = { ...FILES['contact-policy.json'], caps: [{ ...caps[0], reason }] };
  const found = await problems('contact-policy.json', content);
  expect(found).toEqual(['/caps/0/reason/code RESERVED_CODE']);
});

test('no cap or rest looks further back than a decision sees', async () => {
  const { caps } = FILES['contact-policy.json'] as { caps: readonly object[] };
  const content = {
    ...FILES['contact-policy.json'],
    caps: [{ ...caps[0], window: 'P14M' }],
    restAfterDecline: 'P2Y',
    restAfterComplaint: 'P400D',
  };
  const found = await problems('contact-policy.json', content);
  expect(found).toEqual(['/caps/0/window TOO_LONG', '/restAfterDecline TOO_LONG']);
});

test('a rollout plan names every action', async () => {
  const rollout = { ...FILES['rollout.json'], phases: [] };
  expect(await problems('rollout.json', rollout)).toEqual(['/phases MISSING_PHASE']);
});

test('a forest never learns from what a caller states, whatever is permitted', async () => {
  permit('context.intent', ['propensity']);
  const { forests } = FILES['forests.json'] as { forests: readonly object[] };
  const content = { forests: [{ ...forests[0], features: ['context.intent'] }] };
  expect(await problems('forests.json', content)).toEqual(['/forests/0/features/0 WRONG_FOREST']);
});
