import type { Commit } from '../../../src/app/ports/commit.ts';
import type { SnapshotStore, SnapshotToStore } from '../../../src/app/ports/moment.ts';
import type { ReadModel, SheetName, UnbinnedSheet } from '../../../src/app/ports/read-model.ts';
import { canonicalText } from '../../../src/domain/canonical.ts';
import type { Candidate, Capsule } from '../../../src/domain/decision.ts';
import type { FactBins } from '../../../src/domain/fact-bins.ts';
import type { Uuid } from '../../../src/domain/id.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import { byText } from '../../../src/domain/text-order.ts';

/** A read model in memory beside what it is derived from, held to the contract of the real one. */
export interface FakeReadModel {
  readonly readModel: ReadModel;
  /** The given ones, which write rows and bins too. */
  readonly commit: Commit;
  readonly snapshots: SnapshotStore;
  readonly loseRows: () => void;
  readonly loseBins: () => void;
}

interface Kept {
  readonly sheet: UnbinnedSheet;
  readonly builtAt: Instant;
  readonly snapshot: string;
  readonly bins: FactBins | null;
}

/** Begins with nothing, before the first commit and the first snapshot. */
export function fakeReadModel(commit: Commit, snapshots: SnapshotStore): FakeReadModel {
  const rows = new Map<Uuid, string | null>();
  const sheets = new Map<string, Kept>();
  const isMissing = (kept: Kept) => kept.bins === null;
  return {
    readModel: {
      extent: async () => ({
        decisions: rows.size,
        outcomes: [...rows.values()].filter((row) => row !== null).length,
        sheets: sheets.size,
        binned: [...sheets.values()].filter((kept) => !isMissing(kept)).length,
      }),
      differing: async (decisions) =>
        decisions
          .filter(({ id, capsule }) => rows.get(id) !== rowOf(capsule))
          .map(({ id }) => id)
          .toSorted(),
      rewrite: async (decisions) => {
        for (const { id, capsule } of decisions) if (rows.has(id)) rows.set(id, rowOf(capsule));
      },
      unbinned: async (after, limit) => {
        const from = after === null ? '' : nameOf(after);
        const missing = [...sheets.values()].filter(isMissing).map(({ sheet }) => sheet);
        const rest = missing.filter((sheet) => nameOf(sheet) > from).toSorted(byText(nameOf));
        const page = rest.slice(0, limit);
        return { sheets: page, next: rest.length > limit ? (page.at(-1) ?? null) : null };
      },
      writeBins: async (written) => {
        for (const { sheet, bins } of written) {
          const kept = sheets.get(nameOf(sheet));
          if (kept?.bins === null) sheets.set(nameOf(sheet), { ...kept, bins });
        }
      },
    },
    commit: async (commitment) => {
      const told = await commit(commitment);
      for (const [i, { id, capsule }] of commitment.decisions.entries()) {
        if (told.decisions[i]?.outcome === 'RECORDED') rows.set(id, rowOf(capsule));
      }
      return told;
    },
    snapshots: {
      load: snapshots.load,
      save: async (given) => {
        await snapshots.save(given);
        for (const one of given.map(keptOf)) {
          const before = sheets.get(nameOf(one.sheet));
          const first = before === undefined || BY_TIME(one, before) < 0 ? one : before;
          sheets.set(nameOf(one.sheet), { ...first, bins: before?.bins ?? one.bins });
        }
      },
    },
    loseRows: () => {
      for (const id of rows.keys()) rows.set(id, null);
    },
    loseBins: () => {
      for (const [name, kept] of sheets) sheets.set(name, { ...kept, bins: null });
    },
  };
}

/** The first snapshot that named a sheet tells its catalogue and its day. */
const BY_TIME = byText<Kept>(
  ({ builtAt }) => builtAt,
  ({ snapshot }) => snapshot,
);

function keptOf({ customer, snapshot, sheet, ...one }: SnapshotToStore): Kept {
  const { sheetAddress: address, factsDigest, businessDate } = snapshot;
  return {
    sheet: { customer, address, sheet, factsDigest, businessDate },
    builtAt: one.builtAt,
    snapshot: one.address,
    bins: one.bins,
  };
}

function nameOf({ customer, address }: SheetName): string {
  return `${customer} ${address}`;
}

/** All that a row says of a decision, so that two rows are told apart by their texts. */
function rowOf({ live, decision }: Capsule): string {
  const { businessDate, channel, trigger, arm } = live;
  return canonicalText({
    businessDate,
    channel,
    trigger: trigger.kind,
    arm,
    candidates: decision.candidates.map(toldOf),
  });
}

function toldOf(candidate: Candidate) {
  const { actionId, outcome, withheld, wouldHaveSurfaced = false } = candidate;
  return {
    actionId,
    stage: withheld?.stage ?? outcome,
    rule: withheld?.rule ?? null,
    wouldHaveSurfaced,
    rawPpm: candidate.propensity?.rawPpm ?? null,
    expectedValueMinor: candidate.expectedValueMinor ?? null,
  };
}
