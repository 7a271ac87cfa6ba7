import { ACCOUNT_BALANCES } from './account-balances.ts';
import { BALANCES } from './balances.ts';
import { CAMPAIGNS } from './campaigns.ts';
import { CASHFLOW } from './cashflow.ts';
import type { Derivation } from './derivation.ts';
import { GOALS } from './goals.ts';
import { HOLDINGS } from './holdings.ts';
import { HOUSEHOLD } from './household.ts';
import { INTERACTIONS } from './interactions.ts';
import { ONBOARDING } from './onboarding.ts';
import { PROFILE } from './profile.ts';
import { RELATIONSHIP } from './relationship.ts';

/** Every SHEET fact by name: what derives it. The feature catalogue may declare no other. */
export const DERIVATIONS: ReadonlyMap<string, Derivation> = new Map([
  ...PROFILE,
  ...HOUSEHOLD,
  ...HOLDINGS,
  ...BALANCES,
  ...CASHFLOW,
  ...ACCOUNT_BALANCES,
  ...ONBOARDING,
  ...INTERACTIONS,
  ...CAMPAIGNS,
  ...GOALS,
  ...RELATIONSHIP,
]);
