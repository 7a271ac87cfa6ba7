/** Hands out a list bit by bit, so many at each call. */
export function portionsOf<T>(all: readonly T[]): (count: number) => readonly T[] {
  let from = 0;
  return (count) => {
    const portion = all.slice(from, from + count);
    from += count;
    if (portion.length === count) return portion;
    throw new Error('the commit left something without an answer');
  };
}
