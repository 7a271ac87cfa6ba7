import { describe, expect, test } from '@jest/globals';
import {
  chancesOf,
  PLANTED_DRIFT,
  PLANTED_PROXY,
  situationOf,
  UNOBSERVED,
} from '../seeds/demo/appetite.ts';
import { closeHolding, openHolding } from '../seeds/demo/arrangements.ts';
import { monthsUntil } from '../seeds/demo/calendar.ts';
import { openHouseholdHoldings } from '../seeds/demo/first-holdings.ts';
import { drawBlock } from '../seeds/demo/households.ts';
import { isAdult } from '../seeds/demo/people.ts';
import type { OfferedProduct } from '../seeds/demo/products.ts';
import type { Customer, World } from '../seeds/demo/world.ts';
import { cellOf, type DemoRow, demoFiles, demoRows } from './support/demo-extract.ts';

const truth = demoRows(demoFiles({ customers: 400, truth: true }), 'truth.csv');
const eligible = truth.filter((row) => cellOf(row, 'eligible') === '1');
const ppm = (row: DemoRow, name: string) => Number(cellOf(row, name));
const logOdds = (chancePpm: number) => Math.log(chancePpm / (1_000_000 - chancePpm));
const meanOf = (numbers: readonly number[]) =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const lift = (row: DemoRow) =>
  logOdds(ppm(row, 'with_offer_ppm')) - logOdds(ppm(row, 'without_offer_ppm'));

describe('the truth', () => {
  test('is told for every grown customer, action and month once', () => {
    const keys = truth.map((row) => `${row['party_id']} ${row['action_id']} ${row['month']}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(truth.map((row) => row['month'])).size).toBe(24);
  });

  test('has lifts that vary, and some that are negative', () => {
    const lifts = eligible.map(lift);
    const mean = meanOf(lifts);
    expect(Math.sqrt(meanOf(lifts.map((one) => (one - mean) ** 2)))).toBeGreaterThan(0.5);
    const negative = lifts.filter((one) => one < 0).length / lifts.length;
    expect(negative).toBeGreaterThan(0.02);
    expect(negative).toBeLessThan(0.2);
  });

  test('gives each action on a list at least six in a hundred of the logging policy', () => {
    const shares = eligible
      .map((row) => ppm(row, 'selection_ppm'))
      .filter((selectionPpm) => selectionPpm > 0);
    expect(shares.length).toBeGreaterThan(1000);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(60_000);
  });

  test('leaves .45 of a unit of log-odds unobserved', () => {
    const { monthMilli, lastingMilli } = UNOBSERVED;
    expect(Math.round(Math.hypot(monthMilli, lastingMilli))).toBe(450);
  });
});

describe('what is planted has the size that is declared', () => {
  const world: World = { seed: 11, emit: () => {} };
  const months = monthsUntil('2026-06-30');
  const people = Array.from({ length: 150 }, (_, index) => drawBlock(world, index, 1500))
    .flatMap(({ households }) => households)
    .flatMap((household) => {
      openHouseholdHoldings(world, household);
      return household.members.filter(isAdult);
    });
  const wish = (customer: Customer, month: number, product: OfferedProduct) => {
    const at = months[month];
    if (at === undefined) throw new RangeError(`no month ${month}`);
    return logOdds(chancesOf(world, situationOf(customer, at), product).withoutOfferPpm);
  };

  test.each(['card_gold', 'personal_loan', 'fund_plan'] as const)(
    'the drift of %s',
    (product) => {
      const { fromMonth } = PLANTED_DRIFT;
      const moved = people.map(
        (one) => wish(one, fromMonth, product) - wish(one, fromMonth - 1, product),
      );
      const planted = (PLANTED_DRIFT.milli[product] ?? 0) / 1000;
      expect(Math.abs(meanOf(moved) - planted)).toBeLessThan(0.08);
    },
  );

  test.each(['fund_plan', 'savings_account', 'card_gold'] as const)(
    'the proxy of %s',
    (product) => {
      const there = people.map((one) => ({ ...one, regionCode: PLANTED_PROXY.regionCode }));
      const elsewhere = people.map((one) => ({ ...one, regionCode: 'R01' }));
      const gap = there.map(
        (one, at) => wish(one, 9, product) - wish(elsewhere[at] ?? one, 9, product),
      );
      const planted = (PLANTED_PROXY.milli[product] ?? 0) / 1000;
      // Chances are whole ppm, which small ones feel.
      expect(Math.abs(meanOf(gap) - planted)).toBeLessThan(0.02);
    },
  );
});

describe('an arrangement that is outdone on the day it was opened', () => {
  test('is closed after it was opened', () => {
    const moments: string[] = [];
    const world: World = {
      seed: 1,
      emit: (entity, record) => {
        if (entity === 'arrangement') moments.push(record.recordedAt);
      },
    };
    const [household] = drawBlock(world, 0, 9).households;
    const owner = household?.members[0];
    if (owner === undefined) throw new RangeError('a block has people');
    const card = openHolding(world, owner, { product: 'card_gold', day: 20_000 });
    closeHolding(world, card, 20_000 * 86_400 + 10 * 3600);
    expect(moments).toHaveLength(2);
    expect((moments[0] ?? '') < (moments[1] ?? '')).toBe(true);
  });
});
