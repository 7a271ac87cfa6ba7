import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import type { ListedOperation } from '../app/ports/operation-list.ts';
import { digestBytes } from '../domain/digest.ts';
import { createListedTools } from './listed-tools.ts';

const CONTRACT = buildSchema(`
  "Any JSON value."
  scalar JSON
  "A calendar day."
  scalar Day
  "Where."
  enum Place { HERE THERE }
  input Filter {
    "Which place."
    place: Place
    "How many."
    counts: [Int!]!
    most: Float! = 1.5
    deeper: Filter
  }
  type Query {
    """
    Asks
      twice.
    """
    ask("Whom." id: ID!, "When." day: Day, filter: Filter, any: JSON, sure: Boolean): String
    other(word: String): String
  }
  type Mutation { "Changes it." change(id: ID!): String }`);

const listed = (text: string, listedAt: string, name = 'Ask'): ListedOperation => ({
  digest: digestBytes(text),
  name,
  text,
  listedAt,
  listedBy: 'security officer',
});

async function toolOf(text: string) {
  const operations = { list: async () => [listed(text, '2026-01-01T00:00:00.000Z')] };
  const tools = await createListedTools(operations, CONTRACT, () => 0)();
  return tools.get('Ask');
}

describe('a listed operation as a tool', () => {
  test('takes what its variables take, in the words of the contract', async () => {
    const tool = await toolOf(`query Ask($id: ID!, $day: Day, $filter: Filter, $any: JSON,
      $sure: Boolean! = true, $places: [Place!]!, $word: String) {
      ask(id: $id, day: $day, filter: $filter, any: $any, sure: $sure)
      other(word: $word) }`);
    expect(tool?.input).toEqual({
      type: 'object',
      required: ['id', 'places'],
      additionalProperties: false,
      properties: {
        id: { type: 'string', description: 'Whom.' },
        day: { type: 'string', description: 'When.' },
        filter: {
          type: 'object',
          required: ['counts'],
          additionalProperties: false,
          properties: {
            place: { type: 'string', enum: ['HERE', 'THERE'], description: 'Which place.' },
            counts: { type: 'array', description: 'How many.', items: { type: 'integer' } },
            most: { type: 'number' },
            deeper: { type: 'object' },
          },
        },
        any: { description: 'Any JSON value.' },
        sure: { type: 'boolean' },
        places: {
          type: 'array',
          items: { type: 'string', enum: ['HERE', 'THERE'], description: 'Where.' },
        },
        word: { type: 'string' },
      },
    });
  });

  test('takes a member of a filter by itself, in fragments too', async () => {
    const tool = await toolOf(`query Ask($place: Place) { ...F }
      fragment F on Query { ask(id: "x", filter: { place: $place, counts: [1] }) }`);
    expect(tool?.input).toMatchObject({
      properties: { place: { type: 'string', description: 'Which place.' } },
      required: [],
    });
    expect(tool?.description).toBe('ask: Asks twice.');
  });

  test.each([
    ['query Ask { a: ask(id: "x") b: ask(id: "y") other }', 'ask: Asks twice.\nother', false],
    ['query Ask { ... on Query { other } ask(id: "x") }', 'other\nask: Asks twice.', false],
    ['mutation Ask($id: ID!) { change(id: $id) }', 'change: Changes it.', true],
    ['query Ask { __typename }', '', false],
  ])('is described by what it asks: %s', async (text, description, changes) => {
    expect(await toolOf(text)).toMatchObject({ description, changes });
  });
});

describe('the tools of a list', () => {
  test('are those on it, of one name the one listed last, read every two seconds', async () => {
    let now = 0;
    let reads = 0;
    let list = [
      listed('query Ask { other }', '2026-01-02T00:00:00.000Z'),
      listed('query Ask { ask(id: "x") }', '2026-01-01T00:00:00.000Z'),
      listed('query Long { other }', '2026-01-01T00:00:00.000Z', 'L'.repeat(65)),
    ];
    const operations = {
      list: async () => {
        reads += 1;
        return list;
      },
    };
    const tools = createListedTools(operations, CONTRACT, () => now);
    const told = async () => [...(await tools())].map(([name, { text }]) => [name, text]);
    expect(await told()).toEqual([['Ask', 'query Ask { other }']]);
    list = list.slice(1, 2);
    now = 1_999;
    expect(await told()).toEqual([['Ask', 'query Ask { other }']]);
    expect(reads).toBe(1);
    now = 2_000;
    expect(await told()).toEqual([['Ask', 'query Ask { ask(id: "x") }']]);
    list = [];
    now = 4_000;
    expect(await told()).toEqual([]);
  });
});
