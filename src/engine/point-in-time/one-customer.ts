import type { BusinessDate } from '../../domain/business-date.ts';
import type { CustomerHistory, DatedLineage, DatedPart } from '../../domain/customer360.ts';
import type { Instant } from '../../domain/instant.ts';
import type { LiveLineage, LiveRows, LiveVersions } from '../../domain/live-versions.ts';
import {
  type MergedNumbers,
  mergesKnownAt,
  numbersMergedInto,
} from '../../domain/merged-numbers.ts';
import { type OwnRecords, ownRecords } from './own-records.ts';

interface Cut {
  readonly businessDate: BusinessDate;
  readonly knownAt: Instant;
}

/**
 * A customer's history with what is recorded under the numbers that had been merged into this one
 * by the moment, all of it under this number: whatever looks at a customer sees one. A part is
 * whole only where it is for every number, and as old as the oldest.
 * INVARIANT: here alone, and in its like below, records of one number become another's.
 */
export function historyAsOne(history: CustomerHistory, at: Cut): CustomerHistory {
  const { merged, ...alone } = history;
  const found = numbersAt(alone, merged, at);
  if (found === undefined) return alone;
  const { all, own } = found;
  const part = <T>(
    pick: (one: CustomerHistory) => DatedPart<T>,
    join: (values: readonly T[]) => T,
  ): DatedPart<T> => unite(all.map(pick), join, ofEachSystem);
  return {
    customerId: history.customerId,
    // Who the customer is the surviving number says.
    party: part(({ party }) => party, firstOf),
    regions: part(({ regions }) => regions, firstOf),
    household: part(({ household }) => household, own.members),
    arrangements: part(
      ({ arrangements }) => arrangements,
      (values) => ({
        arrangements: values.flatMap(({ arrangements }) => arrangements),
        roles: own.roles(values.map(({ roles }) => roles)),
        balances: values.flatMap(({ balances }) => balances),
      }),
    ),
    transactions: part(
      ({ transactions }) => transactions,
      (values) => ({
        transactions: values.flatMap(({ transactions }) => transactions),
        coverage: values.flatMap(({ coverage }) => coverage),
      }),
    ),
    interactions: part(({ interactions }) => interactions, own.kept),
    campaigns: part(({ campaigns }) => campaigns, campaignsOf(own)),
    goals: part(({ goals }) => goals, own.kept),
    creditApplications: part(({ creditApplications }) => creditApplications, own.kept),
    relationshipValue: part(({ relationshipValue }) => relationshipValue, own.values),
    consents: part(({ consents }) => consents, own.consents),
    holds: part(({ holds }) => holds, own.kept),
  };
}

/** The same of the versions that a live state is made of. */
export function versionsAsOne(versions: LiveVersions, at: Cut): LiveVersions {
  const { customerId, merged } = versions;
  const found = numbersAt(versions, merged, at);
  if (found === undefined) return versions;
  const { all, own } = found;
  const part = <T>(
    pick: (one: LiveVersions) => LiveRows<T>,
    join: (values: readonly T[]) => T,
  ): LiveRows<T> => unite(all.map(pick), join, (lineages: readonly LiveLineage[]) => lineages);
  return {
    customerId,
    party: part(({ party }) => party, firstOf),
    consents: part(({ consents }) => consents, own.consents),
    holds: part(({ holds }) => holds, own.kept),
    campaigns: part(({ campaigns }) => campaigns, campaignsOf(own)),
    interactions: part(({ interactions }) => interactions, own.kept),
  };
}

/** What was read of all numbers at once, under the lineage that each of them has. */
export function heldToAll<T>(
  own: DatedPart<T>,
  others: readonly DatedPart<unknown>[],
): DatedPart<T> {
  const failed = [own, ...others].find((part) => part.state === 'FAILED');
  if (failed?.state === 'FAILED') return failed;
  const join = () => undefined;
  const all = unite<unknown, DatedLineage>([own, ...others], join, ofEachSystem);
  return own.state === 'READ' && all.state === 'READ' ? { ...own, lineage: all.lineage } : own;
}

/** The numbers of the customer at the moment; undefined where there is this one alone. */
function numbersAt<T extends { readonly customerId: string }>(
  self: T,
  merged: MergedNumbers<T> | undefined,
  at: Cut,
): { readonly all: readonly T[]; readonly own: OwnRecords } | undefined {
  if (merged === undefined) return undefined;
  const merges = mergesKnownAt(merged.merges, at.knownAt);
  const numbers = new Set(numbersMergedInto(self.customerId, merges));
  const others = merged.others.filter(({ customerId }) => numbers.has(customerId));
  if (others.length < numbers.size) throw new Error('the records of a merged number are missing');
  if (others.length === 0) return undefined;
  const all = [self, ...others];
  const { businessDate, knownAt } = at;
  const ids = all.map(({ customerId }) => customerId);
  return { all, own: ownRecords({ all: ids, merges, businessDate, knownAt }) };
}

type Rows<T, L> =
  | { readonly state: 'READ'; readonly value: T; readonly lineage: readonly L[] }
  | Extract<LiveRows<T>, { readonly state: 'FAILED' }>;

/** One part of several numbers: failed where it is for one of them. */
function unite<T, L>(
  parts: readonly Rows<T, L>[],
  join: (values: readonly T[]) => T,
  lineageOf: (lineages: readonly L[]) => readonly L[],
): Rows<T, L> {
  const values: T[] = [];
  const lineages: L[] = [];
  for (const part of parts) {
    if (part.state === 'FAILED') return part;
    values.push(part.value);
    lineages.push(...part.lineage);
  }
  return { state: 'READ', value: join(values), lineage: lineageOf(lineages) };
}

function firstOf<T>(values: readonly T[]): T {
  const [first] = values;
  if (first === undefined) throw new Error('a customer has a number');
  return first;
}

type Campaigns = Extract<LiveVersions['campaigns'], { readonly state: 'READ' }>['value'];

function campaignsOf(own: OwnRecords): (values: readonly Campaigns[]) => Campaigns {
  return (values) => ({
    contacts: own.kept(values.map(({ contacts }) => contacts)),
    responses: values.flatMap(({ responses }) => responses),
  });
}

/** One lineage a system: it has told of the customer when it has told of every number. */
function ofEachSystem(lineages: readonly DatedLineage[]): readonly DatedLineage[] {
  const bySystem = Map.groupBy(lineages, ({ source }) => source);
  return [...bySystem.values()].map((some) => some.reduce(olderOf));
}

function olderOf(a: DatedLineage, b: DatedLineage): DatedLineage {
  const spoiltSince = earlier(a.spoiltSince, b.spoiltSince);
  const answered = [a.answeredSince, b.answeredSince];
  const mendedLosses = [...(a.mendedLosses ?? []), ...(b.mendedLosses ?? [])];
  return {
    ...a,
    version: a.version + b.version,
    asOf: earlier(a.asOf, b.asOf),
    fetchedAt: earlier(a.fetchedAt, b.fetchedAt),
    ...(a.answeredSince !== undefined && { answeredSince: lastAnswer(answered) }),
    ...(spoiltSince !== undefined && { spoiltSince }),
    ...(mendedLosses.length > 0 && { mendedLosses }),
  };
}

function earlier<T extends Instant | undefined>(a: T, b: T): T {
  if (a === undefined || b === undefined) return a ?? b;
  return b < a ? b : a;
}

function lastAnswer(answered: readonly (Instant | null | undefined)[]): Instant | null {
  if (answered.some((instant) => instant == null)) return null;
  return answered.map(String).toSorted().at(-1) ?? null;
}
