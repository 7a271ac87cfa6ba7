import type { ConsentRecord } from '../../domain/bank-record.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import { endOfDay, type Instant } from '../../domain/instant.ts';
import { type Merges, oneSince } from '../../domain/merged-numbers.ts';
import { latestVersions } from './latest-versions.ts';

interface Statements {
  readonly customerId: string;
  readonly rows: readonly ConsentRecord[];
}

interface Cut {
  readonly businessDate: BusinessDate;
  readonly knownAt: Instant;
  readonly merges: Merges;
}

/**
 * What a customer of several numbers has said: of two numbers' statements the stricter one holds,
 * so a yes that was known before they became one gives way to a no under another of them. What is
 * said later is said by the one customer, and follows the usual order of time.
 */
export function stricterConsents(
  numbers: readonly Statements[],
  cut: Cut,
): readonly ConsentRecord[] {
  const standing = numbers.map(({ customerId, rows }) => ({
    customerId,
    rows: latestVersions(rows, keyOf, cut.knownAt),
  }));
  const left = standing.flatMap(({ customerId, rows }) => {
    const others = standing.filter((one) => one.customerId !== customerId);
    const isRefused = (row: ConsentRecord) =>
      others.some(
        (other) =>
          row.recordedAt <= oneSince(customerId, other.customerId, cut.merges) &&
          refuses(other.rows, row, cut),
      );
    return rows.filter((row) => row.state !== 'GIVEN' || !isRefused(row));
  });
  return oncePerKey(left);
}

/** Whether these statements say no where another number's says yes. */
function refuses(
  rows: readonly ConsentRecord[],
  { purpose, channel }: ConsentRecord,
  cut: Cut,
): boolean {
  const counting = rows.filter((row) => row.purpose === purpose && isInEffect(row, cut));
  const own = lastOf(counting.filter((row) => row.channel === channel));
  const any = lastOf(counting.filter((row) => row.channel === 'ANY'));
  if (own === undefined) return any !== undefined && any.state !== 'GIVEN';
  const overridden = any !== undefined && any.state !== 'GIVEN' && beats(any, own);
  return overridden || own.state !== 'GIVEN';
}

/** A no counts as soon as it is known, a yes from its day on. */
function isInEffect({ state, effectiveAt }: ConsentRecord, { businessDate }: Cut): boolean {
  return state !== 'GIVEN' || effectiveAt <= endOfDay(businessDate);
}

function lastOf(rows: readonly ConsentRecord[]): ConsentRecord | undefined {
  return rows.reduce<ConsentRecord | undefined>(
    (last, row) => (last === undefined || beats(row, last) ? row : last),
    undefined,
  );
}

/** The later one; of two at one instant the refusal. */
function beats(a: ConsentRecord, b: ConsentRecord): boolean {
  if (a.effectiveAt !== b.effectiveAt) return a.effectiveAt > b.effectiveAt;
  return a.state !== 'GIVEN' && b.state === 'GIVEN';
}

/** Two numbers may have said something at one instant: the no, or the yes that ends first. */
function oncePerKey(rows: readonly ConsentRecord[]): readonly ConsentRecord[] {
  const kept = new Map<string, ConsentRecord>();
  for (const row of rows) {
    const other = kept.get(keyOf(row));
    if (other === undefined || isStricter(row, other)) kept.set(keyOf(row), row);
  }
  return [...kept.values()];
}

function isStricter(a: ConsentRecord, b: ConsentRecord): boolean {
  if ((a.state === 'GIVEN') !== (b.state === 'GIVEN')) return a.state !== 'GIVEN';
  const [endOfA, endOfB] = [a.expiresOn ?? '9999', b.expiresOn ?? '9999'];
  if (endOfA !== endOfB) return endOfA < endOfB;
  // Told apart by content, so that the order of numbers never matters.
  return `${a.state} ${a.recordedAt}` > `${b.state} ${b.recordedAt}`;
}

function keyOf({ purpose, channel, effectiveAt }: ConsentRecord): string {
  return `${purpose} ${channel} ${effectiveAt}`;
}
