import type { Stores } from '../../src/adapters/postgres/open-stores.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import {
  type InstantsOf,
  type TrainingInstant,
  trainingInstants,
} from '../../src/app/learning/training/training-instants.ts';
import {
  type GatheredRows,
  gatherRows,
  startRows,
  tableOf,
} from '../../src/app/learning/training/training-rows.ts';
import { addDays, addMonths, type BusinessDate } from '../../src/domain/business-date.ts';
import type { TrainingTable } from '../../src/domain/forest.ts';
import type { ForestDeclaration, RuleSetFiles } from '../../src/domain/rule-set.ts';
import { customerNumber, MONTHS, monthNumber } from './truth.ts';

/** Rows by forest, each with whose it is and the month that follows its day. */
export interface Rows {
  readonly forest: ForestDeclaration;
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  readonly customers: Int32Array;
  readonly months: Int8Array;
  readonly regions: readonly string[];
  readonly languages: readonly string[];
}

export interface GatheredBank {
  /** One row a contact, as the product trains on. */
  readonly contacts: readonly Rows[];
  /** Some first days of months of held-out customers: the same rows for every forest. */
  readonly decisions: readonly Rows[];
}

/** Of ten customers three are never trained on. */
export function isHeldOut(customer: number): boolean {
  // By household of ten rows and a multiplicative hash, so that no stream of the world is met.
  return Math.imul(customer + 1, 0x9e3779b1) >>> 0 < 0x4ccccccd;
}

/** The months in which every held-out customer is decided for. */
export const DECISION_MONTHS: readonly number[] = [9, 13, 17, 21];

const CUSTOMERS_AT_ONCE = 50;

/** Reads every customer's history once, a page ahead of deriving, as the product's code does. */
export async function gatherBank(
  stores: Stores,
  { forests, body }: RuleSetFiles,
  today: BusinessDate,
): Promise<GatheredBank> {
  const contacts = startCollecting(forests, trainingInstants);
  const decisions = startCollecting(forests, decisionInstants);
  const shared = { forests, facts: body.facts, rates: body.rates, today };
  for await (const histories of pages(stores)) {
    for (const history of histories) {
      const customer = customerNumber(history.customerId);
      contacts.gather(history, shared);
      if (isHeldOut(customer)) decisions.gather(history, shared);
    }
  }
  return { contacts: contacts.rows(body.facts), decisions: decisions.rows(body.facts) };
}

type History = Parameters<typeof gatherRows>[0];

interface Page {
  readonly histories: readonly History[];
  readonly last: string | null;
  readonly more: boolean;
}

async function* pages(stores: Stores): AsyncGenerator<readonly History[]> {
  const read = async (after: string | null): Promise<Page> => {
    const page = await stores.directory.page({ after, first: CUSTOMERS_AT_ONCE });
    const loaders = createCustomerLoaders(stores.histories, systemClock);
    const histories = await Promise.all(page.customerIds.map((id) => loaders.historyOf(id)));
    return { histories, last: page.customerIds.at(-1) ?? null, more: page.hasMore };
  };
  let next: Promise<Page> | null = read(null);
  while (next !== null) {
    const { histories, last, more }: Page = await next;
    next = more ? read(last) : null;
    yield histories;
  }
}

interface Whose {
  readonly customers: number[];
  readonly months: number[];
  readonly regions: string[];
  readonly languages: string[];
}

function startCollecting(forests: readonly ForestDeclaration[], instants: InstantsOf) {
  const into = startRows(forests);
  const whose: readonly Whose[] = forests.map(() => ({
    customers: [],
    months: [],
    regions: [],
    languages: [],
  }));
  const placeOf = new Map(forests.map(({ id }, place) => [id, place]));
  const instantsOf: InstantsOf = (viewOn, forest, today) => {
    const found = instants(viewOn, forest, today);
    const own = whose[placeOf.get(forest.id) ?? -1];
    const { customerId, profile } = viewOn(today);
    const party = profile.state === 'READ' ? profile.value.party : undefined;
    for (const { date } of found) {
      own?.customers.push(customerNumber(customerId));
      own?.months.push(monthNumber(addDays(date, 1)));
      own?.regions.push(party?.regionCode ?? '');
      own?.languages.push(party?.language ?? '');
    }
    return found;
  };
  return {
    gather: (history: History, shared: Omit<Parameters<typeof gatherRows>[1], 'instantsOf'>) =>
      gatherRows(history, { ...shared, instantsOf }, into),
    rows: (facts: Parameters<typeof tableOf>[2]): readonly Rows[] =>
      forests.map((forest, place) => {
        const { customers, months, regions, languages } = whose[place] as Whose;
        const gathered = into[place] as GatheredRows;
        return {
          forest,
          table: tableOf(forest, gathered, facts),
          labels: Uint8Array.from(gathered.labels),
          customers: Int32Array.from(customers),
          months: Int8Array.from(months),
          regions,
          languages,
        };
      }),
  };
}

const decisionInstants: InstantsOf = (_viewOn, _forest, today) =>
  DECISION_MONTHS.map((month): TrainingInstant => {
    const first = addMonths(addDays(today, 1), month - MONTHS);
    return { date: addDays(first, -1), label: 0 };
  });
