import type { FactDeclaration, FactType } from '../../domain/fact.ts';
import { below } from '../../domain/json-pointer.ts';
import type { ComparisonCondition, OperatorName, RuleValue } from '../../domain/rule.ts';
import { OPERATORS } from '../../domain/rule.ts';
import { checkMembers, isObject, type JsonObject, quoted, short } from './closed-object.ts';
import { nearestName } from './nearest-name.ts';
import { readWrittenOperand } from './operand.ts';
import type { Report } from './rule-problem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Longer lists belong into a fact. */
const MOST_LISTED = 200;

const EQUALITY: readonly OperatorName[] = ['equal', 'notEqual'];
const ORDER: readonly OperatorName[] = [
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
];
const MEMBERSHIP: readonly OperatorName[] = ['in', 'notIn'];
const NUMBERS = [...EQUALITY, ...ORDER, ...MEMBERSHIP];

const OPERATORS_BY_TYPE: { readonly [type in FactType]: readonly OperatorName[] } = {
  integer: NUMBERS,
  money: NUMBERS,
  ratio: NUMBERS,
  date: NUMBERS,
  boolean: EQUALITY,
  code: [...EQUALITY, ...MEMBERSHIP],
  codes: ['contains', 'doesNotContain'],
};

interface Place {
  readonly at: string;
  readonly report: Report;
}

/** Reads {fact, operator, value} by the declaration of the fact. */
export function readComparison(
  value: JsonObject,
  vocabulary: Vocabulary,
  place: Place,
): ComparisonCondition | undefined {
  const count = { problems: 0 };
  const report: Report = (at, code, message) => {
    count.problems += 1;
    place.report(at, code, message);
  };
  const inner = { at: place.at, report };
  checkMembers(value, { required: ['fact', 'operator', 'value'] }, inner);
  if (count.problems > 0) return undefined;
  const fact = readFactName(value.fact, vocabulary, { at: below(place.at, 'fact'), report });
  const operator = readOperator(value.operator, fact, {
    at: below(place.at, 'operator'),
    report,
  });
  if (fact === undefined || operator === undefined) return undefined;
  const operand = { fact, operator, literal: value.value };
  checkValue(operand, vocabulary, { at: below(place.at, 'value'), report });
  if (count.problems > 0) return undefined;
  return { fact: fact.name, operator, value: copyOf(value.value) };
}

/** Finds a declared fact, or says which name is near. */
function readFactName(
  name: unknown,
  vocabulary: Vocabulary,
  place: Place,
): FactDeclaration | undefined {
  const fact = typeof name === 'string' ? vocabulary.facts.get(name) : undefined;
  if (fact !== undefined) return fact;
  const text = typeof name === 'string' ? name : JSON.stringify(typeof name);
  const nearest =
    typeof name === 'string' ? nearestName(name, vocabulary.facts.keys()) : undefined;
  place.report(
    place.at,
    'UNKNOWN_FACT',
    nearest === undefined
      ? `\`${short(text)}\` is not declared: name a fact of the feature catalogue`
      : `\`${short(text)}\` is not declared: write \`${nearest}\``,
  );
  return undefined;
}

function readOperator(
  name: unknown,
  fact: FactDeclaration | undefined,
  place: Place,
): OperatorName | undefined {
  const operator = OPERATORS.find((known) => known === name);
  if (operator === undefined) {
    const nearest = typeof name === 'string' ? nearestName(name, OPERATORS) : undefined;
    const mend =
      nearest === undefined ? `use one of ${quoted(OPERATORS)}` : `write \`${nearest}\``;
    place.report(place.at, 'UNKNOWN_OPERATOR', `no such operator: ${mend}`);
    return undefined;
  }
  if (fact === undefined || operator === 'isKnown') return operator;
  const allowed = OPERATORS_BY_TYPE[fact.type];
  if (allowed.includes(operator)) return operator;
  place.report(
    place.at,
    'WRONG_OPERATOR',
    `\`${operator}\` does not fit \`${fact.name}\` (${fact.type}): use one of ${quoted(allowed)}`,
  );
  return undefined;
}

interface Operand {
  readonly fact: FactDeclaration;
  readonly operator: OperatorName;
  readonly literal: unknown;
}

function checkValue(operand: Operand, vocabulary: Vocabulary, place: Place): void {
  const { fact, operator, literal } = operand;
  if (operator === 'isKnown') {
    if (typeof literal !== 'boolean')
      place.report(place.at, 'WRONG_VALUE', '`isKnown` asks for `true` or `false`');
  } else if (operator === 'in' || operator === 'notIn') {
    checkList(operand, vocabulary, place);
  } else if (isObject(literal)) {
    checkOtherFact(fact, literal, { vocabulary, place });
  } else {
    const read = readWrittenOperand(fact, literal, vocabulary.currency);
    if (!read.ok) place.report(place.at, 'WRONG_VALUE', read.message);
  }
}

function checkList({ fact, literal }: Operand, vocabulary: Vocabulary, place: Place): void {
  if (!Array.isArray(literal) || literal.length === 0 || literal.length > MOST_LISTED) {
    place.report(place.at, 'WRONG_VALUE', `write a list of 1 to ${MOST_LISTED} values`);
    return;
  }
  const seen = new Set<unknown>();
  for (const [i, element] of literal.entries()) {
    const read = readWrittenOperand(fact, element, vocabulary.currency);
    if (!read.ok) place.report(below(place.at, i), 'WRONG_VALUE', read.message);
    else if (seen.has(read.value))
      place.report(below(place.at, i), 'REPEATED_VALUE', 'stands in the list twice: remove one');
    else seen.add(read.value);
  }
}

function checkOtherFact(
  fact: FactDeclaration,
  value: JsonObject,
  { vocabulary, place }: { vocabulary: Vocabulary; place: Place },
): void {
  if (fact.type === 'codes') {
    place.report(place.at, 'WRONG_VALUE', 'a list is searched for one code: write the code');
    return;
  }
  checkMembers(value, { required: ['fact'] }, place);
  if (!Object.hasOwn(value, 'fact')) return;
  const at = below(place.at, 'fact');
  const other = readFactName(value.fact, vocabulary, { at, report: place.report });
  if (other === undefined) return;
  const kind = (of: FactDeclaration) =>
    of.unit === undefined ? of.type : `${of.type} ${of.unit}`;
  if (other.name === fact.name) {
    place.report(at, 'SAME_FACT', `\`${fact.name}\` is compared with itself: name another`);
  } else if (kind(other) !== kind(fact)) {
    place.report(
      at,
      'WRONG_TYPE',
      `\`${other.name}\` is ${kind(other)} but \`${fact.name}\` is ${kind(fact)}: ` +
        'compare like with like',
    );
  }
}

/** A copy of own data only, so that the document read cannot change the rule afterwards. */
function copyOf(literal: unknown): RuleValue {
  if (Array.isArray(literal)) return [...literal] as readonly string[] | readonly number[];
  return isObject(literal) ? { fact: String(literal.fact) } : (literal as RuleValue);
}
