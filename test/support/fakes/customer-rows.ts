import type { BankRecords, Recorded } from '../../../src/domain/bank-record.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import { byText } from '../../../src/domain/text-order.ts';
import type { FakeRecords } from './fake-records.ts';
import { withoutIdentity } from './identity-apart.ts';

/** The rows of one customer, part by part and in the order of the port: all versions of each. */
export function rowsOf({ of, customers }: FakeRecords, partyId: string, since: Instant = '') {
  const isOwn = (row: { readonly partyId: string }) => row.partyId === partyId;
  const party = of('party')
    .filter(isOwn)
    .map((row) => withoutIdentity('party', row));
  const regionCodes = new Set(party.map(({ regionCode }) => regionCode));
  const isCustomer = customers().some(isOwn);
  const contacts = everOf(of('contact'), partyId, 'contactId');
  return {
    party: inOrder(party),
    regions: inOrder(
      of('region').filter(({ regionCode }) => regionCodes.has(regionCode)),
      ({ regionCode }) => regionCode,
    ),
    households: householdsOf(of('household_member'), partyId),
    ...arrangementsOf(of, of('role').filter(isOwn)),
    ...movementsOf(of, { roles: of('role').filter(isOwn), since, isCustomer }),
    interactions: inOrder(
      everOf(of('interaction'), partyId, 'interactionId'),
      ({ occurredAt }) => occurredAt,
      ({ interactionId }) => interactionId,
    ),
    contacts: inOrder(
      contacts,
      ({ presentedAt }) => presentedAt,
      ({ contactId }) => contactId,
    ),
    responses: responsesTo(contacts, of('response')),
    creditApplications: inOrder(
      everOf(of('credit_application'), partyId, 'applicationId'),
      ({ appliedOn }) => appliedOn,
      ({ applicationId }) => applicationId,
    ),
    goals: inOrder(everOf(of('goal'), partyId, 'goalId'), ({ goalId }) => goalId),
    relationshipValues: inOrder(
      of('relationship_value').filter(isOwn),
      ({ effectiveOn }) => effectiveOn,
    ),
    consents: inOrder(
      of('consent').filter(isOwn),
      ({ purpose }) => purpose,
      ({ channel }) => channel,
      ({ effectiveAt }) => effectiveAt,
    ),
    holds: inOrder(everOf(of('hold'), partyId, 'holdId'), ({ holdId }) => holdId),
  };
}

/** By what is named, and then by when each version was recorded. */
function inOrder<T extends Recorded>(
  rows: readonly T[],
  ...textsOf: readonly ((row: T) => string)[]
): readonly T[] {
  return rows.toSorted(byText<T>(...textsOf, ({ recordedAt }) => recordedAt));
}

/** Every version of what was the customer's in one version at least. */
function everOf<K extends string, T extends { readonly partyId: string } & Record<K, string>>(
  rows: readonly T[],
  partyId: string,
  key: K,
): readonly T[] {
  const own = new Set(rows.filter((one) => one.partyId === partyId).map((one) => one[key]));
  return rows.filter((one) => own.has(one[key]));
}

/** All households of whoever was ever in one with the customer. */
function householdsOf(rows: readonly BankRecords['household_member'][], partyId: string) {
  const own = rows.filter((row) => row.partyId === partyId);
  const shared = new Set(own.map(({ householdId }) => householdId));
  const housemates = new Set(
    rows.filter((row) => shared.has(row.householdId)).map((row) => row.partyId),
  );
  return inOrder(
    rows.filter((row) => housemates.has(row.partyId)),
    ({ householdId }) => householdId,
    (row) => row.partyId,
  );
}

function arrangementsOf(of: FakeRecords['of'], roles: readonly BankRecords['role'][]) {
  const held = new Set(roles.map(({ arrangementId }) => arrangementId));
  const isHeld = ({ arrangementId }: { readonly arrangementId: string }) =>
    held.has(arrangementId);
  return {
    arrangements: inOrder(
      of('arrangement')
        .filter(isHeld)
        .map((row) => withoutIdentity('arrangement', row)),
      ({ arrangementId }) => arrangementId,
    ),
    roles: inOrder(
      of('role').filter(isHeld),
      ({ arrangementId }) => arrangementId,
      ({ partyId }) => partyId,
      ({ role }) => role,
    ),
    balances: inOrder(
      of('balance').filter(isHeld),
      ({ arrangementId }) => arrangementId,
      ({ effectiveOn }) => effectiveOn,
    ),
  };
}

interface Movements {
  readonly roles: readonly BankRecords['role'][];
  readonly since: Instant;
  readonly isCustomer: boolean;
}

/** With the versions that moved one to another arrangement or before what is asked for. */
function movementsOf(of: FakeRecords['of'], { roles, since, isCustomer }: Movements) {
  const owned = new Set(
    roles
      .filter(({ role }) => role === 'OWNER' || role === 'JOINT')
      .map(({ arrangementId }) => arrangementId),
  );
  const rows = of('transaction');
  const shared = rows.filter((row) => owned.has(row.arrangementId) && row.effectiveAt >= since);
  const movedBy = (row: BankRecords['transaction']) =>
    shared.some(
      (one) => one.transactionId === row.transactionId && one.recordedAt < row.recordedAt,
    );
  return {
    transactions: inOrder(
      rows.filter((row) => shared.includes(row) || movedBy(row)),
      ({ effectiveAt }) => effectiveAt,
      ({ sequence }) => (sequence === undefined ? '' : String(sequence).padStart(16, '0')),
      ({ transactionId }) => transactionId,
    ),
    coverage: inOrder(
      of('coverage').filter(({ arrangementId }) =>
        arrangementId === undefined ? isCustomer : owned.has(arrangementId),
      ),
      ({ arrangementId = '' }) => arrangementId,
      ({ from }) => from,
      ({ system = '' }) => system,
    ),
  };
}

/** Of each answer that was ever one to these contacts, all versions. */
function responsesTo(
  contacts: readonly BankRecords['contact'][],
  responses: readonly BankRecords['response'][],
) {
  const known = new Set(contacts.map(({ contactId }) => contactId));
  const answers = responses.filter(({ contactId }) => known.has(contactId));
  const ids = new Set(answers.map(({ responseId }) => responseId));
  return inOrder(
    responses.filter(({ responseId }) => ids.has(responseId)),
    ({ respondedAt }) => respondedAt,
    ({ responseId }) => responseId,
  );
}
