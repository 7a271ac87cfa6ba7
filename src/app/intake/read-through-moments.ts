import type { PartName } from '../../domain/customer360.ts';
import type { CustomerPart } from '../ports/core-reader.ts';
import type { Moment, MomentReader } from '../ports/moment.ts';
import type { AskedCustomer, CoreReadings } from './core-readings.ts';

/**
 * Reads moments, and where a live core is due for a customer asks it first and reads again. A
 * customer whom nobody knows may be one of a core's. Where nothing is due it costs nothing.
 */
export function readThroughMoments(moments: MomentReader, cores: CoreReadings): MomentReader {
  return {
    async readMoments(customerIds) {
      const found = await moments.readMoments(customerIds);
      const ids = [...new Set(customerIds)];
      const due = askedFor(ids, found).filter(cores.isDue);
      if (due.length === 0) return found;
      const { refreshed, failed } = await cores.refreshFromCores(due);
      const isNew = (id: string) =>
        refreshed.has(id) || numbersOf(found.get(id)).some((number) => refreshed.has(number));
      const told = ids.filter(isNew);
      const again = told.length === 0 ? new Map() : await moments.readMoments(told);
      const latest = new Map<string, Moment>([...found, ...again]);
      return withOverdue(latest, failed);
    },
  };
}

/** A core is asked for every number of a customer: it may tell of each what it has. */
function askedFor(
  customerIds: readonly string[],
  found: ReadonlyMap<string, Moment>,
): readonly AskedCustomer[] {
  const asked = new Map<string, AskedCustomer>();
  for (const customerId of customerIds) {
    const moment = found.get(customerId);
    asked.set(customerId, { customerId, readings: moment?.readings ?? [] });
    for (const [number, readings] of moment?.otherReadings ?? []) {
      asked.set(number, { customerId: number, readings });
    }
  }
  return [...asked.values()];
}

function numbersOf(moment: Moment | undefined): readonly string[] {
  return [...(moment?.otherReadings?.keys() ?? [])];
}

/** Says of each moment which parts are older than they should be, of one number at least. */
function withOverdue(
  found: Map<string, Moment>,
  failed: readonly CustomerPart[],
): ReadonlyMap<string, Moment> {
  const late = partsBy(failed);
  for (const [customerId, moment] of found) {
    const parts = [customerId, ...numbersOf(moment)].flatMap((id) => [...(late.get(id) ?? [])]);
    if (parts.length === 0) continue;
    found.set(customerId, { ...moment, overdue: [...new Set(parts)].toSorted() });
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
