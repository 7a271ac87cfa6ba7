import { bankTime, knownNow } from '../../app/customer360/bank-time.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import type { Customer360, Lineage, Part, PartName } from '../../domain/customer360.ts';
import type { Instant } from '../../domain/instant.ts';
import type { AgeLimits, RateTable } from '../../domain/release.ts';
import { freshUntil } from '../../engine/features/freshness.ts';
import { knownAt } from '../../engine/features/known-at.ts';
import type { RequestContext } from '../context.ts';
import { partFailed } from '../refusals.ts';

/** A customer whose parts are read when a field asks for them. */
export interface CustomerView {
  readonly id: string;
  readonly businessDate: BusinessDate;
  readonly now: Instant;
  readonly currency: string;
  readonly rates: RateTable | null;
  readonly ageLimits: AgeLimits | null;
}

/** What a part's field shows of where it came from. */
export interface PartSourceView {
  readonly system: string;
  readonly version: number;
  readonly asOf: Instant;
  readonly fetchedAt: Instant;
  readonly freshness: 'FRESH' | 'STALE';
}

/** The views of several customers at one bank moment. */
export async function customerViews(
  ids: readonly string[],
  { deps }: RequestContext,
): Promise<readonly CustomerView[]> {
  const [bank, active] = await Promise.all([deps.bank.read(), deps.releaseStore.active()]);
  if (bank === undefined) return [];
  const release = active === undefined ? undefined : await deps.releases.take(active);
  const common = {
    businessDate: bank.businessDate,
    now: deps.clock.now(),
    currency: bank.reportingCurrency,
    rates: release?.body.rates ?? null,
    ageLimits: release?.body.ageLimits ?? null,
  };
  return ids.map((id) => ({ id, ...common }));
}

/** One part as known now, with what its field shows; throws the typed error where it failed. */
export async function readPart<N extends PartName>(
  customer: CustomerView,
  name: N,
  context: RequestContext,
): Promise<{ readonly value: ValueOf<N>; readonly source: PartSourceView }> {
  // Transactions are those of the arrangements held, so that part is read with them.
  const needed: readonly PartName[] =
    name === 'transactions' ? ['arrangements', 'transactions'] : [name];
  const history = await context.loaders.historyOf(customer.id, needed);
  const view = knownAt(history, {
    businessDate: customer.businessDate,
    knownAt: knownNow(customer.businessDate, customer.now),
  });
  const part = view[name] as Part<ValueOf<N>>;
  if (part.state === 'FAILED') throw partFailed(name, part.reason);
  return { value: part.value, source: sourceView(part.lineage, name, customer) };
}

type ValueOf<N extends PartName> = Extract<Customer360[N], { readonly state: 'READ' }>['value'];

function sourceView(lineage: Lineage, name: PartName, customer: CustomerView): PartSourceView {
  const { ageLimits, businessDate, now } = customer;
  const stale =
    ageLimits !== null && bankTime(businessDate, now) > freshUntil(lineage, name, ageLimits);
  return {
    system: lineage.source,
    version: lineage.version,
    asOf: lineage.asOf,
    fetchedAt: lineage.fetchedAt,
    freshness: stale ? 'STALE' : 'FRESH',
  };
}
