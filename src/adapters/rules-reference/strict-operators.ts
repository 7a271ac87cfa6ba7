import type { Engine } from 'json-rules-engine';
import type { FactValue } from '../../domain/fact.ts';
import type { OperatorName } from '../../domain/rule.ts';

type Scalar = Exclude<FactValue, readonly string[]>;

/** What an operator is called, by the answer it gives for an unavailable fact. */
export function operatorFor(operator: OperatorName, ifUnknown: boolean): string {
  return operator === 'isKnown' ? operator : `${operator}Else${ifUnknown ? 'True' : 'False'}`;
}

/**
 * Replaces the library's operators, which compare anything with anything, by ones that throw on
 * what is not of one type; each stands twice, since the library knows no third value.
 */
export function addStrictOperators(engine: Engine): void {
  for (const name of LIBRARY_OPERATORS) engine.removeOperator(name);
  for (const ifUnknown of [true, false]) {
    const add = (name: OperatorName, holds: (fact: unknown, value: unknown) => boolean) =>
      engine.addOperator(operatorFor(name, ifUnknown), (fact: unknown, value: unknown) =>
        fact === undefined || value === undefined ? ifUnknown : holds(fact, value),
      );
    add('equal', (fact, value) => order(fact, value) === 0);
    add('notEqual', (fact, value) => order(fact, value) !== 0);
    add('lessThan', (fact, value) => order(fact, value) < 0);
    add('lessThanInclusive', (fact, value) => order(fact, value) <= 0);
    add('greaterThan', (fact, value) => order(fact, value) > 0);
    add('greaterThanInclusive', (fact, value) => order(fact, value) >= 0);
    add('in', (fact, value) => list(value).some((member) => order(fact, member) === 0));
    add('notIn', (fact, value) => list(value).every((member) => order(fact, member) !== 0));
    add('contains', (fact, value) => list(fact).some((code) => order(code, value) === 0));
    add('doesNotContain', (fact, value) => list(fact).every((code) => order(code, value) !== 0));
  }
  engine.addOperator(
    'isKnown',
    (fact: unknown, wanted: unknown) => (fact !== undefined) === wanted,
  );
}

const LIBRARY_OPERATORS = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
];

function order(left: unknown, right: unknown): -1 | 0 | 1 {
  const [a, b] = [scalar(left), scalar(right)];
  if (typeof a !== typeof b) throw new TypeError(`${typeof a} is compared with ${typeof b}`);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function scalar(value: unknown): Scalar {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  throw new TypeError(`a rule met a value of type ${typeof value}, which is no fact`);
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError('a list operator met a value that is no list');
}
