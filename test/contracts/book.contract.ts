import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Book } from '../../src/app/ports/book.ts';
import type { BookRecord } from '../../src/domain/bank-record.ts';

export interface BookWorld {
  readonly book: Book;
  readonly close: () => Promise<void>;
}

type Version = Omit<BookRecord, 'partyId'>;
const TODAY = '2026-11-24';
const first: Version = {
  managerId: 'RM-1',
  startsOn: '2026-01-01',
  recordedAt: '2026-01-01T00:00:00.000Z',
};
const second: Version = {
  ...first,
  managerId: 'RM-2',
  startsOn: '2026-05-01',
  recordedAt: '2026-05-01T06:00:00.000Z',
};

/** What was handed over of a customer, and whose customer that makes. */
const CASES: readonly (readonly [string, readonly Version[], string | null])[] = [
  ['of whom nothing was handed over', [], null],
  ['that somebody has', [first], 'RM-1'],
  ['from its first day', [{ ...first, startsOn: TODAY }], 'RM-1'],
  ['before its first day', [{ ...first, startsOn: '2026-11-25' }], null],
  ['on its last day', [{ ...first, endsOn: TODAY }], 'RM-1'],
  ['after its last day', [{ ...first, endsOn: '2026-11-23' }], null],
  ['that was handed over to another', [first, second], 'RM-2'],
  ['whose versions came in another order', [second, first], 'RM-2'],
  ['whose handover begins later', [first, { ...second, startsOn: '2026-11-25' }], null],
  ['whose second manager left', [first, { ...second, endsOn: '2026-11-23' }], null],
  [
    'that came back',
    [first, second, { ...first, recordedAt: '2026-06-01T00:00:00.000Z' }],
    'RM-1',
  ],
];

/** A customer a case, and one whom no record names. */
export const BOOK_CUSTOMERS = CASES.map((_, i) => `C-${i}`);
export const BOOK_RECORDS: readonly BookRecord[] = CASES.flatMap(([, versions], i) =>
  versions.map((version) => ({ partyId: `C-${i}`, ...version })),
);

/** What every book does on 24 November 2026, given the records above. */
export function bookContract(name: string, open: () => Promise<BookWorld>): void {
  describe(`the book ${name}`, () => {
    let world: BookWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    test.each(CASES.map(([what, , manager], i) => [what, `C-${i}`, manager] as const))(
      'knows of a customer %s',
      async (_what, id, manager) => {
        expect(await world.book.managersOf([id])).toEqual(new Map([[id, manager]]));
      },
    );

    test('tells of all at once, and of nobody who is not asked about', async () => {
      const asked = [...BOOK_CUSTOMERS, 'nobody', 'C-1', "x' or true --"];
      const found = await world.book.managersOf(asked);
      const expected = new Map(CASES.map(([, , manager], i) => [`C-${i}`, manager]));
      expect(found).toEqual(new Map([...expected, ['nobody', null], ["x' or true --", null]]));
      expect(await world.book.managersOf([])).toEqual(new Map());
    });
  });
}
