import { openingsOf, type ViewOn } from '../../src/app/learning/training/training-instants.ts';
import { addDays, type BusinessDate } from '../../src/domain/business-date.ts';
import { DEFAULT_FOREST_PLAN } from '../../src/domain/forest.ts';
import type { ForestDeclaration } from '../../src/domain/rule-set.ts';
import type { StudyRow } from './onboarding-study.ts';

/** The day on which the whole portfolio is looked at, and until when an account must be open. */
const ON: BusinessDate = '1994-04-01';
const OPENED_BY: BusinessDate = '1994-01-01';

/** All of these have survived by then: fifteen months of transactions are there. */
const FEATURES = [
  'customer.tenureMonths',
  'current.balance',
  'cashflow.incomeMonthly',
  'cashflow.spendMonthly',
  'cashflow.netMonthly',
  'cashflow.savingsRatePpm',
  'cashflow.idleCash',
  'cashflow.cashWithdrawalMonthly',
  'cashflow.rentMonthly',
  'cashflow.creditTurnover3m',
  'cashflow.balanceMin90d',
  'cashflow.balanceVolatility',
  'cashflow.transactionCount90d',
  'onboarding.firstAmount',
  'onboarding.credit90d',
  'onboarding.debit90d',
  'onboarding.largestCredit90d',
  'onboarding.largestDebit90d',
  'onboarding.cashIn90d',
  'onboarding.cashOut90d',
  'onboarding.transferIn90d',
  'onboarding.balanceMin90d',
  'onboarding.balanceMax90d',
  'onboarding.balanceMean90d',
  'onboarding.balanceVolatility90d',
  'region.averageSalary',
  'region.unemploymentPpm',
  'region.urbanPpm',
];

/** A first loan within a year after one day, of every account then open for a quarter. */
export const PORTFOLIO_STUDY: ForestDeclaration = {
  id: 'loan',
  predictsFor: { scope: 'ACTION', id: 'personal_loan' },
  target: { label: 'opens a loan', productKinds: ['LOAN'], window: 'P365D' },
  features: FEATURES,
  spec: { ...DEFAULT_FOREST_PLAN, trees: 300 },
  permittedUses: [],
  owner: 'Evaluation Analysts',
};

/** The owner's row on the day, unless a loan is held by then. */
export function portfolioRows(
  viewOn: ViewOn,
  { target }: ForestDeclaration,
  today: BusinessDate,
): readonly StudyRow[] {
  const { arrangements } = viewOn(ON);
  if (arrangements.state === 'FAILED' || openingsOf(viewOn(ON), target).length > 0) return [];
  const until = addDays(ON, 365);
  const label = openingsOf(viewOn(today), target).some((day) => day > ON && day <= until) ? 1 : 0;
  return arrangements.value.flatMap(({ arrangement, role }): readonly StudyRow[] => {
    if (arrangement.productKind !== 'CURRENT_ACCOUNT' || role !== 'OWNER') return [];
    if (arrangement.openedOn > OPENED_BY) return [];
    const account = arrangement.arrangementId.replace('account-', '');
    return [{ account, opened: arrangement.openedOn, date: ON, label }];
  });
}
