import { isBusinessDate } from '../../domain/business-date.ts';
import { type Duration, fixedDays, isDuration } from '../../domain/duration.ts';
import type { FactDeclaration } from '../../domain/fact.ts';
import { parseMoney } from '../../domain/money.ts';
import { parsePercent } from '../../domain/ppm.ts';
import { short } from './closed-object.ts';
import { nearestName } from './nearest-name.ts';

/** One value in the form facts have: integers, text or a truth value. */
export type Scalar = number | string | boolean;

/** A literal in the form its fact has, or in words why it cannot be one. */
export type TypedOperand =
  | { readonly ok: true; readonly value: Scalar }
  | { readonly ok: false; readonly message: string };

/** Reads a literal as the type of `fact` demands it; of a list fact, one element. */
export function readOperand(
  fact: FactDeclaration,
  literal: unknown,
  currency: string,
): TypedOperand {
  switch (fact.type) {
    case 'integer':
      return fact.unit === 'days' ? days(literal) : integer(literal, fact.unit);
    case 'money':
      return money(literal, currency);
    case 'ratio':
      return ratio(literal);
    case 'boolean':
      return typeof literal === 'boolean' ? typed(literal) : wrong(literal, '`true` or `false`');
    case 'code':
    case 'codes':
      return code(literal, fact);
    case 'date':
      return typeof literal === 'string' && isBusinessDate(literal)
        ? typed(literal)
        : wrong(literal, 'a day, e.g. `"2026-01-31"`');
  }
}

/**
 * Reads a literal as people may write it now. A fact of days is compared with days or weeks: a
 * month or a year would count 30 or 365 days here and those of the calendar everywhere else.
 */
export function readWrittenOperand(
  fact: FactDeclaration,
  literal: unknown,
  currency: string,
): TypedOperand {
  const read = readOperand(fact, literal, currency);
  const countsDays = fact.type === 'integer' && fact.unit === 'days';
  return read.ok && countsDays && fixedDays(String(literal)) === undefined
    ? wrong(literal, 'days or weeks, e.g. `"P90D"`, for months and years differ in days')
    : read;
}

function typed(value: Scalar): TypedOperand {
  return { ok: true, value };
}

function wrong(literal: unknown, wanted: string): TypedOperand {
  return { ok: false, message: `${show(literal)} does not fit: write ${wanted}` };
}

function integer(literal: unknown, unit = 'count'): TypedOperand {
  return typeof literal === 'number' && Number.isSafeInteger(literal)
    ? typed(literal + 0)
    : wrong(literal, `an integer (${unit})`);
}

function days(literal: unknown): TypedOperand {
  return typeof literal === 'string' && isDuration(literal)
    ? typed(fixedDays(literal) ?? nominalDays(literal))
    : wrong(literal, 'a duration, e.g. `"P90D"`');
}

/** What releases of before may hold, which must decide as they did. */
function nominalDays(duration: Duration): number {
  const count = Number(duration.slice(1, -1));
  return duration.endsWith('M') ? count * 30 : count * 365;
}

function money(literal: unknown, currency: string): TypedOperand {
  const amount = typeof literal === 'string' ? parseMoney(literal) : undefined;
  return amount !== undefined && amount.currency === currency
    ? typed(amount.amountMinor)
    : wrong(literal, `an amount in the reporting currency, e.g. \`"1000.00 ${currency}"\``);
}

function ratio(literal: unknown): TypedOperand {
  const ppm = typeof literal === 'string' ? parsePercent(literal) : undefined;
  return ppm === undefined ? wrong(literal, 'a percentage, e.g. `"12.5 %"`') : typed(ppm);
}

function code(literal: unknown, fact: FactDeclaration): TypedOperand {
  if (typeof literal !== 'string' || literal.length === 0 || literal.length > 100)
    return wrong(literal, 'a code as text');
  if (fact.values === undefined || fact.values.includes(literal)) return typed(literal);
  const nearest = nearestName(literal, fact.values);
  const wanted = nearest ?? fact.values.join('`, `');
  return wrong(literal, `a value that \`${fact.name}\` may take: \`${wanted}\``);
}

function show(literal: unknown): string {
  if (typeof literal === 'string') return `\`${short(JSON.stringify(literal))}\``;
  if (typeof literal === 'number' || typeof literal === 'boolean') return `\`${literal}\``;
  if (literal === null) return '`null`';
  return Array.isArray(literal) ? 'a list' : 'an object';
}
