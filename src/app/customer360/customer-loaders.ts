import DataLoader from 'dataloader';
import type { ArrangementRecord } from '../../domain/bank-record.ts';
import {
  type CustomerHistory,
  type DatedPart,
  PART_NAMES,
  type PartName,
} from '../../domain/customer360.ts';
import { mergesKnownAt, numbersIn, numbersMergedInto } from '../../domain/merged-numbers.ts';
import { heldToAll } from '../../engine/point-in-time/one-customer.ts';
import type { Clock } from '../ports/clock.ts';
import type { CustomerLineages, CustomerSource, ReadMany } from '../ports/customer-source.ts';
import { Outage } from '../ports/outage.ts';
import { KNOWN_NOW } from './bank-time.ts';

/** The loaders of one request: each part is read once, for every customer asked for together. */
export interface CustomerLoaders {
  /**
   * The named parts of a customer's history (by default all); parts not named stay unread. What is
   * recorded under other numbers that were ever merged into this one comes with it.
   */
  readonly historyOf: (
    customerId: string,
    parts?: readonly PartName[],
  ) => Promise<CustomerHistory>;
  /** The numbers that live on in this one; null where that cannot be told. */
  readonly numbersOf: (customerId: string) => Promise<readonly string[] | null>;
  /**
   * A part whose rows are read in another way, those of all numbers at once: under its lineage,
   * and failing alone too.
   */
  readonly partBy: <T>(
    customerId: string,
    part: PartName,
    read: () => Promise<T>,
  ) => Promise<DatedPart<T>>;
}

type Rows<K extends keyof CustomerSource> =
  CustomerSource[K] extends ReadMany<infer T> ? T : never;

type PartLoaders = {
  readonly [K in Exclude<keyof CustomerSource, 'lineages'>]: (
    customerId: string,
  ) => Promise<DatedPart<Rows<K>>>;
};

/**
 * Makes a fresh set; never share one between two requests, for a loader remembers what it read.
 */
export function createCustomerLoaders(source: CustomerSource, clock: Clock): CustomerLoaders {
  const lineages = loaderOf(source.lineages, NO_LINEAGES);
  const numberBy: CustomerLoaders['partBy'] = (customerId, name, read) =>
    failingAlone(async () => {
      const [value, sources] = await Promise.all([read(), lineages.load(customerId)]);
      const lineage = sources.parts.get(name) ?? [];
      // A part the bank never handed over is unknown, not empty.
      if (lineage.length === 0) return { state: 'FAILED', reason: 'NOT_COVERED' };
      const fetchedAt = clock.now();
      return { state: 'READ', value, lineage: lineage.map((one) => ({ ...one, fetchedAt })) };
    });
  const part = <T>(read: ReadMany<T>, name: PartName, none: T) => {
    const rows = loaderOf(read, none);
    return (customerId: string) => numberBy(customerId, name, () => rows.load(customerId));
  };
  const parts: PartLoaders = {
    parties: part(source.parties, 'profile', { party: [], regions: [] }),
    households: part(source.households, 'household', []),
    arrangements: part(source.arrangements, 'arrangements', NO_ARRANGEMENTS),
    transactions: part(source.transactions, 'transactions', { transactions: [], coverage: [] }),
    interactions: part(source.interactions, 'interactions', []),
    campaigns: part(source.campaigns, 'campaigns', { contacts: [], responses: [] }),
    goals: part(source.goals, 'goals', []),
    creditApplications: part(source.creditApplications, 'creditApplications', []),
    relationshipValues: part(source.relationshipValues, 'relationshipValue', []),
    consents: part(source.consents, 'consents', []),
    holds: part(source.holds, 'holds', []),
  };
  // Where the source is down every part says so, and there is nothing to add to it.
  const mergesOf = async (customerId: string) =>
    (await orNone(lineages.load(customerId)))?.merges ?? [];
  return {
    numbersOf: async (customerId) => {
      const sources = await orNone(lineages.load(customerId));
      if (sources === null) return null;
      return numbersMergedInto(customerId, mergesKnownAt(sources.merges, KNOWN_NOW));
    },
    historyOf: async (customerId, names = PART_NAMES) => {
      const [own, merges] = await Promise.all([
        assemble(customerId, names, parts),
        mergesOf(customerId),
      ]);
      if (merges.length === 0) return own;
      const numbers = numbersIn(merges);
      const others = await Promise.all(numbers.map((id) => assemble(id, names, parts)));
      return { ...own, merged: { merges, others } };
    },
    partBy: async (customerId, name, read) => {
      const [own, merges] = await Promise.all([
        numberBy(customerId, name, read),
        mergesOf(customerId),
      ]);
      const numbers = numbersMergedInto(customerId, mergesKnownAt(merges, KNOWN_NOW));
      const others = numbers.map((id) => numberBy(id, name, async () => undefined));
      return heldToAll(own, await Promise.all(others));
    },
  };
}

const NO_LINEAGES: CustomerLineages = { parts: new Map(), merges: [] };

async function orNone(read: Promise<CustomerLineages>): Promise<CustomerLineages | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Outage) return null;
    throw error;
  }
}

const NO_ARRANGEMENTS: Rows<'arrangements'> = {
  arrangements: [] as readonly ArrangementRecord[],
  roles: [],
  balances: [],
};

function loaderOf<T>(read: ReadMany<T>, none: T): DataLoader<string, T> {
  return new DataLoader(async (ids) => {
    const rows = await read(ids);
    return ids.map((id) => rows.get(id) ?? none);
  });
}

/** An outage fails the part alone; anything else is a bug and fails the request. */
async function failingAlone<T>(read: () => Promise<DatedPart<T>>): Promise<DatedPart<T>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Outage) return { state: 'FAILED', reason: 'SOURCE_DOWN' };
    throw error;
  }
}

async function assemble(
  customerId: string,
  names: readonly PartName[],
  parts: PartLoaders,
): Promise<CustomerHistory> {
  const read = <T>(
    name: PartName,
    load: (id: string) => Promise<DatedPart<T>>,
  ): Promise<DatedPart<T>> => (names.includes(name) ? load(customerId) : Promise.resolve(UNREAD));
  const [party, household, arrangements, transactions, interactions] = await Promise.all([
    read('profile', parts.parties),
    read('household', parts.households),
    read('arrangements', parts.arrangements),
    read('transactions', parts.transactions),
    read('interactions', parts.interactions),
  ]);
  const [campaigns, goals, creditApplications, relationshipValue, consents, holds] =
    await Promise.all([
      read('campaigns', parts.campaigns),
      read('goals', parts.goals),
      read('creditApplications', parts.creditApplications),
      read('relationshipValue', parts.relationshipValues),
      read('consents', parts.consents),
      read('holds', parts.holds),
    ]);
  return {
    customerId,
    party: mapPart(party, (rows) => rows.party),
    regions: mapPart(party, (rows) => rows.regions),
    household,
    arrangements,
    transactions,
    interactions,
    campaigns,
    goals,
    creditApplications,
    relationshipValue,
    consents,
    holds,
  };
}

/** A part nobody asked for; who reads it finds nothing. */
const UNREAD = { state: 'FAILED', reason: 'NOT_COVERED' } as const;

function mapPart<T, U>(part: DatedPart<T>, pick: (value: T) => U): DatedPart<U> {
  return part.state === 'READ' ? { ...part, value: pick(part.value) } : part;
}
