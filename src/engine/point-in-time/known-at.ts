import type {
  CreditApplicationRecord,
  HouseholdMemberRecord,
  PartyRecord,
  RegionRecord,
  RelationshipValueRecord,
} from '../../domain/bank-record.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import type {
  CampaignsPart,
  Customer360,
  CustomerHistory,
  DatedPart,
  Part,
  PartName,
  ProfilePart,
} from '../../domain/customer360.ts';
import { endOfDay, type Instant } from '../../domain/instant.ts';
import type { AgeLimits } from '../../domain/release.ts';
import { byText } from '../../domain/text-order.ts';
import { consentsThatCount, holdsThatCount } from './counting-records.ts';
import { failIfUnfit } from './freshness.ts';
import { arrangementsKnownAt } from './known-arrangements.ts';
import { transactionsKnownAt } from './known-transactions.ts';
import { latestVersions } from './latest-versions.ts';
import { historyAsOne } from './one-customer.ts';

/** The moment to look from: what had happened by the business date and was recorded by then. */
interface LookingPoint {
  readonly businessDate: BusinessDate;
  readonly knownAt: Instant;
  /** The moment in banking time, in which ages are compared; by default `knownAt`. */
  readonly bankNow?: Instant;
  /** Absent in training: an old world is then not stale, it is the past. */
  readonly ageLimits?: AgeLimits;
  /** For people alone: see `failIfUnfit`. */
  readonly inPart?: true;
}

/**
 * The customer as the bank knew it at one moment: of every record the latest version recorded by
 * `knownAt`, of these what is effective by the business date; of consents and holds those that
 * count, which may be yet to come. Each part is ordered by content, so that the order in which a
 * source hands over its rows changes no byte.
 */
export function knownAt(recorded: CustomerHistory, at: LookingPoint): Customer360 {
  const history = historyAsOne(recorded, at);
  const until = endOfDay(at.businessDate);
  // A correction may have given a record to somebody else.
  const isOwn = (row: { readonly partyId: string }) => row.partyId === history.customerId;
  const cut = <T, U>(name: PartName, part: DatedPart<T>, read: (value: T) => U): Part<U> => {
    const fresh = failIfUnfit(part, name, at);
    if (fresh.state === 'FAILED') return fresh;
    return { state: 'READ', value: read(fresh.value), lineage: fresh.lineage };
  };
  const arrangements = cut('arrangements', history.arrangements, (rows) =>
    arrangementsKnownAt(rows, history.customerId, at),
  );
  return {
    customerId: history.customerId,
    businessDate: at.businessDate,
    knownAt: at.knownAt,
    profile: profileKnownAt(history, at),
    household: cut('household', history.household, (rows) =>
      householdKnownAt(rows, history.customerId, at),
    ),
    arrangements,
    transactions: cut('transactions', history.transactions, (rows) =>
      transactionsKnownAt(rows, arrangements, at),
    ),
    interactions: cut('interactions', history.interactions, (rows) =>
      latestVersions(rows, (row) => row.interactionId, at.knownAt)
        .filter((row) => isOwn(row) && row.occurredAt <= until)
        .toSorted(
          byText(
            (row) => row.occurredAt,
            (row) => row.interactionId,
          ),
        ),
    ),
    campaigns: cut('campaigns', history.campaigns, (rows) =>
      campaignsKnownAt(rows, history.customerId, at),
    ),
    goals: cut('goals', history.goals, (rows) =>
      latestVersions(rows, (row) => row.goalId, at.knownAt)
        .filter(isOwn)
        .toSorted(byText((row) => row.goalId)),
    ),
    creditApplications: cut('creditApplications', history.creditApplications, (rows) =>
      applicationsKnownAt(rows, at).filter(isOwn),
    ),
    relationshipValue: cut('relationshipValue', history.relationshipValue, (rows) =>
      relationshipValueKnownAt(rows, at),
    ),
    consents: cut('consents', history.consents, (rows) => consentsThatCount(rows, at)),
    holds: cut('holds', history.holds, (rows) =>
      holdsThatCount(rows, { ...at, customerId: history.customerId }),
    ),
  };
}

function profileKnownAt(history: CustomerHistory, at: LookingPoint): Part<ProfilePart> {
  const party = failIfUnfit(history.party, 'profile', at);
  if (party.state === 'FAILED') return party;
  const ofCustomer = (row: PartyRecord) => row.partyId;
  const [known] = latestVersions(
    party.value.filter((row) => row.partyId === history.customerId),
    ofCustomer,
    at.knownAt,
  );
  if (known === undefined) return { state: 'FAILED', reason: 'NOT_COVERED' };
  const regions = history.regions.state === 'READ' ? history.regions.value : [];
  return {
    state: 'READ',
    value: { party: known, region: regionKnownAt(regions, known.regionCode, at.knownAt) },
    lineage: party.lineage,
  };
}

function regionKnownAt(
  rows: readonly RegionRecord[],
  regionCode: string | undefined,
  knownAt: Instant,
): RegionRecord | null {
  const own = rows.filter((row) => row.regionCode === regionCode);
  return latestVersions(own, (row) => row.regionCode, knownAt)[0] ?? null;
}

/** A party belongs to the household that was recorded last for it and that it has not left. */
function householdKnownAt(
  rows: readonly HouseholdMemberRecord[],
  customerId: string,
  at: LookingPoint,
): readonly HouseholdMemberRecord[] {
  const standing = latestVersions(
    rows,
    (row) => `${row.partyId}\n${row.householdId}`,
    at.knownAt,
  );
  const current = latestVersions(standing, (row) => row.partyId, at.knownAt);
  const own = current.find((row) => row.partyId === customerId);
  return current
    .filter((row) => row.householdId === own?.householdId)
    .toSorted(byText((row) => row.partyId));
}

/** A response to a contact that was not known yet is not known either. */
function campaignsKnownAt(
  rows: CampaignsPart,
  customerId: string,
  at: LookingPoint,
): CampaignsPart {
  const until = endOfDay(at.businessDate);
  const contacts = latestVersions(rows.contacts, (row) => row.contactId, at.knownAt)
    .filter((row) => row.partyId === customerId && row.presentedAt <= until)
    .toSorted(
      byText(
        (row) => row.presentedAt,
        (row) => row.contactId,
      ),
    );
  const known = new Set(contacts.map((row) => row.contactId));
  const responses = latestVersions(rows.responses, (row) => row.responseId, at.knownAt)
    .filter((row) => row.respondedAt <= until && known.has(row.contactId))
    .toSorted(
      byText(
        (row) => row.respondedAt,
        (row) => row.responseId,
      ),
    );
  return { contacts, responses };
}

function applicationsKnownAt(
  rows: readonly CreditApplicationRecord[],
  at: LookingPoint,
): readonly CreditApplicationRecord[] {
  return latestVersions(rows, (row) => row.applicationId, at.knownAt)
    .filter((row) => row.appliedOn <= at.businessDate)
    .toSorted(
      byText(
        (row) => row.appliedOn,
        (row) => row.applicationId,
      ),
    );
}

function relationshipValueKnownAt(
  rows: readonly RelationshipValueRecord[],
  at: LookingPoint,
): RelationshipValueRecord | null {
  const effective = latestVersions(rows, (row) => row.effectiveOn, at.knownAt)
    .filter((row) => row.effectiveOn <= at.businessDate)
    .toSorted(byText((row) => row.effectiveOn));
  return effective.at(-1) ?? null;
}
