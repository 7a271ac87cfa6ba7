import { type Bank, BankExists, type BankStore } from '../../../src/app/ports/bank.ts';

/** The one bank in memory, held to the same contract as the real store; none until opened. */
export function fakeBankStore(given?: Bank): BankStore {
  let bank = given;
  return {
    read: async () => bank,
    create: async (opened) => {
      if (bank !== undefined) throw new BankExists(bank.name);
      bank = opened;
    },
    setBusinessDate: async (businessDate) => {
      if (bank === undefined) throw new Error('the database holds no bank: import one first');
      bank = { ...bank, businessDate };
    },
  };
}
