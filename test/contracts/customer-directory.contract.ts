import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CustomerDirectory, CustomerQuery } from '../../src/app/ports/customer-source.ts';
import type { BookRecord } from '../../src/domain/bank-record.ts';
import { person } from '../support/customer-history.ts';

export interface DirectoryWorld {
  readonly directory: CustomerDirectory;
  readonly close: () => Promise<void>;
}

const EARLY = '2026-01-01T00:00:00.000Z';
const LATER = '2026-02-01T00:00:00.000Z';
const mass = { recordedAt: EARLY, segment: 'MASS' } as const;

/** The customers, in no order; of one of them nothing was handed over. */
export const DIRECTORY_CUSTOMERS = ['20', '2', '11', '2%', '10', '3'];
export const DIRECTORY_PARTIES = [
  person({ partyId: '10', recordedAt: LATER, segment: 'PRIME' }),
  person({ partyId: '10', ...mass }),
  person({ partyId: '11', ...mass }),
  person({ partyId: '2', ...mass, kind: 'ORGANISATION' }),
  person({ partyId: '2%', ...mass }),
  person({ partyId: '20', ...mass }),
  // A party that is no customer.
  person({ partyId: '15', ...mass }),
];
const managed = { managerId: 'RM-1', startsOn: '2026-01-01', recordedAt: EARLY } as const;
export const DIRECTORY_BOOK: readonly BookRecord[] = [
  { ...managed, partyId: '10' },
  { ...managed, partyId: '2' },
  { ...managed, partyId: '20' },
  { ...managed, partyId: '20', managerId: 'RM-2', recordedAt: LATER },
  { ...managed, partyId: '11', endsOn: '2026-11-23' },
  { ...managed, partyId: '3', startsOn: '2026-11-25' },
  { ...managed, partyId: '15' },
];

const ALL = ['10', '11', '2', '2%', '20', '3'];

/** What every directory does on 24 November 2026, given the records above. */
export function customerDirectoryContract(
  name: string,
  open: () => Promise<DirectoryWorld>,
): void {
  describe(`the customer directory ${name}`, () => {
    let world: DirectoryWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    const page = (query: Partial<CustomerQuery>) =>
      world.directory.page({ after: null, first: 10, ...query });

    test.each<[Partial<CustomerQuery>, readonly string[], boolean]>([
      [{}, ALL, false],
      [{ first: 2 }, ['10', '11'], true],
      [{ first: 2, after: '11' }, ['2', '2%'], true],
      [{ first: 2, after: '2%' }, ['20', '3'], false],
      [{ after: '15' }, ['2', '2%', '20', '3'], false],
      [{ after: '3' }, [], false],
      [{ idPrefix: '2%' }, ['2%'], false],
      [{ idPrefix: '%' }, [], false],
      [{ kind: 'ORGANISATION' }, ['2'], false],
      [{ kind: 'PERSON' }, ['10', '11', '2%', '20'], false],
      [{ segment: 'PRIME' }, ['10'], false],
      [{ segment: "MASS' or true --" }, [], false],
      [{ segment: 'MASS', kind: 'PERSON', idPrefix: '1' }, ['11'], false],
      [{ book: 'RM-1' }, ['10', '2'], false],
      [{ book: 'RM-1', first: 1 }, ['10'], true],
      [{ book: 'RM-1', after: '10', segment: 'MASS' }, ['2'], false],
      [{ book: 'RM-2' }, ['20'], false],
      [{ book: 'RM-3' }, [], false],
      [{ book: '' }, [], false],
    ])('pages %j', async (query, customerIds, hasMore) => {
      expect(await page(query)).toEqual({ customerIds, hasMore });
    });

    test('gives every customer once, page by page, and counts as many', async () => {
      const seen: string[] = [];
      for (const [i] of ALL.entries()) {
        const { customerIds, hasMore } = await page({ after: seen.at(-1) ?? null, first: 1 });
        seen.push(...customerIds);
        expect(hasMore).toBe(i < ALL.length - 1);
      }
      expect(seen).toEqual(ALL);
      expect(await world.directory.count()).toBe(ALL.length);
    });
  });
}
