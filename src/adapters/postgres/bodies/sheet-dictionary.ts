import { canonicalText } from '../../../domain/canonical.ts';
import { ENGINE_PARTS } from '../../../domain/customer360.ts';
import type { FactSheet } from '../../../domain/fact.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { DictionaryText } from './vocabulary.ts';

const TIME = '2026-01-01T00:00:00.000Z';

/** The names of a sheet's facts, sorted: all sheets of one feature catalogue have the same. */
export function factNamesOf(sheet: FactSheet): readonly string[] {
  const { values, notApplicable, unavailable } = sheet;
  return [...Object.keys(values), ...notApplicable, ...Object.keys(unavailable)].toSorted();
}

/**
 * The dictionary for sheets and snapshots of a feature catalogue: an invented sheet that names
 * each fact, and an invented snapshot. As with capsules, later ones may hold other things.
 */
export function sheetDictionary(factNames: readonly string[]): Uint8Array {
  const named = <T>(value: T) => Object.fromEntries(factNames.map((name) => [name, value]));
  const unavailable = named('NOT_COVERED transactions');
  const sheet: FactSheet = { values: named(0), notApplicable: factNames, unavailable };
  const lineage = { source: 'extract:', version: 1, asOf: TIME, fetchedAt: TIME };
  const snapshot: Snapshot = {
    sheetAddress: '',
    businessDate: '2026-01-01',
    sources: Object.fromEntries(ENGINE_PARTS.map((part) => [part, [lineage]])),
    factsDigest: '',
    ratesDigest: '',
    factsAsOf: TIME,
    validUntil: TIME,
  };
  const text: DictionaryText = { likely: [sheet, snapshot], words: [] };
  return Buffer.from(canonicalText(text), 'utf8');
}
