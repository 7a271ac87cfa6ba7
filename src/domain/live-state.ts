import type { Authority } from './authority.ts';
import type { ConsentRecord, HoldRecord } from './bank-record.ts';
import type { BusinessDate } from './business-date.ts';
import type { Channel } from './channel.ts';
import type { PartFailure, PartName } from './customer360.ts';
import type { FactValue } from './fact.ts';
import type { Uuid } from './id.ts';
import type { Instant } from './instant.ts';
import type { Trigger } from './trigger.ts';

/** A contact that was presented, as caps and rests need it. */
export interface LiveContact {
  readonly actionId: string;
  readonly channel: Channel;
  readonly presentedOn: BusinessDate;
  readonly response?: 'ACCEPTED' | 'DECLINED' | 'COMPLAINED';
  readonly respondedOn?: BusinessDate;
  readonly expiresOn?: BusinessDate;
}

/** The day of the customer's answer: where a source does not say, the day it was presented. */
export function answeredOn({ respondedOn, presentedOn }: LiveContact): BusinessDate {
  return respondedOn ?? presentedOn;
}

/** As much of a consent as decides: it is stored in every capsule. */
export type LiveConsent = Pick<
  ConsentRecord,
  'purpose' | 'channel' | 'state' | 'effectiveAt' | 'expiresOn'
>;

/** As much of a hold as decides: it is stored in every capsule. */
export type LiveHold = Pick<HoldRecord, 'kind' | 'startsOn' | 'endsOn'>;

/** Days of contacts and complaints that a decision sees: no cap or rest may look further back. */
export const LIVE_DAYS = 400;

/** `null` for a list that its source could not give: unknown, which permits nothing. */
export interface CustomerLiveState {
  readonly consents: readonly LiveConsent[] | null;
  readonly holds: readonly LiveHold[] | null;
  /** Presented within the last LIVE_DAYS, oldest first. */
  readonly contacts: readonly LiveContact[] | null;
  readonly complainedOn: readonly BusinessDate[] | null;
  /** Why a list is `null`; absent where its source did not answer at all. */
  readonly failures?: { readonly [part in LivePart]?: PartFailure };
}

/** The parts of Customer360 that live state comes from. */
export const LIVE_PARTS = ['consents', 'holds', 'campaigns', 'interactions'] as const;
export type LivePart = (typeof LIVE_PARTS)[number];

/** What changes between two decisions, so stored by value in each. */
export interface LiveState extends CustomerLiveState {
  readonly decisionId: Uuid;
  readonly decidedAt: Instant;
  readonly businessDate: BusinessDate;
  readonly channel: Channel;
  readonly placement: string | null;
  readonly language: string;
  readonly trigger: Trigger;
  /** What the viewer may present; absent in what engine 1 decided. */
  readonly authority?: Authority;
  /** Parts whose core did not tell anew in time: what was recorded before still counted. */
  readonly overdue?: readonly PartName[];
  /** Facts declared with origin CONTEXT only. */
  readonly context: { readonly [name: string]: FactValue };
  /** How many actions to surface at the most. */
  readonly first: number;
  readonly arm: Arm;
}

/** The experimental group, drawn outside the engine by a hash of the customer's key. */
export type Arm = 'TREATED' | 'CONTROL';

/**
 * The kinds of hold that have not ended, the last day included; undefined when unknown. A hold
 * counts as soon as it is known: a business date that lags must not keep on contacting.
 */
export function holdsOn(live: LiveState): ReadonlySet<LiveHold['kind']> | undefined {
  if (live.holds === null) return undefined;
  const today = live.businessDate;
  const inForce = live.holds.filter(({ endsOn }) => endsOn === undefined || today <= endsOn);
  return new Set(inForce.map(({ kind }) => kind));
}

/** The days of all complaints; undefined unless both their sources answered. */
export function complaints(live: LiveState): readonly BusinessDate[] | undefined {
  const { complainedOn, contacts } = live;
  if (complainedOn === null || contacts === null) return undefined;
  const answered = contacts.filter(({ response }) => response === 'COMPLAINED');
  return [...complainedOn, ...answered.map(answeredOn)];
}
