import { type Bank, BankExists, type BankStore } from '../../../app/ports/bank.ts';
import { LOCKS } from '../connection/locks.ts';
import { BankEntity } from '../registry/entities.ts';
import type { Registry } from '../registry/registry.ts';

/** The one bank of this database. */
export function createBankStore(registry: Registry): BankStore {
  const read = () =>
    registry.read(async (em): Promise<Bank | undefined> => {
      const bank = await em.findOne(BankEntity, { onlyOne: true });
      if (bank === null) return undefined;
      const { name, mode, businessDate, reportingCurrency } = bank;
      return { name, mode, businessDate, reportingCurrency };
    });
  return {
    read,
    create: (bank, by) =>
      registry.write(async (em) => {
        await em.execute('select pg_advisory_xact_lock(?)', [LOCKS.bank]);
        const there = await em.findOne(BankEntity, { onlyOne: true });
        if (there !== null) throw new BankExists(there.name);
        const stamp = { createdAt: new Date(by.at), createdBy: by.actor };
        em.create(BankEntity, { onlyOne: true, ...bank, ...stamp });
      }),
    setBusinessDate: (businessDate) =>
      registry.write(async (em) => {
        const changed = await em.nativeUpdate(BankEntity, { onlyOne: true }, { businessDate });
        if (changed === 0) throw new Error('the database holds no bank: import one first');
      }),
  };
}
