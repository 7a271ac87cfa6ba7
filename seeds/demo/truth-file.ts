import type { TruthRow } from './world.ts';

/** The header line of the file that only benchmarks may open. */
export const TRUTH_HEADER =
  'party_id,action_id,month,eligible,without_offer_ppm,with_offer_ppm,value_minor,contact_ppm,' +
  'selection_ppm\n';

/** A line of the truth. */
export function truthLine(row: TruthRow): string {
  const cells = [
    row.partyId,
    row.actionId,
    row.month,
    row.eligible ? 1 : 0,
    row.withoutOfferPpm,
    row.withOfferPpm,
    row.valueMinor,
    row.contactPpm,
    row.selectionPpm,
  ];
  return `${cells.join(',')}\n`;
}
