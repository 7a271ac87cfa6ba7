import type { FactDeclaration } from '../../domain/fact.ts';
import type { FactVector } from '../../domain/fact-vector.ts';
import type { ComparisonCondition } from '../../domain/rule.ts';
import { FALSE, TRUE, UNKNOWN, type VerdictCode } from '../../domain/verdict.ts';
import { readOperand, type Scalar } from './operand.ts';
import { Uncompilable } from './uncompilable.ts';

/** One condition as a closure. */
export type Evaluate = (vector: FactVector) => VerdictCode;

/** What compiling a comparison needs to know about facts. */
interface LeafContext {
  readonly factOf: (name: string) => { readonly fact: FactDeclaration; readonly slot: number };
  readonly currency: string;
}

/** Compiles a comparison: operands are typed here, once, and never again. */
export function compileLeaf(comparison: ComparisonCondition, context: LeafContext): Evaluate {
  const { operator, value } = comparison;
  const { fact, slot } = context.factOf(comparison.fact);
  if (operator === 'isKnown') return knownLeaf(slot, value === true);
  if (operator === 'in' || operator === 'notIn') {
    const members = (Array.isArray(value) ? value : [value]).map(
      (element: unknown): Scalar => operandOf(fact, element, context),
    );
    return memberLeaf(slot, new Set(members), operator === 'in' ? TRUE : FALSE);
  }
  if (typeof value === 'object' && 'fact' in value)
    return factLeaf(slot, context.factOf(value.fact).slot, operator);
  const operand = operandOf(fact, value, context);
  if (operator === 'contains' || operator === 'doesNotContain')
    return containsLeaf(slot, String(operand), operator === 'contains' ? TRUE : FALSE);
  return typeof operand === 'number'
    ? numberLeaf(slot, operand, operator)
    : textLeaf(slot, operand, operator);
}

function operandOf(fact: FactDeclaration, literal: unknown, context: LeafContext): Scalar {
  const operand = readOperand(fact, literal, context.currency);
  if (!operand.ok)
    throw new Uncompilable(`rule on \`${fact.name}\` was never read: ${operand.message}`);
  return operand.value;
}

function knownLeaf(slot: number, wanted: boolean): Evaluate {
  return (vector) => ((vector[slot] !== undefined) === wanted ? TRUE : FALSE);
}

function memberLeaf(
  slot: number,
  members: ReadonlySet<Scalar>,
  inside: typeof FALSE | typeof TRUE,
): Evaluate {
  const outside = inside === TRUE ? FALSE : TRUE;
  return (vector) => {
    const value = vector[slot];
    if (value === undefined) return UNKNOWN;
    return members.has(value as Scalar) ? inside : outside;
  };
}

function containsLeaf(slot: number, code: string, inside: typeof FALSE | typeof TRUE): Evaluate {
  const outside = inside === TRUE ? FALSE : TRUE;
  return (vector) => {
    const list = vector[slot];
    if (list === undefined) return UNKNOWN;
    return (list as readonly string[]).includes(code) ? inside : outside;
  };
}

type Comparing = ComparisonCondition['operator'];

/** One closure an operator, so that each stays a plain comparison of numbers. */
function numberLeaf(slot: number, operand: number, operator: Comparing): Evaluate {
  switch (operator) {
    case 'lessThan':
      return (v) =>
        v[slot] === undefined ? UNKNOWN : (v[slot] as number) < operand ? TRUE : FALSE;
    case 'lessThanInclusive':
      return (v) =>
        v[slot] === undefined ? UNKNOWN : (v[slot] as number) <= operand ? TRUE : FALSE;
    case 'greaterThan':
      return (v) =>
        v[slot] === undefined ? UNKNOWN : (v[slot] as number) > operand ? TRUE : FALSE;
    case 'greaterThanInclusive':
      return (v) =>
        v[slot] === undefined ? UNKNOWN : (v[slot] as number) >= operand ? TRUE : FALSE;
    default:
      return equalLeaf(slot, operand, operator);
  }
}

/** Dates are texts that sort as the days do; codes and truth values know only equality. */
function textLeaf(slot: number, operand: string | boolean, operator: Comparing): Evaluate {
  switch (operator) {
    case 'lessThan':
      return (v) =>
        v[slot] === undefined ? UNKNOWN : (v[slot] as string) < operand ? TRUE : FALSE;
    case 'lessThanInclusive':
      return (v) =>
        v[slot] === undefined ? UNKNOWN : (v[slot] as string) <= operand ? TRUE : FALSE;
    case 'greaterThan':
      return (v) =>
        v[slot] === undefined ? UNKNOWN : (v[slot] as string) > operand ? TRUE : FALSE;
    case 'greaterThanInclusive':
      return (v) =>
        v[slot] === undefined ? UNKNOWN : (v[slot] as string) >= operand ? TRUE : FALSE;
    default:
      return equalLeaf(slot, operand, operator);
  }
}

function equalLeaf(slot: number, operand: Scalar, operator: Comparing): Evaluate {
  if (operator === 'equal')
    return (v) => (v[slot] === undefined ? UNKNOWN : v[slot] === operand ? TRUE : FALSE);
  if (operator === 'notEqual')
    return (v) => (v[slot] === undefined ? UNKNOWN : v[slot] === operand ? FALSE : TRUE);
  throw new Uncompilable(`\`${operator}\` does not compare \`${operand}\`: read the rule first`);
}

/** Both sides are facts of one type: numbers, or texts that sort. */
function factLeaf(slot: number, other: number, operator: Comparing): Evaluate {
  const holds = holding(operator);
  return (vector) => {
    const left = vector[slot];
    const right = vector[other];
    if (left === undefined || right === undefined) return UNKNOWN;
    return holds(left as Scalar, right as Scalar) ? TRUE : FALSE;
  };
}

function holding(operator: Comparing): (left: Scalar, right: Scalar) => boolean {
  switch (operator) {
    case 'equal':
      return (left, right) => left === right;
    case 'notEqual':
      return (left, right) => left !== right;
    case 'lessThan':
      return (left, right) => left < right;
    case 'lessThanInclusive':
      return (left, right) => left <= right;
    case 'greaterThan':
      return (left, right) => left > right;
    case 'greaterThanInclusive':
      return (left, right) => left >= right;
    default:
      throw new Uncompilable(`\`${operator}\` does not compare two facts: read the rule first`);
  }
}
