import type {
  ConsentRecord,
  ContactRecord,
  HoldRecord,
  ResponseRecord,
} from '../../../domain/bank-record.ts';
import type { BusinessDate } from '../../../domain/business-date.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { LiveVersions } from '../../../domain/live-versions.ts';
import { instantOf } from '../connection/type-parsers.ts';
import { rowsFrom, type SourcesCells } from './moment-sources.ts';

/** The versions of one customer as the moment's statement lists them; null: an empty list. */
export interface VersionCells extends SourcesCells {
  readonly party: readonly [language: string | null, recordedAt: string] | null;
  readonly consents: readonly ConsentCells[] | null;
  readonly holds: readonly HoldCells[] | null;
  readonly campaigns: readonly [
    contacts: readonly ContactCells[] | null,
    responses: readonly ResponseCells[] | null,
  ];
  readonly complaints: readonly ComplaintCells[] | null;
}

type DateText = BusinessDate | null;

type ConsentCells = readonly [
  purpose: ConsentRecord['purpose'],
  channel: ConsentRecord['channel'],
  state: ConsentRecord['state'],
  effectiveAt: string,
  expiresOn: DateText,
  recordedAt: string,
];

type HoldCells = readonly [
  holdId: string,
  partyId: string,
  kind: HoldRecord['kind'],
  startsOn: BusinessDate,
  endsOn: DateText,
  recordedAt: string,
];

type ContactCells = readonly [
  contactId: string,
  partyId: string,
  actionId: string,
  channel: Channel,
  presentedAt: string,
  expiresOn: DateText,
  recordedAt: string,
];

type ResponseCells = readonly [
  responseId: string,
  contactId: string,
  kind: ResponseRecord['kind'],
  respondedAt: string,
  recordedAt: string,
];

type ComplaintCells = readonly [
  interactionId: string,
  partyId: string,
  occurredAt: string,
  intent: string,
  recordedAt: string,
];

/** Brings the cells into the form of the records they came from. */
export function versionsOf(customerId: string, row: VersionCells): LiveVersions {
  const party = row.party === null ? [] : [partyOf(customerId, row.party)];
  const consents = (row.consents ?? []).map((cells) => consentOf(customerId, cells));
  const [contacts, responses] = row.campaigns;
  const campaigns = {
    contacts: (contacts ?? []).map(contactOf),
    responses: (responses ?? []).map(responseOf),
  };
  const complaints = (row.complaints ?? []).map(complaintOf);
  return {
    customerId,
    party: rowsFrom(row, 'profile', party),
    consents: rowsFrom(row, 'consents', consents),
    holds: rowsFrom(row, 'holds', (row.holds ?? []).map(holdOf)),
    campaigns: rowsFrom(row, 'campaigns', campaigns),
    interactions: rowsFrom(row, 'interactions', complaints),
  };
}

function partyOf(partyId: string, [language, recordedAt]: Exclude<VersionCells['party'], null>) {
  const spoken = language !== null && { language };
  return { partyId, ...spoken, recordedAt: instantOf(recordedAt) };
}

function consentOf(partyId: string, cells: ConsentCells): ConsentRecord {
  const [purpose, channel, state, effectiveAt, expiresOn, recordedAt] = cells;
  return {
    partyId,
    purpose,
    channel,
    state,
    effectiveAt: instantOf(effectiveAt),
    ...(expiresOn !== null && { expiresOn }),
    recordedAt: instantOf(recordedAt),
  };
}

function holdOf([holdId, partyId, kind, startsOn, endsOn, recordedAt]: HoldCells): HoldRecord {
  return {
    holdId,
    partyId,
    kind,
    startsOn,
    ...(endsOn !== null && { endsOn }),
    recordedAt: instantOf(recordedAt),
  };
}

function contactOf(cells: ContactCells): ContactRecord {
  const [contactId, partyId, actionId, channel, presentedAt, expiresOn, recordedAt] = cells;
  return {
    contactId,
    partyId,
    actionId,
    channel,
    presentedAt: instantOf(presentedAt),
    ...(expiresOn !== null && { expiresOn }),
    recordedAt: instantOf(recordedAt),
  };
}

function responseOf(cells: ResponseCells): ResponseRecord {
  const [responseId, contactId, kind, respondedAt, recordedAt] = cells;
  return {
    responseId,
    contactId,
    kind,
    respondedAt: instantOf(respondedAt),
    recordedAt: instantOf(recordedAt),
  };
}

function complaintOf(cells: ComplaintCells) {
  const [interactionId, partyId, occurredAt, intent, recordedAt] = cells;
  return {
    interactionId,
    partyId,
    occurredAt: instantOf(occurredAt),
    intent,
    recordedAt: instantOf(recordedAt),
  };
}
