import type { BusinessDate } from '../../domain/business-date.ts';
import type { Considered, Deciding, LoadedAction } from '../../domain/deciding.ts';
import type { Withholding } from '../../domain/decision.ts';
import { minusDuration, plusDuration } from '../../domain/duration.ts';
import { answeredOn, complaints, type LiveContact } from '../../domain/live-state.ts';
import type { ContactCap } from '../../domain/release.ts';
import { withhold } from './withhold.ts';

/**
 * Step 6, contact policy: rests after a complaint or decline, then caps in declared order. A
 * decline does not put off a REGULATORY duty. Contacts and answers count as soon as the bank knows
 * them, even where the business date is behind.
 */
export function contactPolicyCheck(deciding: Deciding): (considered: Considered) => Considered {
  const { contacts } = deciding.input.live;
  if (contacts === null) {
    return (considered) => withhold(considered, unknown('contact.unknown', 'contacts'));
  }
  const complaint = complaintRest(deciding);
  const declined = lastDeclines(contacts);
  const tallies = deciding.release.body.contactPolicy.caps.map((cap) =>
    tally(cap, contacts, deciding),
  );
  return (considered) => {
    const { id, purpose } = considered.action.declaration;
    const against =
      (purpose === 'MARKETING' ? complaint : null) ??
      (purpose === 'REGULATORY' ? null : declineRest(declined.get(id), deciding)) ??
      firstCap(tallies, considered.action);
    return against === null ? considered : withhold(considered, against);
  };
}

function complaintRest(deciding: Deciding): Withholding | null {
  const days = complaints(deciding.input.live);
  if (days === undefined) return unknown('contact.rest-after-complaint', 'complainedOn');
  const { restAfterComplaint } = deciding.release.body.contactPolicy;
  const { today } = deciding;
  const resting = days
    .filter((day) => today < plusDuration(day, restAfterComplaint))
    .reduce<BusinessDate | null>((a, b) => (a === null || b > a ? b : a), null);
  if (resting === null) return null;
  const seen = { 'complaint.lastOn': resting };
  return against('contact.rest-after-complaint', 'RESTING_AFTER_COMPLAINT', seen);
}

function declineRest(last: BusinessDate | undefined, deciding: Deciding): Withholding | null {
  const { restAfterDecline } = deciding.release.body.contactPolicy;
  if (last === undefined || plusDuration(last, restAfterDecline) <= deciding.today) return null;
  const seen = { 'decline.lastOn': last };
  return against('contact.rest-after-decline', 'RESTING_AFTER_DECLINE', seen);
}

function lastDeclines(contacts: readonly LiveContact[]): ReadonlyMap<string, BusinessDate> {
  const last = new Map<string, BusinessDate>();
  for (const contact of contacts) {
    const { actionId, response } = contact;
    const day = answeredOn(contact);
    if (response !== 'DECLINED' || day < (last.get(actionId) ?? '')) continue;
    last.set(actionId, day);
  }
  return last;
}

/** The contacts that a cap counts, by action or group; under `''` where it counts all. */
interface Tally {
  readonly cap: ContactCap;
  readonly counts: ReadonlyMap<string, number>;
  /** Contacts of unknown group, which may have been of any. */
  readonly anywhere: number;
}

/**
 * Counts a cap's contacts, once a decision. A contact whose action this release lacks may be of
 * any purpose and group, so it counts as one of every purpose and group.
 */
function tally(
  cap: ContactCap,
  contacts: readonly LiveContact[],
  { today, release, input }: Deciding,
): Tally {
  const counts = new Map<string, number>();
  let anywhere = 0;
  for (const contact of contacts) {
    if (!isWithin(cap.window, contact.presentedOn, today)) continue;
    if (cap.per === 'CHANNEL' && contact.channel !== input.live.channel) continue;
    const action = release.actionsById.get(contact.actionId)?.declaration;
    if (action !== undefined && !cap.purposes.includes(action.purpose)) continue;
    const key = keyOf(cap, contact.actionId, action?.group);
    if (key === undefined) anywhere += 1;
    else counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { cap, counts, anywhere };
}

function isWithin(
  window: ContactCap['window'],
  presentedOn: BusinessDate,
  today: BusinessDate,
): boolean {
  if (window === 'CALENDAR_MONTH') return presentedOn.slice(0, 7) >= today.slice(0, 7);
  return presentedOn > minusDuration(today, window);
}

function keyOf(cap: ContactCap, action: string, group: string | undefined): string | undefined {
  if (cap.per === 'ACTION') return action;
  return cap.per === 'GROUP' ? group : '';
}

function firstCap(tallies: readonly Tally[], { declaration }: LoadedAction): Withholding | null {
  const { id, group, purpose } = declaration;
  for (const { cap, counts, anywhere } of tallies) {
    if (!cap.purposes.includes(purpose)) continue;
    const count = (counts.get(keyOf(cap, id, group) ?? '') ?? 0) + anywhere;
    if (count < cap.most) continue;
    return against(cap.id, cap.reason.code, {
      'contact.counted': count,
      'contact.most': cap.most,
    });
  }
  return null;
}

function against(rule: string, reasonCode: string, seen: Withholding['seen']): Withholding {
  return { stage: 'CONTACT_POLICY', rule, reasonCode, seen };
}

function unknown(rule: string, list: string): Withholding {
  return { ...against(rule, 'MISSING_FACT', { [list]: null }), missing: [list] };
}
