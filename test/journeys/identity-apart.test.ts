import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStores } from '../../src/adapters/postgres/open-stores.ts';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import { PART_NAMES } from '../../src/domain/customer360.ts';
import { ASK, decided } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

/** What names a table in which it lies who somebody is. */
const IDENTITY = /_identity\b/;

describe('who a customer is', () => {
  let service: DemoService;
  let ids: readonly string[];

  beforeAll(async () => {
    service = await openDemoService();
    const rows = await service.database.query<{ party_id: string }>(
      `select party_id from customer join bank_role using (party_id)
       group by 1 order by 1 limit 20`,
    );
    ids = rows.map((row) => row.party_id);
  }, 180_000);
  afterAll(() => service?.close());

  test('is read by no decision, rebuild, explanation or replay', async () => {
    service.statements();
    for (const id of ids) {
      const { decisionId } = decided(
        await service.ask('AGENT', ASK, { id, channel: 'AGENT', first: 20 }),
      );
      const { data } = await service.ask(
        'AUDITOR',
        `query R($id: ID!) { replayDecision(id: $id) { __typename } decision(id: $id) {
          __typename ... on Decision { facts { name } candidates { reasons { text } } } } }`,
        { id: decisionId },
      );
      expect(data?.decision).toMatchObject({ __typename: 'Decision' });
    }
    expect(service.rebuilds()).toEqual(ids);
    const sent = service.statements();
    expect(sent.length).toBeGreaterThan(ids.length * 10);
    expect(sent.filter((text) => IDENTITY.test(text))).toEqual([]);
  });

  test('is read by nothing that training and look backs read', async () => {
    const release = await service.world.releases.takeActive();
    if (release === undefined) throw new Error('no release is in force');
    const sent: string[] = [];
    const stores = openStores(service.databaseUrl, {
      max: 2,
      applicationName: 'training',
      onQuery: (text) => void sent.push(text),
    });
    const { historyOf } = createCustomerLoaders(stores.histories, service.world.clock);
    const histories = await Promise.all(ids.map((id) => historyOf(id)));
    const { factsDigest, ratesDigest } = release;
    await stores.liveSheets({ customerIds: ids, factsDigest, ratesDigest });
    await stores.close();
    expect(sent.length).toBeGreaterThanOrEqual(PART_NAMES.length);
    expect(sent.filter((text) => IDENTITY.test(text))).toEqual([]);
    const told = JSON.stringify(histories);
    for (const field of ['givenName', 'familyName', 'birthDate', 'email', 'phone']) {
      expect(told).not.toContain(field);
    }
    expect(told).toContain('birthMonth');
  });

  test('is told to an agent, by statements of its own', async () => {
    service.statements();
    const { data } = await service.ask(
      'AGENT',
      `query W($id: ID!) { customer360(id: $id) { ... on Customer360 {
        profile { displayName birthDate email phone }
        arrangements { items { kind accountNumber } } } } }`,
      { id: ids[0] },
    );
    const view = data?.customer360;
    if (view?.__typename === 'UnknownCustomer' || view === undefined) throw new Error('nobody');
    expect(view).toMatchObject({
      profile: { displayName: expect.stringMatching(/\S \S/), email: expect.stringMatching(/@/) },
      arrangements: {
        items: expect.arrayContaining([
          { kind: 'CURRENT_ACCOUNT', accountNumber: expect.stringMatching(/^AT00\d{16}$/) },
        ]),
      },
    });
    expect(service.statements().filter((text) => IDENTITY.test(text))).toHaveLength(2);
  });
});
