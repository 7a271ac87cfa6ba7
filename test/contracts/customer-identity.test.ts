import { createCustomerIdentities } from '../../src/adapters/postgres/bank/customer-identities.ts';
import { fakeIdentities } from '../support/fakes/fake-identities.ts';
import { fakeRecords } from '../support/fakes/fake-records.ts';
import {
  customerIdentityContract,
  IDENTITY_ARRANGEMENTS,
  IDENTITY_PARTIES,
} from './customer-identity.contract.ts';
import { give, openRig } from './postgres-rig.ts';

customerIdentityContract('in PostgreSQL', async () => {
  const rig = await openRig();
  await give(rig.database, 'party', IDENTITY_PARTIES);
  await give(rig.database, 'arrangement', IDENTITY_ARRANGEMENTS);
  return { identities: createCustomerIdentities(rig.database), close: rig.close };
});

customerIdentityContract('in memory', async () => {
  const records = fakeRecords();
  records.give('party', IDENTITY_PARTIES);
  records.give('arrangement', IDENTITY_ARRANGEMENTS);
  return { identities: fakeIdentities(records), close: async () => {} };
});
