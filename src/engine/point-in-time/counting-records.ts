import type { ConsentRecord, HoldRecord } from '../../domain/bank-record.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import { endOfDay, type Instant } from '../../domain/instant.ts';
import { byText } from '../../domain/text-order.ts';
import { latestVersions } from './latest-versions.ts';

interface Cut {
  readonly customerId: string;
  readonly businessDate: BusinessDate;
  readonly knownAt: Instant;
}

/**
 * The consents that count on a business date: for each purpose and channel the one in effect and
 * those to come. One that takes effect later is among them, for a no counts as soon as it is
 * known; the engine lets a yes wait for its day. By purpose, channel and time.
 */
export function consentsThatCount(
  versions: readonly ConsentRecord[],
  { businessDate, knownAt }: Omit<Cut, 'customerId'>,
): readonly ConsentRecord[] {
  const known = latestVersions(versions, versionKey, knownAt).toSorted(CONSENTS_IN_ORDER);
  const until = endOfDay(businessDate);
  const inEffect = new Map<string, Instant>();
  for (const row of known) {
    if (row.effectiveAt <= until) inEffect.set(subjectOf(row), row.effectiveAt);
  }
  return known.filter((row) => row.effectiveAt >= (inEffect.get(subjectOf(row)) ?? ''));
}

/**
 * The customer's holds that have not ended by a business date, the last day included. One that
 * starts later is among them: a hold counts as soon as it is known. By kind, start and id.
 */
export function holdsThatCount(
  versions: readonly HoldRecord[],
  { customerId, businessDate, knownAt }: Cut,
): readonly HoldRecord[] {
  return latestVersions(versions, (row) => row.holdId, knownAt)
    .filter(({ partyId, endsOn }) => {
      const isOver = endsOn !== undefined && endsOn < businessDate;
      // A correction may have given the hold to somebody else.
      return partyId === customerId && !isOver;
    })
    .toSorted(HOLDS_IN_ORDER);
}

const CONSENTS_IN_ORDER = byText<ConsentRecord>(
  (row) => row.purpose,
  (row) => row.channel,
  (row) => row.effectiveAt,
);

const HOLDS_IN_ORDER = byText<HoldRecord>(
  (row) => row.kind,
  (row) => row.startsOn,
  (row) => row.holdId,
);

function versionKey(row: ConsentRecord): string {
  return `${subjectOf(row)} ${row.effectiveAt}`;
}

function subjectOf({ purpose, channel }: ConsentRecord): string {
  return `${purpose} ${channel}`;
}
