/** One sequence of pseudo-random numbers; it advances in place as it is drawn from. */
export interface Stream {
  state: number;
}

/** What a stream is for: streams of different purposes never share a number. */
export const STREAM = {
  block: 1,
  person: 2,
  organisation: 3,
  holdings: 4,
  life: 5,
  spending: 6,
  posting: 7,
  consent: 8,
  interaction: 9,
  hold: 10,
  goal: 11,
  need: 12,
  contact: 13,
  organic: 14,
  noise: 15,
  lift: 16,
  service: 17,
  terms: 18,
  manager: 19,
} as const;

/** Opens the stream of a purpose for one thing (a customer, an account) and one month. */
export function openStream(
  seed: number,
  purpose: number,
  ...of: readonly [thing: number, month?: number]
): Stream {
  return { state: seedOf(seed, purpose, of[0], of[1] ?? 0) };
}

/** A number from 0 to 999 that stands for one event of one thing, such as the n-th posting. */
export function perMille(
  seed: number,
  purpose: number,
  ...of: readonly [number, number]
): number {
  return Math.floor((mix(seedOf(seed, purpose, of[0], of[1])) / 4_294_967_296) * 1000);
}

/** The next 32 bits, unsigned (a counter through a 32-bit finaliser). */
export function nextUint32(stream: Stream): number {
  stream.state = (stream.state + 0x9e3779b9) | 0;
  return mix(stream.state);
}

/** A whole number from 0 to `bound` - 1. */
export function below(stream: Stream, bound: number): number {
  return Math.floor((nextUint32(stream) / 4_294_967_296) * bound);
}

/** A whole number from `low` to `high`, both included. */
export function between(stream: Stream, low: number, high: number): number {
  return low + below(stream, high - low + 1);
}

/** True with this probability. */
export function chance(stream: Stream, ppm: number): boolean {
  return below(stream, 1_000_000) < ppm;
}

/** One of a list that holds something. */
export function pickOne<T>(stream: Stream, list: readonly T[]): T {
  const item = list[below(stream, list.length)];
  if (item === undefined) throw new RangeError('an empty list has nothing to pick');
  return item;
}

/** One of a list by whole-number weights. */
export function pickWeighted<T>(stream: Stream, list: readonly (readonly [T, number])[]): T {
  let total = 0;
  for (const [, weight] of list) total += weight;
  let left = below(stream, total);
  for (const [item, weight] of list) {
    if (left < weight) return item;
    left -= weight;
  }
  throw new RangeError('a list without weight has nothing to pick');
}

/**
 * A normal draw in thousandths of a standard deviation, within 3.4 of them: the sum of four
 * uniforms, for sums come out the same on every machine and logarithms do not.
 */
export function normalMilli(stream: Stream): number {
  let sum = 0;
  for (let i = 0; i < 2; i += 1) {
    const bits = nextUint32(stream);
    sum += (bits & 0xffff) + (bits >>> 16);
  }
  return Math.trunc(((sum - 131_070) * 1000) / 37_837);
}

function seedOf(...parts: readonly [number, number, number, number]): number {
  return mix(mix(mix(mix(parts[0]) + parts[1]) + parts[2]) + parts[3]);
}

function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
