import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bank, BankExists, type BankStore } from '../../src/app/ports/bank.ts';
import { STAMP } from './sample-release.ts';

export interface BankStoreWorld {
  readonly store: BankStore;
  readonly close: () => Promise<void>;
}

const BANK: Bank = {
  name: 'Contract Bank',
  mode: 'BANK',
  businessDate: '2026-11-24',
  reportingCurrency: 'EUR',
};

/** What every store of the bank does; each test begins without one. */
export function bankStoreContract(name: string, open: () => Promise<BankStoreWorld>): void {
  describe(`the store of the bank ${name}`, () => {
    let world: BankStoreWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());

    test('holds none until one is opened', async () => {
      expect(await world.store.read()).toBeUndefined();
      await expect(world.store.setBusinessDate('2026-11-25')).rejects.toThrow('holds no bank');
      expect(await world.store.read()).toBeUndefined();
    });

    test.each<Bank['mode']>(['DEMO', 'BANK', 'EVALUATION'])(
      'holds a bank of mode %s, whose business date alone moves',
      async (mode) => {
        const bank = { ...BANK, mode };
        await world.store.create(bank, STAMP);
        expect(await world.store.read()).toEqual(bank);
        await world.store.setBusinessDate('2026-11-25');
        expect(await world.store.read()).toEqual({ ...bank, businessDate: '2026-11-25' });
      },
    );

    test('refuses a second bank by the name of the first, which stays', async () => {
      await world.store.create(BANK, STAMP);
      for (const second of [{ ...BANK, name: 'Other' }, BANK]) {
        const refused = world.store.create(second, STAMP);
        await expect(refused).rejects.toThrow(new BankExists('Contract Bank'));
      }
      expect(await world.store.read()).toEqual(BANK);
    });

    test('opens one of those that come at once', async () => {
      const names = ['A', 'B', 'C', 'D', 'E'];
      const answers = await Promise.allSettled(
        names.map((one) => world.store.create({ ...BANK, name: one }, STAMP)),
      );
      const opened = names.filter((_, i) => answers[i]?.status === 'fulfilled');
      const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(opened).toEqual([(await world.store.read())?.name]);
      expect(refused.every((reason) => reason instanceof BankExists)).toBe(true);
    });
  });
}
