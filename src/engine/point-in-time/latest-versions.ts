import type { Recorded } from '../../domain/bank-record.ts';
import { canonicalText } from '../../domain/canonical.ts';
import type { Instant } from '../../domain/instant.ts';

/**
 * The version of each key that the bank knew at an instant; none where that one is withdrawn. Two
 * versions recorded at the very same instant are told apart by content, so that the order of rows
 * never matters.
 */
export function latestVersions<T extends Recorded>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  knownAt: Instant,
): readonly T[] {
  const latest = new Map<string, T>();
  for (const row of rows) {
    if (row.recordedAt > knownAt) continue;
    const key = keyOf(row);
    const other = latest.get(key);
    if (other === undefined || isLater(row, other)) latest.set(key, row);
  }
  return [...latest.values()].filter(({ withdrawn }) => withdrawn !== true);
}

function isLater<T extends Recorded>(row: T, other: T): boolean {
  if (row.recordedAt !== other.recordedAt) return row.recordedAt > other.recordedAt;
  return canonicalText(row) > canonicalText(other);
}
