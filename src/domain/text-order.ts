/** Orders by text, code unit by code unit: no locale has a say. */
export function byText<T>(...textsOf: readonly ((row: T) => string)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const textOf of textsOf) {
      const left = textOf(a);
      const right = textOf(b);
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
}

/** The order in which a release lists what it holds, so that files and stores have no say. */
export const byId = byText<{ readonly id: string }>(({ id }) => id);
