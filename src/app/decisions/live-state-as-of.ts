import { addDays, type BusinessDate } from '../../domain/business-date.ts';
import type { CampaignsPart, CustomerHistory, Part } from '../../domain/customer360.ts';
import { dateOf, endOfDay } from '../../domain/instant.ts';
import type { CustomerLiveState, LiveContact } from '../../domain/live-state.ts';
import { knownAt } from '../../engine/features/known-at.ts';
import type { BankMode } from '../ports/bank.ts';

/** How far back contacts count, as for decisions in the present. */
const CONTACT_DAYS = 400;

/**
 * The live state as it was known by the end of a past day. What the bank never handed over is
 * unknown; only a bank marked for evaluation counts it as empty.
 */
export function liveStateAsOf(
  history: CustomerHistory,
  date: BusinessDate,
  bankMode: BankMode,
): CustomerLiveState {
  const view = knownAt(history, { businessDate: date, knownAt: endOfDay(date) });
  const mayLack = bankMode === 'EVALUATION';
  const campaigns = valueOrUnknown(view.campaigns, mayLack ? NO_CAMPAIGNS : null);
  const consents = valueOrUnknown(view.consents, mayLack ? [] : null);
  const holds = valueOrUnknown(view.holds, mayLack ? [] : null);
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

const NO_CAMPAIGNS: CampaignsPart = { contacts: [], responses: [] };

function valueOrUnknown<T>(part: Part<T>, ifNotCovered: T | null): T | null {
  if (part.state === 'READ') return part.value;
  return part.reason === 'NOT_COVERED' ? ifNotCovered : null;
}
