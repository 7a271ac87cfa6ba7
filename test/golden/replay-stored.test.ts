import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createEngineArchive } from '../../src/adapters/engines/engine-archive.ts';
import { capsuleAddress } from '../../src/app/decisions/deciding/capsule-address.ts';
import { createReplayer } from '../../src/app/decisions/evidence/replay-decision.ts';
import type { StoredDecision } from '../../src/app/ports/decision-log.ts';
import type { Moment } from '../../src/app/ports/moment.ts';
import { type Capsule, ENGINE_VERSION } from '../../src/domain/decision.ts';
import { addressOf, digestOf } from '../../src/domain/digest.ts';
import type { LoadedSnapshot } from '../../src/domain/snapshot.ts';
import { fakeLog } from '../support/fakes/fake-log.ts';
import { goldenFiles, goldenVersions, readGolden, readRelease } from './golden-files.ts';

const KEY = new Uint8Array(32).fill(7);
const CUSTOMER = '019ab000-0000-7000-8000-00000000000c';
const CALLER = 'teller 7';

interface OnRecord {
  readonly stored: StoredDecision;
  readonly snapshot: LoadedSnapshot;
}

/** A golden capsule as a decision on record, its evidence named under a customer's key. */
function onRecord(version: number, file: string): OnRecord {
  const { input, decision } = readGolden(version, file);
  const { live, sheet } = input;
  const snapshot = { ...input.snapshot, sheetAddress: addressOf(KEY, sheet) };
  const address = addressOf(KEY, snapshot);
  const { releaseDigest } = decision;
  const capsule: Capsule = {
    customer: CUSTOMER,
    snapshotAddress: address,
    releaseDigest,
    live,
    decision,
  };
  const stored = {
    id: live.decisionId,
    customerId: 'C1',
    caller: CALLER,
    decidedAt: live.decidedAt,
    capsule,
    capsuleAddress: capsuleAddress(KEY, { caller: CALLER, capsule }),
  };
  return { stored, snapshot: { address, snapshot, sheet } };
}

function replayerOf(version: number, snapshot: LoadedSnapshot) {
  const { body, forests } = readRelease(version);
  const moment = { addressKey: KEY } as Moment;
  return createReplayer({
    log: fakeLog({ numberOf: () => 'C1', hasRelease: () => true }).log,
    releaseStore: {
      save: async () => {},
      load: async (digest) => (digest === digestOf(body) ? { digest, body } : undefined),
      forestBytes: async () => forests,
      activate: async () => {},
      active: async () => undefined,
      list: async () => [],
      saveForests: async () => {},
      latestForests: async () => [],
    },
    snapshotStore: { save: async () => {}, load: async () => snapshot },
    moments: { readMoments: async () => new Map([['C1', moment]]) },
    engines: createEngineArchive(join(import.meta.dirname, '../../engines')),
  });
}

describe.each(goldenVersions())('on record, a decision of engine %i', (version) => {
  test.each(goldenFiles(version))('%s replays identical', async (file) => {
    const { stored, snapshot } = onRecord(version, file);
    const replay = await replayerOf(version, snapshot).replayStored(stored);
    expect(replay).toMatchObject({ result: 'IDENTICAL', engineVersion: version });
  });

  test('replays different once what the viewer may present is altered', async () => {
    const { stored, snapshot } = onRecord(version, 'all-stand.golden.json');
    const { capsule } = stored;
    const candidates = capsule.decision.candidates.map((one) => ({ ...one, presentable: true }));
    const altered = { ...capsule, decision: { ...capsule.decision, candidates } };
    const forged = {
      ...stored,
      capsule: altered,
      capsuleAddress: capsuleAddress(KEY, { caller: CALLER, capsule: altered }),
    };
    const replay = await replayerOf(version, snapshot).replayStored(forged);
    expect(replay).toMatchObject({ result: 'DIFFERENT' });
    expect(JSON.stringify(replay)).toContain('/presentable');
  });
});

test('decisions of an engine before this one are on record', () => {
  expect(goldenVersions().filter((version) => version < ENGINE_VERSION)).toEqual([1]);
});
