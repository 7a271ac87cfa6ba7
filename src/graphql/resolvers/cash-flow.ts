import { GraphQLError } from 'graphql';
import { cashFlowOf } from '../../app/customer360/cash-flow.ts';
import { moneyView } from '../../app/wording/decimals.ts';
import type { RequestContext } from '../context.ts';
import { type CustomerView, partView } from './customer-view.ts';

const MOST_MONTHS = 24;

/** Money in and out by calendar month, in the reporting currency. */
export async function cashFlow(
  customer: CustomerView,
  args: { readonly months?: number | null | undefined },
  { loaders }: Pick<RequestContext, 'loaders'>,
) {
  const months = args.months ?? 6;
  if (months < 1 || months > MOST_MONTHS) {
    throw new GraphQLError(`\`months\`: pass a whole number from 1 to ${MOST_MONTHS}`, {
      extensions: { code: 'BAD_USER_INPUT', argument: 'months' },
    });
  }
  const [held, { value, sources }] = await Promise.all([
    partView(customer, 'arrangements', { loaders, whole: true }),
    partView(customer, 'transactions', { loaders, whole: true }),
  ]);
  const { businessDate, currency } = customer;
  const rates = customer.rates ?? { reportingCurrency: currency, ratesPpm: {} };
  const flow = cashFlowOf(held.value, value, { businessDate, months, rates });
  const rows = flow.months.map(({ month, inMinor, outMinor }) => ({
    month,
    in: moneyView(inMinor, rates.reportingCurrency),
    out: moneyView(outMinor, rates.reportingCurrency),
  }));
  return { sources, months: rows, covered: flow.covered };
}
