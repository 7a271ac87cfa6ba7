import { ACCOUNT_BALANCES } from './accounts/account-balances.ts';
import { CASHFLOW } from './accounts/cashflow.ts';
import { CAMPAIGNS } from './customer/campaigns.ts';
import { CREDIT_APPLICATIONS } from './customer/credit-applications.ts';
import { GOALS } from './customer/goals.ts';
import { HOUSEHOLD } from './customer/household.ts';
import { INTERACTIONS } from './customer/interactions.ts';
import { PROFILE } from './customer/profile.ts';
import { RELATIONSHIP } from './customer/relationship.ts';
import type { Derivation } from './derivation.ts';
import { BALANCES } from './holdings/balances.ts';
import { HOLDINGS } from './holdings/holdings.ts';
import { ONBOARDING } from './onboarding/onboarding.ts';

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
  ...CREDIT_APPLICATIONS,
  ...RELATIONSHIP,
]);
