import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDecisionLog } from '../../src/adapters/postgres/decisions/decision-log.ts';
import type { DecisionLog, DecisionRecord } from '../../src/app/ports/decision-log.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
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
  const openLog = () => createDecisionLog({ reader: rig.database, writer: rig.pool(1) });
  const store = async (releaseDigest = releases[0]) => {
    const candidates = [withheld('loan', 'ELIGIBILITY', 'adult')];
    const record = sampleDecision({ releaseDigest, candidates });
    await openLog().append(record);
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
    return found && canonicalText(found.capsule);
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

  test('that was spoilt is refused, and so is one whose dictionary is gone', async () => {
    const spoilt = await store();
    await setBody(1, Buffer.alloc(40, 7), spoilt);
    await expect(read(openLog(), spoilt)).rejects.toThrow('a body of codec 1 cannot be read');
    const orphan = await store();
    await rig.database.query(
      `update artifact set bytes = bytes || '\\x00' where kind = 'dictionary'`,
    );
    await expect(read(openLog(), orphan)).rejects.toThrow('no dictionary');
  });
});
