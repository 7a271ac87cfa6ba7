import type { BusinessDate } from '../../../domain/business-date.ts';
import type { HeldArrangement } from '../../../domain/customer360.ts';
import { endOfDay, type Instant } from '../../../domain/instant.ts';
import { ONE_PPM } from '../../../domain/ppm.ts';
import type { RateTable } from '../../../domain/release.ts';
import { shareInReporting } from '../to-reporting.ts';
import { type AccountFlows, startFlows } from './account-flows.ts';
import { type BalancePath, startPath } from './balance-path.ts';

/** A current account while its transactions are read. */
export interface Draft {
  readonly held: HeldArrangement;
  readonly endsOn: BusinessDate;
  readonly recordUntil: Instant;
  /** What a million of its minor units are worth to the customer, to weigh money by only. */
  readonly weight: number;
  readonly flows: AccountFlows;
  readonly path: BalancePath;
  lacksRate: boolean;
}

/** A draft before any transaction. */
export function startDraft(
  held: HeldArrangement,
  at: { readonly endsOn: BusinessDate; readonly days: number; readonly rates: RateTable },
): Draft {
  const { arrangement, sharers, balance } = held;
  const million = { amountMinor: ONE_PPM, currency: arrangement.currency };
  return {
    held,
    endsOn: at.endsOn,
    recordUntil: balance === null ? '' : endOfDay(balance.effectiveOn),
    weight: shareInReporting(million, sharers, at.rates) ?? 0,
    flows: startFlows(),
    path: startPath(at.days),
    lacksRate: false,
  };
}
