import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import { type CuttableProxy, openProxy } from '../contracts/cuttable-proxy.ts';
import type { ClonedDatabase } from '../support/database.ts';
import { cloneDemoDatabase } from '../support/demo-database.ts';
import { ASK_ID, customerIds } from '../support/demo-queries.ts';
import { type Answer, type DemoService, openDemoService, post } from '../support/demo-service.ts';

const LIMIT_MS = 2_000;
const RECOVERY_MS = 5_000;

describe('when the database is gone', () => {
  let clone: ClonedDatabase;
  /** Past the proxy. */
  let database: Database;
  let proxy: CuttableProxy;
  let service: DemoService;
  let token: string;
  let ids: readonly string[];

  const ask = async (id: string | undefined) => {
    const before = performance.now();
    const variables = { id, channel: 'AGENT' };
    const answer = await post(`${service.url}/graphql`, token, { query: ASK_ID, variables });
    return { answer, ms: performance.now() - before };
  };
  const ready = async () => (await fetch(`${service.url}/health/ready`)).status;
  const decisions = async () => {
    const [row] = await database.query<{ n: number }>('select count(*)::int n from decision');
    return row?.n;
  };
  const acknowledged = ({ data }: Answer) =>
    data?.nextBestActions !== undefined && 'decisionId' in data.nextBestActions;

  beforeAll(async () => {
    clone = await cloneDemoDatabase();
    database = createPool(clone.url, { max: 1, applicationName: 'witness' });
    proxy = await openProxy(clone.url);
    service = await openDemoService({ databaseUrl: proxy.url });
    token = await service.token('AGENT');
    ids = await customerIds(service, 30);
  }, 180_000);
  afterAll(async () => {
    await service?.close();
    await proxy?.close();
    await database?.close();
    await clone?.drop();
  });

  test.each(['cut', 'hang'] as const)(
    'every question gets 503 within two seconds, and it recovers by itself: %s',
    async (how) => {
      expect((await ask(ids[0])).answer.status).toBe(200);
      expect(await ready()).toBe(200);
      const recorded = (await decisions()) ?? 0;
      await proxy[how]();
      const asked = await Promise.all(ids.slice(1, 9).map(ask));
      for (const { answer, ms } of asked) {
        expect(answer.status).toBe(503);
        expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
        expect(answer.errors[0]?.extensions.code).toBe('DATABASE_UNAVAILABLE');
        expect(acknowledged(answer)).toBe(false);
        expect(ms).toBeLessThan(LIMIT_MS);
      }
      const before = performance.now();
      expect(await ready()).toBe(503);
      expect(performance.now() - before).toBeLessThan(LIMIT_MS);
      expect((await fetch(`${service.url}/health/live`)).status).toBe(200);

      if (how === 'hang') await proxy.cut();
      await proxy.restore();
      const deadline = performance.now() + RECOVERY_MS;
      while ((await ready()) !== 200 && performance.now() < deadline) await sleep(50);
      expect(await ready()).toBe(200);
      expect(acknowledged((await ask(ids[9])).answer)).toBe(true);
      expect(await decisions()).toBe(recorded + 1);
    },
  );

  test('what was acknowledged while it broke is on record, once', async () => {
    const recorded = (await decisions()) ?? 0;
    const flood = Array.from({ length: 200 }, (_, i) =>
      sleep(i).then(() => ask(ids[i % ids.length]).then(({ answer }) => answer)),
    );
    await sleep(120);
    await proxy.cut();
    await sleep(100);
    await proxy.restore();
    const answers = await Promise.all(flood);
    expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
    const kept = answers.flatMap(({ data }) =>
      data?.nextBestActions !== undefined && 'decisionId' in data.nextBestActions
        ? [data.nextBestActions.decisionId]
        : [],
    );
    expect(new Set(kept).size).toBe(kept.length);
    expect((await service.stores.decisions.findMany(kept)).size).toBe(kept.length);
    const [least, most] = [recorded + kept.length, recorded + flood.length];
    expect(await decisions()).toBeGreaterThanOrEqual(least);
    expect(await decisions()).toBeLessThanOrEqual(most);
  });
});
