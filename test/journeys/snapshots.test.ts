import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import { createSnapshotKeeper } from '../../src/app/decisions/deciding/snapshot-keeper.ts';
import { ASK, decided } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const TOGETHER = 50;

describe('snapshots', () => {
  let now = '2026-11-24T10:00:00.000Z';
  let service: DemoService;
  let customers: readonly string[];
  const sql = (text: string, values: readonly unknown[] = []) =>
    service.database.query<Record<string, number>>(text, values);
  const stored = async (table: string) => {
    const [row] = await sql(`select count(*)::int as n from ${table}`);
    return row?.['n'] ?? 0;
  };
  const ask = async (id: string) =>
    decided(await service.ask('AGENT', ASK, { id, channel: 'AGENT', first: 20 }));
  /** Fifty at once; answers with how many snapshots were built for them. */
  const stampede = async (id: string) => {
    service.rebuilds();
    const answers = await Promise.all(Array.from({ length: TOGETHER }, () => ask(id)));
    expect(new Set(answers.map(({ decisionId }) => decisionId)).size).toBe(TOGETHER);
    expect(new Set(answers.map(({ factsAsOf }) => factsAsOf)).size).toBe(1);
    return service.rebuilds();
  };

  beforeAll(async () => {
    service = await openDemoService({ clock: { now: () => now } });
    const rows = await service.database.query<{ party_id: string }>(
      'select party_id from customer order by party_id limit 12',
    );
    customers = rows.map((row) => row.party_id);
  }, 180_000);
  afterAll(() => service?.close());

  test('fifty who ask first wait for one, and the next fifty build none', async () => {
    const [id = ''] = customers;
    expect(await stampede(id)).toEqual([id]);
    expect(await stampede(id)).toEqual([]);
  });

  test('whoever read a moment before a rebuild, and asks after it, builds none', async () => {
    const { moments, snapshots: store, customers: source } = service.stores;
    const clock = { now: () => now };
    const rebuilt: string[] = [];
    const snapshotKeeper = createSnapshotKeeper({
      store,
      clock,
      loaders: () => createCustomerLoaders(source, clock),
      onRebuild: (id) => void rebuilt.push(id),
    });
    const [customerId = ''] = customers;
    await sql('update watermark set version = version + 1 where party_id = $1', [customerId]);
    const moment = (await moments.readMoments([customerId])).get(customerId);
    const release = await service.world.releases.takeActive();
    if (moment === undefined || release === undefined) throw new Error('nothing to decide on');
    const first = await snapshotKeeper.current({ customerId, moment, release });
    const second = await snapshotKeeper.current({ customerId, moment, release });
    expect(second).toEqual(first);
    expect(rebuilt).toEqual([customerId]);
  });

  test('a moved watermark causes one rebuild', async () => {
    const [, id = ''] = customers;
    await stampede(id);
    for (const part of ['transactions', 'consents', 'profile']) {
      await sql('update watermark set version = version + 1 where party_id = $1 and part = $2', [
        id,
        part,
      ]);
      expect([part, await stampede(id)]).toEqual([part, [id]]);
      expect(await stampede(id)).toEqual([]);
    }
  });

  test('an age limit causes one rebuild, and what is too old is declared', async () => {
    const [, , id = ''] = customers;
    const [before] = await sql(`select extract(epoch from as_of)::bigint as at from source
      where part = 'profile'`);
    // The release lets a profile be 30 days old: this one becomes so at noon of the business date.
    await sql(`update source set as_of = (select business_date - 30 from bank) + time '12:00'
      where part = 'profile'`);
    now = '2026-11-24T11:59:00.000Z';
    expect(await stampede(id)).toEqual([id]);
    expect((await ask(id)).degradations.map(({ failure }) => failure)).not.toContain('STALE');
    now = '2026-11-24T12:01:00.000Z';
    expect(await stampede(id)).toEqual([id]);
    expect((await ask(id)).degradations).toContainEqual(
      expect.objectContaining({ part: 'profile', failure: 'STALE' }),
    );
    expect(await stampede(id)).toEqual([]);
    await sql(`update source set as_of = to_timestamp($1) where part = 'profile'`, [
      before?.['at'],
    ]);
  });

  test('a maturity and any new business date cause one rebuild each', async () => {
    const [deposit] = await service.database.query<{ party_id: string; matures_on: string }>(`
      select r.party_id, a.matures_on from bank_arrangement a
      join bank_role r using (arrangement_id), bank b
      where a.product_kind = 'TERM_DEPOSIT' and a.matures_on > b.business_date
        and a.status = 'OPEN' and r.role = 'OWNER' order by a.matures_on, 1 limit 1`);
    const id = deposit?.party_id ?? '';
    const dayBefore = new Date(Date.parse(deposit?.matures_on ?? '') - 86_400_000);
    const days = [dayBefore.toISOString().slice(0, 10), deposit?.matures_on ?? ''];
    // The world grows older with the bank: only the date is to matter here.
    await sql(`update source set as_of = $1::date`, [days[1]]);
    const matures: unknown[] = [];
    for (const day of days) {
      await sql('update bank set business_date = $1', [day]);
      expect([day, await stampede(id)]).toEqual([day, [id]]);
      expect(await stampede(id)).toEqual([]);
      const { decisionId } = await ask(id);
      const { data } = await service.ask(
        'AUDITOR',
        `{ decision(id: "${decisionId}") { ... on Decision { facts { name state value } } } }`,
      );
      const evidence = data?.decision;
      if (evidence === undefined || !('facts' in evidence)) throw new Error('no evidence');
      matures.push(evidence.facts?.find(({ name }) => name === 'term.daysToMaturity'));
    }
    expect(matures[0]).not.toEqual(matures[1]);
  });

  test('a refresh that changes nothing stores no new fact sheet', async () => {
    const [, , , id = ''] = customers;
    const first = await ask(id);
    const [sheets, snapshots] = [await stored('fact_sheet'), await stored('snapshot')];
    now = '2026-11-24T13:00:00.000Z';
    await sql('update watermark set version = version + 1 where party_id = $1', [id]);
    service.rebuilds();
    const second = await ask(id);
    expect(service.rebuilds()).toEqual([id]);
    expect((second.factsAsOf ?? '') > (first.factsAsOf ?? 'Z')).toBe(true);
    expect(await stored('fact_sheet')).toBe(sheets);
    expect(await stored('snapshot')).toBe(snapshots + 1);
  });

  test('many customers at once are built once each', async () => {
    await sql('update watermark set version = version + 1');
    service.rebuilds();
    const rest = customers.slice(4);
    await Promise.all([...rest, ...rest, ...rest, ...rest].map(ask));
    expect(service.rebuilds().toSorted()).toEqual(rest);
  });
});
