import { HISTORY_FROM_DAY } from './calendar.ts';
import { scaled } from './curves.ts';
import { FAMILY_NAMES, ORGANISATION_STEMS, REGIONS, TRADES } from './names.ts';
import { drawPerson, emptyState, type Home, partyIdOf } from './people.ts';
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
import type { Block, Customer, Household, World } from './world.ts';

/** Customers of a block: every tenth one is an organisation. */
export const BLOCK_SIZE = 10;

type Shape = 'SINGLE' | 'COUPLE' | 'FAMILY' | 'SINGLE_PARENT';

/** Draws the ten customers of a block, or as many of them as the bank has. */
export function drawBlock(world: World, index: number, customers: number): Block {
  const first = index * BLOCK_SIZE;
  const people = Math.min(BLOCK_SIZE - 1, customers - first);
  const stream = openStream(world.seed, STREAM.block, index);
  const households: Household[] = [];
  for (let used = 0; used < people; ) {
    const household = drawHousehold(world, stream, { first: first + used, room: people - used });
    households.push(household);
    used += household.members.length;
  }
  const last = first + BLOCK_SIZE - 1;
  return {
    households,
    organisation: last < customers ? drawOrganisation(world, last) : undefined,
  };
}

function drawHousehold(
  world: World,
  stream: Stream,
  place: { readonly first: number; readonly room: number },
): Household {
  const shape = drawShape(stream, place.room);
  const children =
    shape === 'FAMILY' || shape === 'SINGLE_PARENT'
      ? between(stream, 1, Math.min(2, place.room - (shape === 'FAMILY' ? 2 : 1)))
      : 0;
  const headAge = children > 0 ? between(stream, 27, 51) : between(stream, 19, 82);
  const id = `H${String(place.first + 1).padStart(6, '0')}`;
  const home = drawHome(stream, id, headAge);
  const members: Customer[] = [];
  const add = (member: Customer['member'], ageYears: number) =>
    members.push(
      drawPerson(world, home, { key: place.first + members.length, member, ageYears }),
    );
  add('HEAD', headAge);
  if (shape === 'COUPLE' || shape === 'FAMILY') {
    add('PARTNER', Math.max(19, headAge + between(stream, -6, 6)));
  }
  for (let child = 0; child < children; child += 1) {
    add('CHILD', between(stream, 1, Math.min(15, headAge - 22)));
  }
  return { id, key: place.first, members };
}

function drawShape(stream: Stream, room: number): Shape {
  const shape = pickWeighted<Shape>(stream, [
    ['SINGLE', 44],
    ['COUPLE', 33],
    ['FAMILY', 16],
    ['SINGLE_PARENT', 7],
  ]);
  if (room >= 4 || shape === 'SINGLE') return shape;
  if (room === 3 && shape === 'FAMILY') return shape;
  return room >= 2 && shape === 'COUPLE' ? shape : 'SINGLE';
}

function drawHome(stream: Stream, householdId: string, headAge: number): Home {
  const region = pickWeighted(
    stream,
    REGIONS.map((one) => [one, one.weight] as const),
  );
  const richness = Math.round((region.averageSalaryMinor - 320_000) / 200);
  const wealth = Math.trunc((normalMilli(stream) * 9) / 10) + richness;
  const ownerPpm = Math.max(50_000, Math.min(850_000, 450_000 + (headAge - 42) * 11_000));
  return {
    householdId,
    familyName: pickOne(stream, FAMILY_NAMES),
    region,
    city: pickOne(stream, region.cities),
    wealth,
    homeOwner: chance(stream, ownerPpm + wealth * 60),
  };
}

function drawOrganisation(world: World, key: number): Customer {
  const stream = openStream(world.seed, STREAM.organisation, key);
  const region = pickOne(stream, REGIONS);
  const [trade, industryCode] = pickOne(stream, TRADES);
  const wealth = normalMilli(stream);
  const incomeMinor = scaled(1_900_000, wealth * 0.8);
  const foundedDay = HISTORY_FROM_DAY - 200 - below(stream, 6500);
  return {
    key,
    partyId: partyIdOf(key),
    kind: 'ORGANISATION',
    member: 'OTHER',
    householdId: '',
    names: { organisationName: `${pickOne(stream, ORGANISATION_STEMS)} ${trade} ${key + 1}` },
    birthDay: foundedDay,
    sinceDay: foundedDay,
    language: chance(stream, 650_000) ? 'en' : 'de',
    city: pickOne(stream, region.cities),
    regionCode: region.code,
    industryCode,
    digitalActive: chance(stream, 800_000),
    riskRating: pickWeighted(stream, [
      ['LOW', 62],
      ['MEDIUM', 32],
      ['HIGH', 6],
    ]),
    traits: {
      wealth,
      digital: normalMilli(stream),
      price: normalMilli(stream),
      risk: normalMilli(stream),
      travel: normalMilli(stream),
      homeOwner: false,
      car: true,
      wary: chance(stream, 90_000),
      reachPpm: between(stream, 200_000, 500_000),
    },
    segment: incomeMinor > 5_000_000 ? 'CORPORATE' : 'SMALL_BUSINESS',
    employment: 'NONE',
    incomeMinor,
    declaredIncomeMinor: 0,
    identityExpiresDay: 0,
    ...emptyState(),
  };
}
