import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool } from '../../src/adapters/postgres/connection/pool.ts';
import { createRecordIntake } from '../../src/adapters/postgres/intake/record-intake.ts';
import type { CoreRecords } from '../../src/app/ports/core-reader.ts';
import { ASK, decided } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';
import { fakeCore } from '../support/fakes/fake-core.ts';

const TOGETHER = 50;
const MINUTE_MS = 60_000;
/** For who must wait it out, and for who must not. */
const SHORT_BUDGET_MS = 300;
const LONG_BUDGET_MS = 20_000;
/** The demo bank's day; the clock is months ahead of it. */
const DAY = '2026-06-30';

describe('a live core read through', () => {
  const core = fakeCore({ asOf: `${DAY}T10:00:00.000Z` });
  const { world, questions } = core;
  let nowMs = Date.parse('2026-11-24T10:00:00.000Z');
  const clock = { now: () => new Date(nowMs).toISOString() };
  let budgetMs = LONG_BUDGET_MS;
  let service: DemoService;
  let ids: readonly string[];

  beforeAll(async () => {
    const due = { refreshAfterMs: MINUTE_MS };
    const parts = { profile: due, interactions: due, consents: due, holds: due };
    service = await openDemoService({
      clock,
      cores: [
        {
          system: 'core:live',
          reader: core.reader,
          parts,
          widest: 100,
          retryAfterMs: 1_000,
          get budgetMs() {
            return budgetMs;
          },
        },
      ],
    });
    const rows = await service.database.query<{ party_id: string }>(
      'select party_id from customer order by party_id limit 8',
    );
    ids = rows.map((row) => row.party_id);
    for (const id of ids) world.customers.set(id, {});
  }, 180_000);
  afterAll(() => service?.close());
  beforeEach(() => {
    Object.assign(world, { failing: 'NO', latencyMs: 0, dropped: [] });
    budgetMs = LONG_BUDGET_MS;
    nowMs += 10 * MINUTE_MS;
  });

  const ask = async (id = '') =>
    decided(await service.ask('AGENT', ASK, { id, channel: 'AGENT', first: 20 }));
  const sql = (text: string, id = '') =>
    service.database.query<Record<string, string>>(text, [id]);
  const readingOf = async (id = '') => {
    const text = `select version, read_at, as_of from watermark
      where party_id = $1 and system = 'core:live' and part = 'interactions'`;
    return (await sql(text, id))[0];
  };
  const talk = (partyId: string, interactionId: string): CoreRecords => ({
    interaction: [
      {
        interactionId,
        partyId,
        occurredAt: `${DAY}T09:00:00.000Z`,
        channel: 'PHONE',
        intent: 'COMPLAINT',
      },
    ],
  });

  test('brings a customer whom nobody knew, by its first question', async () => {
    const party = { partyId: 'NEW-1', kind: 'PERSON', language: 'en' } as const;
    world.customers.set('NEW-1', { party: [party] });
    const answer = await ask('NEW-1');
    expect(answer.outcome).toMatch(/ACTIONS|NO_ACTION/);
    const unknown = await service.ask('AGENT', ASK, { id: 'NEW-2', channel: 'AGENT' });
    expect(unknown.data?.nextBestActions).toMatchObject({ code: 'UNKNOWN_CUSTOMER' });
  });

  test('costs a decision with young readings neither a question nor a statement', async () => {
    const [id] = ids;
    await ask(id);
    const asked = questions.length;
    service.statements();
    await ask(id);
    expect(questions.length).toBe(asked);
    const sent = service.statements();
    expect(sent.filter((text) => /lock_timeout|pending_|refused/.test(text))).toEqual([]);
    expect(sent.length).toBe(2);
  });

  test('writes nothing but the time where nothing changed, and builds nothing', async () => {
    const [, id = ''] = ids;
    world.customers.set(id, talk(id, 'talk-1'));
    await ask(id);
    const before = await readingOf(id);
    service.rebuilds();
    nowMs += 2 * MINUTE_MS;
    await ask(id);
    const after = await readingOf(id);
    expect(after?.['version']).toBe(before?.['version']);
    expect(Date.parse(after?.['read_at'] ?? '')).toBe(nowMs);
    expect(service.rebuilds()).toEqual([]);
  });

  test('makes one version and one rebuild of a change, for fifty who ask at once', async () => {
    const [, , id = ''] = ids;
    await ask(id);
    nowMs += 2 * MINUTE_MS;
    world.customers.set(id, talk(id, 'talk-2'));
    // Long enough for all fifty to ask while the question is out.
    world.latencyMs = 300;
    const asked = questions.length;
    service.rebuilds();
    const answers = await Promise.all(Array.from({ length: TOGETHER }, () => ask(id)));
    expect(new Set(answers.map(({ factsAsOf }) => factsAsOf)).size).toBe(1);
    expect(questions.length).toBe(asked + 1);
    expect(service.rebuilds()).toEqual([id]);
    expect(await sql('select 1 from bank_interaction where party_id = $1', id)).toHaveLength(1);
  });

  test('asks for all who wait in one question', async () => {
    world.latencyMs = 50;
    const asked = questions.length;
    const [first, ...others] = ids;
    const early = ask(first);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all([early, ...others.map(ask)]);
    const numbers = questions.slice(asked).map(({ customerIds }) => customerIds.length);
    expect(numbers.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
    expect(numbers.length).toBeLessThanOrEqual(3);
  });

  test.each([
    ['slow', { latencyMs: 60_000 }],
    ['hanging and deaf', { failing: 'HANGING' }],
    ['down', { failing: 'DOWN' }],
  ])('that is %s leaves what is recorded standing, and that is said', async (_how, fault) => {
    const [, , , id] = ids;
    await ask(id);
    nowMs += 2 * MINUTE_MS;
    Object.assign(world, fault);
    budgetMs = SHORT_BUDGET_MS;
    const startedMs = performance.now();
    const { degradations } = await ask(id);
    expect(performance.now() - startedMs).toBeLessThan(LONG_BUDGET_MS);
    expect(degradations.filter(({ failure }) => failure === 'OVERDUE')).toMatchObject(
      ['consents', 'holds', 'interactions', 'profile'].map((part) => ({ part, facts: [] })),
    );
    expect(degradations.map(({ failure }) => failure)).not.toContain('STALE');
    const asked = questions.length;
    await ask(id);
    expect(questions.length).toBe(asked);
    Object.assign(world, { failing: 'NO', latencyMs: 0 });
    budgetMs = LONG_BUDGET_MS;
    nowMs += MINUTE_MS;
    const again = await ask(id);
    expect(again.degradations.map(({ failure }) => failure)).not.toContain('OVERDUE');
  });

  test('shows each system that feeds a part, and counts what both of them told', async () => {
    const [, , , , id = ''] = ids;
    const hold = { partyId: id, kind: 'FRAUD', startsOn: DAY } as const;
    world.customers.set(id, { hold: [{ ...hold, holdId: 'live-1' }] });
    const { actions } = await ask(id);
    expect(actions).toEqual([]);
    const query = `query Q($id: ID!) { customer360(id: $id) { ... on Customer360 {
      holds { sources { system freshness } items { kind } } } } }`;
    const { data } = await service.ask('AGENT', query, { id });
    expect(data?.customer360).toMatchObject({
      holds: {
        sources: [
          { system: 'core:live', freshness: 'FRESH' },
          { system: 'extract:demo', freshness: 'FRESH' },
        ],
        items: expect.arrayContaining([{ kind: 'FRAUD' }]),
      },
    });
    world.customers.set(id, {});
    nowMs += 2 * MINUTE_MS;
    const { withheld } = await ask(id);
    expect(withheld.filter(({ stage }) => stage === 'HOLD')).toEqual([]);
  });

  test('tells that two numbers are one, and is asked for both from then on', async () => {
    const [old, own] = ['TWICE-1', 'TWICE-2'];
    const party = (partyId: string) => [{ partyId, kind: 'PERSON', language: 'en' } as const];
    const hold = { partyId: old, holdId: 'twice', kind: 'FRAUD', startsOn: DAY } as const;
    world.customers.set(old, { party: party(old), hold: [hold] });
    world.customers.set(own, { party: party(own) });
    expect((await ask(own)).withheld.filter(({ stage }) => stage === 'HOLD')).toEqual([]);
    await ask(old);
    const merge = { partyId: old, survivorId: own };
    world.customers.set(own, { party: party(own), party_merge: [merge] });
    nowMs += 2 * MINUTE_MS;
    const asked = questions.length;
    expect((await ask(own)).actions).toEqual([]);
    nowMs += 2 * MINUTE_MS;
    await ask(own);
    const numbers = questions.slice(asked).flatMap(({ customerIds }) => customerIds);
    expect(numbers.toSorted()).toEqual([old, old, own, own]);
    const refused = await service.ask('AGENT', ASK, { id: old, channel: 'AGENT' });
    expect(refused.data?.nextBestActions).toMatchObject({ code: 'MERGED_CUSTOMER' });
    // The core tells nothing of the old number any more: its holds have ended.
    world.customers.set(old, {});
    nowMs += 2 * MINUTE_MS;
    expect((await ask(own)).withheld.filter(({ stage }) => stage === 'HOLD')).toEqual([]);
  });

  test('that cannot tell a record makes its part unknown, which permits nothing', async () => {
    const [, , , , , id = ''] = ids;
    await ask(id);
    nowMs += 2 * MINUTE_MS;
    const message = '`startsOn` is no date';
    world.dropped = [{ customerId: id, entity: 'hold', key: 'h', code: 'BAD_DATE', message }];
    const answer = await ask(id);
    expect(answer.actions).toEqual([]);
    expect(answer.degradations).toContainEqual(
      expect.objectContaining({ part: 'holds', failure: 'NOT_COVERED' }),
    );
    const lost = { system: 'core:live', entity: 'hold', code: 'BAD_DATE' };
    const logged = service.logged().filter((line) => line.includes('core:live'));
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([
      { level: 40, ...lost, count: 1 },
    ]);
    expect(logged.join('')).not.toMatch(new RegExp(`${id}|startsOn`));
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    const labels = Object.entries(lost).map(([name, value]) => `${name}="${value}"`);
    const line = `nextbest_core_records_dropped_total{${labels.join(',')}} 1`;
    expect(metrics.split('\n')).toContain(line);
    world.dropped = [];
    nowMs += 2 * MINUTE_MS;
    const mended = await ask(id);
    expect(mended.degradations.map(({ part }) => part)).not.toContain('holds');
  });

  test('that refuses a customer leaves what it never told unknown', async () => {
    const [, , , , , , id = ''] = ids;
    world.customers.set('NEW-3', { party: [{ partyId: 'NEW-3', kind: 'PERSON' }] });
    await ask('NEW-3');
    world.refused.add(id).add('NEW-3');
    nowMs += 2 * MINUTE_MS;
    const { degradations } = await ask('NEW-3');
    expect(degradations.filter(({ failure }) => failure === 'OVERDUE')).toHaveLength(4);
    world.refused.clear();
  });

  test('waits for a long import within its budget only', async () => {
    const [, , , , , , , id] = ids;
    const pool = createPool(service.databaseUrl, { max: 1, applicationName: 'long-import' });
    const randomness = { bytes: (length: number) => randomBytes(length) };
    const held = await createRecordIntake(pool, { clock, randomness }).begin();
    budgetMs = SHORT_BUDGET_MS;
    try {
      const startedMs = performance.now();
      const { degradations } = await ask(id);
      expect(performance.now() - startedMs).toBeLessThan(LONG_BUDGET_MS);
      expect(degradations.map(({ failure }) => failure)).toContain('OVERDUE');
    } finally {
      await held.rollback();
      await pool.close();
    }
  });

  test('that stays down is stale after the age limit, and its parts are unavailable', async () => {
    const [, , , id] = ids;
    await ask(id);
    world.failing = 'DOWN';
    await service.asWorker(({ bank }) => bank.setBusinessDate('2026-09-30'));
    nowMs += 2 * MINUTE_MS;
    const { degradations } = await ask(id);
    for (const part of ['holds', 'consents', 'interactions', 'profile']) {
      expect(degradations).toContainEqual(expect.objectContaining({ part, failure: 'STALE' }));
    }
  });
});
