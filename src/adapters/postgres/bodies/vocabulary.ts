/** What a dictionary knows: texts by number, and the names of objects' members by number. */
export interface Vocabulary {
  readonly words: readonly string[];
  readonly wordNumbers: ReadonlyMap<string, number>;
  readonly shapes: readonly (readonly string[])[];
  readonly shapeNumbers: ReadonlyMap<string, number>;
  /** By a hash of the names as they were met: sorting and joining them costs most. */
  readonly shapesMet: Map<number, MetShape>;
}

/** What a dictionary says: values as they are likely to be stored, and further words. */
export interface DictionaryText {
  readonly likely: readonly unknown[];
  readonly words: readonly string[];
}

/**
 * The vocabulary of a dictionary. The commonest words come first, for the first are written in
 * one byte. INVARIANT: a body is read by the numbers given here, from what was stored.
 */
export function vocabularyOf({ likely, words }: DictionaryText): Vocabulary {
  const counts = new Map<string, number>();
  const shapes = new Map<string, readonly string[]>();
  const count = (word: string) => counts.set(word, (counts.get(word) ?? 0) + 1);
  const walk = (value: unknown): void => {
    if (typeof value === 'string') count(value);
    else if (Array.isArray(value)) for (const item of value) walk(item);
    else if (typeof value === 'object' && value !== null) {
      const names = Object.keys(value).toSorted();
      shapes.set(joined(names), names);
      for (const name of names) if (!counts.has(name)) count(name);
      for (const item of Object.values(value)) walk(item);
    }
  };
  for (const word of words) count(word);
  walk(likely);
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a).map(([word]) => word);
  const shapeList = [...shapes.values()];
  return {
    words: byCount,
    wordNumbers: numbersOf(byCount),
    shapes: shapeList,
    shapeNumbers: numbersOf([...shapes.keys()]),
    shapesMet: new Map(),
  };
}

/** A shape's names in canonical order, and its number where the vocabulary has one. */
export interface Shape {
  readonly names: readonly string[];
  readonly number: number | undefined;
}

interface MetShape extends Shape {
  readonly order: readonly string[];
}

/** The shape of an object whose members have these names, in any order. */
export function shapeOf(vocabulary: Vocabulary, names: readonly string[]): Shape {
  const hash = hashOf(vocabulary, names);
  const before = vocabulary.shapesMet.get(hash);
  if (before !== undefined && areSame(before.order, names)) return before;
  const sorted = names.toSorted();
  const number = vocabulary.shapeNumbers.get(joined(sorted));
  const shape = { order: names, names: sorted, number };
  // Only those of the vocabulary, of which there is an end.
  if (number !== undefined) vocabulary.shapesMet.set(hash, shape);
  return shape;
}

function hashOf({ wordNumbers }: Vocabulary, names: readonly string[]): number {
  let hash = names.length;
  for (const name of names) hash = (Math.imul(hash, 31) + (wordNumbers.get(name) ?? -1)) | 0;
  return hash;
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

/** Names joined so that no two lists of names look alike. */
function joined(names: readonly string[]): string {
  let key = '';
  for (const name of names) key += `${name.length}:${name}`;
  return key;
}

function numbersOf(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map(texts.map((text, number) => [text, number]));
}
