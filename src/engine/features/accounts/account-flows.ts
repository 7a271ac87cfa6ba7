import type { TransactionRecord } from '../../../domain/bank-record.ts';
import type { BusinessDate } from '../../../domain/business-date.ts';

/** What is added up month by month; each has its place in a month's row. */
const MEASURE = {
  regularIncome: 0,
  income: 1,
  spend: 2,
  rent: 3,
  cash: 4,
  foreign: 5,
  fees: 6,
  travel: 7,
  groceries: 8,
  homeImprovement: 9,
  car: 10,
  shopping: 11,
} as const;
export type Measure = keyof typeof MEASURE;

const MEASURES = 12;

/** Flows are added up for so many months back. */
export const FLOW_MONTHS = 12;

/** Money that only moves between the customer's own pockets, or comes back, is no income. */
const NO_INCOME: ReadonlySet<string> = new Set(['OWN_TRANSFER', 'LOAN_PAYOUT', 'REFUND']);
const NO_SPENDING: ReadonlySet<string> = new Set(['OWN_TRANSFER', 'INVESTMENT']);

const SPENDING_MEASURES: ReadonlyMap<string, number> = new Map([
  ['RENT', MEASURE.rent],
  ['FEE', MEASURE.fees],
  ['PENALTY', MEASURE.fees],
  ['TRAVEL', MEASURE.travel],
  ['GROCERIES', MEASURE.groceries],
  ['HOME_IMPROVEMENT', MEASURE.homeImprovement],
  ['CAR', MEASURE.car],
  ['SHOPPING', MEASURE.shopping],
]);

/** One account's flows in its own currency; month 0 is the last one, as the month ends tell. */
export interface AccountFlows {
  readonly months: Float64Array;
  transactionCount90d: number;
  lastRegularIncomeOn: BusinessDate | undefined;
}

/** Flows before any transaction. */
export function startFlows(): AccountFlows {
  return {
    months: new Float64Array(MEASURES * FLOW_MONTHS),
    transactionCount90d: 0,
    lastRegularIncomeOn: undefined,
  };
}

/** The sum of a measure over the first `months` months back. */
export function flowSum(flows: AccountFlows, measure: Measure, months: number): number {
  let sum = 0;
  for (let month = 0; month < months; month += 1) sum += flowIn(flows, measure, month);
  return sum;
}

/** A measure in one month. */
export function flowIn(flows: AccountFlows, measure: Measure, month: number): number {
  return flows.months[month * MEASURES + MEASURE[measure]] ?? 0;
}

/** Counts one transaction of a month under all that it is. */
export function addToFlows(
  flows: AccountFlows,
  posting: { readonly transaction: TransactionRecord; readonly amountMinor: number },
  at: { readonly month: number; readonly homeCountry: string | undefined },
): void {
  const { transaction, amountMinor } = posting;
  const row = at.month * MEASURES;
  if (amountMinor > 0) addCredit(flows, row, { transaction, amountMinor });
  if (amountMinor < 0) addDebit(flows, row, { transaction, amountMinor, ...at });
}

/** True for salary and pension that came in. */
export function isRegularIncome(
  { category }: Pick<TransactionRecord, 'category'>,
  amountMinor: number,
): boolean {
  return amountMinor > 0 && (category === 'SALARY' || category === 'PENSION');
}

/** True for what is income or spending, and not money between the customer's own pockets. */
export function isIncomeOrSpending(
  { category }: Pick<TransactionRecord, 'category'>,
  amountMinor: number,
): boolean {
  if (category === undefined) return true;
  return amountMinor > 0 ? !NO_INCOME.has(category) : !NO_SPENDING.has(category);
}

/** True for cash over the counter or a machine. */
export function isCash(transaction: TransactionRecord): boolean {
  return transaction.category === 'CASH' || transaction.method === 'CASH';
}

function addCredit(
  flows: AccountFlows,
  row: number,
  posting: { readonly transaction: TransactionRecord; readonly amountMinor: number },
): void {
  const { transaction, amountMinor } = posting;
  const category = transaction.category;
  if (isRegularIncome(transaction, amountMinor)) {
    add(flows, row + MEASURE.regularIncome, amountMinor);
  }
  if (category === undefined || !NO_INCOME.has(category)) {
    add(flows, row + MEASURE.income, amountMinor);
  }
}

function addDebit(
  flows: AccountFlows,
  row: number,
  posting: {
    readonly transaction: TransactionRecord;
    readonly amountMinor: number;
    readonly homeCountry: string | undefined;
  },
): void {
  const { transaction, amountMinor, homeCountry } = posting;
  const { category, country } = transaction;
  if (isCash(transaction)) add(flows, row + MEASURE.cash, -amountMinor);
  if (category !== undefined && NO_SPENDING.has(category)) return;
  add(flows, row + MEASURE.spend, -amountMinor);
  if (country !== undefined && country !== homeCountry) {
    add(flows, row + MEASURE.foreign, -amountMinor);
  }
  const measure = category === undefined ? undefined : SPENDING_MEASURES.get(category);
  if (measure !== undefined) add(flows, row + measure, -amountMinor);
}

function add(flows: AccountFlows, place: number, amountMinor: number): void {
  flows.months[place] = (flows.months[place] ?? 0) + amountMinor;
}
