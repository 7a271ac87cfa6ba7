import {
  GraphQLError,
  GraphQLScalarType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { isBusinessDate } from '../domain/business-date.ts';
import { isInstant } from '../domain/instant.ts';

/** The contract's own scalars: each reads strictly and says how to write it right. */
export const scalars = {
  Instant: textScalar('Instant', isInstant, '`2026-11-24T09:30:00.000Z`'),
  BusinessDate: textScalar('BusinessDate', isBusinessDate, '`2026-11-24`'),
  Decimal: textScalar('Decimal', (text) => /^-?\d+(\.\d+)?$/.test(text), '`50000.00`'),
  CurrencyCode: textScalar('CurrencyCode', (text) => /^[A-Z]{3}$/.test(text), '`EUR`'),
  Duration: new GraphQLScalarType<number, number>({
    name: 'Duration',
    serialize: (value) => Number(value),
    parseValue: (value) => readDuration(value),
    parseLiteral: (node) => readDuration(node.kind === Kind.STRING ? node.value : null),
  }),
  JSON: new GraphQLScalarType<unknown, unknown>({
    name: 'JSON',
    serialize: (value) => value,
    parseValue: (value) => readJson(value),
    parseLiteral: (node: ValueNode, variables) => readJson(valueFromASTUntyped(node, variables)),
  }),
};

const MOST_DEPTH = 8;

/** What comes in is digested and stored: so finite numbers only, and no deep nesting. */
function readJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw malformed('JSON', 'finite numbers, `1500`');
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MOST_DEPTH) throw malformed('JSON', `at most ${MOST_DEPTH} levels, \`[[1]]\``);
  for (const member of Object.values(value)) readJson(member, depth + 1);
  return value;
}

function textScalar(name: string, isRight: (text: string) => boolean, example: string) {
  const read = (value: unknown): string => {
    if (typeof value === 'string' && isRight(value)) return value;
    throw malformed(name, example);
  };
  return new GraphQLScalarType<string, string>({
    name,
    serialize: (value) => String(value),
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null),
  });
}

/** Reads an ISO 8601 duration into milliseconds. */
function readDuration(value: unknown): number {
  const match = typeof value === 'string' ? DURATION.exec(value) : null;
  const [days, hours, minutes, seconds] = (match?.slice(1) ?? []).map((part) =>
    Number(part ?? 0),
  );
  if (match === null || value === 'P' || (typeof value === 'string' && value.endsWith('T'))) {
    throw malformed('Duration', '`PT30S`, `PT10M` or `P1D`');
  }
  const total =
    (days ?? 0) * 86_400 + (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  return total * 1_000;
}

const DURATION = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/;

function malformed(name: string, example: string): GraphQLError {
  return new GraphQLError(`not a ${name}; write it like ${example}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
