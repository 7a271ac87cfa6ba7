import type { AnsweredPart, CustomerPart } from '../../../src/app/ports/core-reader.ts';
import type {
  CoreReading,
  ReadingIntake,
  TakenReading,
} from '../../../src/app/ports/reading-intake.ts';
import type { BankRecords } from '../../../src/domain/bank-record.ts';
import { addDays, type BusinessDate, startOfMonth } from '../../../src/domain/business-date.ts';
import { canonicalText } from '../../../src/domain/canonical.ts';
import type { PartName } from '../../../src/domain/customer360.ts';
import { PART_OF } from '../../../src/domain/entity-parts.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import type { FakeRecords, FakeWatermark } from './fake-records.ts';
import { nameOf, sortOut, type ToldRecord, textIn, versionsOf } from './told-records.ts';

/** The way in for readings, in memory, held to the same contract as the real one. */
export interface FakeReadingIntake {
  readonly intake: ReadingIntake;
  /** Holds the way in as an import does, until what it answers is called. */
  readonly holdWayIn: () => () => void;
}

/** Takes readings into the records of a bank at a business date. */
export function fakeReadingIntake(
  records: FakeRecords,
  businessDate: BusinessDate,
): FakeReadingIntake {
  const bank: Bank = { records, businessDate, systems: new WeakMap() };
  let wayIn = Promise.resolve();
  return {
    intake: {
      declare: async ({ system, parts }, deliveredAt) => {
        for (const part of parts) {
          if (records.sourcesOf(part).some((one) => one.system === system)) continue;
          records.setSource(part, { system, asOf: null, deliveredAt });
        }
      },
      take: async (reading, waitMs) =>
        (await opensWithin(wayIn, waitMs)) ? settle(bank, reading) : undefined,
    },
    holdWayIn: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      wayIn = promise;
      return resolve;
    },
  };
}

interface Bank {
  readonly records: FakeRecords;
  readonly businessDate: BusinessDate;
  /** The system that told a version. */
  readonly systems: WeakMap<object, string>;
}

async function opensWithin(wayIn: Promise<void>, waitMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), waitMs);
  const opens = await Promise.race([wayIn.then(() => true), promise]);
  clearTimeout(timer);
  return opens;
}

function settle(bank: Bank, reading: CoreReading): TakenReading {
  const { records } = bank;
  const { kept, dropped } = sortOut(reading.records, records);
  const isLost = ({ customerId, part }: CustomerPart) =>
    dropped.some(
      (one) => PART_OF[one.entity] === part && [null, customerId].includes(one.customerId),
    );
  const lost = reading.answered.filter(isLost);
  const spoilt = [
    ...reading.spoilt,
    ...lost.map(({ customerId, part }) => ({ customerId, part })),
  ];
  const whole = reading.answered.filter((one) => !spoilt.some((part) => isSame(one, part)));
  const pending = kept.map(withBirthMonth);
  const written = [...pending, ...ended(bank, reading.system, { whole, pending })].flatMap(
    (row) => write(bank, reading, row),
  );
  moveAll(records, reading.system, written);
  for (const one of whole) noteAnswered(records, reading, one);
  for (const one of spoilt) noteSpoilt(records, reading, one);
  const known = records.customers().map(({ partyId }) => partyId);
  const parties = pending.filter(({ entity }) => entity === 'party');
  for (const id of parties.map(({ record }) => textIn(record, 'partyId') ?? '')) {
    if (!known.includes(id)) records.openCustomer(id);
  }
  return { written: written.length, dropped, spoilt };
}

function isSame(a: CustomerPart, b: CustomerPart): boolean {
  return a.customerId === b.customerId && a.part === b.part;
}

function withBirthMonth({ entity, record }: ToldRecord): ToldRecord {
  const born = textIn(record, 'birthMonth') ?? textIn(record, 'birthDate');
  return born === undefined
    ? { entity, record }
    : { entity, record: { ...record, birthMonth: startOfMonth(born) } };
}

interface Ending {
  readonly entity: 'role' | 'hold' | 'consent';
  readonly field: string;
  readonly day: BusinessDate;
}

/** An ended version of what the system told of these customers before and tells no more. */
function ended(
  { records, systems, businessDate }: Bank,
  system: string,
  told: { readonly whole: readonly CustomerPart[]; readonly pending: readonly ToldRecord[] },
): readonly ToldRecord[] {
  const endings: readonly Ending[] = [
    { entity: 'role', field: 'endedOn', day: businessDate },
    { entity: 'hold', field: 'endsOn', day: addDays(businessDate, -1) },
    { entity: 'consent', field: 'expiresOn', day: businessDate },
  ];
  const stands = new Set(told.pending.map(nameOf));
  return endings.flatMap(({ entity, field, day }) =>
    records
      .of(entity)
      .filter((row) => versionsOf(records, entity, row).at(-1) === row)
      .filter(
        (row) => systems.get(row) === system && !stands.has(nameOf({ entity, record: row })),
      )
      .filter(({ partyId: customerId }) =>
        told.whole.some((one) => isSame(one, { customerId, part: PART_OF[entity] ?? one.part })),
      )
      // A no never ends by silence.
      .filter((row) => !('state' in row) || row.state === 'GIVEN')
      .filter((row) => (textIn(row, field) ?? '9999') > day)
      .map((row) => ({ entity, record: { ...row, [field]: day } })),
  );
}

/** A version where something changed, known from the reading on, though its clock may lag. */
function write(
  { records, systems }: Bank,
  { system, readAt }: CoreReading,
  { entity, record }: ToldRecord,
): readonly ToldRecord[] {
  const latest = versionsOf(records, entity, record).at(-1);
  const unstamped = { ...record, recordedAt: latest?.recordedAt };
  if (latest !== undefined && canonicalText(latest) === canonicalText(unstamped)) return [];
  const next = latest === undefined ? readAt : later(readAt, millisecondAfter(latest.recordedAt));
  const version = { ...record, recordedAt: next };
  systems.set(version, system);
  records.give(entity, [version as BankRecords[typeof entity]]);
  return [{ entity, record: version }];
}

function millisecondAfter(instant: Instant): Instant {
  return new Date(Date.parse(instant) + 1).toISOString();
}

function later(a: Instant, b: Instant | undefined): Instant {
  return b !== undefined && b > a ? b : a;
}

/** Moves, once each, the parts of whoever has or ever had what was written. */
function moveAll(records: FakeRecords, system: string, written: readonly ToldRecord[]): void {
  const moved = new Map<string, CustomerPart>();
  for (const row of written) {
    const also: readonly PartName[] = row.entity === 'role' ? ['transactions'] : [];
    for (const part of [PART_OF[row.entity], ...also].filter((one) => one !== null)) {
      for (const customerId of concernedBy(records, row)) {
        moved.set(`${part} ${customerId}`, { customerId, part });
      }
    }
  }
  for (const one of moved.values()) {
    const mark = markOf(records, system, one);
    records.setWatermark(one.customerId, { ...mark, version: mark.version + 1 });
  }
}

function concernedBy(records: FakeRecords, { entity, record }: ToldRecord): readonly string[] {
  return versionsOf(records, entity, record).flatMap((version) => {
    const [own, arrangement] = [textIn(version, 'partyId'), textIn(version, 'arrangementId')];
    const holders = records.of('role').filter((row) => row.arrangementId === arrangement);
    return [...(own === undefined ? [] : [own]), ...holders.map(({ partyId }) => partyId)];
  });
}

function markOf(records: FakeRecords, system: string, of: CustomerPart): FakeWatermark {
  const { customerId, part } = of;
  const own = records.watermarksOf(customerId);
  const found = own.find((one) => one.part === part && one.system === system);
  return found ?? { part, system, version: 0 };
}

/** A first answer, one that mends a spoilt one and one of another day move the watermark too. */
function noteAnswered(
  records: FakeRecords,
  { system, readAt }: CoreReading,
  told: AnsweredPart,
): void {
  const { spoiltSince, ...mark } = markOf(records, system, told);
  const nextDay = Date.parse(mark.asOf ?? told.asOf) + 86_400_000;
  const moves =
    mark.readAt === undefined || spoiltSince !== undefined || Date.parse(told.asOf) >= nextDay;
  records.setWatermark(told.customerId, {
    ...mark,
    version: mark.version + Number(moves),
    asOf: later(told.asOf, mark.asOf),
    readAt: later(readAt, mark.readAt),
    answeredSince: mark.answeredSince ?? readAt,
  });
}

function noteSpoilt(
  records: FakeRecords,
  { system, readAt }: CoreReading,
  told: CustomerPart,
): void {
  const mark = markOf(records, system, told);
  const { spoiltSince = readAt } = mark;
  const version = mark.version + Number(mark.spoiltSince === undefined);
  records.setWatermark(told.customerId, { ...mark, version, spoiltSince });
}
