import { makeExecutableSchema } from '@graphql-tools/schema';
import { describe, expect, test } from '@jest/globals';
import { type ConstDirectiveNode, type FieldDefinitionNode, parse } from 'graphql';
import { TYPE_DEFS } from '../../test/support/graphql-rig.ts';
import { ROLES, type Role } from '../app/ports/identity.ts';
import { buildSchema } from './build-schema.ts';
import { forbiddenFields } from './forbidden-fields.ts';
import { readPermits } from './permits.ts';

const TO_ALL = '@permit(to: [AGENT, ANALYST, AUDITOR, SERVICE])';

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
      enum Role { AGENT ANALYST AUDITOR SERVICE }
      interface Named { name: String ${TO_ALL} }
      type Person implements Named { name: String @permit(to: [AGENT], masked: [AUDITOR]) }
      type Query { one: Named ${TO_ALL} }`;
    expect(() => readPermits(makeExecutableSchema({ typeDefs }))).toThrow('Person.name');
  });
});

describe('every role and field', () => {
  const against = buildSchema(TYPE_DEFS);
  const written = fieldsOf(TYPE_DEFS);

  test('is in the schema', () => {
    expect([...against.permits.keys()].toSorted()).toEqual(
      written.map(({ type, field }) => `${type}.${field}`).toSorted(),
    );
  });

  test.each(ROLES)('%s may select exactly what is written for it', (role) => {
    for (const { type, field, to, masked } of written) {
      const may = to.includes(role) || masked.includes(role);
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
