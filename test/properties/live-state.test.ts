import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText } from '../../src/domain/canonical.ts';
import { PART_NAMES } from '../../src/domain/customer360.ts';
import { END_OF_TIME, endOfDay } from '../../src/domain/instant.ts';
import type { AgeLimits } from '../../src/domain/release.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import {
  type LivePoint,
  languageOf,
  liveStateOf,
} from '../../src/engine/point-in-time/live-state-of.ts';
import { historyOf, type Rows, TODAY } from '../support/customer-history.ts';
import { type AllRows, EARLY, LATE, rowsRecorded } from '../support/history-arbitraries.ts';

const AGE_LIMITS = Object.fromEntries(PART_NAMES.map((name) => [name, 'P30D'])) as AgeLimits;
const END = endOfDay(TODAY);
const PRESENT: LivePoint = {
  businessDate: TODAY,
  knownAt: END_OF_TIME,
  bankNow: END,
  ageLimits: AGE_LIMITS,
  neverHandedOver: 'UNKNOWN',
};
const PAST: LivePoint = { ...PRESENT, knownAt: END };

const textOf = (rows: Rows, at: LivePoint) => {
  const history = historyOf(rows);
  return canonicalText({
    live: liveStateOf(history, at),
    language: languageOf(history, at),
  });
};

/** The rows of each kind in another order. */
const shuffled = (rows: AllRows): fc.Arbitrary<Rows> =>
  fc.record(
    Object.fromEntries(
      Object.entries(rows).map(([kind, own]) => [
        kind,
        fc.shuffledSubarray<unknown>([...own], { minLength: own.length }),
      ]),
    ),
  ) as fc.Arbitrary<Rows>;

const both = (early: AllRows, late: AllRows): Rows =>
  Object.fromEntries(
    Object.entries(early).map(([kind, own]) => [kind, [...own, ...late[kind as keyof AllRows]]]),
  );

describe('a live state', () => {
  test('is the same, byte for byte, in whatever order its versions come', () => {
    const given = rowsRecorded(EARLY).chain((rows) =>
      fc.tuple(fc.constant(rows), shuffled(rows)),
    );
    fc.assert(
      fc.property(given, ([rows, other]) => {
        expect(textOf(other, PRESENT)).toBe(textOf(rows, PRESENT));
      }),
    );
  });

  test('as of a day is not changed by anything recorded after it', () => {
    let changed = 0;
    fc.assert(
      fc.property(rowsRecorded(EARLY), rowsRecorded(LATE), (early, late) => {
        const rows = both(early, late);
        expect(textOf(rows, PAST)).toBe(textOf(early, PAST));
        if (textOf(rows, PRESENT) !== textOf(early, PRESENT)) changed += 1;
      }),
    );
    // Else the late rows would have nothing to say at all.
    expect(changed).toBeGreaterThan(50);
  });

  test('as of today is the present while nothing is recorded later', () => {
    fc.assert(
      fc.property(rowsRecorded(EARLY), (rows) => {
        expect(textOf(rows, PAST)).toBe(textOf(rows, PRESENT));
      }),
    );
  });

  test('has the consents and holds that a view of the customer shows', () => {
    fc.assert(
      fc.property(rowsRecorded(EARLY), (rows) => {
        const history = historyOf(rows);
        const { consents, holds } = liveStateOf(history, PAST);
        const view = knownAt(history, { businessDate: TODAY, knownAt: END });
        if (view.consents.state === 'FAILED' || view.holds.state === 'FAILED') {
          throw new Error('consents and holds were not read');
        }
        const times = view.consents.value.map(({ effectiveAt }) => effectiveAt);
        const kinds = view.holds.value.map(({ kind, startsOn }) => [kind, startsOn]);
        expect(consents?.map(({ effectiveAt }) => effectiveAt)).toEqual(times);
        expect(holds?.map(({ kind, startsOn }) => [kind, startsOn])).toEqual(kinds);
      }),
    );
  });
});
