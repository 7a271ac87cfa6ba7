import type { ConsentRecord, HoldRecord } from '../../domain/bank-record.ts';
import { addDays, type BusinessDate } from '../../domain/business-date.ts';
import type { PartFailure } from '../../domain/customer360.ts';
import type { Instant } from '../../domain/instant.ts';
import {
  type CustomerLiveState,
  LIVE_DAYS,
  LIVE_PARTS,
  type LiveConsent,
  type LiveHold,
  type LivePart,
} from '../../domain/live-state.ts';
import type { LiveRows, LiveVersions } from '../../domain/live-versions.ts';
import type { AgeLimits } from '../../domain/release.ts';
import { consentsThatCount, holdsThatCount } from './counting-records.ts';
import { isSpoilt, unfitness } from './freshness.ts';
import { latestVersions } from './latest-versions.ts';
import {
  campaignsOf,
  complaintsOf,
  contactsOf,
  type LiveCut,
  NO_CAMPAIGNS,
} from './live-contacts.ts';
import { versionsAsOne } from './one-customer.ts';

/** Where a live state is looked at from: the present, or the end of a past day. */
export interface LivePoint {
  readonly businessDate: BusinessDate;
  /** Versions recorded later are unknown. */
  readonly knownAt: Instant;
  /** The moment in banking time, in which the ages of sources are compared. */
  readonly bankNow: Instant;
  readonly ageLimits: AgeLimits;
  /**
   * EMPTY: a part that was never handed over has no rows, as a bank under evaluation says. One of
   * which a record was lost is unknown all the same.
   */
  readonly neverHandedOver: 'UNKNOWN' | 'EMPTY';
}

/**
 * The live state that a decision may rest on, from recorded versions. What is known counts: a no
 * or a hold does so from the day on which it is recorded, though its own day is yet to come. A
 * list whose source is too old, did not answer, or was never handed over is unknown (`null`) and
 * `failures` says why. All lists are ordered by content, so the order of rows changes no byte.
 */
export function liveStateOf(recorded: LiveVersions, at: LivePoint): CustomerLiveState {
  const versions = versionsAsOne(recorded, at);
  const { customerId } = versions;
  const { businessDate, knownAt } = at;
  const unfit = unfitParts(versions, at);
  const failures = at.neverHandedOver === 'EMPTY' ? exceptUncovered(unfit, versions, at) : unfit;
  const cut = { customerId, businessDate, knownAt, since: addDays(businessDate, -LIVE_DAYS) };
  const rows = <T>(part: LivePart, read: LiveRows<T>, none: T): T =>
    unfit[part] === undefined && read.state === 'READ' ? read.value : none;
  const known = <T>(part: LivePart, list: T): T | null =>
    failures[part] === undefined ? list : null;
  const campaigns = campaignsOf(rows('campaigns', versions.campaigns, NO_CAMPAIGNS), cut);
  const interactions = rows('interactions', versions.interactions, []);
  return {
    consents: known('consents', consentsOf(rows('consents', versions.consents, []), cut)),
    holds: known('holds', holdsOf(rows('holds', versions.holds, []), cut)),
    contacts: known('campaigns', contactsOf(campaigns, cut)),
    complainedOn: known('interactions', complaintsOf(interactions, campaigns, cut)),
    ...(Object.keys(failures).length > 0 && { failures }),
  };
}

/** The language the customer prefers, ISO 639-1; null where the bank does not say. */
export function languageOf(
  { customerId, party }: LiveVersions,
  { knownAt }: LivePoint,
): string | null {
  if (party.state === 'FAILED') return null;
  const rows = party.value.filter((row) => row.partyId === customerId);
  return latestVersions(rows, (row) => row.partyId, knownAt)[0]?.language ?? null;
}

type Failures = { readonly [part in LivePart]?: PartFailure };

/** Why each part may not be used, where it may not. */
function unfitParts(versions: LiveVersions, at: LivePoint): Failures {
  const unfit: { [part in LivePart]?: PartFailure } = {};
  for (const name of LIVE_PARTS) {
    const part = versions[name];
    const reason = part.state === 'FAILED' ? part.reason : unfitness(part.lineage, name, at);
    if (reason !== undefined) unfit[name] = reason;
  }
  return unfit;
}

function exceptUncovered(
  unfit: Failures,
  versions: LiveVersions,
  { knownAt }: LivePoint,
): Failures {
  const isLost = (name: LivePart) => {
    const part = versions[name];
    return part.state === 'READ' && part.lineage.some((one) => isSpoilt(one, knownAt));
  };
  const failed = LIVE_PARTS.flatMap((name) => {
    const reason = unfit[name];
    const counts = reason !== undefined && (reason !== 'NOT_COVERED' || isLost(name));
    return counts ? [[name, reason] as const] : [];
  });
  return Object.fromEntries(failed);
}

/** As much of a consent as decides. */
function consentsOf(rows: readonly ConsentRecord[], cut: LiveCut): readonly LiveConsent[] {
  return consentsThatCount(rows, cut).map(
    ({ purpose, channel, state, effectiveAt, expiresOn }) => ({
      purpose,
      channel,
      state,
      effectiveAt,
      ...(expiresOn !== undefined && { expiresOn }),
    }),
  );
}

/** As much of a hold as decides. */
function holdsOf(rows: readonly HoldRecord[], cut: LiveCut): readonly LiveHold[] {
  return holdsThatCount(rows, cut).map(({ kind, startsOn, endsOn }) => ({
    kind,
    startsOn,
    ...(endsOn !== undefined && { endsOn }),
  }));
}
