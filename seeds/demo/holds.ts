import { atSecond, dayText, instantText, type Month } from './calendar.ts';
import { ageOn, isAdult } from './people.ts';
import { chance, openStream, STREAM } from './random.ts';
import type { Customer, HoldKind, World } from './world.ts';

/** Months after which a hold ends by itself; nothing ends DECEASED, payment ends COLLECTIONS. */
const LASTS: Readonly<Partial<Record<HoldKind, number>>> = { FRAUD: 2, VULNERABLE: 8 };
const COLLECTIONS_AFTER_DAYS = 60;

/** On the first day of a month, lays holds on customers and lifts those that are over. */
export function layHolds(world: World, customer: Customer, month: Month): void {
  const stream = openStream(world.seed, STREAM.hold, customer.key, month.index);
  liftOver(world, customer, month);
  const adult = isAdult(customer);
  const age = ageOn(customer, month.firstDay);
  if (adult && chance(stream, age > 70 ? 1_200 : 120))
    lay(world, customer, { kind: 'DECEASED', month });
  if (chance(stream, 600)) lay(world, customer, { kind: 'FRAUD', month });
  if (adult && chance(stream, age > 75 ? 4_000 : 900)) {
    lay(world, customer, { kind: 'VULNERABLE', month });
  }
  if (isFarBehind(customer, month)) lay(world, customer, { kind: 'COLLECTIONS', month });
}

function lay(
  world: World,
  customer: Customer,
  of: { readonly kind: HoldKind; readonly month: Month },
): void {
  if (customer.holds.has(of.kind)) return;
  customer.holds.set(of.kind, of.month);
  record(world, customer, { kind: of.kind, since: of.month, at: of.month });
}

function liftOver(world: World, customer: Customer, month: Month): void {
  for (const [kind, since] of [...customer.holds]) {
    const lasts = LASTS[kind];
    const paid = kind === 'COLLECTIONS' && !isBehind(customer);
    const over = lasts !== undefined && month.index - since.index >= lasts;
    if (!paid && !over) continue;
    customer.holds.delete(kind);
    record(world, customer, { kind, since, at: month, ends: true });
  }
}

function record(
  world: World,
  customer: Customer,
  of: {
    readonly kind: HoldKind;
    readonly since: Month;
    readonly at: Month;
    readonly ends?: boolean;
  },
): void {
  world.emit('hold', {
    holdId: `${of.kind}-${customer.partyId}-${of.since.text}`,
    partyId: customer.partyId,
    kind: of.kind,
    startsOn: dayText(of.since.firstDay),
    ...(of.ends === true ? { endsOn: dayText(of.at.firstDay) } : {}),
    recordedAt: instantText(atSecond(of.at.firstDay, 7 * 3600)),
  });
}

function isBehind(customer: Customer): boolean {
  return customer.holdings.some((one) => one.pastDueDay !== undefined);
}

function isFarBehind(customer: Customer, month: Month): boolean {
  return customer.holdings.some(
    (one) =>
      one.pastDueDay !== undefined && month.firstDay - one.pastDueDay > COLLECTIONS_AFTER_DAYS,
  );
}
