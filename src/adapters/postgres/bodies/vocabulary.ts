/** What a dictionary says: values as they are likely to be stored, and further words. */
export interface DictionaryText {
  readonly likely: readonly unknown[];
  readonly words: readonly string[];
}

/** The words and shapes of a dictionary: each has the number of its place in its list. */
export interface Vocabulary {
  readonly words: readonly string[];
  readonly wordNumbers: ReadonlyMap<string, number>;
  readonly shapes: readonly ShapeNames[];
  readonly shapeNumbers: ReadonlyMap<string, number>;
  /** Shapes that were looked up before, by `hashOf` the names as the object had them. */
  readonly found: Map<number, FoundShape>;
}

/** The names of an object's members, sorted. */
export type ShapeNames = readonly string[];

/** A shape, and its number if the vocabulary has it. */
export interface Shape {
  readonly names: ShapeNames;
  readonly number: number | undefined;
}

interface FoundShape extends Shape {
  /** The names in the order of the object. */
  readonly order: readonly string[];
}

/**
 * Numbers the words and shapes of a dictionary. The commonest words come first, for the first 128
 * are written in one byte; shapes come in the order in which they are met.
 * INVARIANT: bodies are read by these numbers, so a dictionary must always be numbered alike.
 */
export function vocabularyOf({ likely, words }: DictionaryText): Vocabulary {
  const counts = new Map<string, number>();
  const shapes = new Map<string, ShapeNames>();
  const count = (word: string) => counts.set(word, (counts.get(word) ?? 0) + 1);
  const walk = (value: unknown): void => {
    if (typeof value === 'string') count(value);
    else if (Array.isArray(value)) for (const item of value) walk(item);
    else if (typeof value === 'object' && value !== null) {
      const names = Object.keys(value).toSorted();
      shapes.set(keyOf(names), names);
      // A name is mostly written by its shape, so it counts as a word only once.
      for (const name of names) if (!counts.has(name)) count(name);
      for (const item of Object.values(value)) walk(item);
    }
  };
  for (const word of words) count(word);
  walk(likely);
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a).map(([word]) => word);
  return {
    words: byCount,
    wordNumbers: numbersOf(byCount),
    shapes: [...shapes.values()],
    shapeNumbers: numbersOf([...shapes.keys()]),
    found: new Map(),
  };
}

/** The shape of an object whose members have these names, in any order. */
export function shapeOf(vocabulary: Vocabulary, names: readonly string[]): Shape {
  const { found, shapeNumbers } = vocabulary;
  // To sort and join the names of each object would take a third of the time of packing.
  const hash = hashOf(vocabulary, names);
  const before = found.get(hash);
  if (before !== undefined && areSame(before.order, names)) return before;
  const sorted = names.toSorted();
  const shape = { order: names, names: sorted, number: shapeNumbers.get(keyOf(sorted)) };
  // A shape that the vocabulary lacks is not remembered: there may be any number of them.
  if (shape.number !== undefined) found.set(hash, shape);
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

/** The names as one text; their lengths keep different lists of names apart. */
function keyOf(names: readonly string[]): string {
  let key = '';
  for (const name of names) key += `${name.length}:${name}`;
  return key;
}

function numbersOf(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map(texts.map((text, number) => [text, number]));
}
