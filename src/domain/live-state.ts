import type { Authority } from './authority.ts';
import type { ConsentRecord, HoldRecord } from './bank-record.ts';
import type { BusinessDate } from './business-date.ts';
import type { Channel } from './channel.ts';
import type { PartFailure, PartName } from './customer360.ts';
import type { FactValue } from './fact.ts';
import type { Uuid } from './id.ts';
import type { Instant } from './instant.ts';
import type { Trigger } from './trigger.ts';

/** A contact that was presented: as much of it as contact policy and facts read. */
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

/** A decision sees contacts and complaints of so many days. No cap or rest may be longer. */
export const LIVE_DAYS = 400;

/** A customer's part of the live state. A list is `null` where its source could not give it. */
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

/**
 * What may change between two decisions of one customer, and is therefore stored by value in each.
 * The engine ignores members that it does not know; `docs/adr/0012-capsule-form.md` says why.
 */
export interface LiveState extends CustomerLiveState {
  readonly decisionId: Uuid;
  readonly decidedAt: Instant;
  readonly businessDate: BusinessDate;
  readonly channel: Channel;
  readonly placement: string | null;
  readonly language: string;
  readonly trigger: Trigger;
  /** What the viewer may present. Engine 1 did not store it; absent counts as no authority. */
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
 * The kinds of hold that have not ended; a hold ends after its last day. Undefined when unknown.
 * A hold counts as soon as the bank knows it, even before its first day: the business date may be
 * behind the calendar, and a held customer must not be contacted meanwhile.
 */
export function holdsOn(live: LiveState): ReadonlySet<LiveHold['kind']> | undefined {
  if (live.holds === null) return undefined;
  const today = live.businessDate;
  const inForce = live.holds.filter(({ endsOn }) => endsOn === undefined || today <= endsOn);
  return new Set(inForce.map(({ kind }) => kind));
}

/** The days of all complaints; undefined unless interactions and contacts are both known. */
export function complaints(live: LiveState): readonly BusinessDate[] | undefined {
  const { complainedOn, contacts } = live;
  if (complainedOn === null || contacts === null) return undefined;
  const answered = contacts.filter(({ response }) => response === 'COMPLAINED');
  return [...complainedOn, ...answered.map(answeredOn)];
}
