import type { ForestSet, RowEncoder } from '../../../domain/forest.ts';
import { MISSING_NUMBER } from '../../../domain/forest.ts';
import { countNotAbove } from './bin-edges.ts';

/** What a row holds for one input; null or undefined where it has none. */
export type RowValue = number | string | boolean | null | undefined;

interface CodeGroup {
  readonly columns: readonly { readonly name: string; readonly category: string | null }[];
  readonly cuts: readonly Float64Array[];
}

/**
 * A row as bytes, once for all forests of a set: `values` in the order of `set.inputs`, booleans
 * as 0 and 1, a category no forest knows like a missing one. Throws at a number that is not
 * finite or a text where a number belongs: the caller's mistake, which must never become a
 * score.
 */
export function encodeRow(
  set: ForestSet,
  values: readonly RowValue[],
  codes: Uint8Array = new Uint8Array(set.encoder.missing.length),
): Uint8Array {
  const { inputs, encoder } = set;
  codes.set(encoder.missing);
  for (let i = 0; i < inputs.length; i += 1) {
    const value = values[i];
    if (value === undefined || value === null) continue;
    if (inputs[i]?.kind === 'number') {
      const number = Number(value);
      if (typeof value === 'string' || !Number.isFinite(number)) throw misfit(set, i, value);
      for (const { at, cuts } of encoder.numbers[i] ?? [])
        codes[at] = countNotAbove(cuts, number);
    } else {
      if (typeof value !== 'string') throw misfit(set, i, value);
      for (const { at, code } of encoder.categories[i]?.get(value) ?? []) codes[at] = code;
    }
  }
  return codes;
}

function misfit(set: ForestSet, input: number, value: RowValue): TypeError {
  const { name, kind } = set.inputs[input] ?? { name: `${input}`, kind: 'number' };
  const wanted = kind === 'number' ? 'a finite number' : 'a text';
  return new TypeError(`feature \`${name}\` needs ${wanted}, not a ${typeof value}`);
}

/** Inputs by first appearance, each with the bytes that hang on it in every group. */
export function makeEncoder(groups: readonly CodeGroup[]): Pick<ForestSet, 'inputs' | 'encoder'> {
  const columns = groups.flatMap((group) =>
    group.columns.map((column, c) => ({ ...column, cuts: group.cuts[c] ?? new Float64Array(0) })),
  );
  const names = [...new Set(columns.map(({ name }) => name))];
  const of = names.map((name) =>
    columns.map((column, at) => ({ ...column, at })).filter((column) => column.name === name),
  );
  const encoder: RowEncoder = {
    missing: Uint8Array.from(columns, ({ category, cuts }) =>
      countNotAbove(cuts, category === null ? MISSING_NUMBER : 0),
    ),
    numbers: of.map((places) => places.filter(({ category }) => category === null)),
    categories: of.map((places) => {
      const byCategory = new Map<string, { at: number; code: number }[]>();
      for (const { category, at, cuts } of places) {
        if (category === null) continue;
        const codes = byCategory.get(category) ?? [];
        codes.push({ at, code: countNotAbove(cuts, 1) });
        byCategory.set(category, codes);
      }
      return byCategory;
    }),
  };
  const inputs = names.map((name, i) => ({
    name,
    kind: of[i]?.[0]?.category === null ? ('number' as const) : ('category' as const),
  }));
  return { inputs, encoder };
}
