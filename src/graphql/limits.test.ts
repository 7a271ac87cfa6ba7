import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { LIMITS, limitOperation } from './limits.ts';

const SCHEMA = buildSchema('type Query { a: Query, b(list: [Int]): Int }');

const nested = (levels: number) => `${'{ a '.repeat(levels - 1)}{ b }${' }'.repeat(levels - 1)}`;
const roots = (count: number) => Array.from({ length: count }, (_, i) => `r${i}: b`).join(' ');
const doubling = (steps: number) =>
  Array.from(
    { length: steps },
    (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`,
  );

function errorsOf(query: string): readonly string[] {
  return validate(SCHEMA, parse(query), [limitOperation]).map(({ message }) => message);
}

describe('the limits of an operation', () => {
  test.each([
    ['as deep as is allowed', nested(LIMITS.depth)],
    ['as wide at the top as is allowed', `{ ${roots(LIMITS.rootFields)} }`],
    ['as many selections as are allowed', `{ a { ${roots(LIMITS.selections - 1)} } }`],
    ['a list of a thousand values', `{ b(list: [${'1,'.repeat(1_000)}]) }`],
  ])('let through one with %s', (_what, query) => {
    expect(errorsOf(query)).toEqual([]);
  });

  test.each([
    ['a level too deep', nested(LIMITS.depth + 1), 'depth: 17, at most 16'],
    ['a field too many at the top', `{ ${roots(11)} }`, 'root fields: 11, at most 10'],
    [
      'too many fields at the top of a fragment',
      `{ ...F } fragment F on Query { ${roots(11)} }`,
      'root fields: 11, at most 10',
    ],
    ['too many selections', `{ a { ${roots(1_500)} } }`, 'selections: 1501, at most 1500'],
    [
      'inline fragments within each other',
      `{${'... on Query {'.repeat(40)}b${'}'.repeat(40)}}`,
      'nesting: 41, at most 40',
    ],
    [
      'fragments that double sixty times',
      `{ a { ...F0 } } ${doubling(60).join(' ')} fragment F60 on Query { b }`,
      'nesting: 63, at most 40; ask for less at once',
    ],
  ])('refuse one with %s, saying the figures', (_what, query, message) => {
    expect(errorsOf(query).join()).toContain(message);
  });

  test('end on fragments that spread each other', () => {
    expect(
      errorsOf('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
    ).toEqual([]);
  });

  test('refuse an operation for which there is no root', () => {
    expect(errorsOf('mutation { b }')).toEqual([
      'there is no mutation here; everything is asked by query',
    ]);
  });
});
