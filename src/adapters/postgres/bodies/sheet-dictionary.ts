import { canonicalText } from '../../../domain/canonical.ts';
import { PART_NAMES } from '../../../domain/customer360.ts';
import type { FactSheet } from '../../../domain/fact.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { DictionaryText } from './vocabulary.ts';

const TIME = '2026-01-01T00:00:00.000Z';

/** The facts a sheet speaks of, in order: the same for all sheets of a feature catalogue. */
export function factNamesOf(sheet: FactSheet): readonly string[] {
  const { values, notApplicable, unavailable } = sheet;
  return [...Object.keys(values), ...notApplicable, ...Object.keys(unavailable)].toSorted();
}

/**
 * A fact sheet that names each fact, and a snapshot: no value of any customer. What is written
 * here may change at any time, for the dictionary itself is stored.
 */
export function sheetDictionary(factNames: readonly string[]): Uint8Array {
  const named = <T>(value: T) => Object.fromEntries(factNames.map((name) => [name, value]));
  const unavailable = named('NOT_COVERED transactions');
  const sheet: FactSheet = { values: named(0), notApplicable: factNames, unavailable };
  const lineage = { source: 'extract:', version: 1, asOf: TIME, fetchedAt: TIME };
  const snapshot: Snapshot = {
    sheetAddress: '',
    businessDate: '2026-01-01',
    sources: Object.fromEntries(PART_NAMES.map((part) => [part, [lineage]])),
    factsDigest: '',
    ratesDigest: '',
    factsAsOf: TIME,
    validUntil: TIME,
  };
  const text: DictionaryText = { likely: [sheet, snapshot], words: [] };
  return Buffer.from(canonicalText(text), 'utf8');
}
