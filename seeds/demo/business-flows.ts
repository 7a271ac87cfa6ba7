import { mainAccount } from './arrangements.ts';
import { atSecond, type Month } from './calendar.ts';
import { scaled } from './curves.ts';
import { HOME_COUNTRY, MERCHANTS } from './merchants.ts';
import type { Movement } from './movements.ts';
import { below, between, normalMilli, openStream, pickOne, STREAM } from './random.ts';
import type { Customer, World } from './world.ts';

const SEASON = [82, 85, 96, 100, 104, 106, 100, 94, 104, 106, 112, 118];

/** Plans what an organisation takes and pays in a month. */
export function planBusiness(world: World, customer: Customer, month: Month): Movement[] {
  const account = mainAccount(customer);
  if (account === undefined) return [];
  const stream = openStream(world.seed, STREAM.spending, customer.key, month.index);
  const plan: Movement[] = [];
  const add = (what: Omit<Movement, 'kind' | 'at' | 'account'>, day?: number) => {
    const onDay = Math.min(month.days - 1, day ?? below(stream, month.days));
    const at = atSecond(month.firstDay + onDay, 28_800 + below(stream, 36_000));
    plan.push({ kind: 'MOVE', at, account, country: HOME_COUNTRY, ...what });
  };
  const turnover = (customer.incomeMinor * (SEASON[month.ofYear - 1] ?? 100)) / 100;
  const receipts = between(stream, 4, 6);
  for (let left = receipts; left > 0; left -= 1) {
    const amountMinor = scaled(Math.round(turnover / receipts), normalMilli(stream) * 0.4);
    add({ amountMinor, category: 'SALES', method: 'TRANSFER' });
  }
  const orders = between(stream, 2, 4);
  for (let left = orders; left > 0; left -= 1) {
    const usual = Math.round((turnover * 0.38) / orders);
    add({
      amountMinor: -scaled(usual, normalMilli(stream) * 0.4),
      category: 'SUPPLIES',
      merchant: pickOne(stream, MERCHANTS.SUPPLIES),
      method: 'TRANSFER',
    });
  }
  const bill = (category: string, share: number, day: number) =>
    add({ amountMinor: -Math.round(customer.incomeMinor * share), category, bill: true }, day);
  bill('PAYROLL', 0.34, 26);
  bill('RENT', 0.06, 2);
  bill('UTILITIES', 0.02, 9);
  bill('TAX', 0.09, 14);
  return plan;
}
