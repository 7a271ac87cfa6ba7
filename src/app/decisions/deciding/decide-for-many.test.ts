import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { historyOf } from '../../../../test/support/customer-history.ts';
import { fakeLog } from '../../../../test/support/fakes/fake-log.ts';
import { liveVersions } from '../../../../test/support/live-versions.ts';
import { smallInput, TODAY } from '../../../../test/support/small-input.ts';
import { SMALL_FORESTS, smallBody } from '../../../../test/support/small-release.ts';
import { NO_AUTHORITY } from '../../../domain/authority.ts';
import { type Digest, digestOf } from '../../../domain/digest.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import type { Moment } from '../../ports/moment.ts';
import { Outage } from '../../ports/outage.ts';
import { makeDecidable } from '../../releases/release-shelf.ts';
import { type DecisionDeps, decideForMany } from './next-best-actions.ts';
import type { NextBestActionsRequest } from './request.ts';

const releaseOf = (semver: string) => {
  const small = smallBody();
  const body = { ...small, ruleSet: { ...small.ruleSet, semver } };
  return makeDecidable(digestOf(body), body, SMALL_FORESTS);
};
const RELEASE = releaseOf('1.0.0');
const NEXT = releaseOf('1.1.0');
const input = smallInput();
const { factsDigest, ratesDigest } = RELEASE;
const SNAPSHOT: LoadedSnapshot = {
  address: `hmac:${'0'.repeat(64)}`,
  snapshot: { ...input.snapshot, factsDigest, ratesDigest },
  sheet: input.sheet,
};
const FRAUD = { kind: 'FRAUD', startsOn: TODAY } as const;

const numberOf = (customer: string) => String(Number(customer.slice(-12)));

const momentOf = (customerId: string, activeRelease: Digest = RELEASE.digest): Moment => ({
  customer: `019ab000-0000-7000-8000-${customerId.padStart(12, '0')}`,
  addressKey: new Uint8Array(32).fill(Number(customerId)),
  bankMode: 'DEMO',
  businessDate: TODAY,
  activeRelease,
  snapshot: SNAPSHOT,
  snapshotWatermark: 1,
  watermark: 1,
  versions: liveVersions(customerId, customerId === '2' ? { holds: [FRAUD] } : {}),
});

const about = (
  customerId: string,
  more: Partial<NextBestActionsRequest> = {},
): NextBestActionsRequest => ({
  customerId,
  channel: 'AGENT',
  placement: null,
  context: {},
  first: 3,
  requestId: null,
  reuseWithinMs: null,
  caller: 'batch',
  trigger: { kind: 'QUERY' },
  authority: NO_AUTHORITY,
  ...more,
});

describe('requests decided together', () => {
  let reads: (readonly string[])[];
  let down: ReadonlySet<string>;
  let moments: Map<string, Moment>;
  let deps: DecisionDeps;
  const ask = async (requests: readonly NextBestActionsRequest[]) =>
    (await decideForMany(requests, deps)).map((answer) => {
      if (answer.status === 'rejected') return answer.reason as unknown;
      const { value } = answer;
      return value.ok ? value.value.stored : value.refusal.code;
    });

  beforeEach(() => {
    reads = [];
    down = new Set();
    moments = new Map(['1', '2', '3'].map((id) => [id, momentOf(id)]));
    const { log, commit } = fakeLog({ numberOf, hasRelease: () => true });
    deps = {
      moments: {
        readMoments: async (ids) => {
          reads.push(ids);
          return moments;
        },
      },
      snapshotKeeper: {
        current: async ({ customerId }) => {
          if (down.has(customerId)) throw new Outage('DATABASE', 'a test');
          return SNAPSHOT;
        },
        asOf: async () => ({ snapshot: SNAPSHOT, history: historyOf({}) }),
      },
      releaseShelf: { take: async (digest) => [RELEASE, NEXT].find((r) => r.digest === digest) },
      log,
      commit,
      clock: { now: () => '2026-11-24T10:30:00.000Z' },
      randomness: { bytes: (length) => randomBytes(length) },
      evidenceOf: async (stored) => ({ stored, release: RELEASE, snapshot: SNAPSHOT }),
    };
  });

  test('are answered in their order, all by one reading of moments', async () => {
    const answers = await ask(['3', '2', '1', '2'].map((id) => about(id)));
    expect(answers).toMatchObject([
      { customerId: '3', capsule: { decision: { outcome: 'ACTIONS' } } },
      { customerId: '2', capsule: { decision: { outcome: 'NO_ACTION' } } },
      { customerId: '1', capsule: { decision: { outcome: 'ACTIONS' } } },
      { customerId: '2', capsule: { decision: { outcome: 'NO_ACTION' } } },
    ]);
    expect(reads).toEqual([['3', '2', '1']]);
  });

  test('keep their whole trigger', async () => {
    const trigger = { kind: 'BATCH', runId: 'run-1', campaignId: 'autumn' } as const;
    const [answer] = await ask([about('1', { trigger })]);
    expect(answer).toMatchObject({ capsule: { live: { trigger } } });
  });

  test('fail nobody but themselves, refused or by an outage', async () => {
    down = new Set(['2']);
    const answers = await ask([
      about('1', { first: 0 }),
      about('2'),
      about('nobody'),
      about('3', { context: { 'context.intnt': 'BORROW' } }),
      about('1'),
    ]);
    expect(answers[0]).toBe('INVALID_ARGUMENT');
    expect(answers[1]).toBeInstanceOf(Outage);
    expect(answers[2]).toBe('UNKNOWN_CUSTOMER');
    expect(answers[3]).toBe('INVALID_ARGUMENT');
    expect(answers[4]).toMatchObject({ customerId: '1' });
  });

  test('share one request id: the first is decided, its equals told, others refused', async () => {
    const named = { requestId: 'R1' };
    const [first, again, other] = await ask([
      about('1', named),
      about('1', named),
      about('1', { ...named, first: 2 }),
    ]);
    expect(again).toEqual(first);
    expect(other).toBe('REQUEST_CONFLICT');
  });

  test('are told again under their request ids, whoever asks by whatever authority', async () => {
    const named = { requestId: 'R1' };
    const [first] = await ask([about('1', named)]);
    const authority = { upTo: 'CREDIT_COMMITTEE' } as const;
    expect(await ask([about('3'), about('1', { ...named, authority })])).toEqual([
      expect.objectContaining({ customerId: '3' }),
      first,
    ]);
  });

  test('are each decided under the release that its moment names', async () => {
    moments.set('2', momentOf('2', NEXT.digest));
    const answers = await ask(['1', '2', '3'].map((id) => about(id)));
    expect(answers).toMatchObject([
      { capsule: { releaseDigest: RELEASE.digest } },
      { capsule: { releaseDigest: NEXT.digest } },
      { capsule: { releaseDigest: RELEASE.digest } },
    ]);
  });

  test('all fail where moments cannot be read', async () => {
    const readMoments = () => Promise.reject(new Outage('DATABASE', 'a test'));
    deps = { ...deps, moments: { readMoments } };
    const answers = await ask([about('1', { first: 0 }), about('1'), about('2')]);
    expect(answers[0]).toBe('INVALID_ARGUMENT');
    expect(answers.slice(1).every((one) => one instanceof Outage)).toBe(true);
  });

  test('leave no record of a look back that is not to be recorded', async () => {
    const lookBack = { asOf: '2026-11-20', record: false };
    const [answer] = await ask([about('1', { lookBack })]);
    expect(answer).toMatchObject({ capsule: { live: { businessDate: '2026-11-20' } } });
    expect(await deps.log.ids(null, 10)).toEqual([]);
    await ask([about('1', { lookBack: { ...lookBack, record: true } })]);
    expect(await deps.log.ids(null, 10)).toHaveLength(1);
  });
});
