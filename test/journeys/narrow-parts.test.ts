import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CoreRecords } from '../../src/app/ports/core-reader.ts';
import { ASK, decided } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';
import { fakeCore } from '../support/fakes/fake-core.ts';

const DAY = '2026-06-30';
const VIEW = `query V($id: ID!) { customer360(id: $id) { ... on Customer360 {
  arrangements { sources { system freshness } items { id } }
  holds { sources { system freshness } }
  cashFlow { covered } } } }`;

describe('a part that a bank has in two cores', () => {
  const [accounts, cards] = [fakeCore(), fakeCore()];
  let nowMs = Date.parse('2026-11-24T10:00:00.000Z');
  let service: DemoService;
  let id: string;

  beforeAll(async () => {
    for (const { world } of [accounts, cards]) world.asOf = `${DAY}T10:00:00.000Z`;
    const due = { refreshAfterMs: 60_000 };
    const common = { widest: 10, retryAfterMs: 1, budgetMs: 20_000 };
    const core = (system: string, { reader }: typeof cards) => {
      return { system, reader, parts: { arrangements: due, holds: due }, ...common };
    };
    service = await openDemoService({
      clock: { now: () => new Date(nowMs).toISOString() },
      cores: [core('core:accounts', accounts), core('core:cards', cards)],
    });
    const rows = await service.database.query<{ party_id: string }>(
      'select party_id from customer order by party_id limit 1',
    );
    id = rows[0]?.party_id ?? '';
    accounts.world.customers.set(id, held('acc-live'));
    cards.world.customers.set(id, held('card-live'));
  }, 180_000);
  afterAll(() => service?.close());

  const held = (arrangementId: string): CoreRecords => ({
    arrangement: [
      {
        arrangementId,
        productKind: 'CURRENT_ACCOUNT',
        product: 'current',
        currency: 'EUR',
        status: 'OPEN',
        openedOn: '2020-01-01',
      },
    ],
    role: [{ partyId: id, arrangementId, role: 'OWNER' }],
    balance: [{ arrangementId, effectiveOn: DAY, ledgerMinor: 100 }],
  });
  /** Asks the cores by deciding, then looks: which of the two are seen, and how each source is. */
  const look = async () => {
    nowMs += 120_000;
    const { degradations } = decided(
      await service.ask('AGENT', ASK, { id, channel: 'AGENT', first: 20 }),
    );
    const { data, errors } = await service.ask('AGENT', VIEW, { id });
    const seen = data?.customer360;
    if (seen == null || !('arrangements' in seen)) throw new Error('no view');
    const items = seen.arrangements?.items.map((one) => one.id) ?? [];
    const sources = seen.arrangements?.sources ?? [];
    return {
      live: items.filter((item) => item.endsWith('-live')).toSorted(),
      sources: Object.fromEntries(sources.map((one) => [one.system, one.freshness])),
      isWhole: { holds: seen.holds !== null, cashFlow: seen.cashFlow !== null },
      codes: errors.map(({ path }) => path?.at(-1)).toSorted(),
      lost: degradations
        .filter(({ failure }) => failure !== 'OVERDUE')
        .map(({ part, failure }) => `${part} ${failure}`),
    };
  };

  test('is shown as far as it was told, and decided on whole or not at all', async () => {
    cards.world.failing = 'DOWN';
    expect(await look()).toEqual({
      live: ['acc-live'],
      sources: {
        'core:accounts': 'FRESH',
        'core:cards': 'UNAVAILABLE',
        'extract:demo': 'FRESH',
      },
      isWhole: { holds: false, cashFlow: false },
      codes: ['cashFlow', 'holds'],
      lost: expect.arrayContaining(['arrangements NOT_COVERED', 'holds NOT_COVERED']),
    });
    cards.world.failing = 'NO';
    expect(await look()).toMatchObject({
      live: ['acc-live', 'card-live'],
      sources: { 'core:cards': 'FRESH' },
      isWhole: { holds: true, cashFlow: true },
      lost: [],
    });
  });

  test('is shown and stale for facts where one core has been down for long', async () => {
    await service.asWorker(({ bank }) => bank.setBusinessDate('2026-09-30'));
    accounts.world.asOf = '2026-09-30T10:00:00.000Z';
    cards.world.failing = 'DOWN';
    expect(await look()).toMatchObject({
      live: ['acc-live', 'card-live'],
      sources: { 'core:accounts': 'FRESH', 'core:cards': 'STALE' },
      lost: expect.arrayContaining(['arrangements STALE', 'holds STALE']),
    });
  });
});
