import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBook } from '../../src/adapters/postgres/bank/book.ts';
import { createCustomerDirectory } from '../../src/adapters/postgres/bank/customer-directory.ts';
import { createMaySee } from '../../src/app/customer360/may-see.ts';
import { person } from '../support/customer-history.ts';
import { fakeBook } from '../support/fakes/fake-book.ts';
import { BOOK_CUSTOMERS, BOOK_RECORDS, bookContract } from './book.contract.ts';
import { give, giveCustomers, openRig, type Rig, TODAY } from './postgres-rig.ts';

bookContract('in memory', async () => ({
  book: fakeBook(BOOK_RECORDS, TODAY),
  close: async () => {},
}));

async function openBooks(): Promise<Rig> {
  const rig = await openRig();
  await giveCustomers(rig.database, BOOK_CUSTOMERS);
  await give(rig.database, 'relationship_manager', BOOK_RECORDS);
  return rig;
}

bookContract('in PostgreSQL', async () => {
  const rig = await openBooks();
  return { book: createBook(rig.as('SERVICE')), close: rig.close };
});

describe('in PostgreSQL', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openBooks();
    await give(
      rig.database,
      'party',
      BOOK_CUSTOMERS.map((partyId) => person({ partyId, segment: 'AFFLUENT' })),
    );
  });
  afterAll(() => rig.close());

  test.each(['RM-1', 'RM-2', 'RM-3', ''])(
    'the directory lists the book of `%s`',
    async (book) => {
      const managers = await createBook(rig.database).managersOf(BOOK_CUSTOMERS);
      const expected = BOOK_CUSTOMERS.filter((id) => managers.get(id) === book).toSorted();
      const directory = createCustomerDirectory(rig.database);
      const whole = { customerIds: expected, hasMore: false };
      expect(await directory.page({ after: null, first: 50, book })).toEqual(whole);
      const narrowed = { after: null, first: 50, book, segment: 'AFFLUENT', idPrefix: 'C-' };
      expect(await directory.page(narrowed)).toEqual(whole);
      const paged = await directory.page({ after: null, first: 1, book });
      expect(paged.hasMore).toBe(expected.length > 1);
      const rest = await directory.page({ after: paged.customerIds[0] ?? '', first: 50, book });
      expect([...paged.customerIds, ...rest.customerIds]).toEqual(expected);
    },
  );

  test('a request asks the book once for all it asks about together', async () => {
    const maySee = createMaySee({ book: 'RM-2' }, createBook(rig.database));
    rig.statements();
    const seen = await Promise.all([...BOOK_CUSTOMERS, ...BOOK_CUSTOMERS].map(maySee));
    expect(seen.filter((one) => one)).toHaveLength(4);
    expect(await maySee('C-6')).toBe(true);
    expect(rig.statements()).toHaveLength(1);
  });

  test('whoever has no book asks nothing and may see all', async () => {
    const maySee = createMaySee({ book: null }, createBook(rig.database));
    rig.statements();
    expect(await Promise.all(['C-0', 'nobody'].map(maySee))).toEqual([true, true]);
    expect(rig.statements()).toEqual([]);
  });
});
