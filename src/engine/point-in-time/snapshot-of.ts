import { type Customer360, ENGINE_PARTS, type PartName } from '../../domain/customer360.ts';
import type { Address, Digest } from '../../domain/digest.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { SHEET_PARTS } from './next-change.ts';

/** What a snapshot holds besides the customer's sources; the address needs the customer's key. */
interface SnapshotBasis {
  readonly sheetAddress: Address;
  readonly factsDigest: Digest;
  readonly ratesDigest: Digest;
  readonly validUntil: Instant;
}

/** The lineage of a fact sheet: of each part that facts come from, what was read and when. */
export function snapshotOf(customer: Customer360, basis: SnapshotBasis): Snapshot {
  return {
    sheetAddress: basis.sheetAddress,
    businessDate: customer.businessDate,
    sources: sourcesOf(customer),
    factsDigest: basis.factsDigest,
    ratesDigest: basis.ratesDigest,
    factsAsOf: newestReading(customer),
    validUntil: basis.validUntil,
  };
}

/** Where a bank tells nothing of a part that came later, a snapshot is what it was before. */
function isLater(name: PartName): boolean {
  return !ENGINE_PARTS.some((part) => part === name);
}

function sourcesOf(customer: Customer360): Snapshot['sources'] {
  const told = SHEET_PARTS.filter((name) => {
    const part = customer[name];
    return !isLater(name) || part.state === 'READ' || part.reason !== 'NOT_COVERED';
  });
  return Object.fromEntries(
    told.map((name) => {
      const part = customer[name];
      return [name, part.state === 'READ' ? part.lineage : { failed: part.reason }];
    }),
  );
}

/** Where no source was read, the moment looked from stands in. */
function newestReading(customer: Customer360): Instant {
  let newest: Instant | undefined;
  for (const name of SHEET_PARTS) {
    const part = customer[name];
    if (part.state === 'FAILED') continue;
    for (const { fetchedAt } of part.lineage) {
      if (newest === undefined || fetchedAt > newest) newest = fetchedAt;
    }
  }
  return newest ?? customer.knownAt;
}
