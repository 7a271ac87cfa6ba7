import type { CoreRecord, CoreRecords } from '../../src/app/ports/core-reader.ts';
import type { Entity } from '../../src/domain/bank-record.ts';

/** A party of a region of its own. */
export const party = (partyId: string): CoreRecord<'party'> => {
  return { partyId, kind: 'PERSON', segment: 'MASS', regionCode: `region-${partyId}` };
};
/** A member of a household of its own. */
export const householdMember = (partyId: string) => {
  return { partyId, householdId: `home-${partyId}`, member: 'OTHER' as const };
};

/** A customer with one record of each kind at least. */
export function wholeCustomer(partyId: string): CoreRecords {
  const arrangementId = `acc-${partyId}`;
  const posting = (id: string, day: string) => {
    const [transactionId, effectiveAt] = [`${id}-${partyId}`, `${day}T12:00:00.000Z`];
    return { transactionId, arrangementId, effectiveAt, amountMinor: 1_000, currency: 'EUR' };
  };
  return {
    region: [{ regionCode: `region-${partyId}`, name: 'Wien', averageSalaryMinor: 100 }],
    party: [party(partyId)],
    household_member: [
      householdMember(partyId),
      { partyId: `${partyId}-child`, householdId: `home-${partyId}`, member: 'CHILD' },
    ],
    arrangement: [
      {
        arrangementId,
        productKind: 'CURRENT_ACCOUNT',
        product: 'current',
        currency: 'EUR',
        status: 'OPEN',
        openedOn: '2020-01-01',
      },
    ],
    role: [{ partyId, arrangementId, role: 'OWNER' }],
    balance: [{ arrangementId, effectiveOn: '2026-11-24', ledgerMinor: 100 }],
    transaction: [posting('early', '2026-11-01'), posting('late', '2026-11-20')],
    coverage: [{ entity: 'transaction', arrangementId, from: '2020-01-01' }],
    ...talksOf(partyId),
    credit_application: [
      {
        applicationId: `ap-${partyId}`,
        partyId,
        productKind: 'LOAN',
        appliedOn: '2026-11-01',
        state: 'OPEN',
        stateSince: '2026-11-01',
      },
    ],
    goal: [{ goalId: `goal-${partyId}`, partyId, kind: 'HOME' }],
    relationship_value: [
      { partyId, effectiveOn: '2026-11-24', marginMinor: 5_000, currency: 'EUR' },
    ],
    consent: [
      {
        partyId,
        purpose: 'MARKETING',
        channel: 'EMAIL',
        state: 'GIVEN',
        effectiveAt: '2026-01-01T00:00:00.000Z',
      },
    ],
    hold: [{ holdId: `hold-${partyId}`, partyId, kind: 'FRAUD', startsOn: '2026-11-01' }],
  };
}

/** What happened between the bank and the customer. */
function talksOf(partyId: string): CoreRecords {
  return {
    interaction: [
      {
        interactionId: `talk-${partyId}`,
        partyId,
        occurredAt: '2026-11-24T12:00:00.000Z',
        channel: 'PHONE',
        intent: 'COMPLAINT',
      },
    ],
    contact: [
      {
        contactId: `contact-${partyId}`,
        partyId,
        actionId: 'loan',
        channel: 'EMAIL',
        presentedAt: '2026-11-20T10:00:00.000Z',
      },
    ],
    response: [
      {
        responseId: `answer-${partyId}`,
        contactId: `contact-${partyId}`,
        kind: 'DECLINED',
        respondedAt: '2026-11-21T10:00:00.000Z',
      },
    ],
  };
}

/** All but the records of these entities; of a household the customer stays. */
export function without(records: CoreRecords, entities: readonly Entity[]): CoreRecords {
  const [own] = records.household_member ?? [];
  const kept = Object.entries(records).filter(([entity]) => !entities.includes(entity as Entity));
  const alone = entities.includes('household_member') && own && { household_member: [own] };
  return { ...Object.fromEntries(kept), ...alone };
}
