import { getDirective } from '@graphql-tools/utils';
import { type GraphQLSchema, getNullableType, isListType } from 'graphql';
import { fieldsOf } from './permits.ts';

/** What one field costs, from its `@cost`. */
export interface Cost {
  readonly weight: number;
  /** The argument that says how many entries are listed. */
  readonly by: string | null;
  /** The value that this argument has where none is given. */
  readonly usual: number;
  /** How many entries are counted: at most, where an argument says how many. */
  readonly items: number;
  /** True where the field lists what an argument of the field around it counts. */
  readonly entries: boolean;
}

/** By `Type.field`. */
export type Costs = ReadonlyMap<string, Cost>;

/** Reads every field's cost; throws where a list is not bounded, lest it be counted as one. */
export function readCosts(schema: GraphQLSchema): Costs {
  const costs = new Map<string, Cost>();
  const bare: string[] = [];
  for (const [name, field] of fieldsOf(schema)) {
    const { weight, by, items, entries } = (getDirective(schema, field, 'cost')?.[0] ??
      {}) as Partial<Cost>;
    const usual = field.args.find((one) => one.name === by)?.defaultValue;
    const isList = isListType(getNullableType(field.type));
    if (isList && items === undefined && entries !== true) bare.push(name);
    costs.set(name, {
      weight: weight ?? 1,
      by: by ?? null,
      usual: typeof usual === 'number' ? usual : (items ?? 1),
      items: items ?? 1,
      entries: entries === true,
    });
  }
  if (bare.length > 0) throw new Error(`lists without @cost: ${bare.join(', ')}`);
  return costs;
}
