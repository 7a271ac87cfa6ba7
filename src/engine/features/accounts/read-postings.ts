import type { TransactionRecord } from '../../../domain/bank-record.ts';
import { type BusinessDate, fromEpochDay, toEpochDay } from '../../../domain/business-date.ts';
import { dateOf } from '../../../domain/instant.ts';
import type { RateTable } from '../../../domain/release.ts';
import { exchanged } from '../to-reporting.ts';
import type { Draft } from './account-draft.ts';
import { addToFlows, FLOW_MONTHS, isIncomeOrSpending, isRegularIncome } from './account-flows.ts';
import { stepPath } from './balance-path.ts';
import { type DailyMoney, monthEndsOf, startDailyMoney } from './flow-months.ts';

interface Reading {
  readonly businessDate: BusinessDate;
  /** The first day of the closing balances, of the transactions counted, and of a year. */
  readonly pathFrom: BusinessDate;
  readonly countFrom: BusinessDate;
  readonly yearFrom: BusinessDate;
  readonly homeCountry: string | undefined;
  readonly rates: RateTable;
}

/** One transaction that a month may hold, in its account's currency. */
interface Posting {
  readonly draft: Draft;
  readonly transaction: TransactionRecord;
  readonly amountMinor: number;
  readonly date: BusinessDate;
}

/**
 * Adds all transactions to the drafts of their accounts, and answers with the ends of the months
 * that flows are added up for. Transactions come in order, so months and days only move forward.
 */
export function readPostings(
  transactions: readonly TransactionRecord[],
  drafts: ReadonlyMap<string, Draft>,
  at: Reading,
): readonly BusinessDate[] {
  const money = startDailyMoney(at.businessDate);
  const postings = recentPostings(transactions, drafts, { ...at, money });
  const monthEnds = monthEndsOf(money, at.businessDate);
  let month = FLOW_MONTHS;
  for (const { draft, transaction, amountMinor, date } of postings) {
    while (month >= 0 && date > (monthEnds[month] ?? '')) month -= 1;
    if (month < 0) break;
    if (month === FLOW_MONTHS) continue;
    addToFlows(draft.flows, { transaction, amountMinor }, { month, homeCountry: at.homeCountry });
  }
  return monthEnds;
}

/** Steps the balances through all transactions, and gathers those that months may hold. */
function recentPostings(
  transactions: readonly TransactionRecord[],
  drafts: ReadonlyMap<string, Draft>,
  at: Reading & { readonly money: DailyMoney },
): readonly Posting[] {
  const from = fromEpochDay(at.money.firstDay);
  const pathFrom = toEpochDay(at.pathFrom);
  const postings: Posting[] = [];
  let date = '';
  let epochDay = pathFrom - 1;
  for (const transaction of transactions) {
    const draft = drafts.get(transaction.arrangementId);
    if (draft === undefined) continue;
    const { effectiveAt } = transaction;
    const isRecent = effectiveAt >= from;
    if (isRecent && (date === '' || !effectiveAt.startsWith(date))) {
      date = dateOf(effectiveAt);
      epochDay = toEpochDay(date);
    }
    const amountMinor = amountOf(transaction, draft, at.rates);
    if (amountMinor === undefined) continue;
    step(draft, transaction, { day: epochDay - pathFrom, amountMinor });
    if (!isRecent) continue;
    const posting = { draft, transaction, amountMinor, date };
    postings.push(posting);
    note(posting, at);
    weigh(posting, epochDay, at.money);
  }
  return postings;
}

function amountOf(
  transaction: TransactionRecord,
  draft: Draft,
  rates: RateTable,
): number | undefined {
  const { currency } = draft.held.arrangement;
  if (transaction.currency === currency) return transaction.amountMinor;
  const amountMinor = exchanged(transaction, currency, rates);
  if (amountMinor === undefined) draft.lacksRate = true;
  return amountMinor;
}

function step(
  draft: Draft,
  transaction: TransactionRecord,
  at: { readonly day: number; readonly amountMinor: number },
): void {
  const { runningBalanceMinor } = transaction;
  stepPath(draft.path, at.day, {
    amountMinor: at.amountMinor,
    ...(runningBalanceMinor === undefined ? {} : { runningBalanceMinor }),
  });
  if (transaction.effectiveAt <= draft.recordUntil) draft.path.levelAtRecord = draft.path.level;
}

/** What counts up to the business date, whatever months end before it. */
function note(
  { draft, transaction, amountMinor, date }: Posting,
  { countFrom, yearFrom }: Reading,
): void {
  if (date >= countFrom) draft.flows.transactionCount90d += 1;
  if (date >= yearFrom && isRegularIncome(transaction, amountMinor)) {
    draft.flows.lastRegularIncomeOn = date;
  }
}

/** Money of several currencies is weighed against one another; it is nobody's figure. */
function weigh(
  { draft, transaction, amountMinor }: Posting,
  epochDay: number,
  money: DailyMoney,
): void {
  const kind = isRegularIncome(transaction, amountMinor) ? money.regular : money.other;
  if (!isIncomeOrSpending(transaction, amountMinor)) return;
  const place = epochDay - money.firstDay;
  kind[place] = (kind[place] ?? 0) + Math.abs(amountMinor) * draft.weight;
}
