import type { BalanceRecord, RoleRecord } from '../../domain/bank-record.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import type { CustomerHistory, HeldArrangement } from '../../domain/customer360.ts';
import type { Instant } from '../../domain/instant.ts';
import { byText } from '../../domain/text-order.ts';
import { latestVersions } from './latest-versions.ts';

type Rows = Extract<CustomerHistory['arrangements'], { readonly state: 'READ' }>['value'];

/** The strongest first: a party with several roles in one arrangement holds it once. */
const ROLES: readonly RoleRecord['role'][] = [
  'OWNER',
  'JOINT',
  'AUTHORISED',
  'SIGNATORY',
  'GUARANTOR',
];

/** The arrangements in which the customer had a role, with sharers and the latest balance. */
export function arrangementsKnownAt(
  rows: Rows,
  customerId: string,
  at: { readonly businessDate: BusinessDate; readonly knownAt: Instant },
): readonly HeldArrangement[] {
  const arrangements = latestVersions(rows.arrangements, (row) => row.arrangementId, at.knownAt);
  const roles = latestVersions(
    rows.roles,
    (row) => `${row.partyId}\n${row.arrangementId}\n${row.role}`,
    at.knownAt,
  ).filter((row) => row.endedOn === undefined || row.endedOn > at.businessDate);
  const balances = latestBalances(rows.balances, at);
  const held: HeldArrangement[] = [];
  for (const arrangement of arrangements) {
    if (arrangement.openedOn > at.businessDate) continue;
    const parts = roles.filter((row) => row.arrangementId === arrangement.arrangementId);
    const own = parts.filter((row) => row.partyId === customerId).map((row) => row.role);
    const role = ROLES.find((one) => own.includes(one));
    if (role === undefined) continue;
    held.push({
      arrangement,
      role,
      sharers: Math.max(1, sharersAmong(parts)),
      balance: balances.get(arrangement.arrangementId) ?? null,
    });
  }
  return held.toSorted(byText((row) => row.arrangement.arrangementId));
}

function latestBalances(
  rows: readonly BalanceRecord[],
  at: { readonly businessDate: BusinessDate; readonly knownAt: Instant },
): ReadonlyMap<string, BalanceRecord> {
  const known = latestVersions(
    rows,
    (row) => `${row.arrangementId}\n${row.effectiveOn}`,
    at.knownAt,
  );
  const latest = new Map<string, BalanceRecord>();
  for (const row of known) {
    if (row.effectiveOn > at.businessDate) continue;
    const other = latest.get(row.arrangementId);
    if (other === undefined || row.effectiveOn > other.effectiveOn) {
      latest.set(row.arrangementId, row);
    }
  }
  return latest;
}

function sharersAmong(roles: readonly RoleRecord[]): number {
  const sharing = roles.filter((row) => row.role === 'OWNER' || row.role === 'JOINT');
  return new Set(sharing.map((row) => row.partyId)).size;
}
