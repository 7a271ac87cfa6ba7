import type {
  CustomerLineages,
  CustomerSource,
  SourceLineage,
} from '../../../app/ports/customer-source.ts';
import type { LossSpan, PartName } from '../../../domain/customer360.ts';
import type { SourcePart } from '../../../domain/entity-parts.ts';
import type { Instant } from '../../../domain/instant.ts';
import { mergesEverInto } from '../../../domain/merged-numbers.ts';
import type { Database } from '../connection/pool.ts';
import { instantOf } from '../connection/type-parsers.ts';
import { givenUp, type MergeCells, mergesFrom, mergesOf } from './merged-numbers.ts';

/** Reads where what is known of customers comes from, and which numbers are theirs. */
export function createLineageReader(database: Database): CustomerSource['lineages'] {
  return async (customerIds) => {
    const rows = await database.run<LineageRow>({
      name: 'lineages',
      text: LINEAGES,
      values: [customerIds],
    });
    // Of all customers alike: they were read by one statement.
    const merges = mergesFrom(rows[0]?.merges ?? null);
    const byCustomer = Map.groupBy(rows, ({ party_id }) => party_id);
    return new Map(
      [...byCustomer].map(([id, own]) => {
        const lineages = { parts: partsOf(own), merges: mergesEverInto(id, merges) };
        return [id, lineages] as const;
      }),
    );
  };
}

/** A customer's own reading counts beside what was handed over of the whole bank: the later. */
const LINEAGES = `
  with recursive ${givenUp('$1::text[]')}
  select c.party_id, s.part, s.system, greatest(w.as_of, s.as_of) as as_of, s.delivered_at,
    s.as_of is null as live, w.answered_since,
    least(w.spoilt_since, s.spoilt_since) as spoilt_since, coalesce(w.version, 0) as version,
    (select json_agg(json_build_array(m.since, m.until) order by m.since, m.until)
      from mended_loss m where m.part = s.part and m.system = s.system
        and (m.party_id = c.party_id or m.party_id is null)) as mended,
    ${mergesOf('select party_id from given_up')} as merges
  from customer c
  cross join source s
  left join watermark w
    on w.party_id = c.party_id and w.part = s.part and w.system = s.system
  where c.party_id = any($1)
  order by s.part, s.system`;

interface LineageRow {
  readonly party_id: string;
  readonly part: SourcePart;
  readonly system: string;
  /** Null where a live core has never answered for the customer. */
  readonly as_of: Instant | null;
  /** Since when the system feeds the part; never null for a live core. */
  readonly delivered_at: Instant | null;
  readonly live: boolean;
  readonly answered_since: Instant | null;
  readonly spoilt_since: Instant | null;
  readonly version: number;
  readonly mended: readonly LossCells[] | null;
  readonly merges: readonly MergeCells[] | null;
}

type LossCells = readonly [since: string, until: string];

/** Where a merge was lost, nobody knows whether there is more of any part elsewhere. */
function partsOf(rows: readonly LineageRow[]): CustomerLineages['parts'] {
  const ofMerges = rows.filter(({ part }) => part === 'merges');
  const parts = new Map<PartName, SourceLineage[]>();
  for (const row of rows) {
    if (row.part === 'merges') continue;
    const systems = parts.get(row.part) ?? [];
    parts.set(row.part, systems);
    systems.push(lineageOf(row, [row, ...ofMerges]));
  }
  return parts;
}

/** Who never answered knows the world of the day on which it was declared: nothing of it. */
function lineageOf(row: LineageRow, losing: readonly LineageRow[]): SourceLineage {
  const { system: source, version, delivered_at: deliveredAt } = row;
  const spoilt = losing.map((one) => one.spoilt_since).filter((since) => since !== null);
  const [spoiltSince] = spoilt.toSorted();
  const mendedLosses = losing.flatMap(({ mended }) => mended ?? []).map(spanOf);
  const asOf = row.as_of ?? deliveredAt;
  if (asOf === null) throw new Error('a live core was never declared');
  return {
    source,
    version,
    asOf,
    ...(deliveredAt !== null && { deliveredAt }),
    ...(row.live && { answeredSince: row.answered_since }),
    ...(spoiltSince !== undefined && { spoiltSince }),
    ...(mendedLosses.length > 0 && { mendedLosses }),
  };
}

function spanOf([since, until]: LossCells): LossSpan {
  return { since: instantOf(since), until: instantOf(until) };
}
