import type { FactDeclaration, FactSheet, FactValue } from '../../domain/fact.ts';
import type { CurrencyCode } from '../../domain/money.ts';
import { factInWords } from './decimals.ts';

/** A fact as it was known: its value, or why there is none. */
export type KnownFact =
  | { readonly state: 'PRESENT'; readonly value: FactValue }
  | { readonly state: 'NOT_APPLICABLE' | 'UNAVAILABLE' | 'LOST' };

/** How a fact stands in a sheet. */
export function knownInSheet(name: string, sheet: FactSheet): KnownFact {
  const value = sheet.values[name];
  if (value !== undefined) return { state: 'PRESENT', value };
  return { state: sheet.notApplicable.includes(name) ? 'NOT_APPLICABLE' : 'UNAVAILABLE' };
}

/** What a fact says of the customer in the catalogue's words: direction and size, or value. */
export function factWords(
  fact: FactDeclaration,
  known: KnownFact,
  currency: CurrencyCode,
): string {
  const { words } = fact;
  if (known.state === 'LOST') return `no longer on record: ${factLabel(fact)}`;
  if (known.state === 'UNAVAILABLE') return `not known: ${factLabel(fact)}`;
  if (known.state !== 'PRESENT') {
    return words?.absent ?? `not applicable: ${factLabel(fact)}`;
  }
  const { value } = known;
  if (words !== undefined && 'up' in words && typeof value === 'number') {
    const size = factInWords(fact, Math.abs(value), currency);
    if (value === 0) return words.level;
    return (value > 0 ? words.up : words.down).replaceAll('{size}', () => size);
  }
  if (value === false && words?.absent !== undefined) return words.absent;
  const present = words !== undefined && 'present' in words ? words.present : undefined;
  const shown = factInWords(fact, value, currency);
  return (present ?? `${fact.name}: {value}`).replaceAll('{value}', () => shown);
}

/** A fact by name for people: the first sentence of what it means. */
export function factLabel({ description }: FactDeclaration): string {
  return description.split(/\.(?:\s|$)/)[0] ?? description;
}
