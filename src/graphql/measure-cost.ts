import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { Cost, Costs } from './costs.ts';

/** A validated operation, with the variables it came with. */
export interface CostlyOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: { readonly [name: string]: unknown };
}

/**
 * What an operation costs at most: the fields of its answer, each by its weight, times the entries
 * of all lists around it. A fragment is counted once and added as often as it is spread.
 */
export function costOf(
  asked: CostlyOperation,
  against: { readonly schema: GraphQLSchema; readonly costs: Costs },
): number {
  const root = against.schema.getRootType(asked.operation.operation);
  if (!root) return 0;
  const fragments = new Map(
    asked.document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === 'FragmentDefinition')
      .map((one) => [one.name.value, one]),
  );
  const state: Measuring = { ...asked, ...against, fragments, known: new Map() };
  const { flat, perEntry } = measure(asked.operation.selectionSet, root, state);
  return flat + perEntry;
}

/** What a set costs whatever is listed, and what it costs for each entry of the list around. */
interface Measure {
  readonly flat: number;
  readonly perEntry: number;
}

interface Measuring extends CostlyOperation {
  readonly schema: GraphQLSchema;
  readonly costs: Costs;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly known: Map<string, Measure>;
}

const NOTHING: Measure = { flat: 0, perEntry: 0 };

function measure(set: SelectionSetNode, type: GraphQLNamedType, state: Measuring): Measure {
  let { flat, perEntry } = NOTHING;
  for (const selection of set.selections) {
    const own =
      selection.kind === 'Field'
        ? measureField(selection, type, state)
        : selection.kind === 'FragmentSpread'
          ? measureFragment(selection.name.value, state)
          : measure(selection.selectionSet, typeAt(selection.typeCondition, type, state), state);
    flat += own.flat;
    perEntry += own.perEntry;
  }
  return { flat, perEntry };
}

function measureFragment(name: string, state: Measuring): Measure {
  const known = state.known.get(name);
  const fragment = state.fragments.get(name);
  if (known !== undefined || fragment === undefined) return known ?? NOTHING;
  const type = state.schema.getType(fragment.typeCondition.name.value);
  const size = type === undefined ? NOTHING : measure(fragment.selectionSet, type, state);
  state.known.set(name, size);
  return size;
}

function measureField(node: FieldNode, type: GraphQLNamedType, state: Measuring): Measure {
  const name = node.name.value;
  const cost = state.costs.get(`${type.name}.${name}`) ?? unlisted(name);
  const field =
    isObjectType(type) || isInterfaceType(type)
      ? (type.getFields()[name] ?? introspectionField(name, state))
      : undefined;
  const below =
    node.selectionSet === undefined || field === undefined
      ? NOTHING
      : measure(node.selectionSet, getNamedType(field.type), state);
  const entries = entriesOf(node, cost, state);
  if (cost.entries) return { flat: 0, perEntry: cost.weight + below.flat + below.perEntry };
  // Where an argument counts, it counts what is marked below; else the field is itself the list.
  const listed =
    cost.by === null
      ? entries * (below.flat + below.perEntry)
      : below.flat + entries * below.perEntry;
  const self = node.selectionSet === undefined ? cost.weight * entries : cost.weight;
  return { flat: self + listed, perEntry: 0 };
}

/** Of the schema about itself every list counts as a short one; it is shown in the demo alone. */
const INTROSPECTED = 6;

function unlisted(name: string): Cost {
  const isList = INTROSPECTION_LISTS.has(name);
  const items = isList ? INTROSPECTED : 1;
  return { weight: 1, by: null, usual: items, items, entries: false };
}

const INTROSPECTION_LISTS = new Set(
  'types directives fields args inputFields enumValues interfaces possibleTypes'.split(' '),
);

function introspectionField(name: string, { schema }: Measuring) {
  const root = { __schema: '__Schema', __type: '__Type' }[name];
  const type = root === undefined ? undefined : schema.getType(root);
  return isObjectType(type) ? { type } : undefined;
}

function entriesOf(node: FieldNode, cost: Cost, state: Measuring): number {
  if (cost.by === null) return cost.items;
  const given = node.arguments?.find((one) => one.name.value === cost.by)?.value;
  const asked = given === undefined ? cost.usual : numberIn(given, cost, state);
  // What is out of its bounds is refused by who lists, and lists nothing.
  return Math.min(Math.max(asked, 1), cost.items);
}

function numberIn(given: ValueNode, cost: Cost, state: Measuring): number {
  if (given.kind === 'IntValue') return Number(given.value);
  if (given.kind !== 'Variable') return cost.usual;
  const name = given.name.value;
  const declared = state.operation.variableDefinitions?.find(
    ({ variable }) => variable.name.value === name,
  )?.defaultValue;
  const value = Object.hasOwn(state.variables, name) ? state.variables[name] : undefined;
  if (value === undefined)
    return declared?.kind === 'IntValue' ? Number(declared.value) : cost.usual;
  if (value === null) return cost.usual;
  // What is no number here is refused when it is read; till then it counts as all.
  return typeof value === 'number' && Number.isFinite(value) ? value : cost.items;
}

function typeAt(
  condition: { readonly name: { readonly value: string } } | undefined,
  type: GraphQLNamedType,
  { schema }: Measuring,
): GraphQLNamedType {
  return condition === undefined ? type : (schema.getType(condition.name.value) ?? type);
}
