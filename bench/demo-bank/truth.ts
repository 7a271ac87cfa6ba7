import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The truth about one customer, action and month. */
export interface TrueChance {
  readonly eligible: boolean;
  readonly withoutOfferPpm: number;
  readonly withOfferPpm: number;
  readonly valueMinor: number;
  /** Chance that the logging policy chose the action, given that it reached the customer. */
  readonly selectionPpm: number;
}

/** What nobody but a benchmark knows, of some actions. */
export interface Truth {
  readonly of: (customer: number, action: string, month: number) => TrueChance;
}

const FIELDS = 5;

/** The months that the demo bank lives until its first business date. */
export const MONTHS = 24;

/** Reads the truth line by line: twenty bytes a customer, action and month are kept. */
export async function readTruth(
  file: string,
  customers: number,
  actions: readonly string[],
): Promise<Truth> {
  const placeOf = new Map(actions.map((action, place) => [action, place]));
  const kept = new Int32Array(customers * actions.length * MONTHS * FIELDS);
  const startOf = (customer: number, place: number, month: number) =>
    ((customer * actions.length + place) * MONTHS + month) * FIELDS;
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) {
    const cells = line.split(',');
    const place = placeOf.get(cells[1] ?? '');
    if (place === undefined) continue;
    const [party = '', , month = '', eligible, without, offered, value, , selection] = cells;
    const row = [eligible, without, offered, value, selection].map(Number);
    kept.set(row, startOf(customerNumber(party), place, monthNumber(month)));
  }
  return {
    of: (customer, action, month) => {
      const start = startOf(customer, placeOf.get(action) ?? 0, month);
      const field = (at: number) => kept[start + at] ?? 0;
      return {
        eligible: field(0) === 1,
        withoutOfferPpm: field(1),
        withOfferPpm: field(2),
        valueMinor: field(3),
        selectionPpm: field(4),
      };
    },
  };
}

/** `C000001` is the first customer, 0. */
export function customerNumber(partyId: string): number {
  return Number(partyId.slice(1)) - 1;
}

/** The month of a day or of a month's text, 0 for the first of the history. */
export function monthNumber(text: string): number {
  return (Number(text.slice(0, 4)) - 2024) * 12 + Number(text.slice(5, 7)) - 7;
}
