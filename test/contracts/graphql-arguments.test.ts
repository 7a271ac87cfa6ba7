import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Customer360 } from '../../src/graphql/generated/types.ts';
import { covered, posting } from '../support/customer-history.ts';
import { CUSTOMER, createRig, firstError, NEXT, SECRETS } from '../support/graphql-rig.ts';

let rig: Awaited<ReturnType<typeof createRig>>;
beforeAll(async () => {
  rig = await createRig();
});
afterAll(() => rig.app.close());

describe('refusals', () => {
  test('of a use case are HTTP 200 and a member of the union', async () => {
    const unknown = await rig.ask(NEXT, { variables: { id: 'nobody' } });
    expect(unknown.status).toBe(200);
    expect(unknown.data?.['nextBestActions']).toMatchObject({ code: 'UNKNOWN_CUSTOMER' });
    const first = await rig.ask(NEXT, { variables: { id: CUSTOMER, first: 21 } });
    expect(first.data?.['nextBestActions']).toMatchObject({ argument: 'first' });
  });

  test('of a request id used otherwise say so; used alike it repeats the decision', async () => {
    const ask = (first: number) =>
      rig.ask(NEXT, { variables: { id: CUSTOMER, requestId: 'r-1', first } });
    const [one, again, other] = [await ask(3), await ask(3), await ask(2)];
    expect(one.data?.['nextBestActions']).toMatchObject({ outcome: 'ACTIONS' });
    expect(again.data).toEqual(one.data);
    expect(other.data?.['nextBestActions']).toMatchObject({ code: 'REQUEST_CONFLICT' });
  });

  test.each([
    ['customers', 'customers(after: "x")', 'after'],
    ['customers, from another list', `customers(after: "${cursor('decision:1')}")`, 'after'],
    [
      'customers, with a control character',
      `customers(after: "${cursor('customer:\0')}")`,
      'after',
    ],
    ['customers, by too many', 'customers(first: 101)', 'first'],
    [
      'customers, by a filter with NUL',
      'customers(filter: {idPrefix: "\\u0000"})',
      'filter.idPrefix',
    ],
    ['decisionAudit', 'decisionAudit(after: "####")', 'after'],
    ['decisionAudit, by less than one', 'decisionAudit(first: 0)', 'first'],
    [
      'decisionAudit, by a filter with NUL',
      'decisionAudit(filter: {rule: "\\u0000"})',
      'filter.rule',
    ],
    ['customer360', 'customer360(id: "")', 'id'],
    ['customer360, with NUL', 'customer360(id: "\\u0000")', 'id'],
    ['customer360, longer than any id', `customer360(id: "${'x'.repeat(129)}")`, 'id'],
    ['customer360, with a C1 control', 'customer360(id: "\\u0085")', 'id'],
    ['decision', 'decision(id: "1")', 'id'],
    ['replayDecision', 'replayDecision(id: "1")', 'id'],
  ])('of a malformed argument name it: %s', async (_what, call, argument) => {
    const query = `{ ${call} { __typename ... on InvalidArgument { argument code message } } }`;
    const { status, data } = await rig.ask(query, { token: 'AGENT.AUDITOR' });
    expect(status).toBe(200);
    expect(Object.values(data ?? {})).toEqual([
      expect.objectContaining({ code: 'INVALID_ARGUMENT', argument }),
    ]);
  });

  const NEXT_OF = `nextBestActions(channel: AGENT, customerId: "${CUSTOMER}"`;
  test.each([
    ['ID!', 'customer360(id: $text)', 'id'],
    ['ID!', 'nextBestActions(channel: AGENT, customerId: $text)', 'customerId'],
    ['String', `${NEXT_OF}, placement: $text)`, 'placement'],
    ['ID', `${NEXT_OF}, requestId: $text)`, 'requestId'],
    ['ID', 'decisionAudit(filter: {customerId: $text})', 'filter.customerId'],
    ['String', 'customers(filter: {idPrefix: $text})', 'filter.idPrefix'],
    ['String', 'customers(filter: {segment: $text})', 'filter.segment'],
  ])('of text that no door takes name it: %s of %s', async (type, call, argument) => {
    const query = `query Ask($text: ${type}) {
      ${call} { __typename ... on InvalidArgument { argument code } } }`;
    for (const text of ['\ud800', 'a\udc00b', '\0', 'x'.repeat(501)]) {
      const answer = await rig.ask(query, { token: 'AGENT.AUDITOR', variables: { text } });
      expect(answer.status).toBe(200);
      const refused = { __typename: 'InvalidArgument', code: 'INVALID_ARGUMENT', argument };
      expect(Object.values(answer.data ?? {})).toEqual([refused]);
    }
  });

  test.each([
    ['Duration as text', { id: 'x', reuse: '10 min' }, '$reuse', 'PT10M'],
    ['Duration as a number', { id: 'x', reuse: 600 }, '$reuse', 'PT10M'],
    ['Int beyond 32 bits', { id: 'x', first: 2 ** 31 }, '$first', 'Int'],
    ['a missing variable', {}, '$id', 'required'],
  ])('of a malformed scalar name the variable: %s', async (_what, variables, name, mend) => {
    const answer = await rig.ask(NEXT, { variables });
    expect(firstError(answer)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect(firstError(answer).message).toContain(name);
    expect(firstError(answer).message).toContain(mend);
  });

  test.each([
    ['transactions(first: 201)', 'first'],
    ['transactions(after: "x")', 'after'],
    [`transactions(filter: {category: "${'x'.repeat(501)}"})`, 'filter.category'],
    ['transactions(filter: {arrangementId: "\\u0085"})', 'filter.arrangementId'],
    ['cashFlow(months: 25)', 'months'],
  ])('below a customer leave the other parts standing: %s', async (field, argument) => {
    const query = `{ customer360(id: "${CUSTOMER}") { ... on Customer360 {
      bad: ${field} { __typename } profile { kind } } } }`;
    const answer = await rig.ask(query);
    expect(firstError(answer)).toMatchObject({ status: 200, code: 'BAD_USER_INPUT' });
    expect(answer.errors?.[0]?.extensions['argument']).toBe(argument);
    expect(answer.data).toEqual({ customer360: { bad: null, profile: { kind: 'PERSON' } } });
  });
});

describe('a release', () => {
  test.each(['\\u0000', 'latest', '', 'x'.repeat(10_000)])(
    'that no digest names is unknown, and is not looked for: %#',
    async (name) => {
      const load = async () => {
        throw new Error('looked for');
      };
      const strict = await createRig({ ports: { releaseShelf: { take: load } } });
      const query = `{ ruleSet(release: "${name}") { ... on UnknownRelease { code message } } }`;
      const { status, data, text } = await strict.ask(query, { token: 'ANALYST' });
      expect([status, data]).toMatchObject([200, { ruleSet: { code: 'UNKNOWN_RELEASE' } }]);
      expect(text.length).toBeLessThan(1_000);
      await strict.app.close();
    },
  );
});

describe('the cursor of a posting', () => {
  const rows = [
    posting('2026-11-20', -1_00, { transactionId: 'T-SECRET-1' }),
    posting('2026-11-20', -2_00, { transactionId: 'T-SECRET-2' }),
    posting('2026-11-21', -3_00, { transactionId: 'T-SECRET-3' }),
  ].map((row) => ({ ...row, arrangementId: SECRETS.arrangementId }));
  const part = { transactions: rows, coverage: [covered()] };
  const source = {
    transactions: async (ids: readonly string[]) => new Map(ids.map((id) => [id, part])),
  };

  test.each(['AUDITOR', 'AGENT'])('pages and names no posting: %s', async (token) => {
    const paged = await createRig({ source });
    const seen: unknown[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const query = `query Page($after: String) { customer360(id: "${CUSTOMER}") {
        ... on Customer360 { transactions(first: 1, after: $after) {
          edges { cursor node { id amount { amount } } }
          pageInfo { hasNextPage endCursor } } } } }`;
      const { data } = await paged.ask(query, { token, variables: { after } });
      const customer = data?.['customer360'] as Customer360 | undefined;
      const transactions = customer?.transactions;
      for (const { cursor: text, node } of transactions?.edges ?? []) {
        expect(Buffer.from(text, 'base64url').toString()).not.toContain('SECRET');
        if (token === 'AUDITOR') expect(node.id).toBe('***');
        seen.push(node.amount.amount);
      }
      after = transactions?.pageInfo.endCursor ?? null;
      more = transactions?.pageInfo.hasNextPage === true;
    }
    expect(seen).toEqual(['-3.00', '-2.00', '-1.00']);
    await paged.app.close();
  });
});

describe('the context of a decision', () => {
  test('is taken where it is a declared fact with a declared value', async () => {
    const context = { 'context.intent': 'BORROW' };
    const answer = await rig.ask(NEXT, { variables: { id: CUSTOMER, context } });
    expect(answer.data?.['nextBestActions']).toMatchObject({ outcome: 'ACTIONS' });
  });

  test.each([
    ['a fact that is no context', '{"age":44}', 'context.age'],
    ['__proto__', '{"__proto__":{"polluted":1}}', 'context.__proto__'],
    ['constructor', '{"constructor":{"prototype":{"polluted":1}}}', 'context.constructor'],
    ['toString', '{"toString":"x"}', 'context.toString'],
    ['hasOwnProperty', '{"hasOwnProperty":1}', 'context.hasOwnProperty'],
    ['an undeclared value', '{"context.intent":"NaN"}', 'context.context.intent'],
    ['a value of another type', '{"context.intent":null}', 'context.context.intent'],
    ['a list', '{"context.intent":["BORROW"]}', 'context.context.intent'],
    ['a nested object', '{"context.intent":{"a":{"b":1}}}', 'context.context.intent'],
    ['a nested name', '{"context":{"intent":"BORROW"}}', 'context.context'],
    ['a huge text', `{"context.intent":"${'B'.repeat(100_000)}"}`, 'context.context.intent'],
    ['an empty name', '{"":1}', 'context.'],
    ['a name that is not well formed', '{"\\ud800":1}', 'context.…'],
    ['a name as long as a request', `{"${'x'.repeat(100_000)}":1}`, 'context.…'],
    ['an array', '["BORROW"]', 'context'],
    ['a text', '"BORROW"', 'context'],
    ['a number', '1', 'context'],
  ])('is refused by name with %s', async (_what, json, argument) => {
    const variables = `{"id":"${CUSTOMER}","context":${json}}`;
    const body = `{"query":${JSON.stringify(NEXT)},"variables":${variables}}`;
    const { status, text } = await rig.send({ body });
    expect(status).toBe(200);
    expect(JSON.parse(text).data.nextBestActions).toMatchObject({
      code: 'INVALID_ARGUMENT',
      argument,
    });
    expect(text.length).toBeLessThan(1_000);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test.each([
    ['nesting beyond eight levels', `{"a":${'['.repeat(9)}${']'.repeat(9)}}`],
    ['a number beyond all numbers', '{"context.intent":1e400}'],
  ])('is refused as a malformed variable with %s', async (_what, json) => {
    const variables = `{"id":"${CUSTOMER}","context":${json}}`;
    const body = `{"query":${JSON.stringify(NEXT)},"variables":${variables}}`;
    const { status, text } = await rig.send({ body });
    expect(status).toBe(400);
    expect(JSON.parse(text).errors[0].message).toContain('"$context"');
  });
});

function cursor(text: string): string {
  return Buffer.from(text).toString('base64url');
}
