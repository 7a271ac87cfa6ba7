import { createCustomerDirectory } from '../../src/adapters/postgres/bank/customer-directory.ts';
import { fakeBook } from '../support/fakes/fake-book.ts';
import { fakeDirectory } from '../support/fakes/fake-directory.ts';
import { fakeRecords } from '../support/fakes/fake-records.ts';
import {
  customerDirectoryContract,
  DIRECTORY_BOOK,
  DIRECTORY_CUSTOMERS,
  DIRECTORY_PARTIES,
} from './customer-directory.contract.ts';
import { give, giveCustomers, openRig, TODAY } from './postgres-rig.ts';

customerDirectoryContract('in PostgreSQL', async () => {
  const rig = await openRig();
  await giveCustomers(rig.database, DIRECTORY_CUSTOMERS);
  await give(rig.database, 'party', DIRECTORY_PARTIES);
  await give(rig.database, 'relationship_manager', DIRECTORY_BOOK);
  return { directory: createCustomerDirectory(rig.as('SERVICE')), close: rig.close };
});

customerDirectoryContract('in memory', async () => {
  const records = fakeRecords();
  for (const partyId of DIRECTORY_CUSTOMERS) records.openCustomer(partyId);
  records.give('party', DIRECTORY_PARTIES);
  const directory = fakeDirectory(records, fakeBook(DIRECTORY_BOOK, TODAY));
  return { directory, close: async () => {} };
});
