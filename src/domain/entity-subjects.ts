import type { BankRecords, Entity } from './bank-record.ts';
import type { SourcePart } from './entity-parts.ts';

/** What a record can be about; where that cannot be told, it may be about everybody. */
export type Subject = 'party' | 'arrangement' | 'household' | 'region' | 'contact' | 'everybody';

/** What is not whole while a record is lost; `book` says who may see a customer. */
export type LostPart = SourcePart | 'book';

/** Parts that are not whole while a record is lost, of whom a field of it names. */
export interface Concern {
  readonly field: string;
  readonly subject: Exclude<Subject, 'everybody'>;
  readonly parts: readonly LostPart[];
}

/**
 * Whom a record of each entity concerns. A lost role makes the sharers of its arrangement unknown
 * to the others, so it concerns them too; a lost household member its whole household.
 */
export const CONCERNS: {
  readonly [E in Entity]: readonly (Concern & { readonly field: keyof BankRecords[E] })[];
} = {
  party: [{ field: 'partyId', subject: 'party', parts: ['profile'] }],
  region: [{ field: 'regionCode', subject: 'region', parts: ['profile'] }],
  household_member: [
    { field: 'partyId', subject: 'party', parts: ['household'] },
    { field: 'householdId', subject: 'household', parts: ['household'] },
  ],
  arrangement: [{ field: 'arrangementId', subject: 'arrangement', parts: ['arrangements'] }],
  role: [
    { field: 'partyId', subject: 'party', parts: ['arrangements', 'transactions'] },
    { field: 'arrangementId', subject: 'arrangement', parts: ['arrangements'] },
  ],
  balance: [{ field: 'arrangementId', subject: 'arrangement', parts: ['arrangements'] }],
  transaction: [{ field: 'arrangementId', subject: 'arrangement', parts: ['transactions'] }],
  interaction: [{ field: 'partyId', subject: 'party', parts: ['interactions'] }],
  consent: [{ field: 'partyId', subject: 'party', parts: ['consents'] }],
  hold: [{ field: 'partyId', subject: 'party', parts: ['holds'] }],
  contact: [{ field: 'partyId', subject: 'party', parts: ['campaigns'] }],
  response: [{ field: 'contactId', subject: 'contact', parts: ['campaigns'] }],
  goal: [{ field: 'partyId', subject: 'party', parts: ['goals'] }],
  credit_application: [{ field: 'partyId', subject: 'party', parts: ['creditApplications'] }],
  relationship_value: [{ field: 'partyId', subject: 'party', parts: ['relationshipValue'] }],
  relationship_manager: [{ field: 'partyId', subject: 'party', parts: ['book'] }],
  party_merge: [
    { field: 'partyId', subject: 'party', parts: ['merges'] },
    { field: 'survivorId', subject: 'party', parts: ['merges'] },
  ],
  // The mapping states windows: no row can lose one.
  coverage: [],
};

/** The field that says whose a record is: a correction never changes it. */
export const OWNED_BY: { readonly [E in Entity]?: string & keyof BankRecords[E] } = {
  transaction: 'arrangementId',
  interaction: 'partyId',
  hold: 'partyId',
  contact: 'partyId',
  response: 'contactId',
  goal: 'partyId',
  credit_application: 'partyId',
};

/** What happened so often as a file says so: an equal row is another, or one too many. */
export const COUNTED: readonly Entity[] = ['transaction', 'interaction', 'contact', 'response'];
