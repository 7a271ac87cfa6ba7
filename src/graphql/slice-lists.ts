import { setImmediate as nextTurn } from 'node:timers/promises';
import { defaultFieldResolver, type GraphQLSchema, getNullableType, isListType } from 'graphql';
import type { RequestContext } from './context.ts';
import { fieldsOf } from './permits.ts';

/** Hands out the entries of long lists a few at a time, so that others have their turn between. */
export type Slices = <T>(entries: readonly T[]) => readonly (T | Promise<T>)[];

/** No less than the longest page of customers: in one turn they share their statements. */
const SLICE = 100;

/** Makes the slices of one request: all its lists wait in one row, so that each turn does one. */
export function createSlices(): Slices {
  let last: Promise<unknown> = Promise.resolve();
  return (entries) => {
    if (entries.length <= SLICE) return entries;
    let turn = last;
    return entries.map((entry, i) => {
      if (i % SLICE === 0) {
        turn = last.then(() => nextTurn());
        last = turn;
      }
      return turn.then(() => entry);
    });
  };
}

/** Makes every list that the contract declares be completed in slices. */
export function sliceLists(schema: GraphQLSchema): void {
  for (const [, field] of fieldsOf(schema)) {
    if (!isListType(getNullableType(field.type))) continue;
    const read = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context: RequestContext, info) => {
      const entries: unknown = read(source, args, context, info);
      return entries instanceof Promise
        ? entries.then((known: unknown) => sliced(known, context))
        : sliced(entries, context);
    };
  }
}

function sliced(entries: unknown, { slices }: RequestContext): unknown {
  return Array.isArray(entries) ? slices(entries) : entries;
}
