import { scoreByLibrary } from '../../src/adapters/forest-reference/library-scorer.ts';
import {
  exportDocument,
  findForest,
  takeForest,
} from '../../src/app/learning/exchanging/exchange-forest.ts';
import type { ReleaseStore } from '../../src/app/ports/release-store.ts';
import { readForestDocument } from '../../src/cli/forest-card-file.ts';
import type { Digest } from '../../src/domain/digest.ts';
import type { ForestEntry } from '../../src/domain/release.ts';
import type { ForestDeclaration } from '../../src/domain/rule-set.ts';
import { exportForest } from '../../src/laboratory/exchanging/export-forest.ts';
import { smallBody } from './small-release.ts';
import { SMALL_SPEC, trainSmall } from './training-table.ts';

/** Who takes it, and when. */
export const STAMP = { actor: 'risk', at: '2026-01-01T00:00:00.000Z' };

type Store = Pick<ReleaseStore, 'saveForests' | 'latestForests' | 'forestBytes'>;

/** A store of forests that reaches no release. */
export function makeStore(): ReleaseStore & { readonly kept: ForestEntry[] } {
  const kept: ForestEntry[] = [];
  const bytes = new Map<Digest, Uint8Array>();
  const no = () => Promise.reject(new Error('an exchange touches no release'));
  const store: Store = {
    saveForests: async (forests) => {
      for (const forest of forests) {
        kept.push(forest.entry);
        bytes.set(forest.entry.digest, forest.bytes);
      }
    },
    latestForests: async () => kept,
    forestBytes: async () => bytes,
  };
  return { ...store, kept, save: no, load: no, activate: no, active: no, list: no };
}

/** Written by hand, by someone who knows the rule set. */
export const CARD = {
  owner: 'credit risk',
  predictsFor: { scope: 'ACTION', id: 'open_savings' },
  target: { label: 'opened <savings>', window: 'P90D' },
  trainingWindow: { from: '2025-01-01', to: '2025-06-30' },
  rows: 1500,
  positives: 300,
  permittedUses: ['arbitration'],
  outOfBag: {
    aucPpm: 700_000,
    prAucPpm: 400_000,
    brierPpm: 120_000,
    ecePpm: 10_000,
    liftAtTenthPpm: 2_500_000,
  },
  calibrated: { brierPpm: 119_000, ecePpm: 2_000 },
};

/** The forest that all documents hold. */
export const { forest } = trainSmall();

const BODY = smallBody();
/** What the rule set says of it. */
export const DECLARED: ForestDeclaration = {
  id: 'savings',
  predictsFor: { scope: 'ACTION', id: 'open_savings' },
  target: { label: 'opened <savings>', window: 'P90D' },
  features: forest.features.map(({ name }) => name),
  spec: SMALL_SPEC,
  permittedUses: ['arbitration'],
  owner: 'deposits',
};
const RULES = { forests: [DECLARED], body: BODY };
/** What a forest is held to. */
export const ACCORDING = { reference: scoreByLibrary, ruleSet: RULES };

/** The small forest as a maker hands it over, with a card written by hand. */
export function documentOf(over: object = {}): string {
  return JSON.stringify({ ...exportForest(forest), card: CARD, ...over });
}

/** Reads and takes a document as `savings`. */
export async function take(document: string, card: string | null = null, store = makeStore()) {
  const read = readForestDocument('savings', { document, card });
  const deps = { releaseStore: store, ...ACCORDING };
  return read.ok ? takeForest(read.value, STAMP, deps) : read;
}

/** Takes a document and lets it out again; throws where it is refused. */
export async function takeWhole(document: string, card: string | null = null) {
  const store = makeStore();
  const entry = await take(document, card, store);
  if (!entry.ok) throw new Error(entry.refusal.message);
  const found = await findForest('savings', store);
  if (!found.ok) throw new Error(found.refusal.message);
  return {
    entry: entry.value,
    exported: JSON.parse(JSON.stringify(exportDocument(found.value))),
  };
}
