import { below } from '../../domain/json-pointer.ts';
import type { ComparisonCondition, Condition } from '../../domain/rule.ts';
import { checkMembers, isObject, type JsonObject, quoted } from './closed-object.ts';
import { nearestName } from './nearest-name.ts';
import { readComparison } from './read-comparison.ts';
import type { Report } from './rule-problem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Deeper nesting cannot be read by people, and would exhaust the stack of what walks it. */
const MOST_DEPTH = 12;

/** More in one `all` or `any` is a table, not a rule. */
const MOST_BRANCHES = 200;

/** More comparisons in one rule, named conditions counted wherever they are used, are refused. */
export const MOST_COMPARISONS = 500;

const KINDS = ['all', 'any', 'not', 'condition', 'fact'] as const;

/** Reads a condition whatever its use; undefined when anything in it was reported. */
function readCondition(
  document: unknown,
  vocabulary: Vocabulary,
  place: { readonly at: string; readonly report: Report },
): Condition | undefined {
  const budget = { left: MOST_COMPARISONS };
  const walk = (value: unknown, at: string, depth: number): Condition | undefined => {
    const kind = kindOf(value, { at, report: place.report });
    if (kind === undefined || !isObject(value)) return undefined;
    if (depth > MOST_DEPTH) {
      place.report(
        at,
        'TOO_DEEP',
        `nested more than ${MOST_DEPTH} deep: move a part into a named condition`,
      );
      return undefined;
    }
    switch (kind) {
      case 'fact':
        return readLeaf(value, at);
      case 'condition':
        return readReference(value, vocabulary, { at, report: place.report });
      case 'not': {
        const inner = walk(value.not, below(at, 'not'), depth + 1);
        return inner === undefined ? undefined : { not: inner };
      }
      default: {
        const parts = readParts(value[kind], below(at, kind), depth);
        if (parts === undefined) return undefined;
        return kind === 'all' ? { all: parts } : { any: parts };
      }
    }
  };
  const readParts = (value: unknown, at: string, depth: number) => {
    const message = wrongList(value);
    if (message !== undefined || !Array.isArray(value)) {
      place.report(at, 'BAD_LIST', message ?? '');
      return undefined;
    }
    const parts: Condition[] = [];
    for (const [i, part] of value.entries()) {
      if (budget.left < 0) return undefined;
      const read = walk(part, below(at, i), depth + 1);
      if (read !== undefined) parts.push(read);
    }
    return parts.length === value.length ? parts : undefined;
  };
  const readLeaf = (value: JsonObject, at: string): ComparisonCondition | undefined => {
    budget.left -= 1;
    if (budget.left >= 0) return readComparison(value, vocabulary, { at, report: place.report });
    if (budget.left === -1)
      place.report(at, 'TOO_LARGE', `more than ${MOST_COMPARISONS} comparisons: split the rule`);
    return undefined;
  };
  return walk(document, place.at, 1);
}

/**
 * As {@link readCondition}, where json-rules-engine wants a combination, not a bare comparison.
 */
export function readRootCondition(
  document: unknown,
  vocabulary: Vocabulary,
  place: { readonly at: string; readonly report: Report },
): Condition | undefined {
  if (isObject(document) && Object.hasOwn(document, 'fact')) {
    place.report(
      place.at,
      'BARE_COMPARISON',
      'a comparison alone is no rule: put it into an `all` list',
    );
    return undefined;
  }
  return readCondition(document, vocabulary, place);
}

function kindOf(
  value: unknown,
  place: { readonly at: string; readonly report: Report },
): (typeof KINDS)[number] | undefined {
  if (!isObject(value)) {
    place.report(
      place.at,
      'NOT_A_CONDITION',
      `write an object with one of ${quoted(['all', 'any', 'not', 'condition', 'fact'])}`,
    );
    return undefined;
  }
  const kinds = KINDS.filter((kind) => Object.hasOwn(value, kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const message =
      kind === undefined
        ? `write one of ${quoted(KINDS)}`
        : `${quoted(kinds)} stand in one object, where one would be dropped: nest them in \`all\``;
    place.report(place.at, kind === undefined ? 'NOT_A_CONDITION' : 'MIXED_CONDITION', message);
    return undefined;
  }
  if (kind === 'fact') return kind;
  const before = Object.keys(value).length;
  checkMembers(value, { required: [kind] }, place);
  return before === 1 ? kind : undefined;
}

function wrongList(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'write a list of conditions';
  if (value.length === 0) return 'an empty list decides nothing: name at least one condition';
  if (value.length > MOST_BRANCHES)
    return `${value.length} conditions are more than ${MOST_BRANCHES}: split the rule`;
  return undefined;
}

function readReference(
  value: JsonObject,
  vocabulary: Vocabulary,
  place: { readonly at: string; readonly report: Report },
): Condition | undefined {
  const name = value.condition;
  if (typeof name === 'string' && vocabulary.named.has(name)) return { condition: name };
  const nearest =
    typeof name === 'string' ? nearestName(name, vocabulary.named.keys()) : undefined;
  place.report(
    below(place.at, 'condition'),
    'UNKNOWN_CONDITION',
    nearest === undefined
      ? 'no such condition: declare it in conditions.json'
      : `no such condition: write \`${nearest}\` or declare it in conditions.json`,
  );
  return undefined;
}
