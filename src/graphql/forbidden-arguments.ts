import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInputType,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Role } from '../app/ports/identity.ts';
import type { ArgumentPermits } from './argument-permits.ts';
import { mayRead } from './permits.ts';

interface Against {
  readonly schema: GraphQLSchema;
  readonly given: ArgumentPermits;
}

/**
 * The arguments and members of filters that a document's text gives and these roles may not: to
 * name one is enough, whatever its value, lest an empty one be told from others.
 */
export function forbiddenArguments(
  document: DocumentNode,
  roles: readonly Role[],
  { schema, given }: Against,
): readonly string[] {
  const info = new TypeInfo(schema);
  const forbidden = new Set<string>();
  const judge = (name: string) => {
    if (!mayGive(given.get(name), roles)) forbidden.add(name);
  };
  visit(
    document,
    visitWithTypeInfo(info, {
      Argument(node) {
        const [parent, field, argument] = [
          info.getParentType(),
          info.getFieldDef(),
          info.getArgument(),
        ];
        if (info.getDirective() || !parent || !field || field.name.startsWith('__')) return;
        if (argument && isInputObjectType(getNamedType(argument.type))) return;
        if (!parent.name.startsWith('__')) {
          judge(`${parent.name}.${field.name}(${node.name.value})`);
        }
      },
      ObjectField(node) {
        const type = getNamedType(info.getParentInputType() ?? undefined);
        if (isInputObjectType(type)) judge(`${type.name}.${node.name.value}`);
      },
    }),
  );
  return [...forbidden];
}

/** The members of filters that variables give and these roles may not. */
export function forbiddenVariables(
  { document, variables }: { readonly document: DocumentNode; readonly variables: Variables },
  roles: readonly Role[],
  { schema, given }: Against,
): readonly string[] {
  const forbidden = new Set<string>();
  const judge = (value: unknown, type: GraphQLInputType): void => {
    const named = getNamedType(type);
    if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return;
    // A list of input objects, and one that stands for a list of one, are told by their values.
    if (Array.isArray(value)) {
      for (const one of value) judge(one, type);
      return;
    }
    const fields = named.getFields();
    for (const [name, member] of Object.entries(value)) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) continue;
      if (!mayGive(given.get(`${named.name}.${name}`), roles)) {
        forbidden.add(`${named.name}.${name}`);
      }
      judge(member, field.type);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    for (const { type, variable } of definition.variableDefinitions ?? []) {
      const named = typeFromAST(schema, type);
      if (isInputType(named)) judge(variables[variable.name.value], named);
    }
  }
  return [...forbidden];
}

type Variables = { readonly [name: string]: unknown };

/** What the contract does not know is nobody's to give. */
function mayGive(to: readonly Role[] | null | undefined, roles: readonly Role[]): boolean {
  return to === null || (to !== undefined && mayRead(to, roles));
}
