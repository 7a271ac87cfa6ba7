import { createBankStore } from '../../src/adapters/postgres/bank/bank-store.ts';
import { createRegistry } from '../../src/adapters/postgres/registry/registry.ts';
import { cloneDatabase, urlFor } from '../support/database.ts';
import { fakeBankStore } from '../support/fakes/fake-bank-store.ts';
import { bankStoreContract } from './bank-store.contract.ts';

bankStoreContract('in PostgreSQL', async () => {
  const clone = await cloneDatabase();
  const registry = createRegistry(urlFor('WORKER', clone.url));
  const close = async () => {
    await registry.close();
    await clone.drop();
  };
  return { store: createBankStore(registry), close };
});

bankStoreContract('in memory', async () => {
  return { store: fakeBankStore(), close: async () => {} };
});
