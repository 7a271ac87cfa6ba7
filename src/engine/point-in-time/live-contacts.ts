import type { BusinessDate } from '../../domain/business-date.ts';
import { dateOf, type Instant } from '../../domain/instant.ts';
import type { LiveContact } from '../../domain/live-state.ts';
import type { LiveVersions } from '../../domain/live-versions.ts';
import { byText } from '../../domain/text-order.ts';
import { latestVersions } from './latest-versions.ts';

type RowsOf<N extends 'campaigns' | 'interactions'> = Extract<
  LiveVersions[N],
  { readonly state: 'READ' }
>['value'];
type Campaigns = RowsOf<'campaigns'>;
type InteractionVersion = RowsOf<'interactions'>[number];

/** Whose rows are looked at, and which of them are in sight. */
export interface LiveCut {
  readonly customerId: string;
  readonly businessDate: BusinessDate;
  /** Versions recorded later are unknown. */
  readonly knownAt: Instant;
  /** The first day whose contacts and complaints a decision sees. */
  readonly since: BusinessDate;
}

/** Of a part that has no rows. */
export const NO_CAMPAIGNS: Campaigns = { contacts: [], responses: [] };

/** The customer's contacts as last recorded, and every answer to one of them, oldest first. */
export function campaignsOf(rows: Campaigns, { customerId, knownAt }: LiveCut): Campaigns {
  const contacts = latestVersions(rows.contacts, (row) => row.contactId, knownAt)
    .filter((row) => row.partyId === customerId)
    .toSorted(CONTACTS_IN_ORDER);
  const own = new Set(contacts.map((row) => row.contactId));
  const responses = latestVersions(rows.responses, (row) => row.responseId, knownAt)
    .filter((row) => own.has(row.contactId))
    .toSorted(RESPONSES_IN_ORDER);
  return { contacts, responses };
}

const CONTACTS_IN_ORDER = byText<Campaigns['contacts'][number]>(
  (row) => row.presentedAt,
  (row) => row.contactId,
);
const RESPONSES_IN_ORDER = byText<Campaigns['responses'][number]>(
  (row) => row.respondedAt,
  (row) => row.responseId,
);

/** The contacts of the last LIVE_DAYS, with the customer's last word on each. */
export function contactsOf(
  { contacts, responses }: Campaigns,
  { since }: LiveCut,
): readonly LiveContact[] {
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

/** The days of complaints about a contact and of complaints of any other kind, each once. */
export function complaintsOf(
  interactions: readonly InteractionVersion[],
  { responses }: Campaigns,
  { customerId, knownAt, since }: LiveCut,
): readonly BusinessDate[] {
  const others = latestVersions(interactions, (row) => row.interactionId, knownAt);
  const days = [
    ...responses
      .filter(({ kind }) => kind === 'COMPLAINED')
      .map(({ respondedAt }) => dateOf(respondedAt)),
    ...others
      .filter(({ partyId, intent }) => partyId === customerId && intent === 'COMPLAINT')
      .map(({ occurredAt }) => dateOf(occurredAt)),
  ];
  return [...new Set(days)].filter((day) => day >= since).toSorted();
}
