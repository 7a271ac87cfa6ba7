import { mainAccount, openOnes } from './arrangements.ts';
import { atSecond, type Month } from './calendar.ts';
import { clamp, scaled } from './curves.ts';
import { isAfter } from './life-events.ts';
import {
  EVERYDAY,
  HOME_COUNTRY,
  MERCHANTS,
  type SpendingCategory,
  TRAVEL_COUNTRIES,
} from './merchants.ts';
import type { Movement } from './movements.ts';
import type { Stream } from './random.ts';
import { below, between, chance, normalMilli, openStream, pickOne, STREAM } from './random.ts';
import type { Customer, Holding, World } from './world.ts';

const WINTER_UTILITIES = [165, 150, 125, 95, 75, 65, 60, 60, 75, 95, 130, 155];
const TRAVEL_SEASON = [60, 80, 80, 100, 120, 170, 230, 230, 130, 90, 50, 90];

/** One adult's month: whose account, and how much there is to live on. */
export interface Budget {
  readonly customer: Customer;
  readonly month: Month;
  /** The household's income by head of its adults. */
  readonly incomeMinor: number;
  /** Instalments that the adult owes a month. */
  readonly instalmentsMinor: number;
  /** Whether this adult pays the household's bills, and how much rent. */
  readonly billsMinor: number | undefined;
}

/** Plans what an adult earns and buys in a month. */
export function planSpending(world: World, budget: Budget): Movement[] {
  const account = mainAccount(budget.customer);
  if (account === undefined || budget.customer.holds.has('DECEASED')) return [];
  const { customer, month } = budget;
  const stream = openStream(world.seed, STREAM.spending, customer.key, month.index);
  const plan: Movement[] = [];
  const scene: Scene = { stream, budget, account, plan };
  earn(scene);
  if (budget.billsMinor !== undefined) payBills(scene, budget.billsMinor);
  buyEveryday(scene);
  drive(scene);
  travel(scene);
  improveHome(scene);
  takeCash(scene);
  receiveWindfall(scene);
  useCurrencyAccount(scene);
  return plan;
}

interface Scene {
  readonly stream: Stream;
  readonly budget: Budget;
  readonly account: Holding;
  readonly plan: Movement[];
}

type What = Omit<Movement, 'kind' | 'at' | 'account'>;

function plan(scene: Scene, what: What, day?: number): void {
  const { month } = scene.budget;
  const onDay = Math.min(month.days - 1, day ?? below(scene.stream, month.days));
  const at = atSecond(month.firstDay + onDay, 25_200 + below(scene.stream, 54_000));
  scene.plan.push({ kind: 'MOVE', at, account: scene.account, ...what });
}

function buy(
  scene: Scene,
  category: keyof typeof MERCHANTS,
  of: { readonly amountMinor: number; readonly country?: string },
): void {
  const amountMinor = -Math.max(150, scaled(of.amountMinor, normalMilli(scene.stream) * 0.35));
  plan(scene, {
    amountMinor,
    category,
    merchant: pickOne(scene.stream, MERCHANTS[category]),
    country: of.country ?? HOME_COUNTRY,
    method: 'CARD',
  });
}

function earn(scene: Scene): void {
  const { customer, month } = scene.budget;
  const { employment, incomeMinor } = customer;
  if (incomeMinor === 0) return;
  const payday = 24 + (customer.key % 4);
  if (employment === 'RETIRED') {
    const amountMinor = incomeMinor;
    plan(scene, { amountMinor, category: 'PENSION', merchant: 'Pensionskasse' }, 0);
  } else if (employment === 'EMPLOYED') {
    const merchant = MERCHANTS.SALARY[customer.key % MERCHANTS.SALARY.length] ?? 'Werk Ahorn';
    const bonus = month.ofYear === 6 || month.ofYear === 11 ? 1.6 : 1;
    const amountMinor = Math.round(incomeMinor * bonus * 0.92);
    plan(scene, { amountMinor, category: 'SALARY', merchant }, payday);
  } else if (employment === 'SELF_EMPLOYED') {
    for (let invoice = 0; invoice < 2; invoice += 1) {
      const amountMinor = scaled(Math.round(incomeMinor / 2), normalMilli(scene.stream) * 0.3);
      plan(scene, { amountMinor, category: 'INVOICE', merchant: 'Auftraggeber' });
    }
  } else plan(scene, { amountMinor: incomeMinor, category: 'BENEFIT', merchant: 'Amt' }, 4);
}

function payBills(scene: Scene, rentMinor: number): void {
  const { month, incomeMinor, customer } = scene.budget;
  const bill = (category: string, merchant: string, amountMinor: number) =>
    plan(
      scene,
      { amountMinor: -amountMinor, category, merchant, bill: true, method: 'DIRECT_DEBIT' },
      between(scene.stream, 1, 6),
    );
  if (rentMinor > 0) bill('RENT', 'Hausverwaltung', rentMinor);
  const season = WINTER_UTILITIES[month.ofYear - 1] ?? 100;
  const usual = 7_000 + Math.round(incomeMinor * 0.02);
  const utility = pickOne(scene.stream, MERCHANTS.UTILITIES);
  bill('UTILITIES', utility, Math.round((usual * season) / 100));
  const network = MERCHANTS.TELECOM[customer.key % 2] ?? MERCHANTS.TELECOM[0];
  bill('TELECOM', network, 2_990 + (customer.key % 5) * 500);
}

/** The everyday budget: what is left of a usual share of income. */
function everydayMinor(scene: Scene): number {
  const { customer, incomeMinor, billsMinor, month } = scene.budget;
  const { wealth, price } = customer.traits;
  const thrift = isAfter(customer, 'YIELD', month) || isAfter(customer, 'HOUSE', month);
  const share = clamp(66 - wealth / 150 - price / 200 - (thrift ? 12 : 0), 30, 84);
  const owed = (billsMinor ?? 0) * 0.8 + scene.budget.instalmentsMinor;
  const left = (incomeMinor * share) / 100 - owed;
  return Math.round(Math.max(incomeMinor * 0.2, left));
}

function buyEveryday(scene: Scene): void {
  const budgetMinor = everydayMinor(scene);
  for (const kind of EVERYDAY) {
    const usual = (budgetMinor * kind.budgetPermille) / 1000;
    const each = Math.round((usual * 100) / kind.perHundredMonths);
    for (let left = timesOf(scene, kind); left > 0; left -= 1) {
      buy(scene, kind.category, { amountMinor: each });
    }
  }
  if (isAfter(scene.budget.customer, 'CASH', scene.budget.month)) {
    for (let extra = between(scene.stream, 1, 3); extra > 0; extra -= 1) {
      buy(scene, 'SHOPPING', { amountMinor: Math.round(budgetMinor * 0.28) });
    }
  }
}

function timesOf(scene: Scene, kind: SpendingCategory): number {
  const perTenThousand =
    kind.perHundredMonths * (kind.season[scene.budget.month.ofYear - 1] ?? 100);
  const whole = Math.floor(perTenThousand / 10_000);
  const rest = perTenThousand - whole * 10_000;
  return whole + (chance(scene.stream, rest * 100) ? 1 : 0);
}

function drive(scene: Scene): void {
  const { customer, month, incomeMinor } = scene.budget;
  if (customer.traits.car && chance(scene.stream, 800_000)) {
    buy(scene, 'FUEL', { amountMinor: 6_500 });
  }
  const looking = isAfter(customer, 'CAR', month);
  if (chance(scene.stream, looking ? 700_000 : customer.traits.car ? 50_000 : 0)) {
    buy(scene, 'CAR', { amountMinor: Math.round(incomeMinor * (looking ? 0.11 : 0.06)) });
  }
}

function travel(scene: Scene): void {
  const { customer, month, incomeMinor } = scene.budget;
  const season = TRAVEL_SEASON[month.ofYear - 1] ?? 100;
  const usual = scaled(45_000, customer.traits.travel * 0.8) * (season / 100);
  const planning = isAfter(customer, 'TRAVEL', month);
  if (!chance(scene.stream, Math.round(clamp(planning ? 550_000 + usual : usual, 0, 900_000)))) {
    return;
  }
  const country = pickOne(scene.stream, TRAVEL_COUNTRIES);
  for (let bookings = between(scene.stream, 1, 2); bookings > 0; bookings -= 1) {
    buy(scene, 'TRAVEL', { amountMinor: Math.round(incomeMinor * 0.13), country });
  }
  for (let meals = between(scene.stream, 0, 2); meals > 0; meals -= 1) {
    buy(scene, 'RESTAURANT', { amountMinor: 5_200, country });
  }
}

function improveHome(scene: Scene): void {
  const { customer, month, incomeMinor } = scene.budget;
  const building = isAfter(customer, 'HOME_PROJECT', month);
  const usual = customer.traits.homeOwner ? 110_000 : 40_000;
  const times = building ? between(scene.stream, 1, 3) : chance(scene.stream, usual) ? 1 : 0;
  for (let left = times; left > 0; left -= 1) {
    const share = building ? 0.07 : 0.03;
    buy(scene, 'HOME_IMPROVEMENT', { amountMinor: Math.round(incomeMinor * share) });
  }
}

function takeCash(scene: Scene): void {
  const { customer, month } = scene.budget;
  const needy = isAfter(customer, 'CASH', month);
  const usual = clamp(550_000 - customer.traits.digital * 200, 100_000, 900_000);
  const times = needy ? between(scene.stream, 1, 3) : chance(scene.stream, usual) ? 1 : 0;
  for (let left = times; left > 0; left -= 1) {
    const amountMinor = -2_000 * between(scene.stream, 2, needy ? 20 : 12);
    plan(scene, { amountMinor, category: 'CASH', method: 'CASH', country: HOME_COUNTRY });
  }
}

/** Money from elsewhere that looks for a yield: a matured deposit, an inheritance. */
function receiveWindfall(scene: Scene): void {
  const { customer, month, incomeMinor } = scene.budget;
  if (!isAfter(customer, 'YIELD', month) || !chance(scene.stream, 300_000)) return;
  const months = between(scene.stream, 1, 4);
  plan(scene, {
    amountMinor: Math.max(50_000, Math.round(incomeMinor * months)),
    category: 'TRANSFER',
    merchant: 'Andere Bank',
  });
}

/** The account in a second currency is fed from abroad and spent there. */
function useCurrencyAccount(scene: Scene): void {
  const { customer, month } = scene.budget;
  const [abroad] = openOnes(customer, 'currency_account');
  if (abroad === undefined) return;
  const country = abroad.currency === 'CHF' ? 'CH' : 'US';
  const there: Scene = { ...scene, account: abroad };
  if (month.index % 3 === customer.key % 3) {
    const amountMinor = 10_000 * between(scene.stream, 3, 25);
    plan(there, { amountMinor, category: 'TRANSFER', country });
  }
  if (chance(scene.stream, 500_000)) buy(there, 'SHOPPING', { amountMinor: 9_000, country });
}
