import { addDays, type BusinessDate } from '../../../domain/business-date.ts';
import type {
  CampaignsPart,
  Customer360,
  CustomerHistory,
  PartFailure,
} from '../../../domain/customer360.ts';
import { dateOf, endOfDay } from '../../../domain/instant.ts';
import {
  type CustomerLiveState,
  LIVE_DAYS,
  LIVE_PARTS,
  type LiveContact,
  type LivePart,
} from '../../../domain/live-state.ts';
import { knownAt } from '../../../engine/point-in-time/known-at.ts';
import type { BankMode } from '../../ports/bank.ts';
import type { Moment } from '../../ports/moment.ts';

/**
 * A moment as it was known by the end of a past day: nothing recorded later, not even the
 * language, has a say. What the bank never handed over is unknown; only a bank marked for
 * evaluation counts it as empty.
 */
export function momentAsOf(moment: Moment, history: CustomerHistory, date: BusinessDate): Moment {
  const view = knownAt(history, { businessDate: date, knownAt: endOfDay(date) });
  const { profile } = view;
  const language = profile.state === 'READ' ? profile.value.party.language : undefined;
  return { ...moment, language: language ?? null, live: liveStateOf(view, moment.bankMode) };
}

function liveStateOf(view: Customer360, bankMode: BankMode): CustomerLiveState {
  const failures = failuresOf(view, bankMode);
  // As far back as decisions in the present look.
  const since = addDays(view.businessDate, -LIVE_DAYS);
  const known = <T>(part: LivePart, live: T): T | null =>
    failures[part] === undefined ? live : null;
  return {
    consents: known('consents', consentsOf(view)),
    holds: known('holds', holdsOf(view)),
    contacts: known('campaigns', contactsOf(view, since)),
    complainedOn: known('interactions', complaintsOf(view, since)),
    ...(Object.keys(failures).length > 0 && { failures }),
  };
}

function failuresOf(
  view: Customer360,
  bankMode: BankMode,
): { readonly [part in LivePart]?: PartFailure } {
  const failed = LIVE_PARTS.flatMap((name) => {
    const part = view[name];
    if (part.state === 'READ') return [];
    const isEmpty = part.reason === 'NOT_COVERED' && bankMode === 'EVALUATION';
    return isEmpty ? [] : [[name, part.reason] as const];
  });
  return Object.fromEntries(failed);
}

function consentsOf({ consents }: Customer360) {
  const rows = consents.state === 'READ' ? consents.value : [];
  return rows.map(({ purpose, channel, state, effectiveAt, expiresOn }) => ({
    purpose,
    channel,
    state,
    effectiveAt,
    ...(expiresOn !== undefined && { expiresOn }),
  }));
}

function holdsOf({ holds }: Customer360) {
  const rows = holds.state === 'READ' ? holds.value : [];
  return rows.map(({ kind, startsOn, endsOn }) => ({
    kind,
    startsOn,
    ...(endsOn !== undefined && { endsOn }),
  }));
}

/** With the customer's last word on each. */
function contactsOf(view: Customer360, since: BusinessDate): readonly LiveContact[] {
  const { contacts, responses } = campaignsOf(view);
  const lastWord = new Map(responses.map((row) => [row.contactId, row]));
  return contacts
    .filter((row) => dateOf(row.presentedAt) >= since)
    .map(({ contactId, actionId, channel, presentedAt, expiresOn }) => {
      const response = lastWord.get(contactId);
      return {
        actionId,
        channel,
        presentedOn: dateOf(presentedAt),
        ...(response && { response: response.kind, respondedOn: dateOf(response.respondedAt) }),
        ...(expiresOn !== undefined && { expiresOn }),
      };
    });
}

/** Complaints about a contact, and complaints of any other kind. */
function complaintsOf(view: Customer360, since: BusinessDate): readonly BusinessDate[] {
  const { interactions } = view;
  const others = interactions.state === 'READ' ? interactions.value : [];
  const days = [
    ...campaignsOf(view)
      .responses.filter(({ kind }) => kind === 'COMPLAINED')
      .map(({ respondedAt }) => dateOf(respondedAt)),
    ...others
      .filter(({ intent }) => intent === 'COMPLAINT')
      .map(({ occurredAt }) => dateOf(occurredAt)),
  ];
  return [...new Set(days)].filter((day) => day >= since).toSorted();
}

function campaignsOf({ campaigns }: Customer360): CampaignsPart {
  return campaigns.state === 'READ' ? campaigns.value : { contacts: [], responses: [] };
}
