import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { writeRuleFile } from '../../../test/support/small-rule-set.ts';
import { checkCases, readRuleSet } from '../../main/rule-sets.ts';

const RULES = join(import.meta.dirname, '../../../rules');

const scratch = mkdtempSync(join(tmpdir(), 'nextbest-currencies-'));
const folder = join(scratch, 'demo');
cpSync(join(RULES, 'facts.json'), join(scratch, 'facts.json'));

afterAll(() => rmSync(scratch, { recursive: true }));

/** The demo rule set with every amount in whole units of another currency; rates as given. */
function writeDemoIn(currency: string, rates: { readonly [currency: string]: string } = {}) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(RULES, 'demo'), folder, { recursive: true });
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.json')) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(
      join(folder, file),
      text.replace(/(\.\d\d)? EUR\b/g, ` ${currency}`).replaceAll('"EUR"', `"${currency}"`),
    );
  }
  writeRuleFile(join(folder, 'rates.json'), { reportingCurrency: currency, rates });
}

async function problemsNow() {
  const read = await readRuleSet(folder);
  return read.ok ? checkCases(read.value) : read.refusal;
}

async function ratesNow() {
  const read = await readRuleSet(folder);
  return read.ok ? read.value.body.rates : read.refusal;
}

describe('a rule set in a currency', () => {
  test.each(['EUR', 'XOF', 'PYG', 'VUV', 'IQD', 'LYD', 'KWD', 'CLF', 'UYW', 'JPY', 'IDR'])(
    'is read and judged alike by both evaluators: %s',
    async (currency) => {
      writeDemoIn(currency);
      expect(await problemsNow()).toEqual([]);
    },
  );

  test('of four digits after the mark may use them all, and no more', async () => {
    writeDemoIn('CLF');
    const file = join(folder, 'arbitration.json');
    const written: object = JSON.parse(readFileSync(file, 'utf8'));
    writeRuleFile(file, { ...written, leastExpectedValue: '0.0125 CLF' });
    const read = await readRuleSet(folder);
    expect(read.ok && read.value.body.arbitration.leastExpectedValueMinor).toBe(125);
    writeRuleFile(file, { ...written, leastExpectedValue: '0.01251 CLF' });
    expect(await problemsNow()).toMatchObject([{ at: '/leastExpectedValue' }]);
  });
});

describe('rates', () => {
  test('are of whole units, whatever digits the currencies have', async () => {
    writeDemoIn('EUR', { JPY: '0.0058', KWD: '2.8', CLF: '36.5' });
    expect(await problemsNow()).toEqual([]);
    expect(await ratesNow()).toEqual({
      reportingCurrency: 'EUR',
      ratesPpm: { JPY: 5_800, KWD: 2_800_000, CLF: 36_500_000 },
    });
  });

  test('have twelve decimals, and a form of their own only where six do not say it', async () => {
    const rates = { IDR: '0.0000531', VND: '0.000033123456', USD: '0.92', BTC: '123456789.5' };
    writeDemoIn('EUR', rates);
    expect(await ratesNow()).toEqual({
      reportingCurrency: 'EUR',
      ratesPpm: { IDR: 53, VND: 33, USD: 920_000, BTC: 123_456_789_500_000 },
      restsPpt: { IDR: 100_000, VND: 123_456 },
    });
  });

  test.each([
    ['a thirteenth decimal', '0.0000000000001'],
    ['nothing', '0.000000000000'],
    ['a sign', '-1'],
    ['an exponent', '1e-5'],
  ])('with %s are refused', async (_what, rate) => {
    writeDemoIn('EUR', { IDR: rate });
    expect(await problemsNow()).toMatchObject([{ at: '/rates/IDR', code: 'WRONG_VALUE' }]);
  });
});
