import type { SourceLineage } from '../../../src/app/ports/customer-source.ts';
import type { BankRecords, Entity } from '../../../src/domain/bank-record.ts';
import type { PartName } from '../../../src/domain/customer360.ts';
import type { Uuid } from '../../../src/domain/id.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import { byText } from '../../../src/domain/text-order.ts';
import { customerUuid } from '../customer-uuid.ts';

/** A customer of a bank in memory. */
export interface FakeCustomer {
  readonly id: Uuid;
  readonly partyId: string;
  readonly addressKey: Uint8Array;
}

/** How far a system has told a part of one customer. */
export interface FakeWatermark {
  readonly part: PartName;
  readonly system: string;
  readonly version: number;
  /** Of a live core: until when it knew the customer, and when it was read. */
  readonly asOf?: Instant;
  readonly readAt?: Instant;
  readonly answeredSince?: Instant;
  readonly spoiltSince?: Instant;
}

/** What a system that feeds a part tells of itself. */
export interface FakeSource {
  readonly system: string;
  /** Until when it knows the bank; null where it is a live core. */
  readonly asOf: Instant | null;
  readonly deliveredAt?: Instant;
}

/** What a bank handed over, in memory: every other fake of its customers reads it. */
export interface FakeRecords {
  readonly openCustomer: (partyId: string, id?: Uuid) => void;
  readonly customers: () => readonly FakeCustomer[];
  readonly give: <E extends Entity>(entity: E, records: readonly BankRecords[E][]) => void;
  /** All versions of all records, as they were given. */
  readonly of: <E extends Entity>(entity: E) => readonly BankRecords[E][];
  /** The same part and system again replaces what was set, here and below. */
  readonly setSource: (part: PartName, told: FakeSource) => void;
  readonly setWatermark: (partyId: string, moved: FakeWatermark) => void;
  readonly sourcesOf: (part: PartName) => readonly FakeSource[];
  readonly watermarksOf: (partyId: string) => readonly FakeWatermark[];
  /** One a system that feeds the part, by name. */
  readonly lineagesOf: (partyId: string, part: PartName) => readonly SourceLineage[];
}

/** Begins with nothing. */
export function fakeRecords(): FakeRecords {
  const customers: FakeCustomer[] = [];
  const rows: { [E in Entity]?: BankRecords[E][] } = {};
  const sources = new Map<PartName, readonly FakeSource[]>();
  const watermarks = new Map<string, readonly FakeWatermark[]>();
  const of = <E extends Entity>(entity: E): readonly BankRecords[E][] => rows[entity] ?? [];
  const watermarksOf = (partyId: string) => watermarks.get(partyId) ?? [];
  const sourcesOf = (part: PartName) => sources.get(part) ?? [];
  return {
    openCustomer: (partyId, id = customerUuid(partyId)) => {
      customers.push({ id, partyId, addressKey: new Uint8Array(32) });
    },
    customers: () => customers,
    give: (entity, records) => {
      const before: readonly BankRecords[typeof entity][] = of(entity);
      Object.assign(rows, { [entity]: [...before, ...records] });
    },
    of,
    setSource: (part, told) => {
      const others = sourcesOf(part).filter(({ system }) => system !== told.system);
      sources.set(part, [...others, told].toSorted(BY_SYSTEM));
    },
    setWatermark: (partyId, moved) => {
      const others = watermarksOf(partyId).filter((one) => !isSame(one, moved));
      watermarks.set(partyId, [...others, moved]);
    },
    sourcesOf,
    watermarksOf,
    lineagesOf: (partyId, part) =>
      sourcesOf(part).map((source) => {
        const told = { part, system: source.system };
        return lineageOf(
          source,
          watermarksOf(partyId).find((one) => isSame(one, told)),
        );
      }),
  };
}

const BY_SYSTEM = byText<FakeSource>(({ system }) => system);

type Told = Pick<FakeWatermark, 'part' | 'system'>;

function isSame(a: Told, b: Told): boolean {
  return a.part === b.part && a.system === b.system;
}

/** A live core that never told of the customer knows the world of the day it was declared on. */
function lineageOf(source: FakeSource, own: FakeWatermark | undefined): SourceLineage {
  const { deliveredAt } = source;
  const [latest] = [source.asOf, own?.asOf ?? null]
    .filter((instant) => instant !== null)
    .toSorted()
    .toReversed();
  const asOf = latest ?? deliveredAt;
  if (asOf === undefined) throw new Error('a live core was never declared');
  return {
    source: source.system,
    version: own?.version ?? 0,
    asOf,
    ...(deliveredAt !== undefined && { deliveredAt }),
    ...(source.asOf === null && { answeredSince: own?.answeredSince ?? null }),
    ...(own?.spoiltSince !== undefined && { spoiltSince: own.spoiltSince }),
  };
}
