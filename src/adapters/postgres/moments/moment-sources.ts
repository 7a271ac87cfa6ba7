import type { PartReading } from '../../../app/ports/moment.ts';
import type { PartName } from '../../../domain/customer360.ts';
import type { SourcePart } from '../../../domain/entity-parts.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { LiveLineage, LiveRows } from '../../../domain/live-versions.ts';
import { instantOf } from '../connection/type-parsers.ts';

/** Until when each system that feeds a live part knew the bank, and since when it feeds it. */
export const SOURCES = `(
  select json_agg(json_build_array(o.part, o.system, o.as_of, o.delivered_at, o.spoilt_since))
  from source o
  where o.part in ('profile', 'consents', 'holds', 'campaigns', 'interactions',
    'merges'))`;

/**
 * The sum of the versions of a customer's sources (`watermark`), for a snapshot built from a
 * smaller one is old; and what live cores told of the customer (`readings`).
 */
export const READINGS = `
  select coalesce(sum(m.version), 0)::bigint as watermark,
    json_agg(json_build_array(m.part, m.system, m.as_of, m.read_at, m.answered_since,
      m.spoilt_since)) filter (where m.read_at is not null or m.spoilt_since is not null)
      as readings
  from watermark m where m.party_id = c.party_id`;

/**
 * `asOf` is null where the system is a live core, which knows of one customer at a time;
 * `spoiltSince` is not where it lost a record that may be anybody's.
 */
type SourceCells = readonly [
  part: SourcePart,
  system: string,
  asOf: string | null,
  deliveredAt: string | null,
  spoiltSince: string | null,
];

/** The instants are null where the core has never told the part, or never spoilt it. */
type ReadingCells = readonly [
  part: SourcePart,
  system: string,
  asOf: string | null,
  readAt: string | null,
  answeredSince: string | null,
  spoiltSince: string | null,
];

/** What is said of a customer's sources; null where there is nothing to say. */
export interface SourcesCells {
  readonly sources: readonly SourceCells[] | null;
  readonly readings: readonly ReadingCells[] | null;
}

/** Rows of a part with what each of its systems says of them; without a system nobody does. */
export function rowsFrom<T>(cells: SourcesCells, part: PartName, value: T): LiveRows<T> {
  const systems = (cells.sources ?? []).filter(([name]) => name === part);
  if (systems.length === 0) return { state: 'FAILED', reason: 'NOT_COVERED' };
  const lost = lostMerges(cells);
  const lineage = systems.map((source) => lineageOf(source, cells.readings ?? [], lost));
  return { state: 'READ', value, lineage };
}

/** Where a merge was lost, nobody knows whether there is more of any part elsewhere. */
function lostMerges({ sources, readings }: SourcesCells): readonly (string | null)[] {
  const ofAll = (sources ?? []).filter(([part]) => part === 'merges').map((one) => one[4]);
  const own = (readings ?? []).filter(([part]) => part === 'merges').map((one) => one[5]);
  return [...ofAll, ...own];
}

/** When live cores last told a part whole. */
export function readingsOf({ readings }: SourcesCells): readonly PartReading[] {
  return (readings ?? []).flatMap(([part, system, , readAt, , spoiltSince]) =>
    readAt === null || spoiltSince !== null || part === 'merges'
      ? []
      : [{ part, system, readAt: instantOf(readAt) }],
  );
}

/** Who never told anything of the customer knows the world of the day it was declared on. */
function lineageOf(
  [part, system, ofBank, deliveredAt, spoiltForAll]: SourceCells,
  readings: readonly ReadingCells[],
  lost: readonly (string | null)[],
): LiveLineage {
  const own = readings.find((one) => one[0] === part && one[1] === system);
  const [, , ofCustomer = null, , answeredSince = null, spoiltForOne = null] = own ?? [];
  const spoiltSince = instantsOf(spoiltForAll, spoiltForOne, ...lost).at(0);
  return {
    asOf: instantsOf(ofBank, ofCustomer).at(-1) ?? instantOf(declared(deliveredAt)),
    ...(deliveredAt !== null && { deliveredAt: instantOf(deliveredAt) }),
    ...(ofBank === null && { answeredSince: orNull(answeredSince) }),
    ...(spoiltSince !== undefined && { spoiltSince }),
  };
}

/** In order of time. */
function instantsOf(...texts: readonly (string | null)[]): readonly Instant[] {
  return texts.flatMap((text) => (text === null ? [] : [instantOf(text)])).toSorted();
}

function orNull(text: string | null): Instant | null {
  return text === null ? null : instantOf(text);
}

function declared(deliveredAt: string | null): string {
  if (deliveredAt === null) throw new Error('a live core was never declared');
  return deliveredAt;
}
