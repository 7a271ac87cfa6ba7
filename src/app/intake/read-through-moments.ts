import type { PartName } from '../../domain/customer360.ts';
import type { CustomerPart } from '../ports/core-reader.ts';
import type { Moment, MomentReader } from '../ports/moment.ts';
import type { CoreReadings } from './core-readings.ts';

/**
 * Reads moments, and where a live core is due for a customer asks it first and reads again. A
 * customer whom nobody knows may be one of a core's. Where nothing is due it costs nothing.
 */
export function readThroughMoments(moments: MomentReader, cores: CoreReadings): MomentReader {
  return {
    async readMoments(customerIds) {
      const found = await moments.readMoments(customerIds);
      const asked = [...new Set(customerIds)].map((customerId) => ({
        customerId,
        readings: found.get(customerId)?.readings ?? [],
      }));
      const due = asked.filter(cores.isDue);
      if (due.length === 0) return found;
      const { refreshed, failed } = await cores.refreshFromCores(due);
      const again = refreshed.size === 0 ? new Map() : await moments.readMoments([...refreshed]);
      return withOverdue(new Map([...found, ...again]), failed);
    },
  };
}

/** Says of each moment which parts are older than they should be. */
function withOverdue(
  found: Map<string, Moment>,
  failed: readonly CustomerPart[],
): ReadonlyMap<string, Moment> {
  for (const [customerId, parts] of partsBy(failed)) {
    const moment = found.get(customerId);
    if (moment === undefined) continue;
    found.set(customerId, { ...moment, overdue: [...parts].toSorted() });
  }
  return found;
}

function partsBy(failed: readonly CustomerPart[]): ReadonlyMap<string, ReadonlySet<PartName>> {
  const parts = new Map<string, Set<PartName>>();
  for (const { customerId, part } of failed) {
    parts.set(customerId, (parts.get(customerId) ?? new Set()).add(part));
  }
  return parts;
}
