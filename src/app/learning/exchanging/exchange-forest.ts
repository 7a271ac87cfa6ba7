import { type Digest, digestBytes, digestOf } from '../../../domain/digest.ts';
import type { Calibration, Forest, ForestRefusal } from '../../../domain/forest.ts';
import type { ModelCard } from '../../../domain/model-card.ts';
import type { ForestEntry } from '../../../domain/release.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import type { ForestDeclaration, RuleSetFiles } from '../../../domain/rule-set.ts';
import { decodeForest } from '../../../engine/propensity/stored/decode-forest.ts';
import { encodeForest } from '../../../engine/propensity/stored/forest-bytes.ts';
import { exportForest } from '../../../laboratory/exchanging/export-forest.ts';
import { importForest } from '../../../laboratory/exchanging/import-forest.ts';
import { importancesOf } from '../../../laboratory/judging/forest-importances.ts';
import type { ReferenceScorer } from '../../ports/reference-scorer.ts';
import type { ReleaseStore, Stamp } from '../../ports/release-store.ts';
import {
  refuseCalibration,
  refuseClaims,
  refuseFeatures,
  refuseImpossible,
} from './check-foreign-forest.ts';
import { disagreement } from './hold-to-library.ts';

/** Why a forest did not go out or come in; nothing was kept, and no release changed. */
export interface ExchangeRefusal {
  readonly code:
    | ForestRefusal['code']
    | 'UNKNOWN_FOREST'
    | 'UNDECLARED_FOREST'
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

/** What the rule set says of a forest, whatever its card does. */
type DeclaredMember = 'predictsFor' | 'target' | 'permittedUses';

/** The card of a forest from elsewhere: what neither the forest nor the rule set can tell. */
export type ForeignCard = Omit<ModelCard, 'id' | 'features' | DeclaredMember> &
  Partial<Pick<ModelCard, DeclaredMember>>;

/** A stored forest as it was kept, and as it predicts. */
export interface FoundForest {
  readonly entry: ForestEntry;
  readonly forest: Forest;
}

/** A stored forest, by id; refused where its bytes are not those that were kept. */
export async function findForest(
  id: string,
  store: ReleaseStore,
): Promise<Result<FoundForest, ExchangeRefusal>> {
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
export function exportDocument({ entry, forest }: FoundForest): object {
  const { digest, calibration, card } = entry;
  const documentDigest = documentDigestOf(entry);
  return { ...exportForest(forest), digest, documentDigest, calibration, card };
}

/**
 * Over forest, calibration and card, so that none is altered unnoticed; no proof of who made it.
 * Without the card's id and features, which an import writes anew.
 */
function documentDigestOf(whole: {
  readonly digest: Digest;
  readonly calibration: Calibration | null;
  readonly card: ForeignCard & Partial<Pick<ModelCard, 'id' | 'features'>>;
}): Digest {
  const { digest, calibration } = whole;
  const { id: _id, features: _features, ...card } = whole.card;
  return digestOf({ digest, calibration, card });
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
  /** The digest of the forest alone that the document claims, if any. */
  readonly digest: Digest | null;
  /** The one over forest, calibration and card: without it, the forest was trained elsewhere. */
  readonly documentDigest: Digest | null;
}

/** What a forest from elsewhere is held to. */
export interface ExchangeDeps {
  readonly releaseStore: ReleaseStore;
  readonly reference: ReferenceScorer;
  readonly ruleSet: Pick<RuleSetFiles, 'forests' | 'body'>;
}

/** Validates a forest from elsewhere and keeps it under an id; puts nothing in force. */
export async function takeForest(
  given: ForestImport,
  stamp: Stamp,
  deps: ExchangeDeps,
): Promise<Result<ForestEntry, ExchangeRefusal>> {
  const declared = findDeclared(given.id, deps.ruleSet.forests);
  if (!declared.ok) return declared;
  if (namesNobody(given.card.owner)) {
    const message = 'the card names no owner: a forest nobody answers for is not taken';
    return refuse({ code: 'CARD_WITHOUT_OWNER', at: '/card/owner', message });
  }
  const imported = importForest(given.document);
  if (!imported.ok) return imported;
  const forest = imported.value;
  const bytes = encodeForest(forest);
  const digest = digestBytes(bytes);
  const trees = forest.trees.length;
  const wrong =
    refuseDigests(given, digest) ??
    refuseFeatures(forest, deps.ruleSet.body.facts) ??
    refuseClaims(given.card, declared.value) ??
    refuseImpossible(given.card, trees) ??
    (given.calibration && refuseSteps(given.calibration, given.card, trees));
  if (wrong !== null) return refuse(wrong);
  const apart = disagreement(forest, given.document, deps.reference);
  if (apart !== null) {
    return refuse({ code: 'LIBRARY_DISAGREES', at: '/baseModel/estimators', message: apart });
  }
  const calibration = given.calibration ?? uncalibrated(trees);
  const card = cardOf(given, forest, declared.value);
  const entry = { id: given.id, digest, calibration, card };
  await deps.releaseStore.saveForests([{ entry, bytes }], stamp);
  return ok(entry);
}

/** A forest under an id of no declaration would be in no release, and nobody would notice. */
function findDeclared(
  id: string,
  forests: readonly ForestDeclaration[],
): Result<ForestDeclaration, ExchangeRefusal> {
  if (!/^[a-z][a-z0-9_-]{0,62}$/.test(id)) {
    const message = `\`${id}\` is no id: write small letters, digits, \`-\` and \`_\``;
    return refuse({ code: 'BAD_ID', at: '--as', message });
  }
  const declared = forests.find((forest) => forest.id === id);
  if (declared !== undefined) return ok(declared);
  const known = forests.map((forest) => `\`${forest.id}\``).join(', ');
  const message =
    `the rule set declares no forest \`${id}\`, but ${known === '' ? 'none at all' : known}: ` +
    'take one of these, or declare it in `forests.json` first';
  return refuse({ code: 'UNDECLARED_FOREST', at: '--as', message });
}

/** True of an owner without a letter or digit that anyone could see. */
function namesNobody(owner: string): boolean {
  return !/[\p{L}\p{N}]/u.test(owner.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''));
}

function refuseDigests(given: ForestImport, found: Digest): ExchangeRefusal | null {
  if (given.digest !== null && given.digest !== found) {
    const message = `the forest has digest \`${found}\`, not \`${given.digest}\``;
    return { code: 'DIGEST_MISMATCH', at: '/digest', message: `${message}: export it again` };
  }
  if (given.documentDigest === null) return null;
  const whole = documentDigestOf({ ...given, digest: found });
  if (given.documentDigest === whole) return null;
  const message =
    'forest, calibration or card were altered since the export: export it again, or leave out ' +
    '`documentDigest`, and the forest counts as trained elsewhere';
  return { code: 'DIGEST_MISMATCH', at: '/documentDigest', message };
}

function refuseSteps(
  calibration: Calibration,
  card: ForeignCard,
  trees: number,
): ExchangeRefusal | null {
  if (calibration.trees === trees) return refuseCalibration(calibration, card);
  const message =
    `it is for ${calibration.trees} trees, the forest has ${trees}: give its own, or leave ` +
    '`calibration` out';
  return { code: 'BAD_CALIBRATION', at: '/calibration/trees', message };
}

/** A thousand even steps: what the forest says, to the nearest thousandth. */
function uncalibrated(trees: number): Calibration {
  const steps = Array.from({ length: 1000 }, (_, k) => ({
    fromSum: k * 1000 * trees,
    ppm: k * 1000 + 500,
  }));
  return { method: 'ISOTONIC', trees, steps };
}

function cardOf(
  { id, card: given, calibration, documentDigest }: ForestImport,
  forest: Forest,
  { predictsFor, target, permittedUses }: ForestDeclaration,
): ModelCard {
  const importances = importancesOf(forest);
  const total = importances.reduce((sum, one) => sum + one, 0);
  const { spec: said, memory, ...card } = given;
  const spec = forest.spec ?? said;
  // Memory is reckoned from settings; without them it would be a figure of some other forest.
  const settings = spec && { spec, ...(memory && { memory }) };
  return {
    ...card,
    ...settings,
    id,
    predictsFor,
    target: { label: target.label, window: target.window },
    permittedUses,
    features: forest.features.map(({ name }, f) => ({
      name,
      importancePpm: total === 0 ? 0 : Math.round(((importances[f] ?? 0) / total) * 1_000_000),
    })),
    limits: withoutRepeats([
      ...(card.limits ?? []),
      ...(calibration === null ? ['it came without a calibration: its scores are raw'] : []),
      ...(documentDigest === null
        ? ['it was trained elsewhere: its figures are its maker’s']
        : []),
      ...(spec === undefined ? ['its settings are unknown'] : []),
    ]),
  };
}

function withoutRepeats(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}
