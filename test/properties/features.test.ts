import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Customer360 } from '../../src/domain/customer360.ts';
import { deriveFacts } from '../../src/engine/features/derive-facts.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import { CATALOGUE, historyOf, RATES, TODAY } from '../support/customer-history.ts';
import { type AllRows, EARLY, LATE, rowsRecorded } from '../support/history-arbitraries.ts';

const AT = { businessDate: TODAY, knownAt: `${TODAY}T23:59:59.999Z` };
const KINDS = [
  'party',
  'region',
  'household_member',
  'arrangement',
  'role',
  'balance',
  'transaction',
  'interaction',
  'consent',
  'hold',
  'contact',
  'response',
  'goal',
  'relationship_value',
  'coverage',
] as const satisfies readonly (keyof AllRows)[];

const viewOf = (rows: AllRows): Customer360 => knownAt(historyOf(rows), AT);
const bytesOf = (rows: AllRows): string => {
  const view = viewOf(rows);
  return canonicalText([view, deriveFacts(view, CATALOGUE, RATES)]);
};

/** Each kind's rows changed by the same rule; the kinds keep their types. */
function mapRows(rows: AllRows, change: <T>(list: readonly T[]) => readonly T[]): AllRows {
  const of = <K extends keyof AllRows>(kind: K): Pick<AllRows, K> =>
    ({ [kind]: change<unknown>(rows[kind]) }) as Pick<AllRows, K>;
  return Object.assign({}, rows, ...KINDS.map((kind) => of(kind)));
}

function mergeRows(first: AllRows, second: AllRows): AllRows {
  const merged = KINDS.map((kind) => ({ [kind]: [...first[kind], ...second[kind]] }));
  return Object.assign({}, first, ...merged);
}

describe('a customer as known at a moment', () => {
  test('changes in no byte by rows of any kind recorded later', () => {
    fc.assert(
      fc.property(rowsRecorded(EARLY), rowsRecorded(LATE), (rows, later) => {
        expect(bytesOf(mergeRows(rows, later))).toBe(bytesOf(rows));
      }),
      { numRuns: 300 },
    );
  });

  test.each(KINDS)('changes in no byte by a later %s alone', (kind) => {
    fc.assert(
      fc.property(rowsRecorded(EARLY), rowsRecorded(LATE), (rows, later) => {
        const more: AllRows = Object.assign({}, rows, {
          [kind]: [...rows[kind], ...later[kind]],
        });
        expect(bytesOf(more)).toBe(bytesOf(rows));
      }),
      { numRuns: 30 },
    );
  });

  test('does not hang on the order in which rows come', () => {
    fc.assert(
      fc.property(rowsRecorded(EARLY), fc.infiniteStream(fc.nat()), (rows, numbers) => {
        const shuffled = mapRows(rows, (list) =>
          list
            .map((row) => ({ row, place: numbers.next().value }))
            .toSorted((a, b) => a.place - b.place)
            .map(({ row }) => row),
        );
        expect(bytesOf(shuffled)).toBe(bytesOf(rows));
      }),
      { numRuns: 300 },
    );
  });

  test('is the same from all history as from the history of that time', () => {
    const recordedAt = fc.oneof(EARLY, LATE);
    fc.assert(
      fc.property(rowsRecorded(recordedAt), (rows) => {
        const known = mapRows(rows, (list) => list.filter((row) => isKnownBy(row, AT.knownAt)));
        expect(bytesOf(known)).toBe(bytesOf(rows));
      }),
      { numRuns: 200 },
    );
  });

  test('does not hang on rows that take effect after the business date', () => {
    fc.assert(
      fc.property(
        rowsRecorded(EARLY),
        fc.integer({ min: 1, max: 500_000 }),
        (rows, amountMinor) => {
          const future = {
            transactionId: 'future',
            arrangementId: 'a1',
            effectiveAt: '2026-07-01T00:00:00.000Z',
            recordedAt: '2026-06-01T00:00:00.000Z',
            amountMinor,
            currency: 'EUR',
          };
          const more = { ...rows, transaction: [...rows.transaction, future] };
          expect(bytesOf(more)).toBe(bytesOf(rows));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a fact sheet', () => {
  test('holds each sheet fact once, and whole numbers only', () => {
    const names = CATALOGUE.filter((fact) => fact.origin === 'SHEET').map((fact) => fact.name);
    fc.assert(
      fc.property(rowsRecorded(EARLY), (rows) => {
        const sheet = deriveFacts(viewOf(rows), CATALOGUE, RATES);
        const held = [
          ...Object.keys(sheet.values),
          ...sheet.notApplicable,
          ...Object.keys(sheet.unavailable),
        ];
        expect(held.toSorted()).toEqual(names.toSorted());
        const numbers = Object.values(sheet.values).filter((value) => typeof value === 'number');
        expect(numbers.every(Number.isSafeInteger)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('says not applicable only where the catalogue has a value to stand in', () => {
    const mute = new Set(
      CATALOGUE.filter((fact) => fact.whenNone === undefined).map((fact) => fact.name),
    );
    fc.assert(
      fc.property(rowsRecorded(EARLY), (rows) => {
        const sheet = deriveFacts(viewOf(rows), CATALOGUE, RATES);
        expect(sheet.notApplicable.filter((name) => mute.has(name))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

function isKnownBy(row: unknown, knownBy: string): boolean {
  if (typeof row !== 'object' || row === null || !('recordedAt' in row)) return false;
  return typeof row.recordedAt === 'string' && row.recordedAt <= knownBy;
}
