const BY_ID = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** The things of a release's list by id, laid out once: an answer may name thousands of them. */
export function byIdIn<T extends { readonly id: string }>(
  list: readonly T[],
): ReadonlyMap<string, T> {
  const known = BY_ID.get(list) as ReadonlyMap<string, T> | undefined;
  if (known !== undefined) return known;
  const made = new Map(list.map((one) => [one.id, one]));
  BY_ID.set(list, made);
  return made;
}
