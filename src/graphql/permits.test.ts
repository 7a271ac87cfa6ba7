import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { describe, expect, test } from '@jest/globals';
import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  isInterfaceType,
  parse,
} from 'graphql';
import { TYPE_DEFS } from '../../test/support/graphql-rig.ts';
import { ROLES, type Role } from '../app/ports/identity.ts';
import { buildSchema } from './build-schema.ts';
import { forbiddenFields } from './forbidden-fields.ts';
import { maySelect, type Permits, readPermits } from './permits.ts';

const TO_ALL = `@permit(to: [${ROLES.join(', ')}])`;

describe('the contract', () => {
  test('builds', () => {
    expect(buildSchema(TYPE_DEFS).permits.size).toBeGreaterThan(250);
  });

  test('does not build with a field that says not who may read it, and names the field', () => {
    const planted = TYPE_DEFS.replace('type Money {', 'type Money {\n  minor: Int');
    expect(() => buildSchema(planted)).toThrow('fields without @permit: Money.minor');
  });

  test('does not build with a permit for nobody in particular', () => {
    const planted = TYPE_DEFS.replace('type Money {', 'type Money {\n  minor: Int @permit');
    expect(() => buildSchema(planted)).toThrow('@permit');
  });

  test('does not build with an interface that permits more than what implements it', () => {
    const typeDefs = `
      directive @permit(to: [Role!]!, masked: [Role!]) on FIELD_DEFINITION
      enum Role { ${ROLES.join(' ')} }
      interface Named { name: String ${TO_ALL} }
      type Person implements Named { name: String @permit(to: [AGENT], masked: [AUDITOR]) }
      type Query { one: Named ${TO_ALL} }`;
    expect(() => readPermits(makeExecutableSchema({ typeDefs }))).toThrow('Person.name');
  });
});

describe('every role and field', () => {
  const against = buildSchema(TYPE_DEFS);
  const written = fieldsOf(TYPE_DEFS);

  test('stands in the table that people review', () => {
    const table = permitTable(against.permits);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(TABLE_FILE, table);
    expect(readFileSync(TABLE_FILE, 'utf8')).toBe(table);
  });

  test('is in the schema', () => {
    expect([...against.permits.keys()].toSorted()).toEqual(
      written.map(({ type, field }) => `${type}.${field}`).toSorted(),
    );
  });

  test.each(ROLES)('%s may select exactly what is written for it', (role) => {
    for (const { type, field, to, masked } of written) {
      const named = [...to, ...masked];
      const may = named.includes(role) || (role === 'ADVISOR' && named.includes('AGENT'));
      const document = parse(`fragment F on ${type} { alias: ${field} }`);
      const forbidden = forbiddenFields(document, [role], against);
      expect([type, field, forbidden]).toEqual([type, field, may ? [] : [`${type}.${field}`]]);
    }
  });

  test('is forbidden to nobody in particular', () => {
    for (const { type, field } of written) {
      const document = parse(`fragment F on ${type} { ${field} }`);
      expect(forbiddenFields(document, [], against)).toEqual([`${type}.${field}`]);
    }
  });

  test('that is masked for a role is given to no role twice', () => {
    for (const { to, masked } of written) {
      expect(masked.filter((role) => to.includes(role))).toEqual([]);
    }
  });
});

describe('an operator never sees customer data', () => {
  const { permits, schema } = buildSchema(TYPE_DEFS);

  test('reads no field of a type that is not known to say nothing of a customer', () => {
    const fields = [...permits].filter(([, permit]) => maySelect(permit, ['OPERATOR']));
    const types = new Set(fields.map(([name]) => name.split('.')[0] ?? ''));
    const refusals = types.intersection(new Set(namesOfRefusals(schema)));
    expect([...types.difference(refusals)].toSorted()).toEqual(SAYS_NOTHING_OF_A_CUSTOMER);
  });

  test('asks nothing that names a customer or a decision, and is answered with none', () => {
    const questions = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ name }) =>
      permits.get(`Query.${name}`)?.to.includes('OPERATOR'),
    );
    expect(questions.map(({ name, args }) => [name, args.length])).toEqual([
      ['activeRelease', 0],
    ]);
  });

  test('reads of a refusal its words alone, not what it tells of a decision', () => {
    for (const name of namesOfRefusals(schema)) {
      const fields = [...permits].filter(
        ([field, permit]) => field.startsWith(`${name}.`) && maySelect(permit, ['OPERATOR']),
      );
      const told = fields.map(([field]) => field.slice(name.length + 1));
      expect([name, told.filter((field) => !WORDS.includes(field))]).toEqual([name, []]);
    }
  });
});

describe.each([
  ['APPROVER', ['caller', 'facts', 'seen', 'liveState', 'withheld', 'trace', 'candidates']],
  ['MODEL_RISK', ['customerId', 'caller', 'facts', 'seen', 'liveState', 'trace', 'terms']],
] as const)('%s', (role, closed) => {
  const { permits } = buildSchema(TYPE_DEFS);
  const own = [...permits].filter(([, permit]) => maySelect(permit, [role]));

  test.each(['Customer360', 'Profile', 'Household', 'Arrangement', 'Transaction', 'Contact'])(
    'reads nothing of %s',
    (type) => expect(own.filter(([name]) => name.startsWith(`${type}.`))).toEqual([]),
  );

  test.each(closed)('reads no `%s` of a decision', (field) => {
    const types = ['Decision', 'UnreadableDecision', 'NextBestActions', 'Candidate'];
    const names = types.map((type) => `${type}.${field}`);
    expect(own.filter(([name]) => names.includes(name))).toEqual([]);
  });
});

/** A new type is taken to be of a customer until somebody writes it here. */
const SAYS_NOTHING_OF_A_CUSTOMER = ['Activation', 'Query', 'Release'];
const WORDS = ['code', 'message', 'argument', 'cause'];

function namesOfRefusals(schema: GraphQLSchema): readonly string[] {
  const face = schema.getType('Refusal');
  if (!isInterfaceType(face)) throw new Error('the contract has no interface `Refusal`');
  return ['Refusal', ...schema.getPossibleTypes(face).map(({ name }) => name)];
}

const TABLE_FILE = join(import.meta.dirname, 'permits.txt');
const CELL_WIDTH = 11;

/** Fields down, roles across: `reads`, `***` for masked, `-` for refused. */
function permitTable(permits: Permits): string {
  const names = [...permits.keys()].toSorted();
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const row = (name: string, cells: readonly string[]) =>
    `${name.padEnd(width)}${cells.map((cell) => cell.padEnd(CELL_WIDTH)).join('')}`.trimEnd();
  const rows = names.map((name) =>
    row(
      name,
      ROLES.map((role) => cellOf(permits.get(name), role)),
    ),
  );
  return `${[row('', ROLES), ...rows].join('\n')}\n`;
}

function cellOf(permit: ReturnType<Permits['get']>, role: Role) {
  if (permit === undefined || !maySelect(permit, [role])) return '-';
  return maySelect({ ...permit, masked: [] }, [role]) ? 'reads' : '***';
}

/** What the text of the contract says, read without the code that is under test. */
function fieldsOf(typeDefs: string) {
  return parse(typeDefs).definitions.flatMap((definition) => {
    const isType =
      definition.kind === 'ObjectTypeDefinition' || definition.kind === 'InterfaceTypeDefinition';
    return isType
      ? (definition.fields ?? []).map((one) => permitOf(definition.name.value, one))
      : [];
  });
}

function permitOf(type: string, { name, directives }: FieldDefinitionNode) {
  const permit = directives?.find((directive) => directive.name.value === 'permit');
  const to = rolesIn(permit, 'to');
  return { type, field: name.value, to, masked: rolesIn(permit, 'masked') };
}

function rolesIn(permit: ConstDirectiveNode | undefined, argument: string): readonly Role[] {
  const value = permit?.arguments?.find(({ name }) => name.value === argument)?.value;
  const names = value?.kind === 'ListValue' ? value.values : [];
  return names.flatMap((one) =>
    ROLES.filter((role) => one.kind === 'EnumValue' && one.value === role),
  );
}
