import { below } from '../../domain/json-pointer.ts';
import type { ComparisonCondition, Condition } from '../../domain/rule.ts';
import { MOST_COMPARISONS } from './read-condition.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A comparison as it stands in a rule once named conditions are put in their place. */
export interface Leaf {
  readonly comparison: ComparisonCondition;
  /** Where the rule says so: for a named condition, the reference to it. */
  readonly at: string;
  /** The named condition it stands in, if any. */
  readonly within?: string;
  /** True under an odd number of `not`s. */
  readonly negated: boolean;
}

type Expansion =
  | { readonly ok: true; readonly leaves: readonly Leaf[] }
  | { readonly ok: false; readonly code: 'CYCLE' | 'TOO_LARGE'; readonly message: string };

interface Path {
  readonly at: string;
  readonly negated: boolean;
  readonly within?: string;
  readonly open: readonly string[];
}

/** All comparisons of a condition, named conditions followed; refuses circles and explosions. */
export function expand(condition: Condition, vocabulary: Vocabulary, at: string): Expansion {
  const leaves: Leaf[] = [];
  const walk = (part: Condition, path: Path): Expansion | undefined => {
    if (leaves.length > MOST_COMPARISONS) return tooLarge();
    if ('all' in part || 'any' in part) {
      const [key, parts] =
        'all' in part ? (['all', part.all] as const) : (['any', part.any] as const);
      for (const [i, inner] of parts.entries()) {
        const to = path.within === undefined ? below(below(path.at, key), i) : path.at;
        const refused = walk(inner, { ...path, at: to });
        if (refused !== undefined) return refused;
      }
      return undefined;
    }
    if ('not' in part) {
      const to = path.within === undefined ? below(path.at, 'not') : path.at;
      return walk(part.not, { ...path, at: to, negated: !path.negated });
    }
    if ('condition' in part) return follow(part.condition, path);
    const { at: place, negated, within } = path;
    const leaf = { comparison: part, at: place, negated };
    leaves.push(within === undefined ? leaf : { ...leaf, within });
    return undefined;
  };
  const follow = (name: string, path: Path): Expansion | undefined => {
    const named = vocabulary.named.get(name);
    if (named === undefined) return undefined;
    if (path.open.includes(name)) {
      const circle = [...path.open, name].map((step) => `\`${step}\``).join(' → ');
      return { ok: false, code: 'CYCLE', message: `conditions go in a circle: ${circle}` };
    }
    return walk(named, { ...path, within: path.within ?? name, open: [...path.open, name] });
  };
  return walk(condition, { at, negated: false, open: [] }) ?? { ok: true, leaves };
}

function tooLarge(): Expansion {
  const message = `more than ${MOST_COMPARISONS} comparisons with named conditions: split it`;
  return { ok: false, code: 'TOO_LARGE', message };
}
