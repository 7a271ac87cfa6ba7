import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCommitWriter } from '../../src/adapters/postgres/decisions/commit-writer.ts';
import { createDecisionLog } from '../../src/adapters/postgres/decisions/decision-log.ts';
import type { DecisionLog, DecisionRecord } from '../../src/app/ports/decision-log.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import { appendTo } from '../support/commit-one.ts';
import { giveCustomers, openRig, type Rig } from './postgres-rig.ts';
import { sampleDecision, withheld } from './sample-decision.ts';
import { giveReleases } from './sample-release.ts';

describe('the body of a stored decision', () => {
  let rig: Rig;
  let releases: readonly [string, string];
  beforeAll(async () => {
    rig = await openRig();
    await giveCustomers(rig.database, ['C1']);
    releases = await giveReleases(rig.registry);
  });
  afterAll(() => rig.close());

  /** As after a restart: nothing is remembered. */
  const openLog = () => createDecisionLog({ reader: rig.database });
  const store = async (releaseDigest = releases[0]) => {
    const candidates = [withheld('loan', 'ELIGIBILITY', 'adult')];
    const record = sampleDecision({ releaseDigest, candidates });
    await appendTo(createCommitWriter(rig.pool(1)), record);
    return record;
  };
  const setBody = (codec: number, body: Uint8Array, { id }: DecisionRecord) =>
    rig.database.query('update decision set codec = $1, body = $2 where id = $3', [
      codec,
      body,
      id,
    ]);
  const read = async (log: DecisionLog, { id }: DecisionRecord) => {
    const found = (await log.findMany([id])).get(id);
    return found && (found.capsule === null ? 'UNREADABLE' : canonicalText(found.capsule));
  };

  test('is read by a process that did not write it, to the byte', async () => {
    const records = [await store(), await store(releases[1]), await store()];
    const log = openLog();
    for (const record of records) {
      expect(await read(log, record)).toBe(canonicalText(record.capsule));
    }
  });

  test('is much shorter than its text', async () => {
    const { id, capsule } = await store();
    const [row] = await rig.database.query<{ codec: number; bytes: number }>(
      'select codec, octet_length(body) as bytes from decision where id = $1',
      [id],
    );
    expect(row?.codec).toBe(1);
    expect(row?.bytes).toBeLessThan(canonicalText(capsule).length / 2);
  });

  test('of the first codec stays readable', async () => {
    const record = await store();
    await setBody(0, Buffer.from(canonicalText(record.capsule)), record);
    expect(await read(openLog(), record)).toBe(canonicalText(record.capsule));
  });

  test('is read even when its release was altered since', async () => {
    const record = await store();
    await rig.database.query(
      `update release set body = replace(body, 'adult', 'elder') where digest = $1`,
      [releases[0]],
    );
    expect(await read(openLog(), record)).toBe(canonicalText(record.capsule));
  });

  test.each([
    ['spoilt', 1, Buffer.alloc(40, 7)],
    ['cut off', 1, Buffer.alloc(3, 7)],
    ['no text', 0, Buffer.from('{"live":')],
    ['of a codec to come', 99, Buffer.alloc(40, 7)],
  ])('that is %s leaves what its row says, and all others', async (_what, codec, body) => {
    const records = [await store(releases[0]), await store(releases[1]), await store()] as const;
    const [, spoilt] = records;
    const digests = records.map(({ capsule }) => capsule.releaseDigest);
    await setBody(codec, body, spoilt);
    const unreadable = {
      id: spoilt.id,
      customerId: 'C1',
      caller: spoilt.caller,
      decidedAt: spoilt.capsule.live.decidedAt,
      releaseDigest: releases[1],
      capsule: null,
      cause: 'UNREADABLE',
    };
    const log = openLog();
    expect(digests).toEqual([releases[0], releases[1], releases[0]]);
    const found = await log.findMany(records.map(({ id }) => id));
    expect(found.size).toBe(3);
    expect(found.get(spoilt.id)).toEqual(unreadable);
    const { decisions } = await log.page({ customerId: 'C1' }, { first: 3, before: null });
    expect(decisions.map(({ id }) => id)).toEqual(records.map(({ id }) => id).toReversed());
    expect(decisions[1]).toEqual(unreadable);
    for (const one of [decisions[0], decisions[2]]) {
      const record = records.find(({ id }) => id === one?.id);
      expect(one?.capsule).toEqual(record?.capsule);
    }
  });

  test('whose dictionary is gone cannot be read either', async () => {
    const orphan = await store();
    await rig.database.query(
      `update artifact set bytes = bytes || '\\x00' where kind = 'dictionary'`,
    );
    expect(await read(openLog(), orphan)).toBe('UNREADABLE');
  });
});
