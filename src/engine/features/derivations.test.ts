import { describe, expect, test } from '@jest/globals';
import { CATALOGUE, sheetOf } from '../../../test/support/customer-history.ts';
import { PART_NAMES } from '../../domain/customer360.ts';
import type { FactDeclaration } from '../../domain/fact.ts';
import { DERIVATIONS } from './derivations.ts';

const SHEET = CATALOGUE.filter((fact) => fact.origin === 'SHEET');
const byName = (name: string) => CATALOGUE.find((fact) => fact.name === name);

describe('the feature catalogue', () => {
  test('and the derivations name the same sheet facts', () => {
    expect([...DERIVATIONS.keys()].toSorted()).toEqual(SHEET.map((fact) => fact.name).toSorted());
  });

  test('names each fact once', () => {
    expect(new Set(CATALOGUE.map((fact) => fact.name)).size).toBe(CATALOGUE.length);
  });

  test('gives a source to the facts of a sheet and to no other', () => {
    const wrong = CATALOGUE.filter(
      (fact) =>
        fact.sources.length > 0 !== (fact.origin === 'SHEET') ||
        fact.sources.some((part) => !PART_NAMES.includes(part)),
    );
    expect(wrong).toEqual([]);
  });

  test('has words exactly for the facts that may be reasons, with their value or its size', () => {
    const wrong = CATALOGUE.filter(
      (fact) => fact.permittedUses.includes('reason') !== (fact.words !== undefined),
    );
    expect(wrong).toEqual([]);
    const mute = CATALOGUE.filter(({ type, words }) => words !== undefined && type !== 'boolean');
    expect(mute.length).toBeGreaterThan(20);
    for (const { words = { present: '' } } of mute) {
      if ('present' in words) expect(words.present).toContain('{value}');
      else expect([words.up, words.down].join()).toMatch(/\{size\}.*\{size\}/);
    }
  });

  test('tells the growth of a salary by its direction', () => {
    expect(byName('cashflow.salaryGrowthPpm')?.words).toMatchObject({
      up: 'regular income has grown {size} in six months',
      down: 'regular income has fallen {size} in six months',
    });
  });

  test('gives units to numbers only', () => {
    const units: { readonly [type in FactDeclaration['type']]?: readonly string[] } = {
      integer: ['years', 'months', 'days', 'count'],
      money: ['minor'],
      ratio: ['ppm'],
    };
    const wrong = CATALOGUE.filter((fact) => {
      const allowed = units[fact.type];
      return allowed === undefined
        ? fact.unit !== undefined
        : !allowed.includes(fact.unit ?? 'none');
    });
    expect(wrong).toEqual([]);
  });

  test('stands in for what is not applicable with a value that the fact may take', () => {
    const wrong = CATALOGUE.filter(
      ({ values, whenNone }) =>
        values !== undefined && whenNone !== undefined && !values.includes(String(whenNone)),
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    ['customer.ageYears', ['eligibility', 'suppression']],
    ['customer.residenceCountry', ['eligibility']],
  ])('permits %s for %j alone', (name, uses) => {
    expect(byName(name)?.permittedUses).toEqual(uses);
  });

  test.each([
    'customer.riskRating',
    'household.size',
    'household.childCount',
    'interactions.daysSinceHardship',
    'hold.vulnerable',
  ])('never lets %s score', (name) => {
    expect(byName(name)?.permittedUses).not.toContain('propensity');
  });

  test('knows no sex, no name and no address', () => {
    const names = CATALOGUE.map((fact) => fact.name).join(' ');
    expect(names).not.toMatch(/sex|gender|birth|email|phone|city|givenName|familyName/i);
  });

  test('lets what the caller states feed arbitration and suppression only', () => {
    const uses = CATALOGUE.filter((fact) => fact.origin === 'CONTEXT').flatMap(
      (fact) => fact.permittedUses,
    );
    expect(new Set(uses)).toEqual(new Set(['suppression', 'arbitration']));
  });
});

describe('a sheet', () => {
  test('holds each sheet fact in exactly one of its members', () => {
    const sheet = sheetOf({});
    const held = [
      ...Object.keys(sheet.values),
      ...sheet.notApplicable,
      ...Object.keys(sheet.unavailable),
    ];
    expect(held.toSorted()).toEqual(SHEET.map((fact) => fact.name).toSorted());
  });

  test('says not applicable only where the catalogue has a value to stand in', () => {
    const rows = [sheetOf({}), sheetOf({ party: [] })];
    const mute = rows
      .flatMap((sheet) => sheet.notApplicable)
      .filter((name) => byName(name)?.whenNone === undefined);
    expect(mute).toEqual([]);
  });
});
