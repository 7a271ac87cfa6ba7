import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { CATALOGUE } from '../../../test/support/customer-history.ts';
import type { Problem } from '../../domain/result.ts';
import { readFacts } from './read-facts.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nextbest-facts-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const growth = CATALOGUE.find(({ name }) => name === 'cashflow.salaryGrowthPpm');
const direction = growth?.words;

/** The problems of a catalogue of one fact, the growth of a salary, altered. */
async function problemsWith(more: object): Promise<readonly string[]> {
  const file = join(scratch, 'facts.json');
  writeFileSync(file, JSON.stringify({ facts: [{ ...growth, ...more }] }));
  const problems: Problem[] = [];
  const facts = await readFacts(file, (problem) => problems.push(problem));
  expect(facts === undefined).toBe(problems.length > 0);
  return problems.map(({ at, message }) => `${at} ${message}`);
}

describe('the words of a fact', () => {
  test('are taken as the catalogue has them', async () => {
    expect(await problemsWith({})).toEqual([]);
    expect(await problemsWith({ permittedUses: ['propensity'], words: undefined })).toEqual([]);
  });

  test.each([
    ['an unknown placeholder', { up: 'grown {value}' }, '/facts/0/words/up'],
    ['a placeholder of no name', { down: 'fallen {size} by {}' }, '/facts/0/words/down'],
    ['a direction without its size', { up: 'has grown' }, '/facts/0/words/up'],
    ['a size where there is none', { level: 'stands at {size}' }, '/facts/0/words/level'],
    ['a value where there is none', { absent: 'no {value}' }, '/facts/0/words/absent'],
    ['a word for nothing', { sideways: 'has moved' }, '/facts/0/words'],
    ['half a direction', { level: undefined }, 'all of `up`, `down` and `level`'],
    ['a direction beside a value', { present: 'at {value}' }, 'either `present` or all'],
    ['nothing for what is not applicable', { absent: undefined }, 'write `absent`'],
  ])('are refused with %s', async (_title, words, told) => {
    const problems = await problemsWith({ words: { ...direction, ...words } });
    expect(problems.join()).toContain(told);
  });

  test.each([
    ['a use that excludes them', { permittedUses: ['propensity'] }, 'remove the words'],
    ['a reason without words', { words: undefined }, 'needs words'],
    ['a value that is not told', { words: { present: 'grown', absent: 'none' } }, '`{value}`'],
    ['another placeholder', { words: { present: '{size}', absent: 'none' } }, '/words/present'],
    [
      'a boolean that tells its value',
      { type: 'boolean', unit: undefined, whenNone: false, words: { present: 'is {value}' } },
      'a boolean has the words',
    ],
    [
      'a direction of what is no number',
      { type: 'date', unit: undefined, whenNone: undefined },
      'only numbers have a direction',
    ],
  ])('are refused with %s', async (_title, more, told) => {
    expect((await problemsWith(more)).join()).toContain(told);
  });
});
