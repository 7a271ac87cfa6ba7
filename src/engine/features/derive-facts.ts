import type { Customer360 } from '../../domain/customer360.ts';
import type { FactDeclaration, FactSheet, FactValue } from '../../domain/fact.ts';
import type { RateTable } from '../../domain/release.ts';
import { readCurrentAccounts } from './accounts/current-accounts.ts';
import type { Derived, World } from './derivation.ts';
import { DERIVATIONS } from './derivations.ts';
import { openHoldings } from './holdings/holdings.ts';
import { isKnown, NOT_APPLICABLE, unavailable } from './known.ts';
import { readOnboarding } from './onboarding/onboarding-window.ts';
import { plausible } from './plausible.ts';

/**
 * Raised when a fact is derived otherwise from the same records. Snapshots and stored training
 * rows of another version are derived anew; decisions keep the sheets that they rest on.
 */
export const DERIVATION_VERSION = 2;

/**
 * The fact sheet of a customer: each SHEET fact of the catalogue with its value, or as not
 * applicable, or as unavailable with the cause. Linear in the transactions, which are read once
 * for the last year and twice for the first days.
 */
export function deriveFacts(
  customer: Customer360,
  facts: readonly FactDeclaration[],
  rates: RateTable,
): FactSheet {
  const world = worldOf(customer, rates);
  const values: [string, FactValue][] = [];
  const notApplicable: string[] = [];
  const causes: [string, string][] = [];
  for (const fact of facts) {
    if (fact.origin !== 'SHEET') continue;
    const derived = withinValues(fact, plausible(fact, derivationOf(fact.name)(world)));
    if (derived === NOT_APPLICABLE) notApplicable.push(fact.name);
    else if (isKnown(derived)) values.push([fact.name, derived]);
    else causes.push([fact.name, derived.cause]);
  }
  return {
    values: Object.fromEntries(values),
    notApplicable,
    unavailable: Object.fromEntries(causes),
  };
}

function worldOf(customer: Customer360, rates: RateTable): World {
  return {
    customer,
    rates,
    holdings: openHoldings(customer),
    accounts: readCurrentAccounts(customer, rates),
    onboarding: {
      days60: readOnboarding(customer, rates, 60),
      days90: readOnboarding(customer, rates, 90),
    },
  };
}

function derivationOf(name: string) {
  const derivation = DERIVATIONS.get(name);
  // INVARIANT: a catalogue that names a fact nobody derives is refused when its release is built.
  if (derivation === undefined) throw new Error(`no derivation for the fact \`${name}\``);
  return derivation;
}

/** A code that the catalogue does not list is one that no rule or forest was written for. */
function withinValues(fact: FactDeclaration, derived: Derived): Derived {
  const { values } = fact;
  if (values === undefined || !isKnown(derived)) return derived;
  const codes = typeof derived === 'object' ? derived : [derived];
  if (codes.every((code) => values.includes(String(code)))) return derived;
  return unavailable('NOT_COVERED', fact.sources[0] ?? 'profile');
}
