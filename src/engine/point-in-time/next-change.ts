import { type Customer360, PART_NAMES, type PartName } from '../../domain/customer360.ts';
import { endOfDay, type Instant, startOfDay } from '../../domain/instant.ts';
import type { AgeLimits } from '../../domain/release.ts';
import { freshUntil } from './freshness.ts';

/** The parts that facts of a sheet come from: consents and holds are live state. */
export const SHEET_PARTS: readonly PartName[] = PART_NAMES.filter(
  (part) => part !== 'consents' && part !== 'holds',
);

/**
 * Until when, in banking time, a sheet of this customer stands: the earliest end of a source's age
 * limit and of the business date. Maturities, renewals and expiries need no bound of their own:
 * facts are functions of the business date, so a dated event changes one only when its business
 * date has come. With a source that is down nothing stands: the next decision asks it again. What
 * is stale or not covered stays so until its watermark moves.
 */
export function validUntil(customer: Customer360, ageLimits: AgeLimits): Instant {
  let until = endOfDay(customer.businessDate);
  for (const name of SHEET_PARTS) {
    const part = customer[name];
    if (part.state === 'READ') {
      for (const lineage of part.lineage) {
        const fresh = freshUntil(lineage, name, ageLimits);
        if (fresh < until) until = fresh;
      }
    } else if (part.reason === 'SOURCE_DOWN') {
      return startOfDay(customer.businessDate);
    }
  }
  return until;
}
