import { type Digest, digestBytes } from '../../domain/digest.ts';
import type { Calibration, Forest, ForestRefusal, ModelCard } from '../../domain/forest.ts';
import type { ForestEntry } from '../../domain/release.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { decodeForest } from '../../engine/propensity/exchange/decode-forest.ts';
import { exportForest } from '../../engine/propensity/exchange/export-forest.ts';
import { encodeForest } from '../../engine/propensity/exchange/forest-bytes.ts';
import { importForest } from '../../engine/propensity/exchange/import-forest.ts';
import { importancesOf } from '../../engine/propensity/judging/forest-importances.ts';
import type { ReferenceScorer } from '../ports/reference-scorer.ts';
import type { ReleaseStore, Stamp } from '../ports/release-store.ts';
import { disagreement } from './hold-to-library.ts';

/** Why a forest did not go out or come in; nothing was kept, and no release changed. */
export interface ExchangeRefusal {
  readonly code:
    | ForestRefusal['code']
    | 'UNKNOWN_FOREST'
    | 'CARD_MISSING'
    | 'CARD_WITHOUT_OWNER'
    | 'BAD_CARD'
    | 'BAD_CALIBRATION'
    | 'DIGEST_MISMATCH'
    | 'BAD_ID'
    | 'LIBRARY_DISAGREES'
    | 'NOT_JSON';
  readonly at: string;
  readonly message: string;
}

/** The card of a forest from elsewhere: what of it the forest itself cannot tell. */
export type ForeignCard = Omit<ModelCard, 'id' | 'spec' | 'features'> &
  Partial<Pick<ModelCard, 'spec'>>;

/** A stored forest with its bytes, by id. */
export async function findForest(
  id: string,
  store: ReleaseStore,
): Promise<Result<{ readonly entry: ForestEntry; readonly forest: Forest }, ExchangeRefusal>> {
  const entries = await store.latestForests();
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined) {
    const known = entries.map((one) => `\`${one.id}\``).join(', ');
    const message = `there is no forest \`${id}\`; there are ${known === '' ? 'none' : known}`;
    return refuse({ code: 'UNKNOWN_FOREST', at: id, message });
  }
  const bytes = (await store.forestBytes([entry.digest])).get(entry.digest);
  if (bytes === undefined || digestBytes(bytes) !== entry.digest) {
    const message = `the bytes of \`${id}\` are not those of \`${entry.digest}\`: train it again`;
    return refuse({ code: 'DIGEST_MISMATCH', at: id, message });
  }
  const decoded = decodeForest(bytes);
  return decoded.ok ? ok({ entry, forest: decoded.value }) : decoded;
}

/** The document that ml-random-forest loads, with card and calibration, which it ignores. */
export function exportDocument({
  entry,
  forest,
}: {
  readonly entry: ForestEntry;
  readonly forest: Forest;
}): object {
  const { digest, calibration, card } = entry;
  return { ...exportForest(forest), digest, calibration, card };
}

/**
 * A forest from elsewhere: `document` is in ml-random-forest's own format and not yet checked.
 */
export interface ForestImport {
  readonly id: string;
  readonly document: unknown;
  readonly card: ForeignCard;
  /** Null where the document has none: scores then count as they are. */
  readonly calibration: Calibration | null;
  /** The digest the document claims, if any. */
  readonly digest: Digest | null;
}

/** Validates a forest from elsewhere and keeps it under an id; puts nothing in force. */
export async function takeForest(
  given: ForestImport,
  stamp: Stamp,
  deps: { readonly releaseStore: ReleaseStore; readonly reference: ReferenceScorer },
): Promise<Result<ForestEntry, ExchangeRefusal>> {
  const { id, card, digest } = given;
  if (!/^[a-z][a-z0-9_-]{0,62}$/.test(id)) {
    const message = `\`${id}\` is no id: write small letters, digits, \`-\` and \`_\``;
    return refuse({ code: 'BAD_ID', at: '--as', message });
  }
  if (card.owner.trim() === '') {
    const message = 'the card names no owner: a forest nobody answers for is not taken';
    return refuse({ code: 'CARD_WITHOUT_OWNER', at: '/card/owner', message });
  }
  const imported = importForest(given.document);
  if (!imported.ok) return imported;
  const forest = imported.value;
  const bytes = encodeForest(forest);
  const found = digestBytes(bytes);
  if (digest !== null && digest !== found) {
    const message = `the forest has digest \`${found}\`, not \`${digest}\`: export it again`;
    return refuse({ code: 'DIGEST_MISMATCH', at: '/digest', message });
  }
  const calibration = given.calibration ?? uncalibrated(forest.trees.length);
  if (calibration.trees !== forest.trees.length) {
    const trees = forest.trees.length;
    const message = `it is for ${calibration.trees} trees, the forest has ${trees}`;
    return refuse({ code: 'BAD_CALIBRATION', at: '/calibration/trees', message });
  }
  const apart = disagreement(forest, given.document, deps.reference);
  if (apart !== null) {
    return refuse({ code: 'LIBRARY_DISAGREES', at: '/baseModel/estimators', message: apart });
  }
  const entry = {
    id,
    digest: found,
    calibration,
    card: cardOf(given, forest),
  };
  await deps.releaseStore.saveForests([{ entry, bytes }], stamp);
  return ok(entry);
}

/** A thousand even steps: what the forest says, to the nearest thousandth. */
function uncalibrated(trees: number): Calibration {
  const steps = Array.from({ length: 1000 }, (_, k) => ({
    fromSum: k * 1000 * trees,
    ppm: k * 1000 + 500,
  }));
  return { method: 'ISOTONIC', trees, steps };
}

function cardOf({ id, card, calibration }: ForestImport, forest: Forest): ModelCard {
  const importances = importancesOf(forest);
  const total = importances.reduce((sum, one) => sum + one, 0);
  const spec = forest.spec ?? card.spec ?? foreignSpec(forest);
  return {
    ...card,
    id,
    spec,
    features: forest.features.map(({ name }, f) => ({
      name,
      importancePpm: total === 0 ? 0 : Math.round(((importances[f] ?? 0) / total) * 1_000_000),
    })),
    limits: [
      ...(card.limits ?? []),
      ...(calibration === null ? ['it came without a calibration: its scores are raw'] : []),
      ...(forest.spec === null ? ['it was trained elsewhere: its figures are its maker’s'] : []),
    ],
  };
}

/** What can be read off a forest whose making is unknown. */
function foreignSpec(forest: Forest): ModelCard['spec'] {
  return {
    trees: forest.trees.length,
    minimumLeaf: 1,
    maximumDepth: 500,
    bins: 255,
    featureSharePpm: 1_000_000,
    seed: 0,
    leastPositives: 1,
  };
}
