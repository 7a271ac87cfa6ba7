import type { BusinessDate } from '../../domain/business-date.ts';
import type { Customer360, Lineage, Part, PartName } from '../../domain/customer360.ts';
import type { Instant } from '../../domain/instant.ts';
import type { AgeLimits } from '../../domain/release.ts';
import { freshUntil } from '../../engine/point-in-time/freshness.ts';
import { knownAt } from '../../engine/point-in-time/known-at.ts';
import { bankTime, KNOWN_NOW } from './bank-time.ts';
import type { CustomerLoaders } from './customer-loaders.ts';

/** The moment at which a customer is looked at. */
export interface ViewMoment {
  readonly businessDate: BusinessDate;
  readonly now: Instant;
  /** Null before a first release: then nothing is called stale. */
  readonly ageLimits: AgeLimits | null;
}

/** What a part holds where it was read. */
export type PartValue<N extends PartName> = Extract<
  Customer360[N],
  { readonly state: 'READ' }
>['value'];

/** What a system gave, and whether it is too old for the release in force to rest facts on. */
interface ViewedLineage extends Lineage {
  readonly stale: boolean;
}

/** A part as known now. */
export type ViewedPart<N extends PartName> = Part<PartValue<N>, ViewedLineage>;

/** Reads one part of a customer, and of the other parts only what it needs. */
export async function readPart<N extends PartName>(
  customerId: string,
  name: N,
  { loaders, moment }: { readonly loaders: CustomerLoaders; readonly moment: ViewMoment },
): Promise<ViewedPart<N>> {
  const { businessDate } = moment;
  // Transactions are those of the arrangements held, so that part is read with them.
  const needed: readonly PartName[] =
    name === 'transactions' ? ['arrangements', 'transactions'] : [name];
  const history = await loaders.historyOf(customerId, needed);
  const view = knownAt(history, { businessDate, knownAt: KNOWN_NOW });
  return withAge(view[name] as Part<PartValue<N>>, name, moment);
}

/** A part that was cut to what is known, with the age of its sources. */
export function withAge<N extends PartName>(
  part: Part<PartValue<N>>,
  name: N,
  moment: ViewMoment,
): ViewedPart<N> {
  if (part.state === 'FAILED') return part;
  const lineage = part.lineage.map((one) => ({ ...one, stale: isStale(one, name, moment) }));
  return { ...part, lineage };
}

function isStale(lineage: Lineage, name: PartName, moment: ViewMoment): boolean {
  const { ageLimits, businessDate, now } = moment;
  return ageLimits !== null && bankTime(businessDate, now) > freshUntil(lineage, name, ageLimits);
}
