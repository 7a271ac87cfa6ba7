import type { Customer360, HeldArrangement } from '../../domain/customer360.ts';
import type { FactValue } from '../../domain/fact.ts';
import type { RateTable } from '../../domain/release.ts';
import type { CurrentAccounts } from './accounts/current-accounts.ts';
import type { Known } from './known.ts';
import type { Onboarding } from './onboarding/onboarding-window.ts';

/** A fact's value, or why there is none: not applicable, or unavailable with its cause. */
export type Derived = Known<FactValue>;

/** What derivations read: the customer, and what is worked out once for many of them. */
export interface World {
  readonly customer: Customer360;
  readonly rates: RateTable;
  /** Open on the business date, held as owner or joint holder. */
  readonly holdings: Known<readonly HeldArrangement[]>;
  readonly accounts: Known<CurrentAccounts>;
  /**
   * The first 60 and the first 90 days: where little is covered, the shorter window is oftener.
   */
  readonly onboarding: { readonly days60: Known<Onboarding>; readonly days90: Known<Onboarding> };
}

/** Works out one fact; registered under the fact's name. */
export type Derivation = (world: World) => Derived;

/** The facts of one theme by name; their order means nothing. */
export type Derivations = readonly (readonly [name: string, derivation: Derivation])[];
