import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { buildSchema } from '../../src/graphql/build-schema.ts';
import { CUSTOMER, createRig, firstError, NEXT, TYPE_DEFS } from '../support/graphql-rig.ts';

const ALL = 'AGENT.ANALYST.AUDITOR.MODEL_RISK.SERVICE';

/** Halves of a pair, a zero, an escape, DEL and one of C1. */
const BAD = ['\ud800', 'a\udc00b', 'a\0', '\u001b[2J', 'a\u007f', 'a\u009b'];
const TEXTS = new Set(['String', 'ID', 'JSON']);

let rig: Awaited<ReturnType<typeof createRig>>;
let decisionId: string;
beforeAll(async () => {
  rig = await createRig();
  const { data } = await rig.ask(NEXT, { variables: { id: CUSTOMER } });
  const made = data?.['nextBestActions'] as { readonly decisionId: string } | undefined;
  decisionId = made?.decisionId ?? '';
});
afterAll(() => rig.app.close());

/** Where in an operation a field with arguments stands, and what else it must be given. */
const CALLS: { readonly [field: string]: (given: string) => string } = {
  'Query.nextBestActions': (given) =>
    given.startsWith('customerId')
      ? `nextBestActions(channel: AGENT, ${given}) { ...Told }`
      : `nextBestActions(channel: AGENT, customerId: "${CUSTOMER}", ${given}) { ...Told }`,
  'Customer360.transactions': (given) =>
    `customer360(id: "${CUSTOMER}") {
      ... on Customer360 { transactions(${given}) { edges { cursor } } } }`,
  'Decision.trace': (given) =>
    `decision(id: "${decisionId}") { ... on Decision { trace(${given}) { action } } }`,
  'RuleSet.rules': (given) => `ruleSet { ... on RuleSet { rules(${given}) { id } } }`,
};

interface Place {
  readonly field: string;
  readonly argument: string;
  readonly member: string | null;
  readonly type: string;
}

/** Every argument and member of the contract that takes a text, wherever it stands. */
function places(): readonly Place[] {
  const types = Object.values(buildSchema(TYPE_DEFS).schema.getTypeMap());
  const fields = types
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values(isObjectType(type) ? type.getFields() : {}).map((field) => ({
        name: `${type.name}.${field.name}`,
        args: field.args,
      })),
    );
  return fields.flatMap(({ name, args }) => args.flatMap((one) => placesIn(name, one)));
}

function placesIn(field: string, one: GraphQLArgument): readonly Place[] {
  const type = getNamedType(one.type);
  const at = (input: GraphQLInputField | GraphQLArgument, member: string | null): Place => {
    return { field, argument: one.name, member, type: String(input.type) };
  };
  const all = isInputObjectType(type)
    ? Object.values(type.getFields()).map((input) => at(input, input.name))
    : [at(one, null)];
  return all.filter((place) => TEXTS.has(place.type.replaceAll(/[[\]!]/g, '')));
}

const PLACES = places();

describe('text that is not well formed', () => {
  test('may be given to more than fifteen arguments', () => {
    expect(PLACES.length).toBeGreaterThan(15);
    const below = PLACES.map(({ field }) => field).filter((name) => !name.startsWith('Query.'));
    expect([...new Set(below)].toSorted()).toEqual(
      Object.keys(CALLS).filter((name) => !name.startsWith('Query.')),
    );
  });

  test.each(PLACES.map((place) => [`${place.field} ${place.argument} ${place.member}`, place]))(
    'is refused by %s, written as a variable',
    async (_title, place) => {
      const { field, argument, member, type } = place as Place;
      const given = member === null ? `${argument}: $text` : `${argument}: {${member}: $text}`;
      const call = CALLS[field]?.(given) ?? `${field.split('.')[1]}(${given}) { ...Told }`;
      const query = `query Ask($text: ${type}) { ${call} }${
        call.includes('...Told') ? ' fragment Told on Refusal { code }' : ''
      }`;
      for (const text of BAD) {
        const { status, data, errors } = await rig.ask(query, {
          token: ALL,
          variables: { text },
        });
        const told = Object.values(data ?? {})[0] as { readonly code?: string } | null;
        const code = told?.code ?? errors?.[0]?.extensions['code'];
        expect([text, status, code]).toEqual([text, expect.any(Number), expect.any(String)]);
        // A digest that nobody could write names no release: so its own refusal.
        const refusals = ['INVALID_ARGUMENT', 'BAD_USER_INPUT', 'UNKNOWN_RELEASE'];
        expect(refusals).toContain(code);
      }
      expect(rig.errors).toEqual([]);
    },
  );

  const QUERY = '{ activeRelease { __typename } }';
  test.each([
    ['`query`', { query: `${QUERY} # \ud800` }],
    ['`query`', { query: `${QUERY} # \u007f` }],
    ['`operationName`', { query: QUERY, operationName: 'a\u0085' }],
    ['`extensions.trace.0`', { query: QUERY, extensions: { trace: ['\udc00'] } }],
    ['a name in `extensions`', { query: QUERY, extensions: { '\udc00': 1 } }],
    ['a name in `variables`', { query: QUERY, variables: { '\ud800': 1 } }],
    ['a name in the body', { query: QUERY, '\u009f': 1 }],
    ['`id`', { query: QUERY, id: 'a\0' }],
  ])('is refused wherever it stands in a body: %s', async (place, body) => {
    const { status, text } = await rig.send({ body, token: ALL });
    expect(status).toBe(400);
    const mend = 'send whole characters, no control characters';
    const message = `${place} is not well-formed text; ${mend}`;
    expect(JSON.parse(text)).toEqual({
      errors: [{ message, extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  test.each([
    ['a text', { stray: 'a\ud800' }],
    ['a text below', { stray: [{ a: ['\u0000'] }] }],
    ['a name below', { stray: { '\u0080': 1 } }],
  ])('is refused in a variable that nothing asks for: %s', async (_what, variables) => {
    const answer = await rig.ask(QUERY, { token: ALL, variables });
    expect(firstError(answer)).toEqual({
      status: 400,
      code: 'BAD_USER_INPUT',
      message: '`$stray` holds text that is not well formed; leave it out',
    });
  });

  test.each([
    ['a byte that begins nothing', [0xff]],
    ['half a pair in the encoding of UTF-8', [0xed, 0xa0, 0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a character cut off', [0xe2, 0x82]],
  ])('is refused in bytes that are no UTF-8: %s', async (_what, bytes) => {
    const body = JSON.stringify({ query: `${QUERY} # ` });
    const payload = Buffer.concat([
      Buffer.from(body.slice(0, -2)),
      Buffer.from(bytes),
      Buffer.from(body.slice(-2)),
    ]);
    const { statusCode, json } = await rig.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ALL}` },
      payload,
    });
    expect([statusCode, json()]).toEqual([
      400,
      {
        errors: [
          {
            message: 'the body is not UTF-8; send JSON in UTF-8',
            extensions: { code: 'BAD_REQUEST' },
          },
        ],
      },
    ]);
  });

  test('is none where letters, lines and pairs are whole', async () => {
    const query = `{ activeRelease { __typename } } # naïve 😀\t\u00a0\n`;
    const answer = await rig.ask(query, { token: ALL, variables: { stray: 'é\n😀' } });
    expect([answer.status, answer.errors]).toEqual([200, undefined]);
  });
});
