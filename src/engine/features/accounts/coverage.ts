import type { CoverageRecord } from '../../../domain/bank-record.ts';
import { addDays, type BusinessDate } from '../../../domain/business-date.ts';

const FOREVER: BusinessDate = '9999-12-31';

/** The first day from which an arrangement's transactions are covered without gap up to a day. */
export function coveredSince(
  coverage: readonly CoverageRecord[],
  arrangementId: string,
  until: BusinessDate,
): BusinessDate | undefined {
  const rows = concerning(coverage, arrangementId);
  let since: BusinessDate | undefined;
  for (;;) {
    const needed = since === undefined ? until : addDays(since, -1);
    const bound = since ?? FOREVER;
    const earlier = rows.find(
      (row) => row.from <= needed && row.from < bound && (row.to ?? FOREVER) >= needed,
    );
    if (earlier === undefined) return since;
    since = earlier.from;
  }
}

/** The last day up to which an arrangement's transactions are covered without gap from a day. */
export function coveredUntil(
  coverage: readonly CoverageRecord[],
  arrangementId: string,
  since: BusinessDate,
): BusinessDate | undefined {
  const rows = concerning(coverage, arrangementId);
  let until: BusinessDate | undefined;
  while (until !== FOREVER) {
    const needed = until === undefined ? since : addDays(until, 1);
    const later = rows.find((row) => row.from <= needed && (row.to ?? FOREVER) >= needed);
    if (later === undefined) break;
    until = later.to ?? FOREVER;
  }
  return until;
}

function concerning(
  coverage: readonly CoverageRecord[],
  arrangementId: string,
): readonly CoverageRecord[] {
  return coverage.filter(
    (row) => row.arrangementId === undefined || row.arrangementId === arrangementId,
  );
}
