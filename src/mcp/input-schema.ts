import type { JSONObject, Tool } from '@modelcontextprotocol/server';
import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isSpecifiedScalarType,
  TypeInfo,
  typeFromAST,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** The JSON Schema of a tool's arguments. */
export type ToolInput = Tool['inputSchema'];

/**
 * The schema of the variables of a listed operation, each in the words that the contract has for
 * what it is given to, and in no others.
 */
export function inputSchema(document: DocumentNode, contract: GraphQLSchema): ToolInput {
  const words = wordsOf(document, contract);
  const declared = document.definitions.flatMap((one) =>
    one.kind === 'OperationDefinition' ? (one.variableDefinitions ?? []) : [],
  );
  const members = declared.flatMap(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(contract, node);
    const name = variable.name.value;
    const isRequired = isNonNullType(type) && defaultValue === undefined;
    const description = words.get(name);
    return isInputType(type) ? [{ name, type, isRequired, description }] : [];
  });
  return objectOf(members);
}

/** What the contract says of the first place where each variable stands. */
function wordsOf(document: DocumentNode, contract: GraphQLSchema): ReadonlyMap<string, string> {
  const info = new TypeInfo(contract);
  const found = new Map<string, string>();
  const note = (value: ValueNode, words: string | null | undefined) => {
    if (value.kind !== 'Variable' || found.has(value.name.value) || !words) return;
    found.set(value.name.value, words);
  };
  visit(
    document,
    visitWithTypeInfo(info, {
      Argument: ({ value }) => note(value, info.getArgument()?.description),
      ObjectField({ name, value }) {
        const around = getNamedType(info.getParentInputType() ?? undefined);
        if (isInputObjectType(around)) note(value, around.getFields()[name.value]?.description);
      },
    }),
  );
  return found;
}

interface Member {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly isRequired: boolean;
  readonly description?: string | null | undefined;
}

/** `within`: the input types around, for one may hold itself. */
function objectOf(
  members: readonly Member[],
  within: readonly string[] = [],
): ToolInput & JSONObject {
  return {
    type: 'object',
    properties: Object.fromEntries(
      members.map((member) => [member.name, schemaOf(member, within)]),
    ),
    required: members.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
  };
}

function schemaOf(
  { type: given, description: said }: Pick<Member, 'type' | 'description'>,
  within: readonly string[],
): JSONObject {
  const type = getNullableType(given);
  if (isListType(type)) {
    const items = schemaOf({ type: type.ofType }, within);
    return { ...described(said), type: 'array', items };
  }
  const words = described(said ?? (isSpecifiedScalarType(type) ? null : type.description));
  if (isEnumType(type)) {
    return { ...words, type: 'string', enum: type.getValues().map(({ name }) => name) };
  }
  if (isInputObjectType(type)) {
    if (within.includes(type.name)) return { ...words, type: 'object' };
    const members = Object.values(type.getFields()).map(({ name, type: own, ...field }) => ({
      name,
      type: own,
      description: field.description,
      isRequired: isNonNullType(own) && field.defaultValue === undefined,
    }));
    return { ...words, ...objectOf(members, [...within, type.name]) };
  }
  // A scalar of the contract is text, but for the one that may be anything.
  if (type.name === 'JSON') return words;
  return { ...words, type: SCALARS.get(type.name) ?? 'string' };
}

function described(words: string | null | undefined): JSONObject {
  return words === null || words === undefined ? {} : { description: words };
}

const SCALARS: ReadonlyMap<string, string> = new Map([
  ['Int', 'integer'],
  ['Float', 'number'],
  ['Boolean', 'boolean'],
]);
