import type { TransactionRecord } from '../../src/domain/bank-record.ts';
import { atSecond, dayOf, dayText, instantText } from './calendar.ts';
import { below, openStream, STREAM } from './random.ts';
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

const LATE_PER_THOUSAND = 25;

/**
 * Posts to an arrangement. About one posting in forty is recorded one to three days late, and what
 * follows it on the same arrangement then waits for it, so that running balances add up in the order
 * of effect and in the order of recording alike.
 */
export function post(world: World, holding: Holding, posting: Posting): void {
  holding.postings += 1;
  holding.balanceMinor += posting.amountMinor;
  holding.recordedAt = Math.max(holding.recordedAt, recordedAtOf(world, holding, posting.at));
  const record: TransactionRecord = {
    transactionId: `${holding.id}-${String(holding.postings).padStart(5, '0')}`,
    arrangementId: holding.id,
    effectiveAt: instantText(posting.at),
    sequence: holding.postings,
    amountMinor: posting.amountMinor,
    currency: holding.currency,
    runningBalanceMinor: holding.balanceMinor,
    category: posting.category,
    ...(posting.merchant === undefined ? {} : { merchant: posting.merchant }),
    ...(posting.country === undefined ? {} : { country: posting.country }),
    ...(posting.method === undefined ? {} : { method: posting.method }),
    recordedAt: instantText(holding.recordedAt),
  };
  world.emit('transaction', record);
}

/** Writes what the arrangement stands at on the evening of a day. */
export function recordBalance(world: World, holding: Holding, day: number): void {
  const due = holding.pastDueDay;
  world.emit('balance', {
    arrangementId: holding.id,
    effectiveOn: dayText(day),
    ledgerMinor: holding.balanceMinor,
    ...(due === undefined
      ? {}
      : { arrearsMinor: holding.arrearsMinor, daysPastDue: Math.max(1, day - due) }),
    recordedAt: instantText(Math.max(holding.recordedAt, atSecond(day, 86_340))),
  });
}

function recordedAtOf(world: World, holding: Holding, at: number): number {
  const stream = openStream(world.seed, STREAM.posting, holding.key, holding.postings);
  const draw = below(stream, 1000);
  if (draw >= LATE_PER_THOUSAND) return at;
  return atSecond(dayOf(at) + 1 + (draw % 3), 5 * 3600 + (draw % 60));
}
