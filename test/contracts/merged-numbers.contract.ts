import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Book } from '../../src/app/ports/book.ts';
import type { CustomerDirectory, CustomerSource } from '../../src/app/ports/customer-source.ts';
import type { MomentReader } from '../../src/app/ports/moment.ts';
import type { BankRecords, Entity } from '../../src/domain/bank-record.ts';
import { numbersIn } from '../../src/domain/merged-numbers.ts';
import { liveStateOf } from '../../src/engine/point-in-time/live-state-of.ts';
import { person } from '../support/customer-history.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import { PRESENT } from '../support/live-versions.ts';

export interface MergedNumbersWorld {
  readonly book: Book;
  readonly directory: CustomerDirectory;
  readonly moments: MomentReader;
  readonly source: CustomerSource;
  readonly close: () => Promise<void>;
}

const EARLY = '2026-01-01T00:00:00.000Z';
const LATER = '2026-02-01T00:00:00.000Z';

/** A lives on in B and B in C; D did so in E, and does so in C; F and G are alone. */
const MERGES: readonly BankRecords['party_merge'][] = [
  { partyId: 'A', survivorId: 'B', recordedAt: EARLY },
  { partyId: 'B', survivorId: 'C', recordedAt: LATER },
  { partyId: 'D', survivorId: 'E', recordedAt: EARLY },
  { partyId: 'D', survivorId: 'C', recordedAt: LATER },
];
export const NUMBERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
const managed = (partyId: string, managerId: string, recordedAt = EARLY) => ({
  partyId,
  managerId,
  startsOn: '2026-01-01',
  recordedAt,
});
const held = (partyId: string) => ({
  holdId: `h-${partyId}`,
  partyId,
  kind: 'VULNERABLE' as const,
  startsOn: '2026-01-01',
  recordedAt: EARLY,
});

/** What the bank handed over of them. */
export const MERGED_RECORDS: { readonly [E in Entity]?: readonly BankRecords[E][] } = {
  party: NUMBERS.map((partyId) => person({ partyId, segment: `of ${partyId}` })),
  party_merge: MERGES,
  hold: NUMBERS.map(held),
  relationship_manager: [
    managed('A', 'RM-1', LATER),
    managed('B', 'RM-2'),
    managed('D', 'RM-4'),
    managed('E', 'RM-5'),
    managed('F', 'RM-1'),
  ],
};
/** The system of files that feeds every part, and how far it has told each number. */
export const MERGED_SOURCE = { system: 'files', asOf: LATER } as const;
export const MERGED_WATERMARKS = NUMBERS.map((id, i) => [id, 10 ** i] as const);

/** What every reader of a customer of several numbers does on 24 November 2026. */
export function mergedNumbersContract(
  name: string,
  open: () => Promise<MergedNumbersWorld>,
): void {
  describe(`merged numbers ${name}`, () => {
    let world: MergedNumbersWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    const momentOf = async (id: string) => {
      const moment = (await world.moments.readMoments([id, 'G'])).get(id);
      if (moment === undefined) throw new Error(`${id} is no customer`);
      return moment;
    };

    test.each([
      ['C', 'A B D'],
      ['B', 'A'],
      ['E', 'D'],
      ['A', ''],
      ['G', ''],
    ])('the lineages of %s tell all that ever were merged into it', async (id, expected) => {
      const found = await world.source.lineages(NUMBERS);
      const merges = found.get(id)?.merges ?? [];
      expect(numbersIn(merges).join(' ')).toBe(expected);
      // All versions of each, also those that lead elsewhere.
      const versions = MERGES.filter(({ partyId }) => expected.split(' ').includes(partyId));
      const inOrder = (rows: typeof merges) => rows.map((row) => JSON.stringify(row)).toSorted();
      expect(inOrder(merges)).toEqual(inOrder(versions));
    });

    test.each([
      ['C', ['A', 'B', 'C', 'D'], 4],
      ['E', ['D', 'E'], 1],
      ['A', ['A'], 1],
      ['G', ['G'], 1],
    ])('the moment of %s rests on all that ever were %p', async (id, numbers, holds) => {
      const moment = await momentOf(id);
      expect(moment.customer).toBe(customerUuid(id));
      const sum = MERGED_WATERMARKS.filter(([number]) => numbers.includes(number));
      expect(moment.watermark).toBe(sum.reduce((total, [, version]) => total + version, 0));
      const others = numbers.filter((number) => number !== id);
      expect([...(moment.otherReadings?.keys() ?? [])]).toEqual(others);
      expect(liveStateOf(moment.versions, PRESENT).holds).toHaveLength(holds);
    });

    test('the moment of a number that lives on tells in which', async () => {
      const found = await world.moments.readMoments(['A', 'G']);
      const told = (id: string) =>
        found.get(id)?.merges?.map(({ partyId, survivorId }) => `${partyId} ${survivorId}`);
      expect(told('A')?.toSorted()).toEqual(['A B', 'B C']);
      expect([told('G'), [...found.keys()].toSorted()]).toEqual([undefined, ['A', 'G']]);
    });

    test('the directory lists and counts whoever stands for a customer', async () => {
      const listed = async (query: object) =>
        (await world.directory.page({ after: null, first: 10, ...query })).customerIds;
      expect(await listed({})).toEqual(['C', 'E', 'F', 'G']);
      expect(await listed({ idPrefix: 'A' })).toEqual([]);
      expect(await listed({ segment: 'of A' })).toEqual([]);
      expect(await listed({ segment: 'of C' })).toEqual(['C']);
      expect(await world.directory.count()).toBe(4);
      const first = await world.directory.page({ after: null, first: 1 });
      expect(first).toEqual({ customerIds: ['C'], hasMore: true });
    });

    test('the book is that of the survivor, or of the nearest and last told', async () => {
      // Of C it was never told whose it is: B and D became it by one merge, and A by two.
      const managers = await world.book.managersOf(NUMBERS);
      expect(Object.fromEntries(managers)).toEqual({
        ...{ A: 'RM-2', B: 'RM-2', C: 'RM-2', D: 'RM-2' },
        ...{ E: 'RM-5', F: 'RM-1', G: null },
      });
      for (const book of ['RM-1', 'RM-2', 'RM-4', 'RM-5']) {
        const page = await world.directory.page({ after: null, first: 10, book });
        const expected = ['C', 'E', 'F', 'G'].filter((id) => managers.get(id) === book);
        expect([book, page.customerIds]).toEqual([book, expected]);
      }
    });
  });
}
