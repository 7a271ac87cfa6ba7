import { expect, test } from '@jest/globals';
import type { ArrangementRecord, BalanceRecord } from '../../src/domain/bank-record.ts';
import { arrangement, balance, owner, person } from '../support/customer-history.ts';
import { fakePorts } from '../support/fakes/fake-world.ts';
import { CUSTOMER, createRig } from '../support/graphql-rig.ts';

const VIEW = `{ customer360(id: "${CUSTOMER}") { ... on Customer360 {
  arrangements { items { status balance { amount } available { amount } } } } } }`;

/** What a viewer is shown of one arrangement. */
async function shown(
  more: Partial<ArrangementRecord>,
  told: Partial<BalanceRecord>,
): Promise<unknown> {
  const ports = await fakePorts(CUSTOMER, (records) => {
    records.give('party', [person({ partyId: CUSTOMER })]);
    records.give('arrangement', [arrangement('a1', 'CURRENT_ACCOUNT', more)]);
    records.give('role', [owner('a1', { partyId: CUSTOMER })]);
    records.give('balance', [balance('a1', 100_000, told)]);
  });
  const rig = await createRig({ ports });
  const { data, errors } = await rig.ask(VIEW);
  await rig.app.close();
  expect(errors).toBeUndefined();
  return data?.['customer360'];
}

test.each<[string, Partial<ArrangementRecord>, Partial<BalanceRecord>, object]>([
  ['nothing available told', {}, {}, { status: 'OPEN', available: null }],
  ['less available', {}, { availableMinor: 88_050 }, { available: { amount: '880.50' } }],
  ['nothing left', {}, { availableMinor: 0 }, { available: { amount: '0.00' } }],
  ['a barred account', { status: 'BLOCKED' }, {}, { status: 'BLOCKED', available: null }],
])('an arrangement with %s shows it beside its balance', async (_title, more, told, item) => {
  expect(await shown(more, told)).toMatchObject({
    arrangements: { items: [{ balance: { amount: '1000.00' }, ...item }] },
  });
});
