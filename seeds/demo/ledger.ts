import type { TransactionRecord } from '../../src/domain/bank-record.ts';
import { atSecond, dayOf, dayText, instantText } from './calendar.ts';
import { perMille, STREAM } from './random.ts';
import type { Holding, World } from './world.ts';

/** A posting as it is asked for. */
export interface Posting {
  /** Seconds since 1970. */
  readonly at: number;
  /** Signed: credits positive. */
  readonly amountMinor: number;
  readonly category: string;
  readonly merchant?: string;
  readonly country?: string;
  readonly method?: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const LATE_PER_THOUSAND = 18;

/**
 * Posts to an arrangement. About one posting in sixty is recorded one to three days late, and what
 * follows it on the same arrangement then waits for it, so that running balances add up in the
 * order of effect and in the order of recording alike.
 */
export function post(world: World, holding: Holding, posting: Posting): void {
  holding.postings += 1;
  holding.balanceMinor += posting.amountMinor;
  holding.recordedAt = Math.max(holding.recordedAt, recordedAtOf(world, holding, posting.at));
  if (holding.recordedAt > posting.at) {
    holding.late.push({ recordedAt: holding.recordedAt, amountMinor: posting.amountMinor });
  }
  const effectiveAt = instantText(posting.at);
  const record: Mutable<TransactionRecord> = {
    transactionId: `${holding.id}-${String(holding.postings).padStart(5, '0')}`,
    arrangementId: holding.id,
    effectiveAt,
    sequence: holding.postings,
    amountMinor: posting.amountMinor,
    currency: holding.currency,
    runningBalanceMinor: holding.balanceMinor,
    category: posting.category,
    recordedAt: posting.at === holding.recordedAt ? effectiveAt : instantText(holding.recordedAt),
  };
  // Set one by one, for there are millions and a spread copies them all.
  if (posting.merchant !== undefined) record.merchant = posting.merchant;
  if (posting.country !== undefined) record.country = posting.country;
  if (posting.method !== undefined) record.method = posting.method;
  world.emit('transaction', record);
}

/**
 * Writes what the arrangement stood at on a day, as the bank knew it at a moment of that day; and
 * once more, corrected, when postings that count are recorded later.
 */
export function recordBalance(world: World, holding: Holding, at: number): void {
  const late = holding.late.filter((one) => one.recordedAt > at);
  holding.late.length = 0;
  holding.late.push(...late);
  const missing = late.reduce((sum, one) => sum + one.amountMinor, 0);
  writeBalance(world, holding, {
    at,
    recordedAt: at,
    ledgerMinor: holding.balanceMinor - missing,
  });
  if (late.length === 0) return;
  const { recordedAt, balanceMinor } = holding;
  writeBalance(world, holding, { at, recordedAt, ledgerMinor: balanceMinor });
}

function writeBalance(
  world: World,
  holding: Holding,
  of: { readonly at: number; readonly recordedAt: number; readonly ledgerMinor: number },
): void {
  world.emit('balance', {
    arrangementId: holding.id,
    effectiveOn: dayText(dayOf(of.at)),
    ledgerMinor: of.ledgerMinor,
    ...arrearsOf(holding, dayOf(of.at)),
    recordedAt: instantText(of.recordedAt),
  });
}

/** A loan says that it is not past due: silence would be unknown. */
function arrearsOf({ kind, arrearsMinor, pastDueDay }: Holding, day: number) {
  if (pastDueDay !== undefined) {
    return { arrearsMinor, daysPastDue: Math.max(1, day - pastDueDay) };
  }
  return kind === 'LOAN' || kind === 'MORTGAGE' ? { arrearsMinor: 0, daysPastDue: 0 } : {};
}

/** The last minute of a day, when balances are struck. */
export function eveningOf(day: number): number {
  return atSecond(day, 86_340);
}

function recordedAtOf(world: World, holding: Holding, at: number): number {
  const draw = perMille(world.seed, STREAM.posting, holding.key, holding.postings);
  if (draw >= LATE_PER_THOUSAND) return at;
  return atSecond(dayOf(at) + 1 + (draw % 3), 5 * 3600 + (draw % 60));
}
