import { describe, expect, test } from '@jest/globals';
import {
  type GraphQLArgument,
  getNamedType,
  isInputObjectType,
  isObjectType,
  parse,
} from 'graphql';
import { TYPE_DEFS } from '../../test/support/graphql-rig.ts';
import { ROLES } from '../app/ports/identity.ts';
import { buildSchema } from './build-schema.ts';
import { forbiddenArguments, forbiddenVariables } from './forbidden-arguments.ts';
import { maySelect } from './permits.ts';

const contract = buildSchema(TYPE_DEFS);

describe('the contract does not build with', () => {
  test.each([
    [
      'an argument that says not what it asks by',
      'id: ID! @about(field: "Customer360.id")',
      'id: ID!',
      'Query.customer360(id)',
    ],
    [
      'a member of a filter that does not',
      'kind: PartyKind @about(field: "Profile.kind")',
      'kind: PartyKind',
      'CustomerFilter.kind',
    ],
    ['one about a field there is not', '"Profile.kind"', '"Profile.sort"', 'CustomerFilter.kind'],
  ])('%s, and names it', (_what, written, planted, name) => {
    expect(TYPE_DEFS).toContain(written);
    expect(() => buildSchema(TYPE_DEFS.replace(written, planted))).toThrow(name);
  });
});

interface Given {
  readonly type: string;
  readonly field: string;
  readonly argument: string;
  /** Null for an argument that is no input object. */
  readonly member: string | null;
  readonly input: string;
  readonly name: string;
}

/** Each argument that the contract has, and each member of those that are input objects. */
const GIVEN = Object.values(contract.schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args.flatMap((argument) => givenBy(argument, { type: type.name, field: field.name })),
    ),
  );

function givenBy(
  { name, type }: GraphQLArgument,
  at: { readonly type: string; readonly field: string },
): readonly Given[] {
  const named = getNamedType(type);
  const one = { ...at, argument: name, input: named.name };
  if (!isInputObjectType(named)) {
    return [{ ...one, member: null, name: `${at.type}.${at.field}(${name})` }];
  }
  return Object.keys(named.getFields()).map((member) => {
    return { ...one, member, name: `${named.name}.${member}` };
  });
}

/** By a pattern over the text, not by the code under test. */
function aboutOf({ argument, member, input, field }: Given): string | null {
  const start = member === null ? ` ${field}(` : `input ${input} {`;
  const end = member === null ? '): ' : '\n}';
  const from = TYPE_DEFS.indexOf(start);
  const block = TYPE_DEFS.slice(from, TYPE_DEFS.indexOf(end, from));
  const line = new RegExp(`\\b${member ?? argument}: [^@"]*@about(?:\\(field: "([^"]+)"\\))?`);
  const found = line.exec(block);
  if (found === null) throw new Error(`no @about for ${field} ${member ?? argument}`);
  return found[1] ?? null;
}

describe.each(GIVEN.map((one) => [one.name, one] as const))('%s', (name, one) => {
  const about = aboutOf(one);
  const permit = about === null ? null : contract.permits.get(about);
  const mayAsk = (role: (typeof ROLES)[number]) =>
    permit === null || (permit !== undefined && maySelect({ ...permit, masked: [] }, [role]));
  const whole = (value: string) =>
    parse(`fragment F on ${one.type} { alias: ${one.field}(${one.argument}: ${value}) }`);

  test.each(ROLES)('is given by %s only where it reads what it asks by, not masked', (role) => {
    const expected = mayAsk(role) ? [] : [name];
    const values =
      one.member === null
        ? ['"x"', 'null', '$x']
        : [`{${one.member}: "x"}`, `{${one.member}: null}`, `{${one.member}: $x}`];
    for (const value of values) {
      expect([value, forbiddenArguments(whole(value), [role], contract)]).toEqual([
        value,
        expected,
      ]);
    }
    if (one.member === null) return;
    const document = parse(`query Q($x: ${one.input}) { a }`);
    for (const given of [{ [one.member]: 'x' }, [{ [one.member]: null }]]) {
      const asked = { document, variables: { x: given } };
      expect(forbiddenVariables(asked, [role], contract)).toEqual(expected);
    }
  });
});

test('a default of a variable asks too', () => {
  const document = parse('query Q($f: TransactionFilter = {arrangementId: "x"}) { a }');
  expect(forbiddenArguments(document, ['SERVICE'], contract)).toEqual([
    'TransactionFilter.arrangementId',
  ]);
});

test('arguments of directives and members that nobody knows are nobody’s concern', () => {
  const document = parse('query Q($f: TransactionFilter) { a @include(if: true) }');
  expect(forbiddenArguments(document, ['SERVICE'], contract)).toEqual([]);
  const variables = { f: JSON.parse('{"__proto__": 1, "toString": 2}') };
  expect(forbiddenVariables({ document, variables }, ['SERVICE'], contract)).toEqual([]);
});

test('what is masked for a role that reads the rest of its type cannot be asked by', () => {
  const refused = GIVEN.filter(({ name }) => !contract.given.get(name)?.includes('AUDITOR'));
  const names = refused
    .filter(({ name }) => contract.given.get(name) !== null)
    .map(({ name }) => name);
  expect(names).toEqual(['TransactionFilter.arrangementId']);
});
