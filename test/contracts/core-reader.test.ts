import { fakeCore } from '../support/fakes/fake-core.ts';
import { coreReaderContract } from './core-reader.contract.ts';

coreReaderContract('of a fake core', async () => {
  const hold = { kind: 'FRAUD', startsOn: '2026-11-01' } as const;
  const of = (partyId: string) => ({
    party: [{ partyId, kind: 'PERSON' as const }],
    hold: [{ ...hold, partyId, holdId: `hold-${partyId}` }],
  });
  const { reader, world } = fakeCore({
    customers: new Map([
      ['A', of('A')],
      ['B', of('B')],
    ]),
    latencyMs: 1,
  });
  return {
    reader,
    known: ['A', 'B'],
    unknown: 'nobody',
    parts: ['profile', 'holds'],
    setDown: async (down) => {
      world.failing = down ? 'DOWN' : 'NO';
    },
    spoil: async () => {
      const message = '`startsOn` is no date';
      world.dropped = [
        { customerId: 'A', entity: 'hold', key: 'hold-A', code: 'BAD_DATE', message },
      ];
      return 'hold';
    },
    close: async () => {},
  };
});
