import { openingsOf, type ViewOn } from '../../src/app/learning/training/training-instants.ts';
import { addDays, type BusinessDate } from '../../src/domain/business-date.ts';
import type { FactDeclaration } from '../../src/domain/fact.ts';
import { DEFAULT_FOREST_PLAN } from '../../src/domain/forest.ts';
import type { ForestDeclaration } from '../../src/domain/rule-set.ts';

/**
 * Neither age nor sex: the catalogue does not permit them to a forest, and the goals need none.
 */
const FEATURES = [
  'onboarding.firstAmount',
  'onboarding.credit60d',
  'onboarding.cashIn60d',
  'onboarding.transferIn60d',
  'onboarding.transactionCount60d',
  'onboarding.balanceMean60d',
  'onboarding.balanceVolatility60d',
  'onboarding.credit90d',
  'onboarding.debit90d',
  'onboarding.largestCredit90d',
  'onboarding.largestDebit90d',
  'onboarding.cashIn90d',
  'onboarding.cashOut90d',
  'onboarding.transferIn90d',
  'onboarding.interest90d',
  'onboarding.transactionCount90d',
  'onboarding.balanceMin90d',
  'onboarding.balanceMax90d',
  'onboarding.balanceMean90d',
  'onboarding.balanceVolatility90d',
  'onboarding.balanceLast90d',
  'region.averageSalary',
  'region.unemploymentPpm',
  'region.urbanPpm',
];

/** A first loan, or a first card, within a year after the first 90 days. */
export const STUDIES: readonly ForestDeclaration[] = [
  study('loan', 'personal_loan', 'LOAN'),
  study('card', 'card_classic', 'CARD'),
];

function study(id: string, action: string, kind: 'LOAN' | 'CARD'): ForestDeclaration {
  return {
    id,
    predictsFor: { scope: 'ACTION', id: action },
    target: { label: `opens a ${id}`, productKinds: [kind], window: 'P365D' },
    features: FEATURES,
    spec: { ...DEFAULT_FOREST_PLAN, trees: 300 },
    permittedUses: [],
    owner: 'Evaluation Analysts',
  };
}

/** Features that the catalogue does not let a forest use; none, or the figures mean nothing. */
export function forbiddenFeatures(
  studies: readonly ForestDeclaration[],
  facts: readonly FactDeclaration[],
): readonly string[] {
  const permitted = facts.filter(({ permittedUses }) => permittedUses.includes('propensity'));
  const names = new Set(studies.flatMap(({ features }) => features));
  return [...names].filter((name) => !permitted.some((fact) => fact.name === name));
}

/** One row of a study: an account, 90 days after it was opened. */
export interface StudyRow {
  readonly account: string;
  readonly opened: BusinessDate;
  readonly date: BusinessDate;
  readonly label: 0 | 1;
}

/** The owner's row, unless the product is held by then or the year after has not ended. */
export function studyRows(
  viewOn: ViewOn,
  { target }: ForestDeclaration,
  today: BusinessDate,
): readonly StudyRow[] {
  const { arrangements } = viewOn(today);
  if (arrangements.state === 'FAILED') return [];
  const opened = openingsOf(viewOn(today), target);
  return arrangements.value.flatMap(({ arrangement, role }): readonly StudyRow[] => {
    if (arrangement.productKind !== 'CURRENT_ACCOUNT' || role !== 'OWNER') return [];
    const date = addDays(arrangement.openedOn, 90);
    const until = addDays(date, 365);
    if (until > today || openingsOf(viewOn(date), target).length > 0) return [];
    const account = arrangement.arrangementId.replace('account-', '');
    const label = opened.some((day) => day > date && day <= until) ? 1 : 0;
    return [{ account, opened: arrangement.openedOn, date, label }];
  });
}
