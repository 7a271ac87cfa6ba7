import type { PartyMergeRecord } from './bank-record.ts';
import type { Instant } from './instant.ts';

/** From the first number of a customer to the last there are at the most so many merges. */
export const MOST_MERGES = 8;

/** In which number another one lives on, as far as a moment knows. */
export type Merges = ReadonlyMap<string, PartyMergeRecord>;

/** Of each merged number the merge that was known at an instant. */
export function mergesKnownAt(versions: readonly PartyMergeRecord[], knownAt: Instant): Merges {
  const known = new Map<string, PartyMergeRecord>();
  for (const row of versions) {
    if (row.recordedAt > knownAt) continue;
    const other = known.get(row.partyId);
    if (other === undefined || isLater(row, other)) known.set(row.partyId, row);
  }
  return known;
}

/** Two of one instant are told apart by content, so that the order of rows never matters. */
function isLater(row: PartyMergeRecord, other: PartyMergeRecord): boolean {
  if (row.recordedAt !== other.recordedAt) return row.recordedAt > other.recordedAt;
  return row.survivorId > other.survivorId;
}

/** The merges from a number on, in order; none where it stands for a customer itself. */
export function wayFrom(customerId: string, merges: Merges): readonly PartyMergeRecord[] {
  const way: PartyMergeRecord[] = [];
  const seen = new Set([customerId]);
  for (let at = merges.get(customerId); at !== undefined; at = merges.get(at.survivorId)) {
    // The intake takes no loop: should there be one, nobody survives by going round in it.
    if (seen.has(at.survivorId)) break;
    seen.add(at.survivorId);
    way.push(at);
  }
  return way;
}

/** The number in which a customer lives on: its own where nothing was merged. */
export function survivorOf(customerId: string, merges: Merges): string {
  return wayFrom(customerId, merges).at(-1)?.survivorId ?? customerId;
}

/** All other numbers that live on in this one, in order. */
export function numbersMergedInto(customerId: string, merges: Merges): readonly string[] {
  return [...merges.keys()]
    .filter((number) => number !== customerId && survivorOf(number, merges) === customerId)
    .toSorted();
}

/**
 * Since when two numbers of one customer are one: the last of the merges on the ways that lead
 * from them to where they meet.
 */
export function oneSince(a: string, b: string, merges: Merges): Instant {
  const [ofA, ofB] = [wayFrom(a, merges), wayFrom(b, merges)];
  const onWay = new Set([b, ...ofB.map(({ survivorId }) => survivorId)]);
  const meeting = [a, ...ofA.map(({ survivorId }) => survivorId)].find((one) => onWay.has(one));
  const until = (way: readonly PartyMergeRecord[], start: string) => {
    const length = start === meeting ? 0 : way.findIndex((row) => row.survivorId === meeting) + 1;
    return way.slice(0, length).map(({ recordedAt }) => recordedAt);
  };
  return [...until(ofA, a), ...until(ofB, b)].toSorted().at(-1) ?? '';
}

/** What is recorded under the other numbers that a customer ever came to have. */
export interface MergedNumbers<T> {
  /** All versions of the merges of these numbers. */
  readonly merges: readonly PartyMergeRecord[];
  readonly others: readonly T[];
}

/**
 * Of merges of many customers those of the numbers that were ever merged into this one, also
 * where they have gone on elsewhere since.
 */
export function mergesEverInto(
  customerId: string,
  versions: readonly PartyMergeRecord[],
): readonly PartyMergeRecord[] {
  const found = new Set([customerId]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const row of versions) if (found.has(row.survivorId)) found.add(row.partyId);
  }
  return versions.filter(({ partyId }) => partyId !== customerId && found.has(partyId));
}

/** The other numbers that merges speak of as given up, in order. */
export function numbersIn(merges: readonly PartyMergeRecord[]): readonly string[] {
  return [...new Set(merges.map(({ partyId }) => partyId))].toSorted();
}
