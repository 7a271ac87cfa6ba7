import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { ROLES } from '../../src/app/ports/identity.ts';
import { BUDGETS, budgetOf } from '../../src/graphql/budgets.ts';
import { buildSchema } from '../../src/graphql/build-schema.ts';
import { costOf } from '../../src/graphql/measure-cost.ts';
import { ASK, EVIDENCE } from '../support/demo-queries.ts';
import { CUSTOMER, createRig, firstError, TYPE_DEFS } from '../support/graphql-rig.ts';

const contract = buildSchema(TYPE_DEFS);
const ROOT = join(import.meta.dirname, '../..');

function costIn(query: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const document = parse(query);
  expect(validate(contract.schema, document)).toEqual([]);
  const operation = document.definitions.find((one) => one.kind === 'OperationDefinition');
  if (operation === undefined) throw new Error('a test asks for something');
  return costOf({ document, operation, variables }, contract);
}

const customers = (args: string, below: string) =>
  `{ customers${args} { ... on CustomerConnection ${below} } }`;
const id = '{ edges { node { id } } }';

describe('the cost of an operation', () => {
  // customers 5; an edge, its node and the number 3 an entry.
  test.each<[string, string, number]>([
    ['as many entries as asked for', customers('(first: 7)', id), 5 + 7 * 3],
    ['the usual number of entries', customers('', id), 5 + 20 * 3],
    ['at most as many as are listed', customers('(first: 2000000000)', id), 5 + 100 * 3],
    ['one entry at least', customers('(first: -5)', id), 5 + 3],
    ['what stands beside the list once', customers('', '{ pageInfo { endCursor } }'), 5 + 2],
    [
      'lists in lists',
      customers('(first: 10)', `{ edges { node { transactions(first: 50) ${id} } } }`),
      5 + 10 * (2 + 10 + 50 * 3),
    ],
    [
      'every alias',
      '{ a: activeRelease { digest } b: activeRelease { digest semver } }',
      5 + 1 + 5 + 2,
    ],
    [
      'a fragment wherever it is spread',
      `{ a: customers(first: 2) { ...C } b: customers(first: 3) { ...C } }
        fragment C on CustomersResult { ... on CustomerConnection ${id} }`,
      5 + 2 * 3 + 5 + 3 * 3,
    ],
    ['a list of text by its usual length', '{ facts { values } }', 5 + 100 * 5],
  ])('counts %s', (_what, query, cost) => {
    expect(costIn(query)).toBe(cost);
  });

  test.each<[string, Readonly<Record<string, unknown>>, number]>([
    ['given', { n: 4 }, 4],
    ['left out, so that its own default counts', {}, 9],
    ['null, so that the default of the argument counts', { n: null }, 20],
    ['no number, so that it counts as all until it is refused', { n: 'x' }, 100],
  ])('follows a variable that is %s', (_what, variables, entries) => {
    const query = `query Q($n: Int = 9) ${customers('(first: $n)', id)}`;
    expect(costIn(query, variables)).toBe(5 + entries * 3);
  });

  test('of fragments that double thirty times is told at once', () => {
    const doubling = Array.from(
      { length: 30 },
      (_x, i) => `fragment F${i} on Release { ...F${i + 1} ...F${i + 1} }`,
    );
    const query = `{ activeRelease { ...F0 } } ${doubling.join(' ')}
      fragment F30 on Release { digest }`;
    expect(costIn(query)).toBe(5 + 2 ** 30);
  });
});

describe('budgets', () => {
  const documented = [
    'README.md',
    ...readdirSync(join(ROOT, 'docs/guides')).map((name) => `docs/guides/${name}`),
  ]
    .flatMap((file) => [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(/```graphql\n([\s\S]*?)```/g),
    ])
    .map(([, query = '']) => query);
  const used = [ASK, `query E { decision(id: "x") { ... on Decision ${EVIDENCE} } }`];

  test('leave room for everything that is documented, five times over', () => {
    expect(documented.length).toBeGreaterThanOrEqual(4);
    const least = Math.min(
      ...[...documented, ...used].map((query) => BUDGETS.AUDITOR / costIn(query)),
    );
    expect(least).toBeGreaterThan(5);
  });

  test.each(ROLES)('of %s count alone, and the largest of several', (role) => {
    const low = { ...BUDGETS, [role]: 1_000_000 };
    expect([budgetOf([role], low), budgetOf(['OPERATOR', role], low)]).toEqual([1e6, 1e6]);
  });
});

describe('a request', () => {
  let rig: Awaited<ReturnType<typeof createRig>>;
  beforeAll(async () => {
    rig = await createRig();
  });
  afterAll(() => rig.app.close());

  test('beyond its budget is refused before anything is read, with cost and budget', async () => {
    const read: string[] = [];
    const source = {
      parties: async (ids: readonly string[]) => {
        read.push(...ids);
        return new Map();
      },
    };
    const watched = await createRig({ source });
    const aliases = Array.from(
      { length: 40 },
      (_x, i) => `t${i}: transactions(first: 200) ${id}`,
    );
    const query = customers('(first: 100)', `{ edges { node { ${aliases.join(' ')} } } }`);
    const answer = await watched.ask(query);
    const cost = 5 + 100 * (2 + 40 * (10 + 200 * 3));
    expect(firstError(answer)).toMatchObject({ status: 400, code: 'OPERATION_TOO_LARGE' });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ cost, budget: BUDGETS.AGENT });
    expect(firstError(answer).message).toContain(`cost: ${cost}, at most ${BUDGETS.AGENT}`);
    expect([answer.data, read]).toEqual([undefined, []]);
    await watched.app.close();
  });

  test('has the budget of its role as it is set', async () => {
    const budgets = { ...BUDGETS, AGENT: 100, OPERATOR: 1 };
    const tight = await createRig({ settings: { budgets } });
    const asking = (first: number) => tight.ask(customers(`(first: ${first})`, id));
    // 5 + 3 × 31 = 98; 5 + 3 × 32 = 101.
    expect((await asking(31)).status).toBe(200);
    expect(firstError(await asking(32))).toMatchObject({ code: 'OPERATION_TOO_LARGE' });
    await tight.app.close();
  });

  test('whose answer is too large is told so, and gets no part of it', async () => {
    const small = await createRig({ settings: { answerBytes: 1_000 } });
    const fits = await small.ask('{ activeRelease { digest } }');
    expect(fits.status).toBe(200);
    const days = Array.from({ length: 100 }, (_x, i) => `a${i}: businessDate`).join(' ');
    const query = `{ customer360(id: "${CUSTOMER}") { ... on Customer360 { id ${days} } } }`;
    const answer = await small.ask(query);
    expect(firstError(answer)).toMatchObject({ status: 400, code: 'ANSWER_TOO_LARGE' });
    expect(answer.text).not.toContain(CUSTOMER);
    expect(answer.data).toBeUndefined();
    await small.app.close();
  });

  test('at its budget lets others have their turn', async () => {
    const below = Array.from({ length: 300 }, (_x, i) => `a${i}: description`).join(' ');
    const query = `{ facts { ${below} } }`;
    expect(costIn(query)).toBeGreaterThan(BUDGETS.AGENT / 2);
    await rig.ask(query);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const answers = await Promise.all([rig.ask(query), rig.ask(query)]);
    delay.disable();
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(delay.max / 1e6).toBeLessThan(250);
  });
});
