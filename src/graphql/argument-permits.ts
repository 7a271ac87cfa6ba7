import { getDirective } from '@graphql-tools/utils';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { Role } from '../app/ports/identity.ts';
import type { Permits } from './permits.ts';

/**
 * Who may give an argument, by `Type.field(argument)`, or a member of an input object, by
 * `Input.member`: whoever reads what it asks by; null where it asks by nothing that is read.
 */
export type ArgumentPermits = ReadonlyMap<string, readonly Role[] | null>;

/** Reads every `@about`; throws when one is missing or names no field: default deny. */
export function readArgumentPermits(schema: GraphQLSchema, permits: Permits): ArgumentPermits {
  const found = new Map<string, readonly Role[] | null>();
  const wrong: string[] = [];
  for (const [name, given] of givenIn(schema)) {
    const about = getDirective(schema, given, 'about')?.[0];
    const field: unknown = about?.['field'] ?? null;
    const permit = permits.get(String(field));
    if (about === undefined || (field !== null && permit === undefined)) wrong.push(name);
    else found.set(name, permit?.to ?? null);
  }
  if (wrong.length === 0) return found;
  throw new Error(`arguments without @about a field of the contract: ${wrong.join(', ')}`);
}

/** Members of input objects and all arguments but those that are input objects themselves. */
function* givenIn(
  schema: GraphQLSchema,
): Generator<readonly [string, GraphQLArgument | GraphQLInputField]> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isInputObjectType(type)) {
      for (const one of Object.values(type.getFields())) yield [`${type.name}.${one.name}`, one];
    } else if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        for (const one of field.args) {
          if (isInputObjectType(getNamedType(one.type))) continue;
          yield [`${type.name}.${field.name}(${one.name})`, one];
        }
      }
    }
  }
}
