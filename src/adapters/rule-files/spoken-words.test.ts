import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  SMALL_RULE_SET as FILES,
  SMALL_LOAN,
  writeRuleFile,
  writeRuleSet,
} from '../../../test/support/small-rule-set.ts';
import { readRuleSet } from '../../main/rule-sets.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nextbest-words-'));
const folder = join(scratch, 'small');

beforeEach(() => writeRuleSet(folder, FILES));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the words of a treatment', () => {
  const at = '/actions/0/treatments/0/text WRONG_ACTION';
  const working = '`AGENT` needs words in `en`, the working language: add them';
  const standing = '`EMAIL` needs words in `de`, the default language: add them';

  test.each([
    ['AGENT', { en: 'Ask about a loan' }, []],
    ['AGENT', { de: 'Ein Kredit' }, [`${at} ${working}`]],
    ['EMAIL', { de: 'Ein Kredit' }, []],
    ['EMAIL', { en: 'A loan', cs: 'Půjčka' }, [`${at} ${standing}`]],
  ])('can be read by everybody in %s, or are refused: %j', async (channel, text, expected) => {
    const treatments = [{ ...SMALL_LOAN.treatments[0], channel, text }];
    const actions = [{ ...SMALL_LOAN, treatments }];
    writeRuleFile(join(folder, 'actions/lending.json'), { actions });
    const read = await readRuleSet(folder);
    const told = read.ok ? [] : read.refusal.map((one) => `${one.at} ${one.code} ${one.message}`);
    expect(told).toEqual(expected);
  });
});
