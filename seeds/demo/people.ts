import type { PartyRecord } from '../../src/domain/bank-record.ts';
import { atSecond, dayText, HISTORY_FROM_DAY, instantText } from './calendar.ts';
import { clamp, scaled } from './curves.ts';
import { HOME_COUNTRY } from './merchants.ts';
import { GIVEN_NAMES, type Region } from './names.ts';
import {
  below,
  between,
  chance,
  normalMilli,
  openStream,
  pickOne,
  pickWeighted,
  STREAM,
  type Stream,
} from './random.ts';
import type { Customer, Traits, World } from './world.ts';

const DAYS_A_YEAR = 365.2425;
const FIRST_CUSTOMERS_SINCE = 12_053;

/** What all members of a household share. */
export interface Home {
  readonly householdId: string;
  readonly familyName: string;
  readonly region: Region;
  readonly city: string;
  readonly wealth: number;
  readonly homeOwner: boolean;
}

/** Draws one person of a household. */
export function drawPerson(
  world: World,
  home: Home,
  place: { readonly key: number; readonly member: Customer['member']; readonly ageYears: number },
): Customer {
  const stream = openStream(world.seed, STREAM.person, place.key);
  const sex = chance(stream, 500_000) ? 'F' : 'M';
  const birthDay =
    HISTORY_FROM_DAY - Math.floor(place.ageYears * DAYS_A_YEAR) - below(stream, 365);
  const traits = drawTraits(stream, home, place.ageYears);
  const employment = employmentAt(stream, place.ageYears);
  const incomeMinor = incomeOf(stream, employment, { traits, ageYears: place.ageYears });
  const digitalActive = traits.digital + normalMilli(stream) / 2 > -500;
  return {
    key: place.key,
    partyId: partyIdOf(place.key),
    kind: 'PERSON',
    member: place.member,
    householdId: home.householdId,
    names: { givenName: pickOne(stream, GIVEN_NAMES[sex]), familyName: home.familyName, sex },
    birthDay,
    sinceDay: sinceOf(stream, birthDay, place.ageYears),
    language: languageOf(stream, home.region),
    city: home.city,
    regionCode: home.region.code,
    digitalActive,
    riskRating: pickWeighted(stream, [
      ['LOW', 82],
      ['MEDIUM', 15],
      ['HIGH', 3],
    ]),
    traits,
    segment: segmentOf(employment, place.ageYears, incomeMinor),
    employment,
    incomeMinor,
    declaredIncomeMinor: Math.round(incomeMinor / 10_000) * 10_000,
    identityExpiresDay: HISTORY_FROM_DAY + below(stream, 3650),
    ...emptyState(),
  };
}

/** The members that every customer starts without. */
export function emptyState() {
  return {
    holdings: [],
    openings: [],
    needs: {},
    holds: new Map<never, never>(),
    goals: new Map<never, never>(),
    contacts: [],
    consents: new Map<never, never>(),
    joblessUntil: -1,
    arrangementsMade: 0,
    interactionsMade: 0,
  };
}

/** `C000001` for the first customer. */
export function partyIdOf(key: number): string {
  return `C${String(key + 1).padStart(6, '0')}`;
}

/** The customer's age in whole years, near enough for life to take its course. */
export function ageOn(customer: Customer, day: number): number {
  return Math.floor((day - customer.birthDay) / DAYS_A_YEAR);
}

/** True for grown people: only they earn, borrow and are offered things. */
export function isAdult(customer: Customer): boolean {
  return customer.kind === 'PERSON' && customer.member !== 'CHILD';
}

/** Writes the party as the bank knows it from a moment on. */
export function recordParty(world: World, customer: Customer, at: number): void {
  const { names } = customer;
  const mailbox = names.givenName ?? 'office';
  const handle = `${mailbox}.${customer.partyId}`.toLowerCase();
  const shared = {
    partyId: customer.partyId,
    kind: customer.kind,
    ...names,
    language: customer.language,
    segment: customer.segment,
    email: `${handle}@example.com`,
    phone: `+43 720 ${String(100_000 + customer.key)}`,
    city: customer.city,
    regionCode: customer.regionCode,
    residenceCountry: HOME_COUNTRY,
    customerSince: dayText(customer.sinceDay),
    digitalActive: customer.digitalActive,
    riskRating: customer.riskRating,
    recordedAt: instantText(at),
  };
  const record: PartyRecord =
    customer.kind === 'ORGANISATION'
      ? { ...shared, industryCode: customer.industryCode ?? 'G47' }
      : {
          ...shared,
          birthDate: dayText(customer.birthDay),
          employment: customer.employment,
          declaredIncomeMinor: customer.declaredIncomeMinor,
          incomeCurrency: 'EUR',
          identityExpiresOn: dayText(customer.identityExpiresDay),
        };
  world.emit('party', record);
}

/** When the bank first wrote a customer down. */
export function firstRecordedAt(customer: Customer): number {
  return atSecond(customer.sinceDay, 9 * 3600 + (customer.key % 3600));
}

/** The bank's segment by work, age and income. */
export function segmentOf(employment: string, ageYears: number, incomeMinor: number): string {
  if (incomeMinor > 700_000) return 'PRIVATE';
  if (incomeMinor > 400_000) return 'AFFLUENT';
  if (employment === 'STUDENT' || ageYears < 18) return 'STUDENT';
  return employment === 'RETIRED' ? 'SENIOR' : 'MASS';
}

function drawTraits(stream: Stream, home: Home, ageYears: number): Traits {
  const lean = (ageYears - 45) * 22;
  return {
    wealth: Math.trunc((home.wealth * 8 + normalMilli(stream) * 6) / 10),
    digital: Math.trunc((normalMilli(stream) * 9 - lean * 8) / 10),
    price: normalMilli(stream),
    risk: Math.trunc((normalMilli(stream) * 9 - lean * 4) / 10),
    travel: Math.trunc((normalMilli(stream) * 9 + home.wealth * 3) / 10),
    homeOwner: home.homeOwner,
    car: chance(stream, 680_000),
    wary: chance(stream, 90_000),
    reachPpm: between(stream, 300_000, 950_000),
  };
}

function employmentAt(stream: Stream, ageYears: number): string {
  if (ageYears < 18) return 'STUDENT';
  if (ageYears >= 65) return 'RETIRED';
  if (ageYears < 24 && chance(stream, 450_000)) return 'STUDENT';
  return pickWeighted(stream, [
    ['EMPLOYED', 82],
    ['SELF_EMPLOYED', 10],
    ['HOMEMAKER', 4],
    ['UNEMPLOYED', 4],
  ]);
}

function incomeOf(
  stream: Stream,
  employment: string,
  of: { readonly traits: Traits; readonly ageYears: number },
): number {
  const career = clamp(of.ageYears - 38, -18, 14) * 14;
  const spread = of.traits.wealth * 0.38 + career + normalMilli(stream) * 0.12;
  const base: Readonly<Record<string, number>> = {
    EMPLOYED: 265_000,
    SELF_EMPLOYED: 290_000,
    RETIRED: 165_000,
    HOMEMAKER: 60_000,
    UNEMPLOYED: 105_000,
    STUDENT: of.ageYears < 18 ? 0 : 78_000,
  };
  return scaled(base[employment] ?? 0, spread);
}

function sinceOf(stream: Stream, birthDay: number, ageYears: number): number {
  const adultSince = ageYears < 18 ? birthDay + 90 : birthDay + Math.floor(16 * DAYS_A_YEAR);
  const earliest = Math.max(FIRST_CUSTOMERS_SINCE, adultSince);
  const latest = HISTORY_FROM_DAY - 40;
  return Math.min(latest, earliest + below(stream, Math.max(1, latest - earliest)));
}

function languageOf(stream: Stream, region: Region): string {
  if (chance(stream, region.smallLanguagePpm)) return 'hu';
  return chance(stream, 650_000) ? 'en' : 'de';
}
