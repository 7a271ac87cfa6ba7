import { isBusinessDate } from '../../../domain/business-date.ts';
import type { FactDeclaration, FactValue } from '../../../domain/fact.ts';
import { isId, MOST_ID_CHARACTERS } from '../../../domain/id.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';

interface ArgumentRefusal {
  readonly code: 'INVALID_ARGUMENT';
  readonly argument: string;
  readonly message: string;
}

/** The most that one question may surface. */
const MOST_ACTIONS = 20;

const FORM = `1 to ${MOST_ID_CHARACTERS} plain characters`;
const LONGEST_REUSE_MS = 86_400_000;

/** What is wrong with a question's own arguments, if anything. */
export function checkRequest(request: {
  readonly customerId: string;
  readonly placement: string | null;
  readonly first: number;
  readonly requestId: string | null;
  readonly reuseWithinMs: number | null;
}): ArgumentRefusal | undefined {
  const { customerId, placement, first, requestId, reuseWithinMs } = request;
  if (!isId(customerId)) return wrong('customerId', `pass the customer number, ${FORM}`);
  if (placement !== null && !isId(placement)) {
    return wrong('placement', `pass a slot name, ${FORM}, or leave it out`);
  }
  if (!Number.isInteger(first) || first < 1 || first > MOST_ACTIONS) {
    return wrong('first', `pass a whole number from 1 to ${MOST_ACTIONS}`);
  }
  if (requestId !== null && !isId(requestId)) {
    return wrong('requestId', `pass ${FORM}, or leave it out`);
  }
  if (reuseWithinMs !== null && (reuseWithinMs < 0 || reuseWithinMs > LONGEST_REUSE_MS)) {
    return wrong('reuseWithin', 'pass a duration of at most `PT24H`');
  }
  return undefined;
}

/** Reads declared CONTEXT facts only: anything else is refused by name. */
export function checkContext(
  context: { readonly [name: string]: unknown },
  facts: readonly FactDeclaration[],
): Result<{ readonly [name: string]: FactValue }, ArgumentRefusal> {
  const declared = new Map(
    facts.filter((fact) => fact.origin === 'CONTEXT').map((fact) => [fact.name, fact]),
  );
  const read: Record<string, FactValue> = {};
  for (const name of Object.keys(context).toSorted()) {
    const fact = declared.get(name);
    if (fact === undefined) {
      const known = [...declared.keys()].join(', ');
      // What is no name is not repeated: it may be as long as a request, and not well formed.
      const told = name === '' || isId(name) ? name : '…';
      return refuse(wrong(`context.${told}`, `no such context fact; declared are: ${known}`));
    }
    const value = readValue(context[name], fact);
    if (value === undefined) {
      return refuse(wrong(`context.${name}`, `pass ${expected(fact)}`));
    }
    read[name] = value;
  }
  return ok(read);
}

function wrong(argument: string, message: string): ArgumentRefusal {
  return { code: 'INVALID_ARGUMENT', argument, message };
}

function readValue(value: unknown, fact: FactDeclaration): FactValue | undefined {
  if (fact.type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (fact.type === 'code') {
    return typeof value === 'string' && fact.values?.includes(value) ? value : undefined;
  }
  if (fact.type === 'codes') return readCodes(value, fact);
  if (fact.type === 'date') {
    return typeof value === 'string' && isBusinessDate(value) ? value : undefined;
  }
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

function readCodes(value: unknown, fact: FactDeclaration): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const known = value.every((item) => typeof item === 'string' && fact.values?.includes(item));
  return known ? (value as readonly string[]) : undefined;
}

function expected(fact: FactDeclaration): string {
  if (fact.type === 'code' || fact.type === 'codes') {
    const values = (fact.values ?? []).join(', ');
    return fact.type === 'code' ? `one of ${values}` : `a list of ${values}`;
  }
  if (fact.type === 'money') return 'a whole number of minor units of the reporting currency';
  if (fact.type === 'ratio') return 'a whole number of parts per million';
  if (fact.type === 'date') return 'a date such as `2026-01-31`';
  return fact.type === 'boolean' ? 'true or false' : 'a whole number';
}
