import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEngineArchive } from '../../src/adapters/engines/engine-archive.ts';
import { createReplayer } from '../../src/app/decisions/evidence/replay-decision.ts';
import { type Capsule, ENGINE_VERSION } from '../../src/domain/decision.ts';
import { desk } from '../../src/main/desk.ts';
import { ROOT } from '../support/command.ts';
import type { ClonedDatabase } from '../support/database.ts';
import { cloneDemoDatabase } from '../support/demo-database.ts';
import { customerIds, inTurns } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';
import { A_BATCH } from '../support/triggers.ts';

const DECISIONS = 1_000;
const TOGETHER = 10;
const CHANNELS = ['AGENT', 'MOBILE', 'WEB'];
const ALTERED = { result: 'UNREPLAYABLE', cause: 'RELEASE_ALTERED' };

describe('stored decisions', () => {
  let clone: ClonedDatabase;
  let service: DemoService;
  let first: string;
  const restart = async () => {
    await service.close();
    service = await openDemoService({ databaseUrl: clone.url });
  };
  const replayerBy = (engine: 'SOURCE' | 'ARCHIVE', engines = join(ROOT, 'engines')) =>
    createReplayer({
      log: service.stores.decisions,
      releaseStore: service.stores.releases,
      snapshotStore: service.stores.snapshots,
      moments: service.stores.moments,
      engines: createEngineArchive(engines),
      engine,
    });
  const ids = () => service.stores.decisions.ids(null, 2 * DECISIONS);
  const replayAll = async (engine: 'SOURCE' | 'ARCHIVE', wanted: readonly string[]) => {
    const replayer = replayerBy(engine);
    const stored = [...(await service.stores.decisions.findMany(wanted)).values()];
    const counts: Record<string, number> = {};
    for (let from = 0; from < stored.length; from += TOGETHER) {
      const some = stored.slice(from, from + TOGETHER);
      for (const { result } of await Promise.all(some.map((one) => replayer.replayStored(one)))) {
        counts[result] = (counts[result] ?? 0) + 1;
      }
    }
    return counts;
  };
  const replay = async (id: string): Promise<unknown> => {
    const { data, errors } = await service.ask(
      'AUDITOR',
      `{ replayDecision(id: "${id}") { ... on Replay { result differences cause } } }`,
    );
    expect(errors).toEqual([]);
    return data?.replayDecision;
  };
  const sql = (text: string, values: readonly unknown[] = []) =>
    service.database.query<Record<string, string>>(text, values);
  const capsuleOf = async (id: string | undefined) => {
    const capsule = (await service.stores.decisions.findMany([id ?? ''])).get(id ?? '')?.capsule;
    if (!capsule) throw new Error(`no decision ${id} to read`);
    return capsule;
  };
  /** An organisation has no age to alter. */
  const ofAPerson = async (wanted: readonly string[]) => {
    for (const id of wanted.slice(8)) {
      const { customer, snapshotAddress } = await capsuleOf(id);
      const loaded = await service.stores.snapshots.load(customer, snapshotAddress);
      if (loaded?.sheet.values['customer.ageYears'] !== undefined) {
        return { id, customer, loaded };
      }
    }
    throw new Error('no decision about a person');
  };

  beforeAll(async () => {
    clone = await cloneDemoDatabase();
    service = await openDemoService({ databaseUrl: clone.url });
    first = (await service.world.releases.active()) ?? '';
    await decideMany(service, DECISIONS);
  }, 300_000);
  afterAll(async () => {
    await service?.close();
    await clone?.drop();
  });

  test('a thousand replay identical after a restart, by sources and archive', async () => {
    await restart();
    const all = await ids();
    expect(all.length).toBe(DECISIONS);
    expect(await replayAll('SOURCE', all)).toEqual({ IDENTICAL: DECISIONS });
    expect(await replayAll('ARCHIVE', all)).toEqual({ IDENTICAL: DECISIONS });
    expect(await replay(all[500] ?? '')).toEqual({
      result: 'IDENTICAL',
      differences: [],
      cause: null,
    });
  }, 240_000);

  test('after a rule change all decisions replay, each under its own release', async () => {
    const files = await desk.readRuleSet(join(desk.rulesFolder, 'demo'));
    if (!files.ok) throw new Error('the rules do not read');
    const rules = files.value.body.rules.filter(({ id }) => id !== 'adults-only');
    const stamp = { actor: 'ana', at: service.world.clock.now() };
    const changed = { ...files.value, body: { ...files.value.body, rules } };
    const digest = await service.asWorker(async ({ releases }) => {
      const built = await releases.build(changed, stamp);
      if (!built.ok) throw new Error(built.refusal.message);
      await releases.activate(built.value.digest, stamp);
      return built.value.digest;
    });
    await decideMany(service, 50);
    const releases: Record<string, number> = {};
    const all = await ids();
    for (const id of all) {
      const { releaseDigest } = await capsuleOf(id);
      releases[releaseDigest] = (releases[releaseDigest] ?? 0) + 1;
    }
    expect(releases).toEqual({ [first]: DECISIONS, [digest]: 50 });
    const sample = all.filter((_, i) => i % 10 === 0 || i >= DECISIONS);
    expect(await replayAll('SOURCE', sample)).toEqual({ IDENTICAL: sample.length });
  }, 120_000);

  test('one altered engine constant gives DIFFERENT and the path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nextbest-engines-'));
    const source = await readFile(join(ROOT, `engines/${ENGINE_VERSION}.mjs`), 'utf8');
    const altered = source.replace('var ONE_PPM = 1e6;', 'var ONE_PPM = 999999;');
    expect(altered).not.toBe(source);
    await writeFile(join(folder, `${ENGINE_VERSION}.mjs`), altered);
    const replayer = replayerBy('ARCHIVE', folder);
    const [id = ''] = await withActions(service);
    expect(await replayer.replay(id)).toMatchObject({
      result: 'DIFFERENT',
      differences: expect.arrayContaining([
        expect.stringMatching(/^\/decision\/candidates\/0\/(factors\/contextPpm|selection)/),
      ]),
    });
    await rm(folder, { recursive: true });
    const nowhere = replayerBy('ARCHIVE', folder);
    expect(await nowhere.replay(id)).toMatchObject({
      result: 'UNREPLAYABLE',
      cause: 'ENGINE_RETIRED',
    });
  });

  test('one altered fact gives DIFFERENT and the path', async () => {
    const { id, customer, loaded } = await ofAPerson(await withActions(service));
    const address = Buffer.from(loaded.snapshot.sheetAddress.slice(5), 'hex');
    const values = { ...loaded.sheet.values, 'customer.ageYears': 3 };
    expect(values).not.toEqual(loaded.sheet.values);
    await sql(
      'update fact_sheet set codec = 0, body = $3 where customer_id = $1 and address = $2',
      [customer, address, Buffer.from(JSON.stringify({ ...loaded.sheet, values }))],
    );
    expect(await replay(id)).toMatchObject({
      result: 'DIFFERENT',
      differences: expect.arrayContaining([
        '/snapshot/sheet',
        expect.stringMatching(/^\/decision\//),
      ]),
    });
  });

  test.each<[string, (sheet: Record<string, unknown>) => unknown]>([
    ['a fact of another type', ({ values, ...rest }) => ({ ...rest, values: asText(values) })],
    ['a list that is gone', ({ notApplicable: _, ...rest }) => rest],
    ['nothing at all', () => null],
  ])('%s in a sheet gives DIFFERENT, not a failure', async (_what, alter) => {
    const [, , , , id = ''] = await withActions(service);
    const { customer, snapshotAddress } = await capsuleOf(id);
    const loaded = await service.stores.snapshots.load(customer, snapshotAddress);
    const where = [customer, Buffer.from(loaded?.snapshot.sheetAddress.slice(5) ?? '', 'hex')];
    const [row] = await service.database.query<{ codec: number; body: Buffer }>(
      'select codec, body from fact_sheet where customer_id = $1 and address = $2',
      where,
    );
    const set = `update fact_sheet set codec = $3, body = $4
      where customer_id = $1 and address = $2`;
    await sql(set, [...where, 0, Buffer.from(JSON.stringify(alter({ ...loaded?.sheet })))]);
    expect(await replay(id)).toMatchObject({
      result: 'DIFFERENT',
      differences: expect.arrayContaining(['/snapshot/sheet']),
    });
    await sql(set, [...where, row?.codec, row?.body]);
    expect(await replay(id)).toMatchObject({ result: 'IDENTICAL' });
  });

  test.each<[string, (capsule: Capsule) => Capsule]>([
    ['a consent’s time', (one) => withLive(one, { consents: laterConsents(one) })],
    ['the time of deciding', (one) => withLive(one, { decidedAt: '2026-11-24T00:00:00.000Z' })],
    ['the trigger', (one) => withLive(one, { trigger: A_BATCH })],
    ['the snapshot’s name', (one) => ({ ...one, snapshotAddress: `hmac:${'0'.repeat(64)}` })],
    ['the release’s name', (one) => ({ ...one, releaseDigest: `sha256:${'0'.repeat(64)}` })],
    ['the engine', (one) => ({ ...one, decision: { ...one.decision, engineVersion: 9 } })],
  ])('%s forged in a capsule shows', async (_what, forge) => {
    const [, , , , , id = ''] = await withActions(service);
    const capsule = await capsuleOf(id);
    const [row] = await service.database.query<{ codec: number; body: Buffer }>(
      'select codec, body from decision where id = $1',
      [id],
    );
    const set = 'update decision set codec = $2, body = $3 where id = $1';
    await sql(set, [id, 0, Buffer.from(JSON.stringify(forge(capsule)))]);
    expect(await replay(id)).toMatchObject({
      result: 'DIFFERENT',
      differences: expect.arrayContaining(['/capsule']),
    });
    await sql(set, [id, row?.codec, row?.body]);
    expect(await replay(id)).toMatchObject({ result: 'IDENTICAL' });
  });

  test('whoever is said to have asked is part of the record', async () => {
    const [, , , , , , id = ''] = await withActions(service);
    await sql(`update decision set caller = 'somebody else' where id = $1`, [id]);
    expect(await replay(id)).toMatchObject({ result: 'DIFFERENT', differences: ['/capsule'] });
  });

  test('an erased customer’s decisions are UNREPLAYABLE, and stay on record', async () => {
    const [, , id = ''] = await withActions(service);
    const { customer } = await capsuleOf(id);
    await sql('update customer set address_key = null where id = $1', [customer]);
    expect(await replay(id)).toMatchObject({ result: 'UNREPLAYABLE', cause: 'ERASED' });
    expect(await service.stores.decisions.findMany([id])).toHaveProperty('size', 1);
  });

  test('one altered byte of a forest makes its release ALTERED', async () => {
    const [, , , id = ''] = await withActions(service);
    const flip = `update artifact set bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1)`;
    await sql(flip);
    expect(await replay(id)).toMatchObject(ALTERED);
    await sql(flip);
    expect(await replay(id)).toMatchObject({ result: 'IDENTICAL' });
  });

  test('one altered rule of a stored release, and a release gone, are UNREPLAYABLE', async () => {
    const [, , , id = ''] = await withActions(service);
    expect(await replay(id)).toMatchObject({ result: 'IDENTICAL' });
    const [row] = await sql('select id, body from release where digest = $1', [first]);
    const altered = row?.['body']?.replace(/"value":18\b/, '"value":19');
    expect(altered).not.toBe(row?.['body']);
    await sql('update release set body = $2 where digest = $1', [first, altered]);
    expect(await replay(id)).toMatchObject(ALTERED);
    await sql('update release set body = $2 where digest = $1', [first, row?.['body']]);
    expect(await replay(id)).toMatchObject({ result: 'IDENTICAL' });
    await sql('delete from release_activation where release_id = $1', [row?.['id']]);
    await sql('delete from release where digest = $1', [first]);
    expect(await replay(id)).toMatchObject({ ...ALTERED, cause: 'RELEASE_MISSING' });
  });
});

function asText(values: unknown): unknown {
  const facts = Object.entries(values ?? {});
  return Object.fromEntries(facts.map(([name, value]) => [name, String(value)]));
}

function withLive(capsule: Capsule, live: Partial<Capsule['live']>): Capsule {
  return { ...capsule, live: { ...capsule.live, ...live } };
}

function laterConsents({ live }: Capsule): Capsule['live']['consents'] {
  const effectiveAt = '2026-11-01T00:00:00.000Z';
  return (live.consents ?? []).map((consent) => ({ ...consent, effectiveAt }));
}

/** Decides as many as asked, several in one operation. */
async function decideMany(service: DemoService, count: number): Promise<void> {
  const customers = await customerIds(service, count);
  const questions = Array.from({ length: count }, (_, i) => {
    const id = customers[i % customers.length];
    const channel = CHANNELS[Math.floor(i / customers.length) % CHANNELS.length];
    return `q${i}: nextBestActions(customerId: "${id}", channel: ${channel}) {
      ... on NextBestActions { decisionId } }`;
  });
  const operations = Array.from({ length: Math.ceil(count / TOGETHER) }, (_, i) =>
    questions.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
  const ask = async (some: readonly string[]) => {
    const { errors } = await service.ask('AGENT', `{ ${some.join('\n')} }`);
    expect(errors).toEqual([]);
  };
  await inTurns(operations, ask, 2);
}

/** Decisions that surfaced something, oldest first, no two of one customer. */
async function withActions({ stores }: DemoService): Promise<readonly string[]> {
  const stored = await stores.decisions.findMany(await stores.decisions.ids(null, 200));
  const found = new Map<string, string>();
  for (const { id, customerId, capsule } of stored.values()) {
    if (capsule?.decision.outcome === 'ACTIONS' && capsule.live.channel === 'AGENT') {
      found.set(customerId, id);
    }
  }
  return [...found.values()].toSorted();
}
