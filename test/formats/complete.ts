/**
 * A type with no member left out and no list left empty, all the way down: what a sample of a
 * stored format must satisfy, so that a new member cannot be forgotten in it.
 */
export type Complete<T> = T extends string | number | boolean | null
  ? T
  : T extends readonly (infer U)[]
    ? readonly [Complete<U>, ...Complete<U>[]]
    : { readonly [K in keyof T]-?: Complete<Exclude<T[K], undefined>> };
