import type {
  ConsentRecord,
  HouseholdMemberRecord,
  RelationshipValueRecord,
  RoleRecord,
} from '../../domain/bank-record.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Merges } from '../../domain/merged-numbers.ts';
import { latestVersions } from './latest-versions.ts';
import { stricterConsents } from './stricter-consents.ts';

/** The numbers of one customer at a moment, the surviving one first. */
export interface Numbers {
  readonly all: readonly string[];
  readonly merges: Merges;
  readonly businessDate: BusinessDate;
  readonly knownAt: Instant;
}

/**
 * Makes of the records of each number, in the order of `all`, records of the surviving one. Of
 * those whose key holds the number only the version that was known goes over: two numbers' records
 * would else be versions of one, and the end of the one would end the other.
 */
export interface OwnRecords {
  readonly kept: <T extends { readonly partyId: string }>(
    rows: readonly (readonly T[])[],
  ) => readonly T[];
  readonly roles: (rows: readonly (readonly RoleRecord[])[]) => readonly RoleRecord[];
  readonly members: (
    rows: readonly (readonly HouseholdMemberRecord[])[],
  ) => readonly HouseholdMemberRecord[];
  readonly consents: (rows: readonly (readonly ConsentRecord[])[]) => readonly ConsentRecord[];
  readonly values: (
    rows: readonly (readonly RelationshipValueRecord[])[],
  ) => readonly RelationshipValueRecord[];
}

/** Makes the records of these numbers those of one customer. */
export function ownRecords(numbers: Numbers): OwnRecords {
  const { all, knownAt, businessDate } = numbers;
  const [survivor = ''] = all;
  const given = new Set(all.slice(1));
  const kept = <T extends { readonly partyId: string }>(rows: readonly (readonly T[])[]) =>
    rows.flat().map((row) => (given.has(row.partyId) ? { ...row, partyId: survivor } : row));
  return {
    kept,
    roles: (rows) => {
      const known = latestVersions(rows.flat(), roleKey, knownAt);
      return longestRoles(kept([known]));
    },
    members: (rows) => {
      const known = latestVersions(
        rows.flat(),
        (row) => `${row.partyId}\n${row.householdId}`,
        knownAt,
      );
      return kept([known]);
    },
    consents: (rows) => {
      const said = rows.map((some, i) => ({ customerId: all[i] ?? survivor, rows: some }));
      return kept([stricterConsents(said, numbers)]);
    },
    values: (rows) => {
      const [own = [], ...others] = rows;
      const isKnown = (row: RelationshipValueRecord) =>
        row.recordedAt <= knownAt && row.effectiveOn <= businessDate && row.withdrawn !== true;
      // The bank's own reckoning of the survivor; that of another number stands in for none.
      return kept([own.some(isKnown) ? own : others.flat()]);
    },
  };
}

/** Two numbers may have had one role in an arrangement: it lasts as long as the one of them. */
function longestRoles(rows: readonly RoleRecord[]): readonly RoleRecord[] {
  const longest = new Map<string, RoleRecord>();
  for (const row of rows) {
    const other = longest.get(roleKey(row));
    if (other === undefined || endOf(row) > endOf(other)) longest.set(roleKey(row), row);
  }
  return [...longest.values()];
}

function roleKey({ partyId, arrangementId, role }: RoleRecord): string {
  return `${partyId}\n${arrangementId}\n${role}`;
}

function endOf({ endedOn }: RoleRecord): string {
  return endedOn ?? '9999';
}
