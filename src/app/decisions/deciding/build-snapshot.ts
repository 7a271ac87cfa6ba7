import type { CustomerHistory } from '../../../domain/customer360.ts';
import { addressOf } from '../../../domain/digest.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import { deriveFacts } from '../../../engine/features/derive-facts.ts';
import { knownAt } from '../../../engine/point-in-time/known-at.ts';
import { validUntil } from '../../../engine/point-in-time/next-change.ts';
import { snapshotOf } from '../../../engine/point-in-time/snapshot-of.ts';
import type { ShelvedRelease } from '../../releases/release-shelf.ts';
import type { LookingPoint } from './looking-point.ts';

/** Derives a customer's facts as known at a point. The customer's key makes the addresses. */
export function buildSnapshot(
  history: CustomerHistory,
  at: LookingPoint,
  by: { readonly release: ShelvedRelease; readonly addressKey: Uint8Array },
): LoadedSnapshot {
  const { release, addressKey } = by;
  const { facts, rates, ageLimits } = release.body;
  const known = knownAt(history, { ...at, ageLimits });
  // Where no source was read, facts are as of the moment that is looked from.
  const view = { ...known, knownAt: at.bankNow };
  const sheet = deriveFacts(view, facts, rates);
  const snapshot = snapshotOf(view, {
    sheetAddress: addressOf(addressKey, sheet),
    factsDigest: release.factsDigest,
    ratesDigest: release.ratesDigest,
    validUntil: validUntil(view, ageLimits),
  });
  return { address: addressOf(addressKey, snapshot), snapshot, sheet };
}
