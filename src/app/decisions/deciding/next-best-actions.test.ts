import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { historyOf } from '../../../../test/support/customer-history.ts';
import { fakeLog } from '../../../../test/support/fakes/fake-log.ts';
import { liveVersions } from '../../../../test/support/live-versions.ts';
import { smallInput, TODAY } from '../../../../test/support/small-input.ts';
import { SMALL_FORESTS, smallBody } from '../../../../test/support/small-release.ts';
import { A_BATCH } from '../../../../test/support/triggers.ts';
import { NO_AUTHORITY } from '../../../domain/authority.ts';
import { digestOf } from '../../../domain/digest.ts';
import type { LiveVersions } from '../../../domain/live-versions.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import type { Moment } from '../../ports/moment.ts';
import { makeDecidable } from '../../releases/release-shelf.ts';
import { type DecisionDeps, nextBestActions } from './next-best-actions.ts';
import type { NextBestActionsRequest } from './request.ts';

const CUSTOMER = 'C1';
const body = smallBody();
const release = makeDecidable(digestOf(body), body, SMALL_FORESTS);
const { factsDigest, ratesDigest } = release;
const input = smallInput();

/** What a rebuild makes of a watermark. */
const snapshotAt = (watermark: number): LoadedSnapshot => ({
  address: `hmac:${String(watermark).padStart(64, '0')}`,
  snapshot: { ...input.snapshot, factsDigest, ratesDigest },
  sheet: input.sheet,
});
const MOMENT: Moment = {
  customer: '019ab000-0000-7000-8000-00000000000c',
  addressKey: new Uint8Array(32).fill(1),
  bankMode: 'DEMO',
  businessDate: TODAY,
  activeRelease: release.digest,
  snapshot: snapshotAt(1),
  snapshotWatermark: 1,
  watermark: 1,
  versions: liveVersions(CUSTOMER),
};
const FRAUD = { kind: 'FRAUD', startsOn: TODAY } as const;
const HELD = liveVersions(CUSTOMER, { holds: [FRAUD] });
const WITHDRAWN = liveVersions(CUSTOMER, { consents: [] });
const UNANSWERED: LiveVersions = {
  ...MOMENT.versions,
  holds: { state: 'FAILED', reason: 'SOURCE_DOWN' },
};

describe('what is best to do next', () => {
  let now: string;
  let moment: Moment;
  /** What happens while a snapshot is rebuilt; it may move the moment. */
  let whileBuilding: () => void;
  let builds: number;
  let deps: DecisionDeps;
  const ask = async (more: Partial<NextBestActionsRequest> = {}) => {
    const result = await nextBestActions(
      {
        customerId: CUSTOMER,
        channel: 'AGENT',
        placement: null,
        context: {},
        first: 3,
        requestId: null,
        reuseWithinMs: null,
        caller: 'ann',
        trigger: { kind: 'QUERY' },
        authority: NO_AUTHORITY,
        ...more,
      },
      deps,
    );
    return result.ok ? result.value : result.refusal.code;
  };
  const decided = async (more: Partial<NextBestActionsRequest> = {}) => {
    const answer = await ask(more);
    if (typeof answer === 'string') throw new Error(answer);
    return answer;
  };
  const idOf = async (more: Partial<NextBestActionsRequest> = {}) =>
    (await decided(more)).stored.id;

  beforeEach(() => {
    now = '2026-11-24T10:30:00.000Z';
    moment = MOMENT;
    whileBuilding = () => undefined;
    builds = 0;
    deps = {
      moments: { readMoments: async () => new Map([[CUSTOMER, moment]]) },
      snapshotKeeper: {
        async current(asked) {
          const { snapshot, snapshotWatermark, watermark } = asked.moment;
          if (snapshot !== null && snapshotWatermark === watermark) return snapshot;
          builds += 1;
          const built = snapshotAt(watermark);
          whileBuilding();
          moment = { ...moment, snapshot: built, snapshotWatermark: watermark };
          return built;
        },
        asOf: async () => ({ snapshot: snapshotAt(0), history: historyOf({}) }),
      },
      releaseShelf: { take: async () => release },
      ...fakeLog({ numberOf: () => CUSTOMER, hasRelease: () => true }),
      clock: { now: () => now },
      randomness: { bytes: (length) => randomBytes(length) },
      evidenceOf: async (stored) => ({ stored, release, snapshot: snapshotAt(1) }),
    };
  });

  describe('is answered by a decision of the last hour', () => {
    const reuse = { reuseWithinMs: 3_600_000 } as const;
    test('while nothing but the time has changed', async () => {
      const first = await idOf();
      now = '2026-11-24T11:29:00.000Z';
      expect(await idOf(reuse)).toBe(first);
      now = '2026-11-24T11:31:00.000Z';
      expect(await idOf(reuse)).not.toBe(first);
    });

    test.each<[string, () => Partial<Moment>, Partial<NextBestActionsRequest>]>([
      ['a new hold', () => ({ versions: HELD }), {}],
      ['a withdrawn consent', () => ({ versions: WITHDRAWN }), {}],
      ['a source of holds gone', () => ({ versions: UNANSWERED }), {}],
      ['a new business date', () => ({ businessDate: '2026-11-25' }), {}],
      ['a moved watermark', () => ({ watermark: 2 }), {}],
      ['facts rebuilt', () => ({ snapshot: snapshotAt(2) }), {}],
      ['another language', () => ({ versions: liveVersions(CUSTOMER, { language: 'cs' }) }), {}],
      ['another caller', () => ({}), { caller: 'bob' }],
      ['another trigger', () => ({}), { trigger: A_BATCH }],
      ['another authority', () => ({}), { authority: { upTo: 'CREDIT_COMMITTEE' } }],
      ['other arguments', () => ({}), { first: 2 }],
    ])('never across %s', async (_what, moved, asked) => {
      const first = await idOf();
      moment = { ...MOMENT, ...moved() };
      expect(await idOf({ ...reuse, ...asked })).not.toBe(first);
    });

    test('and a hold that came since is in the new one', async () => {
      expect((await decided()).stored.capsule.decision.outcome).toBe('ACTIONS');
      moment = {
        ...MOMENT,
        versions: liveVersions(CUSTOMER, { holds: [FRAUD], consents: [] }),
      };
      const { decision } = (await decided(reuse)).stored.capsule;
      expect([decision.outcome, decision.noActionReason]).toEqual(['NO_ACTION', 'HELD']);
    });

    test('and its request id then stands for that decision', async () => {
      const first = await idOf();
      const named = { ...reuse, requestId: 'R1' };
      expect(await idOf(named)).toBe(first);
      now = '2026-11-24T12:00:00.000Z';
      expect(await idOf(named)).toBe(first);
      expect(await idOf({ requestId: 'R1' })).toBe(first);
      expect(await ask({ ...named, first: 2 })).toBe('REQUEST_CONFLICT');
      expect(await ask({ requestId: 'R1', trigger: A_BATCH })).toBe('REQUEST_CONFLICT');
    });
  });

  describe('under a release of another engine', () => {
    test('is refused by name, but what was answered before is told again', async () => {
      const named = { requestId: 'R1' };
      const first = await idOf(named);
      deps = { ...deps, releaseShelf: { take: async () => ({ ...release, loaded: undefined }) } };
      expect(await ask()).toBe('NO_ACTIVE_RELEASE');
      expect(await idOf(named)).toBe(first);
    });
  });

  describe('after a rebuild', () => {
    test('rests on what became known meanwhile', async () => {
      moment = { ...MOMENT, watermark: 2 };
      whileBuilding = () => {
        moment = { ...moment, versions: HELD };
      };
      const { capsule } = (await decided()).stored;
      expect(capsule.live.holds).toEqual([FRAUD]);
      expect(capsule.snapshotAddress).toBe(snapshotAt(2).address);
      expect(builds).toBe(1);
    });

    test('rebuilds once more what moved meanwhile', async () => {
      moment = { ...MOMENT, watermark: 2 };
      whileBuilding = () => {
        if (builds === 1) moment = { ...moment, watermark: 3, businessDate: '2026-11-25' };
      };
      const { capsule } = (await decided()).stored;
      expect(capsule.snapshotAddress).toBe(snapshotAt(3).address);
      expect(capsule.live.businessDate).toBe('2026-11-25');
      expect(builds).toBe(2);
    });

    test('answers although events never cease', async () => {
      moment = { ...MOMENT, watermark: 2 };
      whileBuilding = () => {
        moment = { ...moment, watermark: moment.watermark + 1 };
      };
      await decided();
      expect(builds).toBeLessThanOrEqual(3);
    });

    test('is not made for context that is wrong', async () => {
      moment = { ...MOMENT, watermark: 2 };
      expect(await ask({ context: { 'context.intnt': 'BORROW' } })).toBe('INVALID_ARGUMENT');
      expect(builds).toBe(0);
    });

    test('is not asked of those whose snapshot stands', async () => {
      let reads = 0;
      deps = {
        ...deps,
        moments: {
          readMoments: async () => {
            reads += 1;
            return new Map([[CUSTOMER, moment]]);
          },
        },
      };
      await decided();
      expect([reads, builds]).toEqual([1, 0]);
    });
  });
});
