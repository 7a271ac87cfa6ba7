import type { BankMode } from '../../../app/ports/bank.ts';
import type { Moment, MomentReader, PartReading } from '../../../app/ports/moment.ts';
import type { BusinessDate } from '../../../domain/business-date.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { PartName } from '../../../domain/customer360.ts';
import type { Digest } from '../../../domain/digest.ts';
import type { Uuid } from '../../../domain/id.ts';
import { dateOf, type Instant } from '../../../domain/instant.ts';
import type { LiveConsent, LiveContact, LiveHold, LivePart } from '../../../domain/live-state.ts';
import { createDictionaryShelf, type DictionaryShelf } from '../bodies/dictionary-shelf.ts';
import type { Database } from '../connection/pool.ts';
import { instantOf } from '../connection/type-parsers.ts';
import { MOMENT_STATEMENT } from './moment-statement.ts';
import { createReadBatcher } from './read-batcher.ts';
import { bodiesOf, readableSnapshot, type SnapshotRow } from './snapshot-store.ts';

/**
 * Reads moments over a pool of one connection, best its own: while a statement is out, all who
 * ask wait together and go into the next one.
 */
export function createMomentReader(connection: Database): MomentReader {
  const shelf = createDictionaryShelf(connection);
  const batcher = createReadBatcher((ids) => readMany(connection, shelf, ids));
  return { readMoments: (customerIds) => batcher.read(customerIds) };
}

async function readMany(
  connection: Database,
  shelf: DictionaryShelf,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Moment>> {
  const rows = await connection.run<MomentRow>({
    name: 'moments',
    text: MOMENT_STATEMENT,
    values: [customerIds],
  });
  const snapshots = rows.flatMap((row) => (isBuilt(row) ? bodiesOf(row) : []));
  const dictionaries = await shelf.forBodies(snapshots);
  return new Map(rows.map((row) => [row.party_id, momentOf(row, dictionaries)]));
}

function isBuilt(row: MomentRow): row is MomentRow & SnapshotRow {
  return row.address !== null;
}

type DateText = BusinessDate | null;

interface MomentRow extends Omit<SnapshotRow, 'address'> {
  readonly party_id: string;
  readonly id: Uuid;
  readonly address_key: Uint8Array;
  readonly mode: BankMode;
  readonly business_date: BusinessDate;
  readonly active_release: Digest | null;
  readonly language: string | null;
  readonly watermark: number;
  readonly snapshot_watermark: number | null;
  /** Null, and with it every column of the snapshot, before the first was built. */
  readonly address: Uint8Array | null;
  readonly sources: readonly SourceCells[] | null;
  readonly readings: readonly ReadingCells[] | null;
  readonly consents: readonly ConsentCells[] | null;
  readonly holds: readonly HoldCells[] | null;
  readonly contacts: readonly ContactCells[] | null;
  readonly complaints: readonly BusinessDate[] | null;
}

/** `asOf` is null where the system is a live core, which knows of one customer at a time. */
type SourceCells = readonly [part: PartName, system: string, asOf: string | null];

/** `asOf` and `readAt` are null where the core has never told the part whole. */
type ReadingCells = readonly [
  part: PartName,
  system: string,
  asOf: string | null,
  readAt: string | null,
  isWhole: boolean,
];

type ConsentCells = readonly [
  purpose: LiveConsent['purpose'],
  channel: LiveConsent['channel'],
  state: LiveConsent['state'],
  effectiveAt: string,
  expiresOn: DateText,
];

type HoldCells = readonly [kind: LiveHold['kind'], startsOn: BusinessDate, endsOn: DateText];

type ContactCells = readonly [
  actionId: string,
  channel: Channel,
  presentedAt: string,
  expiresOn: DateText,
  response: 'ACCEPTED' | 'DECLINED' | 'COMPLAINED' | null,
  respondedAt: string | null,
];

function momentOf(row: MomentRow, dictionaries: ReadonlyMap<number, Uint8Array>): Moment {
  return {
    customer: row.id,
    addressKey: row.address_key,
    bankMode: row.mode,
    businessDate: row.business_date,
    activeRelease: row.active_release,
    language: row.language,
    // A spoilt one is built again; the customers read with it are not its concern.
    snapshot: isBuilt(row) ? (readableSnapshot(row, dictionaries) ?? null) : null,
    snapshotWatermark: row.snapshot_watermark,
    watermark: row.watermark,
    live: {
      consents: (row.consents ?? []).map(consentOf),
      holds: (row.holds ?? []).map(holdOf),
      contacts: (row.contacts ?? []).map(contactOf),
      complainedOn: row.complaints ?? [],
    },
    liveSources: liveSourcesOf(row.sources ?? [], row.readings ?? []),
    ...(row.readings !== null && { readings: row.readings.flatMap(readingOf) }),
  };
}

function readingOf([part, system, , readAt, isWhole]: ReadingCells): readonly PartReading[] {
  return readAt !== null && isWhole ? [{ part, system, readAt: instantOf(readAt) }] : [];
}

/** A part is as fresh as its stalest system; of each system the later word counts. */
function liveSourcesOf(
  sources: readonly SourceCells[],
  readings: readonly ReadingCells[],
): Moment['liveSources'] {
  const knownUntil = ([part, system, ofBank]: SourceCells): Instant | null => {
    const own = readings.find((one) => one[0] === part && one[1] === system);
    if (own?.[4] === false) return null;
    const known = [ofBank, own?.[2] ?? null].flatMap((text) =>
      text === null ? [] : [instantOf(text)],
    );
    return known.toSorted().at(-1) ?? null;
  };
  const asOf = (part: LivePart) => {
    const ends = sources.filter((one) => one[0] === part).map(knownUntil);
    return ends.includes(null) ? null : (ends.toSorted()[0] ?? null);
  };
  return {
    consents: asOf('consents'),
    holds: asOf('holds'),
    campaigns: asOf('campaigns'),
    interactions: asOf('interactions'),
  };
}

function consentOf([purpose, channel, state, effectiveAt, expiresOn]: ConsentCells): LiveConsent {
  return {
    purpose,
    channel,
    state,
    effectiveAt: instantOf(effectiveAt),
    ...(expiresOn !== null && { expiresOn }),
  };
}

function holdOf([kind, startsOn, endsOn]: HoldCells): LiveHold {
  return { kind, startsOn, ...(endsOn !== null && { endsOn }) };
}

function contactOf(cells: ContactCells): LiveContact {
  const [actionId, channel, presentedAt, expiresOn, response, respondedAt] = cells;
  return {
    actionId,
    channel,
    presentedOn: dateOf(instantOf(presentedAt)),
    ...(response !== null && { response }),
    ...(respondedAt !== null && { respondedOn: dateOf(instantOf(respondedAt)) }),
    ...(expiresOn !== null && { expiresOn }),
  };
}
