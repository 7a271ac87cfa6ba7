import { atSecond, type Month } from './calendar.ts';
import { NEED_MONTHS, type NeedKind } from './needs.ts';
import { ageOn, isAdult, recordParty, segmentOf } from './people.ts';
import { between, chance, openStream, STREAM, type Stream } from './random.ts';
import type { Customer, World } from './world.ts';

const IDENTITY_YEARS_IN_DAYS = 3653;

/** Lets a month change a customer: work, pay, age, papers, and what he or she is after. */
export function liveThroughMonth(world: World, customer: Customer, month: Month): void {
  const stream = openStream(world.seed, STREAM.life, customer.key, month.index);
  const day = month.firstDay + between(stream, 1, 27);
  if (customer.kind === 'ORGANISATION') {
    drawNeeds(world, customer, month);
    return;
  }
  let changed = renewIdentity(stream, customer, month);
  if (isAdult(customer)) {
    changed = changeWork(stream, customer, month) || changed;
    drawNeeds(world, customer, month);
  }
  if (changed) recordParty(world, customer, atSecond(day, 11 * 3600 + (customer.key % 1000)));
}

/** True while the customer is after this. */
export function isAfter(customer: Customer, need: NeedKind, month: Month): boolean {
  return month.index < (customer.needs[need] ?? 0);
}

/** The papers last ten years from the day they are renewed. */
export function renewedIdentityDay(day: number): number {
  return day + IDENTITY_YEARS_IN_DAYS;
}

/** Most renew in time of their own accord, some late, some wait to be asked. */
function renewIdentity(stream: Stream, customer: Customer, month: Month): boolean {
  const left = customer.identityExpiresDay - month.firstDay;
  if (left > 45 || !chance(stream, left > 0 ? 250_000 : 120_000)) return false;
  customer.identityExpiresDay = renewedIdentityDay(month.firstDay);
  return true;
}

function changeWork(stream: Stream, customer: Customer, month: Month): boolean {
  const age = ageOn(customer, month.firstDay);
  if (customer.employment === 'RETIRED') {
    if (month.ofYear === 1) customer.incomeMinor = grown(customer.incomeMinor, 20);
    return false;
  }
  if (age >= 65) return become(customer, { employment: 'RETIRED', permille: 680, age });
  if (customer.joblessUntil === month.index) {
    return become(customer, { employment: 'EMPLOYED', permille: 1750, age });
  }
  if (customer.employment === 'STUDENT') {
    if (age < 24 || !chance(stream, 60_000)) return false;
    return become(customer, { employment: 'EMPLOYED', permille: 2700, age });
  }
  if (customer.employment !== 'EMPLOYED') return false;
  if (chance(stream, 3_000)) {
    customer.joblessUntil = month.index + between(stream, 3, 8);
    return become(customer, { employment: 'UNEMPLOYED', permille: 550, age });
  }
  if (chance(stream, 7_000)) {
    const permille = 1000 + between(stream, 100, 240);
    return become(customer, { employment: 'EMPLOYED', permille, age });
  }
  const raises = month.ofYear === (customer.key % 12) + 1;
  if (raises) customer.incomeMinor = grown(customer.incomeMinor, between(stream, 5, 45));
  return false;
}

/** A change of work is one that the bank hears of. */
function become(
  customer: Customer,
  to: { readonly employment: string; readonly permille: number; readonly age: number },
): boolean {
  customer.employment = to.employment;
  customer.incomeMinor = Math.round((customer.incomeMinor * to.permille) / 1000);
  customer.declaredIncomeMinor = Math.round(customer.incomeMinor / 10_000) * 10_000;
  customer.segment = segmentOf(to.employment, to.age, customer.incomeMinor);
  return true;
}

function grown(amountMinor: number, permille: number): number {
  return Math.round((amountMinor * (1000 + permille)) / 1000);
}

function drawNeeds(world: World, customer: Customer, month: Month): void {
  const stream = openStream(world.seed, STREAM.need, customer.key, month.index);
  const chances = customer.kind === 'PERSON' ? personNeeds(customer, month) : [];
  for (const [need, ppm] of chances) {
    if (isAfter(customer, need, month) || !chance(stream, ppm)) continue;
    const [least, most] = NEED_MONTHS[need];
    customer.needs[need] = month.index + between(stream, least, most);
  }
}

function personNeeds(customer: Customer, month: Month): readonly (readonly [NeedKind, number])[] {
  const { homeOwner, car, travel, price, wealth } = customer.traits;
  const age = ageOn(customer, month.firstDay);
  const spring = month.ofYear >= 3 && month.ofYear <= 6;
  return [
    ['HOME_PROJECT', homeOwner ? (spring ? 45_000 : 25_000) : 3_000],
    ['HOUSE', !homeOwner && age >= 24 && age <= 48 ? 24_000 : 1_500],
    ['CAR', car ? 26_000 : 8_000],
    ['TRAVEL', Math.max(4_000, (spring ? 80_000 : 40_000) + travel * 30)],
    ['YIELD', Math.max(6_000, 28_000 + wealth * 10 + price * 8)],
    ['CASH', Math.max(6_000, 28_000 - wealth * 14)],
    ['LEAVING', Math.max(1_500, 6_000 + price * 3)],
  ];
}
