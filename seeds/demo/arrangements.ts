import type { ArrangementRecord, RoleRecord } from '../../src/domain/bank-record.ts';
import { atSecond, dayText, HISTORY_FROM_DAY, instantText, monthsLater } from './calendar.ts';
import { type DemoProduct, isInstalmentCredit, PRODUCTS } from './products.ts';
import { below, between, openStream, pickOne, STREAM, type Stream } from './random.ts';
import type { Customer, Holding, World } from './world.ts';

const CARD_VALID_MONTHS = 48;
const POLICY_MONTHS = 12;

/** What is opened beyond what the product itself says. */
export interface OpeningRequest {
  readonly product: DemoProduct;
  readonly day: number;
  readonly currency?: string;
  readonly balanceMinor?: number;
  readonly parent?: Holding;
  /** Everybody else with a part in it, beside the owner. */
  readonly others?: readonly (readonly [Customer, RoleRecord['role']])[];
}

/** Opens an arrangement for its owner and writes it down. */
export function openHolding(world: World, owner: Customer, request: OpeningRequest): Holding {
  owner.arrangementsMade += 1;
  const key = owner.key * 64 + owner.arrangementsMade;
  const others = request.others ?? [];
  const stream = openStream(world.seed, STREAM.terms, key);
  const holding: Holding = {
    id: `A${owner.partyId.slice(1)}-${String(owner.arrangementsMade).padStart(2, '0')}`,
    key,
    kind: PRODUCTS[request.product].kind,
    product: request.product,
    currency: request.currency ?? 'EUR',
    openedDay: request.day,
    roles: [
      [owner.partyId, 'OWNER'],
      ...others.map(([customer, role]) => [customer.partyId, role] as const),
    ],
    ...(request.parent === undefined ? {} : { parentId: request.parent.id }),
    ...drawTerms(stream, owner, request),
    balanceMinor: 0,
    floorMinor: 0,
    arrearsMinor: 0,
    postings: 0,
    recordedAt: 0,
    late: [],
  };
  holding.balanceMinor = request.balanceMinor ?? standingOf(holding);
  owner.holdings.push(holding);
  for (const [customer, role] of others) if (role === 'JOINT') customer.holdings.push(holding);
  if (holding.product === 'overdraft' && request.parent !== undefined) {
    request.parent.floorMinor = -(holding.limitMinor ?? 0);
  }
  recordOpening(world, holding);
  return holding;
}

/** Writes a version of the arrangement: as it stands, or closed. */
export function recordArrangement(world: World, holding: Holding, at: number): void {
  const record: ArrangementRecord = {
    arrangementId: holding.id,
    productKind: holding.kind,
    product: holding.product,
    currency: holding.currency,
    status: holding.closedDay === undefined ? 'OPEN' : 'CLOSED',
    openedOn: dayText(holding.openedDay),
    ...(holding.closedDay === undefined ? {} : { closedOn: dayText(holding.closedDay) }),
    ...(holding.maturesDay === undefined ? {} : { maturesOn: dayText(holding.maturesDay) }),
    ...(holding.renewsDay === undefined ? {} : { renewsOn: dayText(holding.renewsDay) }),
    ...optionalFigures(holding),
    recordedAt: instantText(at),
  };
  world.emit('arrangement', record);
}

/** Closes an arrangement on a day, after its last posting. */
export function closeHolding(world: World, holding: Holding, at: number): void {
  holding.closedDay = Math.floor(at / 86_400);
  if (holding.product === 'overdraft') holding.floorMinor = 0;
  // A card may be opened and outdone at one moment; each version needs a moment of its own.
  const opened = openingMoment(holding);
  recordArrangement(world, holding, Math.max(at, holding.recordedAt, opened + 60));
}

/** The open arrangements of a customer, or those of some products. */
export function openOnes(customer: Customer, ...products: readonly DemoProduct[]): Holding[] {
  return customer.holdings.filter(
    (one) =>
      one.closedDay === undefined && (products.length === 0 || products.includes(one.product)),
  );
}

/** The account that pays and is paid: the premium or business one where there is one. */
export function mainAccount(customer: Customer): Holding | undefined {
  return (
    openOnes(customer, 'premium_account', 'business_account')[0] ??
    openOnes(customer, 'current_account')[0]
  );
}

function optionalFigures(holding: Holding) {
  return {
    ...(holding.limitMinor === undefined ? {} : { limitMinor: holding.limitMinor }),
    ...(holding.principalMinor === undefined ? {} : { principalMinor: holding.principalMinor }),
    ...(holding.instalmentMinor === undefined
      ? {}
      : { instalmentMinor: holding.instalmentMinor }),
    ...(holding.termMonths === undefined ? {} : { termMonths: holding.termMonths }),
    ...(holding.ratePpm === undefined ? {} : { ratePpm: holding.ratePpm }),
    ...(holding.parentId === undefined ? {} : { parentId: holding.parentId }),
    ...accountNumberOf(holding),
  };
}

/** Made up so that it can be nobody's: no IBAN has the check digits 00, no card begins with 0. */
function accountNumberOf({ kind, key }: Holding): { readonly accountNumber?: string } {
  if (kind === 'CURRENT_ACCOUNT') {
    return { accountNumber: `AT00${String(key).padStart(16, '0')}` };
  }
  return kind === 'CARD' ? { accountNumber: `0000${String(key).padStart(12, '0')}` } : {};
}

function recordOpening(world: World, holding: Holding): void {
  const at = openingMoment(holding);
  recordArrangement(world, holding, at);
  for (const [partyId, role] of holding.roles) {
    world.emit('role', {
      partyId,
      arrangementId: holding.id,
      role,
      recordedAt: instantText(at),
    });
  }
}

function openingMoment({ openedDay }: Holding): number {
  return atSecond(openedDay, 10 * 3600);
}

function drawTerms(stream: Stream, owner: Customer, request: OpeningRequest) {
  const terms = PRODUCTS[request.product];
  const { day } = request;
  const ratePpm = terms.ratePpm;
  if (terms.kind === 'CARD') {
    const elapsed = Math.max(0, Math.floor((HISTORY_FROM_DAY - day) / 30.44));
    const cycles = Math.floor(elapsed / CARD_VALID_MONTHS) + 1;
    return {
      ...limitOf(stream, owner, request.product),
      renewsDay: monthsLater(day, cycles * CARD_VALID_MONTHS),
    };
  }
  if (terms.kind === 'INSURANCE') return { renewsDay: nextYearly(day) };
  if (terms.kind === 'OVERDRAFT') {
    return { ...limitOf(stream, owner, request.product), ...(ratePpm ? { ratePpm } : {}) };
  }
  if (terms.terms === undefined) return ratePpm === undefined ? {} : { ratePpm };
  const termMonths = pickOne(stream, terms.terms);
  const rate = (ratePpm ?? 0) + below(stream, 9) * 1000;
  const maturesDay = monthsLater(day, termMonths);
  if (!isInstalmentCredit(terms.kind)) return { termMonths, ratePpm: rate, maturesDay };
  const principalMinor = amountByIncome(stream, owner, request.product);
  const instalmentMinor = instalmentOf(principalMinor, rate, termMonths);
  return { termMonths, ratePpm: rate, maturesDay, principalMinor, instalmentMinor };
}

function limitOf(stream: Stream, owner: Customer, product: DemoProduct) {
  if (PRODUCTS[product].incomeTenths === undefined) return {};
  return { limitMinor: amountByIncome(stream, owner, product) };
}

function amountByIncome(stream: Stream, owner: Customer, product: DemoProduct): number {
  const [least, most] = PRODUCTS[product].incomeTenths ?? [10, 10];
  const income = Math.max(90_000, owner.incomeMinor);
  const amount = (income * between(stream, least, most)) / 10;
  return Math.max(50_000, Math.round(amount / 10_000) * 10_000);
}

/** The level instalment that pays a principal back with interest. */
function instalmentOf(principalMinor: number, ratePpm: number, months: number): number {
  const monthly = ratePpm / 12_000_000;
  let discount = 1;
  for (let i = 0; i < months; i += 1) discount /= 1 + monthly;
  return Math.ceil((principalMinor * monthly) / (1 - discount));
}

/** What is owed when the history begins, or the whole of a loan that is opened within it. */
function standingOf(holding: Holding): number {
  const { principalMinor, instalmentMinor, ratePpm = 0 } = holding;
  if (principalMinor === undefined || instalmentMinor === undefined) return 0;
  let owed = principalMinor;
  for (let month = 1; monthsLater(holding.openedDay, month) < HISTORY_FROM_DAY; month += 1) {
    owed += Math.round((owed * ratePpm) / 12_000_000) - instalmentMinor;
  }
  return -Math.max(0, owed);
}

function nextYearly(day: number): number {
  let renewsDay = monthsLater(day, POLICY_MONTHS);
  for (let years = 2; renewsDay < HISTORY_FROM_DAY; years += 1) {
    renewsDay = monthsLater(day, years * POLICY_MONTHS);
  }
  return renewsDay;
}
