import type { PartName } from '../../../domain/customer360.ts';
import type { LiveRows } from '../../../domain/live-versions.ts';
import { instantOf } from '../connection/type-parsers.ts';

/** The sum of the versions of a customer's sources: a snapshot built from a smaller one is old. */
export const WATERMARK = `(select coalesce(sum(w.version), 0)::bigint from watermark w
    where w.party_id = c.party_id)`;

/** Until when the source of each part knew the world, and since when it is handed over. */
export const SOURCES = `(select json_object_agg(o.part,
    json_build_array(o.as_of, o.delivered_at)) from source o
    where o.part in ('profile', 'consents', 'holds', 'campaigns', 'interactions'))`;

/** The cells of `SOURCES` by part; null before anything was handed over. */
export type SourceCells =
  | {
      readonly [part in PartName]?: readonly [asOf: string, deliveredAt: string | null];
    }
  | null;

/** Rows of a part with what their source says of them: without a source nobody knows them. */
export function rowsFrom<T>(sources: SourceCells, part: PartName, value: T): LiveRows<T> {
  const cells = sources?.[part];
  if (cells === undefined) return { state: 'FAILED', reason: 'NOT_COVERED' };
  const [asOf, deliveredAt] = cells;
  const lineage = {
    asOf: instantOf(asOf),
    ...(deliveredAt !== null && { deliveredAt: instantOf(deliveredAt) }),
  };
  return { state: 'READ', value, lineage };
}
