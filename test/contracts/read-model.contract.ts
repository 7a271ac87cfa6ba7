import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mendReadModel } from '../../src/app/monitoring/mend-read-model.ts';
import type { Commit } from '../../src/app/ports/commit.ts';
import type { DecisionLog } from '../../src/app/ports/decision-log.ts';
import type { SnapshotStore, SnapshotToStore } from '../../src/app/ports/moment.ts';
import type {
  ReadModel,
  SheetName,
  UnbinnedPage,
  UnbinnedSheet,
} from '../../src/app/ports/read-model.ts';
import { digestsOf } from '../../src/app/releases/release-shelf.ts';
import type { Candidate, Capsule } from '../../src/domain/decision.ts';
import { binsOf } from '../../src/domain/fact-bins.ts';
import type { LiveState } from '../../src/domain/live-state.ts';
import { byText } from '../../src/domain/text-order.ts';
import { appendTo } from '../support/commit-one.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import { SMALL_SHEET } from '../support/small-input.ts';
import { smallBody } from '../support/small-release.ts';
import { sampleDecision, surfaced, withheld } from './sample-decision.ts';

export interface ReadModelWorld {
  readonly readModel: ReadModel;
  readonly log: DecisionLog;
  readonly commit: Commit;
  readonly snapshots: SnapshotStore;
  readonly release: string;
  /** Loses all rows of decisions, or all bins of sheets. */
  loseRows(): Promise<void>;
  loseBins(): Promise<void>;
  readonly close: () => Promise<void>;
}

const loan: Candidate = {
  ...surfaced('loan'),
  propensity: { basis: 'FOREST', calibratedPpm: 1, rawPpm: 400_000, forest: 'f' },
  expectedValueMinor: 9_007_199_254_740_991,
};
const card = { ...surfaced('card'), outcome: 'RANKED' as const, rank: 2 };
const adult = withheld('mortgage', 'ELIGIBILITY', 'adult');
const CANDIDATES = [loan, card, adult];

const live = (more: Partial<LiveState>) => (capsule: Capsule) => ({
  ...capsule,
  live: { ...capsule.live, ...more },
});
const candidates =
  (...told: readonly Candidate[]) =>
  (capsule: Capsule) => ({ ...capsule, decision: { ...capsule.decision, candidates: told } });

/** What a capsule may say otherwise than the one that was recorded, and whether its row does. */
const CHANGES: readonly (readonly [string, (capsule: Capsule) => Capsule, boolean])[] = [
  ['nothing else', (capsule) => capsule, false],
  ['another business date', live({ businessDate: '2026-11-23' }), true],
  ['another channel', live({ channel: 'EMAIL' }), true],
  ['another trigger', live({ trigger: { kind: 'JOURNEY', placement: 'home' } }), true],
  ['the control group', live({ arm: 'CONTROL' }), true],
  ['another language', live({ language: 'cs' }), false],
  ['a candidate more', candidates(...CANDIDATES, withheld('x', 'SUPPRESSION', 'r')), true],
  ['a candidate less', candidates(loan, card), true],
  ['another order', candidates(card, loan, adult), true],
  ['another action', candidates({ ...loan, actionId: 'lease' }, card, adult), true],
  ['another stage', candidates(loan, { ...card, outcome: 'SURFACED' }, adult), true],
  ['a masked candidate', candidates(loan, { ...card, wouldHaveSurfaced: true }, adult), true],
  ['another rule', candidates(loan, card, withheld('mortgage', 'ELIGIBILITY', 'old')), true],
  ['another reason', candidates(loan, card, reasoned(adult, 'OLD')), false],
  ['another score', candidates(scored(loan, 400_001), card, adult), true],
  ['a score more', candidates(loan, scored(card, 0), adult), true],
  ['another value', candidates({ ...loan, expectedValueMinor: 0 }, card, adult), true],
  ['a value more', candidates(loan, { ...card, expectedValueMinor: 0 }, adult), true],
];

/** What every read model does; customers A and B stand, and nothing was decided. */
export function readModelContract(name: string, open: () => Promise<ReadModelWorld>): void {
  describe(`the read model ${name}`, () => {
    let world: ReadModelWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());
    const record = async (more: { readonly requestId?: string } = {}) => {
      const { release: releaseDigest } = world;
      const customerId = 'A';
      const made = sampleDecision({
        releaseDigest,
        customerId,
        candidates: CANDIDATES,
        ...more,
      });
      const { outcome } = await appendTo(world.commit, made);
      return { ...made, outcome };
    };
    const nothing = { decisions: 0, outcomes: 0, sheets: 0, binned: 0 };

    test('has a row for what was recorded, and for nothing else', async () => {
      expect(await world.readModel.extent()).toEqual(nothing);
      const first = await record({ requestId: 'once' });
      const again = await record({ requestId: 'once' });
      expect(again.outcome).toBe('REPEATED');
      expect(await world.readModel.differing([first, again])).toEqual([again.id]);
      await world.readModel.rewrite([again]);
      expect(await world.readModel.differing([first, again])).toEqual([again.id]);
      expect(await world.readModel.differing([])).toEqual([]);
      expect(await world.readModel.extent()).toEqual({ ...nothing, decisions: 1, outcomes: 1 });
    });

    test('tells a row apart from a capsule that says something else', async () => {
      const recorded = await record();
      const told: unknown[] = [];
      for (const [what, change] of CHANGES) {
        const changed = { ...recorded, capsule: change(recorded.capsule) };
        told.push([what, (await world.readModel.differing([changed])).length > 0]);
      }
      expect(told).toEqual(CHANGES.map(([what, , differs]) => [what, differs]));
    });

    test('writes rows anew as the capsules say, and names what differs in order', async () => {
      const [first, second] = [await record(), await record()];
      await world.loseRows();
      const both = [second, first];
      expect(await world.readModel.differing(both)).toEqual([first.id, second.id]);
      const changed = { ...first, capsule: live({ channel: 'EMAIL' })(first.capsule) };
      await world.readModel.rewrite([second, changed]);
      expect(await world.readModel.differing(both)).toEqual([first.id]);
      expect(await world.readModel.differing([changed])).toEqual([]);
      expect(await world.readModel.extent()).toMatchObject({ decisions: 2, outcomes: 2 });
    });

    test('gives sheets without bins page by page, each as it was first named', async () => {
      await world.snapshots.save([shot('A', 1), shot('B', 1)]);
      const later = { builtAt: '2026-11-25T09:00:00.000Z', address: address(9) };
      await world.snapshots.save([shot('A', 2), { ...shot('A', 1, '2026-11-25'), ...later }]);
      expect(await allUnbinned(world.readModel)).toEqual([]);
      await world.loseBins();
      expect(await world.readModel.extent()).toMatchObject({ sheets: 3, binned: 0 });
      const all = await allUnbinned(world.readModel);
      expect(all).toEqual(
        [unbinned('A', 1), unbinned('A', 2), unbinned('B', 1)].toSorted(BY_NAME),
      );
      const bins = all.slice(1).map((sheet) => ({ sheet, bins: BINS }));
      await world.readModel.writeBins(bins);
      await world.readModel.writeBins(bins);
      expect(await allUnbinned(world.readModel)).toEqual(all.slice(0, 1));
      expect(await world.readModel.extent()).toMatchObject({ sheets: 3, binned: 2 });
    });

    test('is made whole again by what was decided and derived', async () => {
      const recorded = [await record(), await record(), await record()];
      const strange = shot('B', 2);
      const snapshot = { ...strange.snapshot, factsDigest: 'sha256:no-release-has-it' };
      await world.snapshots.save([shot('A', 1), { ...strange, snapshot }]);
      await world.loseRows();
      await world.loseBins();
      const releaseStore = {
        list: async () => [{ digest: 'd' }] as never,
        load: async () => ({ digest: 'd', body: BODY }),
      };
      const deps = { log: world.log, readModel: world.readModel, releaseStore };
      const whole = { decisions: 3, unreadable: 0 };
      expect(await mendReadModel({ mend: false }, deps)).toMatchObject({
        ...whole,
        differing: 3,
      });
      const mended = await mendReadModel({ mend: true }, deps);
      expect(mended).toMatchObject({ ...whole, differing: 3, sheetsBinned: 1, sheetsLeft: 1 });
      expect(mended.extent).toEqual({ decisions: 3, outcomes: 3, sheets: 2, binned: 1 });
      expect(await world.readModel.differing(recorded)).toEqual([]);
      expect(await mendReadModel({ mend: true }, deps)).toMatchObject({ differing: 0 });
    });
  });
}

const BODY = smallBody();
const BINS = binsOf(SMALL_SHEET, BODY.facts);
const BY_NAME = byText<SheetName>(
  ({ customer }) => customer,
  ({ address: at }) => at,
);
const address = (n: number) => `hmac:${n.toString(16).padStart(64, '0')}`;

function reasoned(candidate: Candidate, reasonCode: string): Candidate {
  const { withheld: why } = candidate;
  return why === undefined ? candidate : { ...candidate, withheld: { ...why, reasonCode } };
}

function scored(candidate: Candidate, rawPpm: number): Candidate {
  const propensity = { basis: 'FOREST', calibratedPpm: 1, rawPpm, forest: 'f' } as const;
  return { ...candidate, propensity };
}

function shot(partyId: string, n: number, businessDate = '2026-11-24'): SnapshotToStore {
  const { factsDigest } = digestsOf(BODY);
  return {
    customer: customerUuid(partyId),
    address: address(n),
    snapshot: {
      sheetAddress: address(100 + n),
      businessDate,
      sources: {},
      factsDigest,
      ratesDigest: 'sha256:rates',
      factsAsOf: '2026-11-24T09:00:00.000Z',
      validUntil: '2026-11-25T00:00:00.000Z',
    },
    sheet: SMALL_SHEET,
    bins: BINS,
    watermark: n,
    builtAt: '2026-11-24T09:00:00.000Z',
    current: true,
  };
}

function unbinned(partyId: string, n: number): UnbinnedSheet {
  const { customer, snapshot, sheet } = shot(partyId, n);
  const { sheetAddress, factsDigest, businessDate } = snapshot;
  return { customer, address: sheetAddress, sheet, factsDigest, businessDate };
}

/** Two at a time. */
async function allUnbinned(readModel: ReadModel): Promise<readonly UnbinnedSheet[]> {
  const all: UnbinnedSheet[] = [];
  let after: SheetName | null = null;
  for (let pages = 0; pages < 10; pages += 1) {
    const page: UnbinnedPage = await readModel.unbinned(after, 2);
    expect(page.sheets.length).toBeLessThanOrEqual(2);
    all.push(...page.sheets);
    if (page.next === null) return all;
    after = page.next;
  }
  throw new Error('the pages never end');
}
