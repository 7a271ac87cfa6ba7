import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PartyMergeRecord } from '../../src/domain/bank-record.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import { CHANNELS } from '../../src/domain/channel.ts';
import { type CustomerHistory, PART_NAMES } from '../../src/domain/customer360.ts';
import { END_OF_TIME, endOfDay } from '../../src/domain/instant.ts';
import type { AgeLimits } from '../../src/domain/release.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import { type LivePoint, liveStateOf } from '../../src/engine/point-in-time/live-state-of.ts';
import { marketingConsent, profilingOf } from '../../src/engine/standing/consent.ts';
import { historyOf, type Rows, TODAY } from '../support/customer-history.ts';
import { type AllRows, EARLY, LATE, rowsRecorded } from '../support/history-arbitraries.ts';
import { SMALL_LIVE } from '../support/small-input.ts';

const NUMBERS = ['c1', 'm1', 'm2', 'm3'] as const;
const END = endOfDay(TODAY);
const AGE_LIMITS = Object.fromEntries(PART_NAMES.map((name) => [name, 'P30D'])) as AgeLimits;
const PRESENT: LivePoint = {
  businessDate: TODAY,
  knownAt: END_OF_TIME,
  bankNow: END,
  ageLimits: AGE_LIMITS,
  neverHandedOver: 'UNKNOWN',
};
const PAST: LivePoint = { ...PRESENT, knownAt: END };

/** The rows of `c1` as those of another number, with ids of their own. */
function ofNumber(number: string, rows: AllRows): Rows {
  if (number === 'c1') return rows;
  const renamed = (row: object) =>
    Object.fromEntries(
      Object.entries(row).map(([field, value]) => {
        if (field === 'partyId') return [field, value === 'c1' ? number : value];
        return [field, OWN_IDS.has(field) ? `${number}-${value}` : value];
      }),
    );
  return Object.fromEntries(
    Object.entries(rows).map(([kind, own]) => [kind, own.map(renamed)]),
  ) as Rows;
}

const OWN_IDS = new Set([
  ...['arrangementId', 'parentId', 'transactionId', 'interactionId', 'holdId', 'contactId'],
  ...['responseId', 'goalId', 'applicationId'],
]);

const historyUnder = (number: string, rows: AllRows): CustomerHistory => ({
  ...historyOf(ofNumber(number, rows)),
  customerId: number,
});

/** A tree of merges that leads to `c1`. */
const merges = (recordedAt: fc.Arbitrary<string>): fc.Arbitrary<readonly PartyMergeRecord[]> =>
  fc
    .tuple(recordedAt, recordedAt, recordedAt, fc.boolean(), fc.boolean())
    .map(([first, second, third, overFirst, overSecond]) => [
      { partyId: 'm1', survivorId: 'c1', recordedAt: first },
      { partyId: 'm2', survivorId: overFirst ? 'm1' : 'c1', recordedAt: second },
      { partyId: 'm3', survivorId: overSecond ? 'm2' : 'c1', recordedAt: third },
    ]);

const fourNumbers = fc.tuple(...NUMBERS.map(() => rowsRecorded(EARLY)));

function merged(
  rows: readonly AllRows[],
  told: readonly PartyMergeRecord[],
  order: readonly number[] = [1, 2, 3],
): CustomerHistory {
  const [own, ...others] = [0, ...order].map((i) =>
    historyUnder(NUMBERS[i] ?? 'c1', rows[i] ?? ({} as AllRows)),
  );
  if (own === undefined) throw new Error('c1 has no history');
  return { ...own, merged: { merges: told, others } };
}

const textOf = (history: CustomerHistory, at: LivePoint) =>
  canonicalText({ live: liveStateOf(history, at), view: knownAt(history, at) });

describe('a customer of several numbers', () => {
  test('is the same, byte for byte, in whatever order merges and numbers come', () => {
    fc.assert(
      fc.property(
        fourNumbers,
        merges(EARLY).chain((told) =>
          fc.tuple(fc.constant(told), fc.shuffledSubarray([...told], { minLength: 3 })),
        ),
        fc.shuffledSubarray([1, 2, 3], { minLength: 3 }),
        (rows, [told, shuffled], order) => {
          expect(textOf(merged(rows, shuffled, order), PRESENT)).toBe(
            textOf(merged(rows, told), PRESENT),
          );
        },
      ),
    );
  });

  test('is as of before the merges as if there were none', () => {
    let changed = 0;
    fc.assert(
      fc.property(fourNumbers, merges(LATE), (rows, told) => {
        const [own] = rows;
        const alone = historyUnder('c1', own ?? ({} as AllRows));
        expect(textOf(merged(rows, told), PAST)).toBe(textOf(alone, PAST));
        if (textOf(merged(rows, told), PRESENT) !== textOf(alone, PRESENT)) changed += 1;
      }),
    );
    expect(changed).toBeGreaterThan(50);
  });

  test('may be told of no offer that a number refused before, and is held as each is', () => {
    let refused = 0;
    fc.assert(
      fc.property(fourNumbers, merges(LATE), (rows, told) => {
        const one = liveStateOf(merged(rows, told), PRESENT);
        const each = NUMBERS.map((number, i) =>
          liveStateOf(historyUnder(number, rows[i] ?? ({} as AllRows)), PRESENT),
        );
        for (const channel of CHANNELS) {
          const here = { ...SMALL_LIVE, businessDate: TODAY, channel };
          const refusals = each
            .map((live) => marketingConsent({ ...here, ...live }, TERMS))
            .filter((said) => 'withheld' in said && said.withheld.rule === 'consent.refused');
          if (refusals.length === 0) continue;
          refused += 1;
          expect(marketingConsent({ ...here, ...one }, TERMS)).toHaveProperty('withheld');
        }
        const here = { ...SMALL_LIVE, businessDate: TODAY };
        if (each.some((live) => profilingOf({ ...here, ...live }) === 'OBJECTED')) {
          expect(profilingOf({ ...here, ...one })).toBe('OBJECTED');
        }
        const kinds = new Set(each.flatMap(({ holds }) => holds?.map(({ kind }) => kind) ?? []));
        expect(new Set(one.holds?.map(({ kind }) => kind))).toEqual(kinds);
        expect(one.contacts?.length).toBe(
          each.reduce((sum, { contacts }) => sum + (contacts?.length ?? 0), 0),
        );
      }),
    );
    expect(refused).toBeGreaterThan(50);
  });

  test('is unknown where one of its numbers is', () => {
    fc.assert(
      fc.property(
        fourNumbers,
        merges(EARLY),
        fc.constantFrom(...(['holds', 'consents', 'goals', 'arrangements'] as const)),
        (rows, told, part) => {
          const whole = merged(rows, told);
          const [first, ...rest] = whole.merged?.others ?? [];
          if (first === undefined) throw new Error('no other number');
          const failed = { ...first, [part]: { state: 'FAILED', reason: 'SOURCE_DOWN' } };
          const history = { ...whole, merged: { merges: told, others: [failed, ...rest] } };
          const view = knownAt(history as CustomerHistory, PAST);
          expect(view[part]).toEqual({ state: 'FAILED', reason: 'SOURCE_DOWN' });
        },
      ),
    );
  });
});

const TERMS = { basis: 'DECLARED', freshFor: 'P5Y' } as const;
