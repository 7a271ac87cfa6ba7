import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Mandate, SpentMandates } from '../../src/app/ports/mandates.ts';

export interface MandateWorld {
  readonly spent: SpentMandates;
  readonly close: () => Promise<void>;
}

const NOW = '2026-11-24T09:30:00.000Z';
const mandate = (id: string): Mandate => ({
  id,
  subject: 'ada',
  client: 'bot',
  operation: `sha256:${'a'.repeat(64)}`,
  variables: `sha256:${'b'.repeat(64)}`,
});

/** What every list of spent mandates must do. */
export function spentMandatesContract(name: string, open: () => Promise<MandateWorld>): void {
  describe(`spent mandates: ${name}`, () => {
    let world: MandateWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    test('are spent once, whoever tries again and for whatever', async () => {
      expect(await world.spent.spend(mandate('one'), NOW)).toBe(true);
      expect(await world.spent.spend(mandate('one'), NOW)).toBe(false);
      expect(await world.spent.spend({ ...mandate('one'), subject: 'eve' }, NOW)).toBe(false);
      expect(await world.spent.spend(mandate('two'), NOW)).toBe(true);
    });

    test('are spent once also by many at a time', async () => {
      const tries = Array.from({ length: 20 }, () => world.spent.spend(mandate('many'), NOW));
      expect((await Promise.all(tries)).filter((isFirst) => isFirst)).toHaveLength(1);
    });
  });
}
