import type { z } from 'zod';

/** What is wrong at a place of a document, and what to write there instead. */
export function formWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return `it is above ${issue.maximum}${unitOf(issue)}: give at most ${issue.maximum}`;
    case 'too_small':
      return `it is below ${issue.minimum}${unitOf(issue)}: give at least ${issue.minimum}`;
    case 'invalid_value':
      return `it is none of its values: give ${quoted(issue.values)}`;
    case 'invalid_type':
      return `it is missing or of another kind: give ${KINDS[issue.expected] ?? issue.expected}`;
    case 'custom':
      return issue.message;
    default:
      return 'it has another form: see the card of a `forest export` for one that is right';
  }
}

const KINDS: { readonly [kind: string]: string } = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'an object',
};

function quoted(values: readonly unknown[]): string {
  return values.map((one) => `\`${String(one)}\``).join(', ');
}

function unitOf({ origin }: { readonly origin: string }): string {
  if (origin === 'string') return ' letters';
  return origin === 'array' ? ' entries' : '';
}
