import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { ROLES, type Role } from '../../src/app/ports/identity.ts';
import { maySelect, type Permits } from '../../src/graphql/permits.ts';

/** What operations are generated over, and what they may name so that something is read. */
export interface Grounds {
  readonly schema: GraphQLSchema;
  readonly permits: Permits;
  readonly customerIds: readonly string[];
  readonly decisionIds: readonly string[];
}

export interface GeneratedOperation {
  readonly role: Role;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Numbers of 0 to below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Making extends Grounds {
  readonly random: () => number;
  readonly role: Role;
  /** Of ten fields so many may be ones that the role may not read. */
  readonly forbidden: number;
  /** How many selections are left to make. */
  left: number;
  names: number;
  readonly variables: Record<string, unknown>;
  readonly declared: string[];
  readonly fragments: string[];
}

const MOST_DEPTH = 12;
/** Who may read most, and so may cost most, asks more often. */
const BUSIEST: readonly Role[] = ['AGENT', 'AUDITOR', 'AUDITOR', 'SERVICE', 'MODEL_RISK'];

/** An operation over the whole contract: mostly valid, of any size around what is let through. */
export function generateOperation(grounds: Grounds, random: () => number): GeneratedOperation {
  const role = pick([...ROLES, ...BUSIEST], random);
  const making: Making = {
    ...grounds,
    random,
    role,
    forbidden: random() < 0.1 ? 1 : 0,
    // From one selection to beyond the limit, more of them large than small.
    left: Math.ceil(1_800 ** Math.sqrt(random())),
    names: 0,
    variables: {},
    declared: [],
    fragments: [],
  };
  const root = grounds.schema.getQueryType();
  if (!root) throw new Error('the contract has no query');
  const body = selectionOf(root, making, 0);
  const declared = making.declared.length === 0 ? '' : `(${making.declared.join(', ')})`;
  const query = [`query Generated${declared} ${body}`, ...making.fragments].join('\n');
  return { role, query, variables: making.variables };
}

function selectionOf(type: GraphQLNamedType, making: Making, depth: number): string {
  if (isUnionType(type) || isInterfaceType(type)) {
    const members = [...making.schema.getPossibleTypes(type)];
    const told = members.filter(() => making.random() < 0.7);
    const below = told.map((one) => `... on ${one.name} ${selectionOf(one, making, depth)}`);
    return `{ __typename ${below.join(' ')} }`;
  }
  if (!isObjectType(type)) return '{ __typename }';
  const fields = Object.values(type.getFields()).filter((one) => mayTake(type.name, one, making));
  const parts = ['__typename'];
  const most = depth === 0 ? 1 + Math.floor(making.random() * 11) : fieldsAt(making);
  for (let i = 0; i < most && making.left > 0 && fields.length > 0; i += 1) {
    const field = pick(fields, making.random);
    if (depth >= MOST_DEPTH && !isLeafType(getNamedType(field.type))) continue;
    parts.push(fieldOf(field, making, depth));
  }
  const set = `{ ${parts.join(' ')} }`;
  if (depth === 0 || making.random() > 0.1) return set;
  making.names += 1;
  const name = `F${making.names}`;
  making.fragments.push(`fragment ${name} on ${type.name} ${set}`);
  // Spread twice now and then: it is read once and counts twice.
  return making.random() < 0.3 ? `{ ...${name} ...${name} }` : `{ ...${name} }`;
}

function mayTake(
  type: string,
  field: GraphQLField<unknown, unknown>,
  { permits, role, forbidden, random }: Making,
): boolean {
  const permit = permits.get(`${type}.${field.name}`);
  return permit === undefined || maySelect(permit, [role]) || random() * 10 < forbidden;
}

/** A few fields, and now and then as many aliases as are left. */
function fieldsAt({ random, left }: Making): number {
  return random() < 0.05 ? left : 1 + Math.floor(random() * 8);
}

function fieldOf(field: GraphQLField<unknown, unknown>, making: Making, depth: number): string {
  making.left -= 1;
  making.names += 1;
  const alias = `a${making.names}`;
  const args = field.args.filter((one) => isNonNullType(one.type) || making.random() < 0.4);
  const given = args.map((one) => `${one.name}: ${argumentText(one, making)}`);
  const type = getNamedType(field.type);
  const below = isLeafType(type) ? '' : ` ${selectionOf(type, making, depth + 1)}`;
  const when = making.random() < 0.02 ? ' @include(if: true)' : '';
  const asked = given.length > 0 ? `(${given.join(', ')})` : '';
  return `${alias}: ${field.name}${asked}${when}${below}`;
}

/** The text of an argument's value: as it is, or a variable that holds it. */
function argumentText(argument: GraphQLArgument | GraphQLInputField, making: Making): string {
  const value = inputOf(argument.name, argument.type, making);
  if (making.random() < 0.5) return literal(value, argument.type);
  making.names += 1;
  const name = `v${making.names}`;
  making.variables[name] = value;
  making.declared.push(`$${name}: ${String(argument.type)}`);
  return `$${name}`;
}

function inputOf(name: string, type: GraphQLInputType, making: Making): unknown {
  const { random } = making;
  const bare = getNullableType(type);
  if (isListType(bare)) return [inputOf(name, bare.ofType, making)];
  if (isEnumType(bare)) return pick(bare.getValues(), random).name;
  if (isInputObjectType(bare)) {
    const members = Object.values(bare.getFields()).filter(() => random() < 0.4);
    return Object.fromEntries(
      members.map((one) => [one.name, inputOf(one.name, one.type, making)]),
    );
  }
  return scalarOf(name, getNamedType(bare).name, making);
}

const NUMBERS = [1, 2, 5, 10, 20, 20, 50, 100, 100, 200, 200, 0, -1, 1_000, 2_147_483_647];
const TEXTS = ['', 'a', 'C', 'RETAIL', '%', "' or 1=1 --", '\u0000', '\u009b2J', 'x'.repeat(200)];
const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  Int: NUMBERS,
  Boolean: [true, false],
  Instant: ['2026-11-24T09:30:00.000Z', '2024-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  BusinessDate: ['2026-11-24', '2024-01-01', '0001-01-01'],
  Duration: ['PT30S', 'PT10M', 'P1D', 'P9999D'],
  Decimal: ['50000.00', '-1'],
  CurrencyCode: ['EUR', 'CZK'],
  JSON: [{}, { 'context.intent': 'BORROW' }, JSON.parse('{"__proto__": 1}'), [[[[]]]], 1],
};

function scalarOf(name: string, type: string, { random, customerIds, decisionIds }: Making) {
  const known = SCALARS[type];
  if (known !== undefined) return pick(known, random);
  // Mostly what there is: nothing is read of anybody who is not there.
  if (random() < 0.15) return pick(TEXTS, random);
  if (name === 'after') return pick(TEXTS, random);
  return random() < 0.5
    ? pick(customerIds, random)
    : pick([...decisionIds, ...customerIds], random);
}

function literal(value: unknown, type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (isListType(bare)) return `[${literal((value as readonly unknown[])[0], bare.ofType)}]`;
  if (isInputObjectType(bare)) {
    const members = Object.entries(value as object).map(([name, one]) => {
      const member = bare.getFields()[name];
      return member === undefined ? '' : `${name}: ${literal(one, member.type)}`;
    });
    return `{${members.join(', ')}}`;
  }
  if (isEnumType(bare)) return String(value);
  return written(value);
}

/** A value as GraphQL writes it: names of objects bear no quotes there, nor any character. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([name]) => /^\w+$/.test(name));
  return `{${members.map(([name, one]) => `${name}: ${written(one)}`).join(', ')}}`;
}

function pick<T>(all: readonly T[], random: () => number): T {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error('there is nothing to pick');
  return one;
}
