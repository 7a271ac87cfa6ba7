import { below } from '../../../domain/json-pointer.ts';

/** More are cut off: the first ones tell the story. */
const MOST_DIFFERENCES = 50;

/** The places in which two JSON values differ, as JSON pointers, in document order. */
export function differences(before: unknown, after: unknown, at = ''): readonly string[] {
  const found: string[] = [];
  collect({ before, after, at }, found);
  return found;
}

interface Pair {
  readonly before: unknown;
  readonly after: unknown;
  readonly at: string;
}

function collect({ before, after, at }: Pair, found: string[]): void {
  if (Object.is(before, after) || found.length >= MOST_DIFFERENCES) return;
  if (!isContainer(before) || !isContainer(after) || isList(before) !== isList(after)) {
    found.push(at === '' ? '/' : at);
    return;
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of [...names].toSorted(byPlace)) {
    collect({ before: before[name], after: after[name], at: below(at, name) }, found);
  }
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

function byPlace(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isInteger(x) && Number.isInteger(y)) return x - y;
  return a < b ? -1 : 1;
}
