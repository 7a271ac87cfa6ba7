import { describe, expect, test } from '@jest/globals';
import type { FactDeclaration, FactSheet, FactValue } from './fact.ts';
import { binsOf, edgesOf, MOST_EDGES } from './fact-bins.ts';

const fact = (more: Partial<FactDeclaration>): FactDeclaration => ({
  name: 'a.fact',
  type: 'integer',
  unit: 'count',
  description: '',
  origin: 'SHEET',
  sources: ['profile'],
  permittedUses: [],
  ...more,
});

const sheet = (more: Partial<FactSheet>): FactSheet => ({
  values: {},
  notApplicable: [],
  unavailable: {},
  ...more,
});

describe('the bin of a fact', () => {
  test.each<[string, Partial<FactDeclaration>, FactValue, number]>([
    ['a count below all edges', {}, 0, 2],
    ['a count at an edge', {}, 1, 3],
    ['a count above all edges', {}, 10_000, 18],
    ['no money', { type: 'money', unit: 'minor' }, 0, 24],
    ['a debt', { type: 'money', unit: 'minor' }, -1, 23],
    ['an edge of its own', { edges: [10] }, 9, 2],
    ['above an edge of its own', { edges: [10] }, 10, 3],
    ['no', { type: 'boolean' }, false, 2],
    ['yes', { type: 'boolean' }, true, 3],
    ['a code', { type: 'code', values: ['A', 'B'] }, 'B', 3],
    ['a set of codes', { type: 'codes', values: ['A', 'B'] }, ['A', 'B'], 4],
    ['a date', { type: 'date' }, '2026-06-30', 2],
  ])('of %s', (_, declared, value, bin) => {
    const values = { 'a.fact': value };
    expect([...binsOf(sheet({ values }), [fact(declared)])]).toEqual([bin]);
  });

  test('tells what is unavailable from what does not apply', () => {
    const facts = [fact({ name: 'a' }), fact({ name: 'b' })];
    const unavailable = { a: 'STALE profile' };
    expect([...binsOf(sheet({ unavailable, notApplicable: ['b'] }), facts)]).toEqual([0, 1]);
  });

  test('is told of facts of the sheet alone', () => {
    expect(binsOf(sheet({}), [fact({ origin: 'LIVE' })])).toHaveLength(0);
  });

  test('fits into a byte, and edges rise', () => {
    for (const unit of ['minor', 'ppm', 'count', 'days', 'months', 'years']) {
      const edges = edgesOf(fact({ unit }));
      expect(edges.length).toBeGreaterThan(10);
      expect(edges.length).toBeLessThanOrEqual(MOST_EDGES);
      expect(edges.toSorted((a, b) => a - b)).toEqual(edges);
    }
  });
});
