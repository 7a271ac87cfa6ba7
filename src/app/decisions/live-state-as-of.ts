import { addDays, type BusinessDate } from '../../domain/business-date.ts';
import type { CustomerHistory, Part } from '../../domain/customer360.ts';
import { dateOf, endOfDay } from '../../domain/instant.ts';
import type { CustomerLiveState, LiveContact } from '../../domain/live-state.ts';
import { knownAt } from '../../engine/features/known-at.ts';

/** How far back contacts count, as for decisions in the present. */
const CONTACT_DAYS = 400;

/** The live state as it was known by the end of a past day. */
export function liveStateAsOf(history: CustomerHistory, date: BusinessDate): CustomerLiveState {
  const view = knownAt(history, { businessDate: date, knownAt: endOfDay(date) });
  const campaigns = valueOrNull(view.campaigns);
  const consents = valueOrNull(view.consents);
  const holds = valueOrNull(view.holds);
  const since = addDays(date, -CONTACT_DAYS);
  const responses = new Map(campaigns?.responses.map((row) => [row.contactId, row]));
  const contacts = campaigns?.contacts.flatMap((row): readonly LiveContact[] => {
    const presentedOn = dateOf(row.presentedAt);
    if (presentedOn < since) return [];
    const response = responses.get(row.contactId);
    const { actionId, channel, expiresOn } = row;
    return [
      {
        actionId,
        channel,
        presentedOn,
        ...(response && { response: response.kind, respondedOn: dateOf(response.respondedAt) }),
        ...(expiresOn !== undefined && { expiresOn }),
      },
    ];
  });
  return {
    consents:
      consents?.map(({ purpose, channel, state, effectiveAt, expiresOn }) => ({
        purpose,
        channel,
        state,
        effectiveAt,
        ...(expiresOn !== undefined && { expiresOn }),
      })) ?? null,
    holds:
      holds?.map(({ kind, startsOn, endsOn }) => ({
        kind,
        startsOn,
        ...(endsOn !== undefined && { endsOn }),
      })) ?? null,
    contacts: contacts ?? null,
    complainedOn:
      campaigns?.responses
        .filter(({ kind }) => kind === 'COMPLAINED')
        .map(({ respondedAt }) => dateOf(respondedAt)) ?? null,
  };
}

function valueOrNull<T>(part: Part<T>): T | null {
  return part.state === 'READ' ? part.value : null;
}
