import type { Moment } from '../../../app/ports/moment.ts';
import type { PartyMergeRecord } from '../../../domain/bank-record.ts';
import type { LiveVersions } from '../../../domain/live-versions.ts';
import { mergesEverInto, numbersIn } from '../../../domain/merged-numbers.ts';

/**
 * The moments of those who were asked for, each with what is recorded under the numbers that were
 * ever merged into it. Its sources are summed up over all of them, so that the sum only grows.
 */
export function asCustomers(
  customerIds: readonly string[],
  moments: ReadonlyMap<string, Moment>,
  merges: readonly PartyMergeRecord[],
): ReadonlyMap<string, Moment> {
  const asked = new Map<string, Moment>();
  for (const id of customerIds) {
    const moment = moments.get(id);
    if (moment !== undefined) asked.set(id, asCustomer(id, moment, { moments, merges }));
  }
  return asked;
}

function asCustomer(
  id: string,
  moment: Moment,
  by: {
    readonly moments: ReadonlyMap<string, Moment>;
    readonly merges: readonly PartyMergeRecord[];
  },
): Moment {
  const into = mergesEverInto(id, by.merges);
  const merges = [...mergesOnwardFrom(id, by.merges), ...into];
  if (merges.length === 0) return moment;
  if (into.length === 0) return { ...moment, merges };
  const numbers = numbersIn(into);
  const found = numbers.map((number) => [number, by.moments.get(number)] as const);
  const others = found.map(([number, other]) => other?.versions ?? unknownTo(number));
  return {
    ...moment,
    watermark: found.reduce((sum, [, other]) => sum + (other?.watermark ?? 0), moment.watermark),
    merges,
    otherReadings: new Map(found.map(([number, other]) => [number, other?.readings ?? []])),
    versions: { ...moment.versions, merged: { merges: into, others } },
  };
}

/** Of this number and of those that it ever lived on in. */
function mergesOnwardFrom(id: string, merges: readonly PartyMergeRecord[]) {
  const way = new Set([id]);
  for (let before = 0; before < way.size; ) {
    before = way.size;
    for (const row of merges) if (way.has(row.partyId)) way.add(row.survivorId);
  }
  return merges.filter(({ partyId }) => way.has(partyId));
}

/** Of a number whose key is destroyed nothing is read any more, and unknown never permits. */
function unknownTo(customerId: string): LiveVersions {
  const failed = { state: 'FAILED', reason: 'NOT_COVERED' } as const;
  return {
    customerId,
    party: failed,
    consents: failed,
    holds: failed,
    campaigns: failed,
    interactions: failed,
  };
}
