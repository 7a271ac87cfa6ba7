import { type PartValue, readPart, type ViewedPart } from '../../app/customer360/read-part.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import type { PartName } from '../../domain/customer360.ts';
import type { Instant } from '../../domain/instant.ts';
import type { AgeLimits, RateTable } from '../../domain/release.ts';
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

/** What a part's field shows of a system that it came from. */
interface PartSourceView {
  readonly system: string;
  readonly version: number;
  readonly asOf: Instant;
  readonly fetchedAt: Instant;
  readonly freshness: 'FRESH' | 'STALE' | 'UNAVAILABLE';
}

/** The views, at one bank moment, of those of several customers whom the viewer may see. */
export async function customerViews(
  ids: readonly string[],
  context: Pick<RequestContext, 'bank' | 'clock' | 'releases' | 'maySee'>,
): Promise<readonly CustomerView[]> {
  const [bank, release, seen] = await Promise.all([
    context.bank.read(),
    context.releases.takeActive(),
    Promise.all(ids.map(context.maySee)),
  ]);
  if (bank === undefined) return [];
  const common = {
    businessDate: bank.businessDate,
    now: context.clock.now(),
    currency: bank.reportingCurrency,
    rates: release?.body.rates ?? null,
    ageLimits: release?.body.ageLimits ?? null,
  };
  return ids.filter((_id, i) => seen[i]).map((id) => ({ id, ...common }));
}

/**
 * One part with what its field shows, of the systems that have answered or, where it must be
 * whole, of all; throws the typed error where it failed.
 */
export async function partView<N extends PartName>(
  customer: CustomerView,
  name: N,
  { loaders, whole }: Pick<RequestContext, 'loaders'> & { readonly whole?: true },
): Promise<{ readonly value: PartValue<N>; readonly sources: readonly PartSourceView[] }> {
  const how = { loaders, moment: customer, ...(whole && { whole }) };
  return shownPart(name, await readPart(customer.id, name, how));
}

/** A part that was read, as its field shows it; throws the typed error where it failed. */
export function shownPart<N extends PartName>(
  name: N,
  part: ViewedPart<N>,
): { readonly value: PartValue<N>; readonly sources: readonly PartSourceView[] } {
  if (part.state === 'FAILED') throw partFailed(name, part.reason);
  const sources = part.lineage.map(({ source: system, ...lineage }): PartSourceView => {
    return { system, ...lineage };
  });
  return { value: part.value, sources };
}
