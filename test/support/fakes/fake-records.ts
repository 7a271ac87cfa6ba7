import type { PartReading } from '../../../src/app/ports/moment.ts';
import type { BankRecords, Entity } from '../../../src/domain/bank-record.ts';
import type { PartName } from '../../../src/domain/customer360.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import type { LiveLineage, LiveRows, LiveVersions } from '../../../src/domain/live-versions.ts';

/** How far a system has told a part of one customer. */
export interface FakeWatermark {
  readonly part: PartName;
  readonly system: string;
  readonly version: number;
  /** Of a live core: until when it knew the customer, and when it was read. */
  readonly asOf?: Instant;
  readonly readAt?: Instant;
  readonly answeredSince?: Instant;
}

/** What a system that feeds a part tells of itself. */
export interface FakeSource {
  readonly system: string;
  /** Until when it knows the bank; null where it is a live core. */
  readonly asOf: Instant | null;
  readonly deliveredAt?: Instant;
}

/** What a bank handed over, in memory. */
export interface FakeRecords {
  readonly give: <E extends Entity>(entity: E, records: readonly BankRecords[E][]) => void;
  readonly setSource: (part: PartName, told: FakeSource) => void;
  readonly setWatermark: (partyId: string, moved: FakeWatermark) => void;
  readonly watermarksOf: (partyId: string) => readonly FakeWatermark[];
  readonly readingsOf: (partyId: string) => readonly PartReading[];
  /** All versions of what was ever the customer's. */
  readonly versionsOf: (partyId: string) => LiveVersions;
}

/** Begins with nothing. */
export function fakeRecords(): FakeRecords {
  const rows: { [E in Entity]?: BankRecords[E][] } = {};
  const sources = new Map<PartName, Map<string, FakeSource>>();
  const watermarks = new Map<string, FakeWatermark[]>();
  const of = <E extends Entity>(entity: E): readonly BankRecords[E][] => rows[entity] ?? [];
  const watermarksOf = (partyId: string) => watermarks.get(partyId) ?? [];
  const told = <T>(partyId: string, part: PartName, value: T): LiveRows<T> => {
    const systems = [...(sources.get(part)?.values() ?? [])];
    if (systems.length === 0) return { state: 'FAILED', reason: 'NOT_COVERED' };
    const own = watermarksOf(partyId).filter((one) => one.part === part);
    return { state: 'READ', value, lineage: systems.map((one) => lineageOf(one, own)) };
  };
  return {
    give: (entity, records) => {
      const before: readonly BankRecords[typeof entity][] = of(entity);
      Object.assign(rows, { [entity]: [...before, ...records] });
    },
    setSource: (part, one) => {
      sources.set(part, (sources.get(part) ?? new Map()).set(one.system, one));
    },
    setWatermark: (partyId, one) => {
      watermarks.set(partyId, [...watermarksOf(partyId), one]);
    },
    watermarksOf,
    readingsOf: (partyId) =>
      watermarksOf(partyId).flatMap(({ part, system, readAt }) =>
        readAt === undefined ? [] : [{ part, system, readAt }],
      ),
    versionsOf: (partyId) => ({
      customerId: partyId,
      party: told(
        partyId,
        'profile',
        of('party').filter((one) => one.partyId === partyId),
      ),
      consents: told(
        partyId,
        'consents',
        of('consent').filter((one) => one.partyId === partyId),
      ),
      holds: told(partyId, 'holds', everOf(of('hold'), partyId, 'holdId')),
      campaigns: told(partyId, 'campaigns', campaignsOf(of, partyId)),
      interactions: told(
        partyId,
        'interactions',
        everOf(of('interaction'), partyId, 'interactionId'),
      ),
    }),
  };
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

/** Contacts, and of each answer that was ever one to them all versions. */
function campaignsOf(
  of: <E extends Entity>(entity: E) => readonly BankRecords[E][],
  partyId: string,
) {
  const contacts = everOf(of('contact'), partyId, 'contactId');
  const known = new Set(contacts.map(({ contactId }) => contactId));
  const answers = of('response').filter(({ contactId }) => known.has(contactId));
  const ids = new Set(answers.map(({ responseId }) => responseId));
  return { contacts, responses: of('response').filter(({ responseId }) => ids.has(responseId)) };
}

/** A live core that never told of the customer knows the world of the day it was declared on. */
function lineageOf(source: FakeSource, watermarks: readonly FakeWatermark[]): LiveLineage {
  const own = watermarks.find(({ system }) => system === source.system);
  const [latest] = [source.asOf, own?.asOf ?? null]
    .filter((instant) => instant !== null)
    .toSorted()
    .toReversed();
  const asOf = latest ?? source.deliveredAt;
  if (asOf === undefined) throw new Error('a live core was never declared');
  return {
    asOf,
    ...(source.deliveredAt !== undefined && { deliveredAt: source.deliveredAt }),
    ...(source.asOf === null && { answeredSince: own?.answeredSince ?? null }),
  };
}
