import type { BusinessDate } from '../../domain/business-date.ts';
import type { CustomerHistory } from '../../domain/customer360.ts';
import type { FactDeclaration, FactSheet, FactValue } from '../../domain/fact.ts';
import { MISSING_NUMBER, type TrainingColumn, type TrainingTable } from '../../domain/forest.ts';
import { endOfDay } from '../../domain/instant.ts';
import type { RateTable } from '../../domain/release.ts';
import type { ForestDeclaration } from '../../domain/rule-set.ts';
import { deriveFacts } from '../../engine/features/derive-facts.ts';
import { knownAt } from '../../engine/features/known-at.ts';
import {
  type InstantsOf,
  type TrainingInstant,
  trainingInstants,
  type ViewOn,
} from './training-instants.ts';

/** The rows of one forest as they are gathered, a list of values a feature. */
export interface GatheredRows {
  readonly values: readonly (FactValue | undefined)[][];
  readonly labels: number[];
  from: BusinessDate | null;
  to: BusinessDate | null;
}

export interface Gathering {
  readonly forests: readonly ForestDeclaration[];
  readonly facts: readonly FactDeclaration[];
  readonly rates: RateTable;
  readonly today: BusinessDate;
  /** By default one row a contact or a month; a study may choose its own. */
  readonly instantsOf?: InstantsOf;
}

/** Empty rows for each forest. */
export function startRows(forests: readonly ForestDeclaration[]): readonly GatheredRows[] {
  return forests.map((forest) => ({
    values: forest.features.map(() => []),
    labels: [],
    from: null,
    to: null,
  }));
}

/**
 * Adds a customer's rows to every forest. The history is read once; each day's facts are derived
 * once, by the same function as live ones, from what was recorded by the end of that day.
 */
export function gatherRows(
  history: CustomerHistory,
  gathering: Gathering,
  rows: readonly GatheredRows[],
): void {
  const viewOn: ViewOn = once((date) =>
    knownAt(history, { businessDate: date, knownAt: endOfDay(date) }),
  );
  const sheetOn = once((date) => deriveFacts(viewOn(date), gathering.facts, gathering.rates));
  const instantsOf = gathering.instantsOf ?? trainingInstants;
  const byName = new Map(gathering.facts.map((fact) => [fact.name, fact]));
  for (const [f, forest] of gathering.forests.entries()) {
    const into = rows[f];
    if (into === undefined) continue;
    for (const instant of instantsOf(viewOn, forest, gathering.today)) {
      addRow(into, instant, (place) => {
        const fact = byName.get(forest.features[place] ?? '');
        return fact === undefined ? undefined : factValue(sheetOn(instant.date), fact);
      });
    }
  }
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

function addRow(
  into: GatheredRows,
  { date, label }: TrainingInstant,
  valueAt: (place: number) => FactValue | undefined,
): void {
  for (const [place, column] of into.values.entries()) column.push(valueAt(place));
  into.labels.push(label);
  if (into.from === null || date < into.from) into.from = date;
  if (into.to === null || date > into.to) into.to = date;
}

function factValue(sheet: FactSheet, fact: FactDeclaration): FactValue | undefined {
  const value = sheet.values[fact.name];
  if (value !== undefined) return value;
  return sheet.notApplicable.includes(fact.name) ? fact.whenNone : undefined;
}

/** Gathered rows as columns: codes as categories, everything else as numbers. */
export function tableOf(
  forest: ForestDeclaration,
  gathered: GatheredRows,
  facts: readonly FactDeclaration[],
): TrainingTable {
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const columns = forest.features.map((name, place): TrainingColumn => {
    const values = gathered.values[place] ?? [];
    const categories = byName.get(name)?.values;
    if (categories === undefined) {
      return { name, kind: 'number', values: Float64Array.from(values, numberOf) };
    }
    const places = new Map(categories.map((category, code) => [category, code]));
    const codes = Int16Array.from(values, (value) => places.get(String(value)) ?? -1);
    return { name, kind: 'category', categories, codes };
  });
  return { rows: gathered.labels.length, columns };
}

function numberOf(value: FactValue | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : MISSING_NUMBER;
}
