import type { RoleRecord } from '../../src/domain/bank-record.ts';
import { mainAccount, openHolding } from './arrangements.ts';
import { HISTORY_FROM_DAY } from './calendar.ts';
import { clamp, scaled } from './curves.ts';
import { eveningOf, recordBalance } from './ledger.ts';
import { ageOn, isAdult } from './people.ts';
import { type DemoProduct, PRODUCTS } from './products.ts';
import {
  below,
  between,
  chance,
  normalMilli,
  openStream,
  pickOne,
  STREAM,
  type Stream,
} from './random.ts';
import type { Customer, Holding, Household, World } from './world.ts';

const JOINT_ACCOUNT_PPM = 780_000;
const SECOND_CURRENCY_PPM = 58_000;

/** Opens what a household had with the bank before the history begins. */
export function openHouseholdHoldings(world: World, household: Household): void {
  const [head, ...rest] = household.members;
  if (head === undefined) return;
  const partner = rest.find((one) => one.member === 'PARTNER');
  const stream = openStream(world.seed, STREAM.holdings, household.key);
  const joint = partner !== undefined && chance(stream, JOINT_ACCOUNT_PPM);
  openMain(world, stream, { owner: head, ...(joint ? { joint: partner } : {}) });
  if (partner !== undefined && (!joint || chance(stream, 200_000))) {
    openMain(world, stream, { owner: partner });
  }
  for (const adult of household.members.filter(isAdult)) {
    openPersonal(world, openStream(world.seed, STREAM.holdings, adult.key, 1), adult);
  }
  openMortgage(world, stream, { head, partner });
  for (const child of household.members.filter((one) => one.member === 'CHILD')) {
    open(world, stream, {
      owner: child,
      product: 'youth_savings',
      balanceMinor: between(stream, 5_000, 300_000),
      others: [[head, 'AUTHORISED']],
    });
  }
}

/** Opens what an organisation had, with its signatories from among the people of its block. */
export function openOrganisationHoldings(
  world: World,
  owner: Customer,
  people: readonly Customer[],
): void {
  const stream = openStream(world.seed, STREAM.holdings, owner.key);
  const first = pickOne(stream, people);
  const second = pickOne(stream, people);
  const signatories = second === first ? [first] : [first, second];
  open(world, stream, {
    owner,
    product: 'business_account',
    balanceMinor: scaled(Math.round(owner.incomeMinor * 0.8), normalMilli(stream) * 0.7),
    others: signatories.map((one) => [one, 'SIGNATORY'] as const),
  });
  if (chance(stream, 380_000)) {
    open(world, stream, {
      owner,
      product: 'savings_account',
      balanceMinor: scaled(owner.incomeMinor, normalMilli(stream) * 0.8),
    });
  }
  if (chance(stream, 350_000)) openOverdraft(world, stream, owner);
  if (chance(stream, 250_000)) openCard(world, stream, owner, 'card_commercial');
  if (chance(stream, SECOND_CURRENCY_PPM)) openCurrencyAccount(world, stream, owner);
}

interface Wanted {
  readonly owner: Customer;
  readonly product: DemoProduct;
  readonly balanceMinor?: number;
  readonly currency?: string;
  readonly parent?: Holding;
  readonly others?: readonly (readonly [Customer, RoleRecord['role']])[];
}

function open(world: World, stream: Stream, wanted: Wanted): Holding {
  const { owner, ...request } = wanted;
  const parties = [owner, ...(wanted.others ?? []).map(([one]) => one)];
  const earliest = Math.max(
    ...parties.map((one) => one.sinceDay),
    HISTORY_FROM_DAY - longestOf(wanted.product),
  );
  const room = Math.max(1, HISTORY_FROM_DAY - 5 - earliest);
  const holding = openHolding(world, owner, { ...request, day: earliest + below(stream, room) });
  recordBalance(world, holding, eveningOf(HISTORY_FROM_DAY - 1));
  return holding;
}

/** So young that no term has run out when the history begins. */
function longestOf(product: DemoProduct): number {
  const shortest = PRODUCTS[product].terms?.[0];
  return shortest === undefined ? 9000 : shortest * 29;
}

function openMain(
  world: World,
  stream: Stream,
  of: { readonly owner: Customer; readonly joint?: Customer },
): void {
  const { owner, joint } = of;
  const premium = chance(stream, clamp(50_000 + owner.traits.wealth * 70, 0, 300_000));
  open(world, stream, {
    owner,
    product: premium ? 'premium_account' : 'current_account',
    balanceMinor: scaled(
      Math.round((owner.incomeMinor + (joint?.incomeMinor ?? 0)) * 0.8),
      normalMilli(stream) * 0.6,
    ),
    ...(joint === undefined ? {} : { others: [[joint, 'JOINT']] }),
  });
}

function openPersonal(world: World, stream: Stream, owner: Customer): void {
  const { wealth, risk, travel, homeOwner, car } = owner.traits;
  const age = ageOn(owner, HISTORY_FROM_DAY);
  const wants = (ppm: number) => chance(stream, clamp(ppm, 0, 950_000));
  const balanceOf = (months: number) =>
    scaled(Math.round(owner.incomeMinor * months), wealth * 0.3 + normalMilli(stream) * 0.8);
  if (wants(420_000 + wealth * 60)) {
    open(world, stream, { owner, product: 'savings_account', balanceMinor: balanceOf(2) });
  }
  if (wants(25_000)) {
    open(world, stream, { owner, product: 'sweep_account', balanceMinor: balanceOf(1) });
  }
  if (wants(60_000 + wealth * 50)) {
    open(world, stream, { owner, product: 'term_deposit', balanceMinor: balanceOf(3) });
  }
  if (wants(180_000)) openOverdraft(world, stream, owner);
  openFirstCard(world, stream, owner);
  if (age < 70) {
    if (wants(60_000)) open(world, stream, { owner, product: 'personal_loan' });
    if (car && wants(80_000)) open(world, stream, { owner, product: 'auto_loan' });
    if (homeOwner && wants(60_000))
      open(world, stream, { owner, product: 'home_improvement_loan' });
    if (wants(120_000 + wealth * 60)) {
      open(world, stream, { owner, product: 'pension_plan', balanceMinor: balanceOf(4) });
    }
  }
  if (wants(homeOwner ? 300_000 : 60_000))
    open(world, stream, { owner, product: 'home_insurance' });
  if (wants(80_000 + travel * 60)) open(world, stream, { owner, product: 'travel_insurance' });
  if (wants(90_000 + risk * 60 + wealth * 40)) {
    open(world, stream, { owner, product: 'fund_plan', balanceMinor: balanceOf(3) });
  }
  if (wants(SECOND_CURRENCY_PPM)) openCurrencyAccount(world, stream, owner);
}

function openFirstCard(world: World, stream: Stream, owner: Customer): void {
  const standing = owner.traits.wealth + Math.trunc((normalMilli(stream) * 7) / 10);
  if (standing > 2400) openCard(world, stream, owner, 'card_platinum');
  else if (standing > 1300) openCard(world, stream, owner, 'card_gold');
  else if (standing > 200) openCard(world, stream, owner, 'card_classic');
  else if (standing > -900) openCard(world, stream, owner, 'card_debit');
}

function openCard(world: World, stream: Stream, ...of: readonly [Customer, DemoProduct]): void {
  const [owner, product] = of;
  const parent = mainAccount(owner);
  open(world, stream, { owner, product, ...(parent === undefined ? {} : { parent }) });
}

function openOverdraft(world: World, stream: Stream, owner: Customer): void {
  const parent = mainAccount(owner);
  if (parent === undefined || parent.floorMinor < 0) return;
  open(world, stream, { owner, product: 'overdraft', parent });
}

function openCurrencyAccount(world: World, stream: Stream, owner: Customer): void {
  open(world, stream, {
    owner,
    product: 'currency_account',
    currency: chance(stream, 600_000) ? 'CHF' : 'USD',
    balanceMinor: between(stream, 20_000, 900_000),
  });
}

function openMortgage(
  world: World,
  stream: Stream,
  of: { readonly head: Customer; readonly partner: Customer | undefined },
): void {
  const { head, partner } = of;
  const age = ageOn(head, HISTORY_FROM_DAY);
  if (!head.traits.homeOwner || age > 64 || !chance(stream, 480_000)) return;
  open(world, stream, {
    owner: head,
    product: 'mortgage',
    ...(partner === undefined ? {} : { others: [[partner, 'JOINT']] }),
  });
}
