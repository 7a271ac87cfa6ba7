import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type DocumentNode, getNamedType, parse } from 'graphql';
import { buildSchema } from './build-schema.ts';
import { createCostMeter } from './cost-meter.ts';
import { fieldsOf } from './permits.ts';

const TYPE_DEFS = readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8');
const contract = buildSchema(TYPE_DEFS);

const asked = (document: DocumentNode, variables: Readonly<Record<string, unknown>>) => {
  const operation = document.definitions.find((one) => one.kind === 'OperationDefinition');
  if (operation === undefined) throw new Error('a test asks for something');
  return { document, operation, variables };
};

describe('the cost meter', () => {
  const below = '{ ... on CustomerConnection { edges { node { id } } } }';

  test.each(['Int', 'Int!'])('counts anew what a variable of type %s says', (type) => {
    const meter = createCostMeter(contract);
    const document = parse(`query Q($n: ${type}) { customers(first: $n) ${below} }`);
    expect([4, 70, 4].map((n) => meter(asked(document, { n })))).toEqual([17, 215, 17]);
  });

  test('keeps the cost of a text that no variable changes', () => {
    let measured = 0;
    const costs = new Map(contract.costs);
    const counting = {
      get: (name: string) => {
        measured += 1;
        return costs.get(name);
      },
    };
    const meter = createCostMeter({
      ...contract,
      costs: Object.assign(new Map(costs), counting),
    });
    const document = parse(`query Q($id: ID!) { customer360(customerId: $id) { __typename } }`);
    const first = meter(asked(document, { id: 'C1' }));
    const once = measured;
    expect(meter(asked(document, { id: 'C2' }))).toBe(first);
    expect(measured).toBe(once);
    expect(once).toBeGreaterThan(0);
  });

  test('may rely on it that entries are counted by whole numbers alone', () => {
    const counted = [...fieldsOf(contract.schema)].flatMap(([name, { args }]) => {
      const by = contract.costs.get(name)?.by;
      return args.filter((one) => one.name === by).map(({ type }) => getNamedType(type).name);
    });
    expect(counted.length).toBeGreaterThan(2);
    expect(new Set(counted)).toEqual(new Set(['Int']));
  });
});
