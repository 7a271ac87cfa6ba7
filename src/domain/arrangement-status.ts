import type { ArrangementRecord } from './bank-record.ts';
import type { BusinessDate } from './business-date.ts';

/** How an arrangement stands, in whatever words the core says it. */
export const ARRANGEMENT_STATUSES = [
  'OPEN',
  'CLOSED',
  'DORMANT',
  'BLOCKED',
  'IN_ARREARS',
  'WRITTEN_OFF',
  'PENDING',
] as const;
export type ArrangementStatus = (typeof ARRANGEMENT_STATUSES)[number];

/** What a status means to whatever decides. */
interface Standing {
  /** UNSURE: it may become the customer's, so neither having nor lacking it may permit. */
  readonly held: 'YES' | 'NO' | 'UNSURE';
  /** False where nothing may rest on what the core states of it: amounts, limits, days to come. */
  readonly usable: boolean;
  /** True where a payment is due, whatever the core states of the days. */
  readonly pastDue: boolean;
}

const STANDINGS: { readonly [S in ArrangementStatus]: Standing } = {
  OPEN: { held: 'YES', usable: true, pastDue: false },
  CLOSED: { held: 'NO', usable: false, pastDue: false },
  // Nothing moves on it, but the money is the customer's.
  DORMANT: { held: 'YES', usable: true, pastDue: false },
  BLOCKED: { held: 'YES', usable: false, pastDue: false },
  IN_ARREARS: { held: 'YES', usable: true, pastDue: true },
  // The books say nothing, and the debt is owed still.
  WRITTEN_OFF: { held: 'YES', usable: false, pastDue: true },
  PENDING: { held: 'UNSURE', usable: false, pastDue: false },
};

/** What a status means. */
export function standingOf({ status }: Pick<ArrangementRecord, 'status'>): Standing {
  return STANDINGS[status];
}

/**
 * False of an arrangement that has ended by a day. A closing told for a later day has not happened
 * yet, and one that was written off is owed after the bank has closed it.
 */
export function standsOn(
  { status, closedOn }: Pick<ArrangementRecord, 'status' | 'closedOn'>,
  businessDate: BusinessDate,
): boolean {
  if (status === 'WRITTEN_OFF') return true;
  return closedOn === undefined ? status !== 'CLOSED' : closedOn > businessDate;
}
