import { GraphQLError } from 'graphql';
import { moneyView } from '../../app/decisions/decimals.ts';
import type { TransactionRecord } from '../../domain/bank-record.ts';
import { addMonths, type BusinessDate } from '../../domain/business-date.ts';
import { dateOf } from '../../domain/instant.ts';
import { timesPpm } from '../../domain/ppm.ts';
import type { RequestContext } from '../context.ts';
import { type CustomerView, readPart } from './customer-view.ts';

const MOST_MONTHS = 24;

/** Money in and out by calendar month, in the reporting currency. */
export async function cashFlow(
  customer: CustomerView,
  args: { readonly months?: number | null | undefined },
  context: RequestContext,
) {
  const months = args.months ?? 6;
  if (months < 1 || months > MOST_MONTHS) {
    throw new GraphQLError(`\`months\`: pass a whole number from 1 to ${MOST_MONTHS}`, {
      extensions: { code: 'BAD_USER_INPUT', argument: 'months' },
    });
  }
  const { value, source } = await readPart(customer, 'transactions', context);
  const thisMonth: BusinessDate = `${customer.businessDate.slice(0, 7)}-01`;
  const starts = Array.from({ length: months }, (_, i) => addMonths(thisMonth, i + 1 - months));
  const sums = new Map(starts.map((month) => [month, { in: 0, out: 0 }]));
  let convertible = true;
  for (const row of value.transactions) {
    const sum = sums.get(`${dateOf(row.effectiveAt).slice(0, 7)}-01`);
    const minor = toReporting(row, customer);
    if (sum === undefined) continue;
    if (minor === undefined) convertible = false;
    else if (minor > 0) sum.in += minor;
    else sum.out -= minor;
  }
  const from = starts[0] ?? thisMonth;
  const covered = value.coverage.some(
    (window) =>
      window.from <= from && (window.to === undefined || window.to >= customer.businessDate),
  );
  const rows = starts.map((month) => ({
    month,
    in: moneyView(sums.get(month)?.in ?? 0, customer.currency),
    out: moneyView(sums.get(month)?.out ?? 0, customer.currency),
  }));
  return { source, months: rows, covered: covered && convertible };
}

function toReporting(row: TransactionRecord, customer: CustomerView): number | undefined {
  if (row.currency === customer.currency) return row.amountMinor;
  const ratePpm = customer.rates?.ratesPpm[row.currency];
  return ratePpm === undefined ? undefined : timesPpm(row.amountMinor, ratePpm);
}
