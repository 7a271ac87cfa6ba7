import type { BusinessDate } from '../../domain/business-date.ts';
import type {
  Customer360,
  DatedPart,
  Lineage,
  Part,
  PartName,
} from '../../domain/customer360.ts';
import type { Instant } from '../../domain/instant.ts';
import type { AgeLimits } from '../../domain/release.ts';
import { freshUntil, missingFrom } from '../../engine/point-in-time/freshness.ts';
import { knownAt } from '../../engine/point-in-time/known-at.ts';
import { historyAsOne } from '../../engine/point-in-time/one-customer.ts';
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

/**
 * What a system gave. STALE: it is too old for the release in force to rest facts on. UNAVAILABLE:
 * it has not told all of the customer, so the part lacks something and no fact rests on it.
 */
interface ViewedLineage extends Lineage {
  readonly freshness: 'FRESH' | 'STALE' | 'UNAVAILABLE';
}

/** The parts that a history has under the name of the view. */
type Named = Exclude<PartName, 'profile'>;

/** An empty list of these reads as permission: they are shown whole or not at all. */
const NEVER_IN_PART: readonly PartName[] = ['consents', 'holds'];

/** A part as known now. */
export type ViewedPart<N extends PartName> = Part<PartValue<N>, ViewedLineage>;

/** Reads one part of a customer, and of the other parts only what it needs. */
export async function readPart<N extends PartName>(
  customerId: string,
  name: N,
  {
    loaders,
    moment,
    whole = NEVER_IN_PART.includes(name),
  }: {
    readonly loaders: CustomerLoaders;
    readonly moment: ViewMoment;
    /** True where a sum is made of it, which would be silently smaller. */
    readonly whole?: boolean;
  },
): Promise<ViewedPart<N>> {
  const { businessDate } = moment;
  // Transactions are those of the arrangements held, so that part is read with them.
  const needed: readonly PartName[] =
    name === 'transactions' ? ['arrangements', 'transactions'] : [name];
  const at = { businessDate, knownAt: KNOWN_NOW };
  const history = historyAsOne(await loaders.historyOf(customerId, needed), at);
  const view = knownAt(history, whole ? at : { ...at, inPart: true });
  const told: DatedPart<unknown> = name === 'profile' ? history.party : history[name as Named];
  return withAge(view[name] as Part<PartValue<N>>, { name, told, moment });
}

/** A part that was cut to what is known, with the age of all the sources that told of it. */
export function withAge<N extends PartName>(
  part: Part<PartValue<N>>,
  {
    name,
    told,
    moment,
  }: { readonly name: N; readonly told: DatedPart<unknown>; readonly moment: ViewMoment },
): ViewedPart<N> {
  if (part.state === 'FAILED') return part;
  const missing = missingFrom(told.state === 'READ' ? told.lineage : [], KNOWN_NOW);
  const lineage = part.lineage.map((one): ViewedLineage => {
    const isOld = isStale(one, name, moment);
    const freshness = missing.has(one.source) ? 'UNAVAILABLE' : isOld ? 'STALE' : 'FRESH';
    return { ...one, freshness };
  });
  return { ...part, lineage };
}

function isStale(lineage: Lineage, name: PartName, moment: ViewMoment): boolean {
  const { ageLimits, businessDate, now } = moment;
  return ageLimits !== null && bankTime(businessDate, now) > freshUntil(lineage, name, ageLimits);
}
