import { type BusinessDate, toEpochDay } from '../../../domain/business-date.ts';
import type { CustomerHistory } from '../../../domain/customer360.ts';
import type { FactDeclaration, FactSheet, FactValue } from '../../../domain/fact.ts';
import {
  MISSING_NUMBER,
  type TrainingColumn,
  type TrainingTable,
} from '../../../domain/forest.ts';
import { dateOf, endOfDay } from '../../../domain/instant.ts';
import { mergesKnownAt } from '../../../domain/merged-numbers.ts';
import type { RateTable } from '../../../domain/release.ts';
import type { ForestDeclaration } from '../../../domain/rule-set.ts';
import { deriveFacts } from '../../../engine/features/derive-facts.ts';
import { knownAt } from '../../../engine/point-in-time/known-at.ts';
import { addNumber, type GrowingColumn, numbersOf, startColumn } from './growing-column.ts';
import { type GroupCodes, groupCodesOf } from './monitored-groups.ts';
import {
  type InstantsOf,
  type TrainingInstant,
  trainingInstants,
  type ViewOn,
} from './training-instants.ts';

/** The rows of one forest as they are gathered: eight bytes a feature, forty for the rest. */
export interface GatheredRows {
  /** For each feature its numbers, or the places of its codes among the declared ones. */
  readonly columns: readonly GrowingColumn[];
  readonly labels: number[];
  /** For each row the day on which it stands, as an epoch day. */
  readonly days: number[];
  /** For each row 1 where a stored snapshot gave its facts. */
  readonly live: number[];
  /** For each row whom it is of, for monitoring only. */
  readonly ageBands: number[];
  readonly sexes: number[];
}

/** The fact sheets that decisions left behind, by the business date they stood on. */
type StoredSheets = ReadonlyMap<BusinessDate, FactSheet>;

interface Gathering {
  readonly forests: readonly ForestDeclaration[];
  readonly facts: readonly FactDeclaration[];
  readonly rates: RateTable;
  readonly today: BusinessDate;
  /** By default one row a contact or a month; a study may choose its own. */
  readonly instantsOf?: InstantsOf;
  /** The customer's stored sheets of the same catalogue and rates: what was known is taken. */
  readonly stored?: StoredSheets;
}

/** Empty rows for each forest. */
export function startRows(forests: readonly ForestDeclaration[]): readonly GatheredRows[] {
  return forests.map((forest) => ({
    columns: forest.features.map(startColumn),
    labels: [],
    days: [],
    live: [],
    ageBands: [],
    sexes: [],
  }));
}

/**
 * Adds a customer's rows to every forest. A day on which a decision left its facts behind takes
 * those (LIVE). For any other, facts are derived once, by the same function as live ones, from
 * what was recorded by the end of that day (BACKFILL).
 */
export function gatherRows(
  history: CustomerHistory,
  gathering: Gathering,
  rows: readonly GatheredRows[],
): void {
  const viewOn: ViewOn = once((date) =>
    knownAt(history, { businessDate: date, knownAt: endOfDay(date) }),
  );
  const sheetOn = once(
    (date) =>
      gathering.stored?.get(date) ?? deriveFacts(viewOn(date), gathering.facts, gathering.rates),
  );
  const instantsOf = gathering.instantsOf ?? trainingInstants;
  const from = oneFrom(history, gathering.today);
  const readers = new Map(gathering.facts.map((fact) => [fact.name, readerOf(fact)]));
  for (const [f, forest] of gathering.forests.entries()) {
    const into = rows[f];
    if (into === undefined) continue;
    for (const instant of instantsOf(viewOn, forest, gathering.today)) {
      if (instant.date < from) continue;
      const sheet = sheetOn(instant.date);
      for (const [place, column] of into.columns.entries()) {
        const read = readers.get(forest.features[place] ?? '');
        addNumber(column, read?.(sheet) ?? MISSING_NUMBER);
      }
      const isLive = gathering.stored?.has(instant.date) === true;
      addRest(into, instant, { isLive, ...groupCodesOf(viewOn(instant.date), forest) });
    }
  }
}

/**
 * The first day whose end knows all numbers that are one customer today. What became of the one
 * number is no label for what was known of another; of a customer of one number every day counts.
 */
function oneFrom({ merged }: CustomerHistory, today: BusinessDate): BusinessDate {
  const known = [...mergesKnownAt(merged?.merges ?? [], endOfDay(today)).values()];
  const days = known.map(({ recordedAt }) => dateOf(recordedAt));
  return days.toSorted().at(-1) ?? '';
}

function once<T>(make: (date: BusinessDate) => T): (date: BusinessDate) => T {
  const made = new Map<BusinessDate, T>();
  return (date) => {
    const known = made.get(date);
    if (known !== undefined) return known;
    const fresh = make(date);
    made.set(date, fresh);
    return fresh;
  };
}

function addRest(
  into: GatheredRows,
  { date, label }: TrainingInstant,
  { isLive, ageBand, sex }: GroupCodes & { readonly isLive: boolean },
): void {
  into.labels.push(label);
  into.days.push(toEpochDay(date));
  into.live.push(Number(isLive));
  into.ageBands.push(ageBand);
  into.sexes.push(sex);
}

/** A fact's number on a sheet: of a code its place among the declared ones, -1 where none. */
function readerOf(fact: FactDeclaration): (sheet: FactSheet) => number {
  if (fact.values === undefined) return (sheet) => numberOf(factValue(sheet, fact));
  const places = new Map(fact.values.map((value, place) => [value, place]));
  return (sheet) => places.get(String(factValue(sheet, fact))) ?? -1;
}

function factValue(sheet: FactSheet, fact: FactDeclaration): FactValue | undefined {
  const value = sheet.values[fact.name];
  if (value !== undefined) return value;
  return sheet.notApplicable.includes(fact.name) ? fact.whenNone : undefined;
}

function numberOf(value: FactValue | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : MISSING_NUMBER;
}

/** Gathered rows as columns: codes as categories, everything else as numbers, not copied. */
export function tableOf(
  forest: ForestDeclaration,
  gathered: GatheredRows,
  facts: readonly FactDeclaration[],
): TrainingTable {
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const columns = forest.features.map((name, place): TrainingColumn => {
    const column = gathered.columns[place];
    const values = column === undefined ? new Float64Array(0) : numbersOf(column);
    const categories = byName.get(name)?.values;
    if (categories === undefined) return { name, kind: 'number', values };
    return { name, kind: 'category', categories, codes: Int16Array.from(values) };
  });
  return { rows: gathered.labels.length, columns };
}
