import type { Entity } from '../../src/domain/bank-record.ts';
import { PART_NAMES } from '../../src/domain/customer360.ts';
import { ENTITY_ORDER } from '../../src/domain/entity-fields.ts';
import { PART_OF } from '../../src/domain/entity-parts.ts';
import { fakeCore } from '../support/fakes/fake-core.ts';
import { wholeCustomer, without } from '../support/whole-customer.ts';
import { coreReaderContract } from './core-reader.contract.ts';

coreReaderContract('of a fake core', async () => {
  const lost = new Set<Entity>();
  const { reader, world } = fakeCore({
    customers: new Map([
      ['A', wholeCustomer('A')],
      ['B', wholeCustomer('B')],
    ]),
    latencyMs: 1,
  });
  return {
    reader,
    known: ['A', 'B'],
    unknown: 'nobody',
    parts: PART_NAMES,
    losable: ENTITY_ORDER.filter((entity) => PART_OF[entity] !== null),
    setListed: async (entity, listed) => {
      if (listed) lost.delete(entity);
      else lost.add(entity);
      world.customers.set('A', without(wholeCustomer('A'), [...lost]));
    },
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
