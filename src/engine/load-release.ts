import type { ActionDeclaration } from '../domain/action.ts';
import type { LoadedAction, LoadedForest, LoadedRelease } from '../domain/deciding.ts';
import { ENGINE_VERSION } from '../domain/decision.ts';
import { type Digest, digestBytes, digestOf } from '../domain/digest.ts';
import { mayBeFeature, mayGiveAmount } from '../domain/fact.ts';
import { factSlots } from '../domain/fact-vector.ts';
import type { Forest, ForestSet } from '../domain/forest.ts';
import { type ForestEntry, type ReleaseBody, ruleReadingContext } from '../domain/release.ts';
import { byId } from '../domain/text-order.ts';
import { bundleMembers } from './pricing/bundle-members.ts';
import { packForests } from './propensity/scoring/pack-forests.ts';
import { decodeForest } from './propensity/stored/decode-forest.ts';
import { compileCondition } from './rules/compile-condition.ts';
import { compileRule } from './rules/compile-rule.ts';
import { indexActions } from './rules/index-actions.ts';
import { Uncompilable } from './rules/uncompilable.ts';

export type { LoadedRelease };

/** Why a release cannot be loaded. Programs read the code, people read the message. */
export type ReleaseMisfitCode =
  | 'UNKNOWN_ENGINE'
  | 'DIGEST_MISMATCH'
  | 'FOREST_BYTES_MISSING'
  | 'FOREST_DAMAGED'
  | 'FOREST_UNKNOWN'
  | 'FOREST_MISFIT'
  | 'RULE_UNREADABLE'
  | 'SCORE_NOT_PERMITTED'
  | 'TERMS_IMPOSSIBLE';

/** Thrown for a release that cannot be decided under. */
export class ReleaseMisfit extends Error {
  readonly code: ReleaseMisfitCode;
  /** The forest, rule or action; for the release as a whole its digest. */
  readonly subject: string;

  constructor(code: ReleaseMisfitCode, subject: string, message: string) {
    super(message);
    this.name = 'ReleaseMisfit';
    this.code = code;
    this.subject = subject;
  }
}

/** Checks a release against its digest, and makes it ready to decide under. Freezes it. */
export function loadRelease(
  body: ReleaseBody,
  digest: Digest,
  forestBytes: ReadonlyMap<Digest, Uint8Array>,
): LoadedRelease {
  if (body.engineVersion !== ENGINE_VERSION) {
    const { engineVersion: wanted } = body;
    const archive = `load it with \`engines/${wanted}.mjs\``;
    const message = `release is for engine ${wanted}, this is ${ENGINE_VERSION}: ${archive}`;
    throw new ReleaseMisfit('UNKNOWN_ENGINE', digest, message);
  }
  const found = digestOf(body);
  if (found !== digest) {
    const message = `the body has digest \`${found}\`, not \`${digest}\`: restore its text`;
    throw new ReleaseMisfit('DIGEST_MISMATCH', digest, message);
  }
  for (const action of body.actions) checkTerms(action, body);
  const entries = body.forests.toSorted(byId);
  const forests = loadForests(entries, forestBytes, body);
  const slots = factSlots(body.facts);
  const compiled = compileAll(body);
  const loaded = indexActions(body, {
    ...compiled,
    membersOf: bundleMembers,
    forestOf: (action) => forestOf(action, entries),
  });
  for (const action of loaded.actions) checkPricing(action);
  return deepFreeze({
    digest,
    body,
    slots,
    candidateFacts: body.facts
      .map((fact, slot) => ({ fact, slot }))
      .filter(({ fact }) => fact.perCandidate === true),
    ...loaded,
    forests,
    usedFacts: new Set([
      ...compiled.rules.flatMap(({ facts }) => facts),
      ...compiled.contextWeights.flatMap(({ condition }) => condition.facts),
      ...(forests?.inputs ?? []).map(({ name }) => name),
      ...body.actions.flatMap(({ terms }) => terms.amount?.fact ?? []),
    ]),
    forestSlots: (forests?.inputs ?? []).map(({ name }) => slots.get(name) ?? -1),
  });
}

function compileAll(body: ReleaseBody) {
  const context = ruleReadingContext(body);
  const orMisfit = <T>(id: string, compile: () => T): T => {
    try {
      return compile();
    } catch (cause) {
      // Whatever else is thrown is a bug of ours, which blaming the rule would hide.
      if (!(cause instanceof Uncompilable)) throw cause;
      throw new ReleaseMisfit('RULE_UNREADABLE', id, `rule \`${id}\`: ${cause.message}`);
    }
  };
  return {
    rules: body.rules
      .toSorted(byId)
      .map((rule) => orMisfit(rule.id, () => compileRule(rule, context))),
    contextWeights: body.arbitration.contextWeights
      .toSorted(byId)
      .map(({ id, conditions, weightPpm, appliesTo }) => ({
        appliesTo,
        weightPpm,
        condition: orMisfit(id, () => compileCondition(conditions, context)),
      })),
  };
}

function forestOf(
  { id, propensity }: ActionDeclaration,
  entries: readonly ForestEntry[],
): LoadedForest | null {
  if (propensity.kind === 'PRIOR') return null;
  const number = entries.findIndex((entry) => entry.id === propensity.forest);
  const entry = entries[number];
  if (entry !== undefined) return { entry, number };
  const needs = `action \`${id}\` needs forest \`${propensity.forest}\``;
  const message = `${needs}, which the release lacks: train it or declare a prior`;
  throw new ReleaseMisfit('FOREST_UNKNOWN', id, message);
}

function loadForests(
  entries: readonly ForestEntry[],
  forestBytes: ReadonlyMap<Digest, Uint8Array>,
  body: ReleaseBody,
): ForestSet | null {
  if (entries.length === 0) return null;
  const forests = entries.map((entry) => {
    const forest = decodeEntry(entry, forestBytes.get(entry.digest));
    checkFeatures(entry, forest, body);
    return forest;
  });
  const packed = packForests(forests);
  if (packed.ok) return packed.value;
  const { at, message } = packed.refusal;
  throw new ReleaseMisfit(
    'FOREST_MISFIT',
    at,
    `forests do not fit together at ${at}: ${message}`,
  );
}

function decodeEntry({ id, digest, calibration }: ForestEntry, bytes?: Uint8Array): Forest {
  if (bytes === undefined) {
    const message = `forest \`${id}\` has no bytes: store the artifact \`${digest}\``;
    throw new ReleaseMisfit('FOREST_BYTES_MISSING', id, message);
  }
  if (digestBytes(bytes) !== digest) {
    const message = `the bytes of forest \`${id}\` are not those of \`${digest}\``;
    throw new ReleaseMisfit('FOREST_DAMAGED', id, message);
  }
  const decoded = decodeForest(bytes);
  if (!decoded.ok) {
    const { at, message } = decoded.refusal;
    throw new ReleaseMisfit('FOREST_DAMAGED', id, `forest \`${id}\` at ${at}: ${message}`);
  }
  if (decoded.value.trees.length !== calibration.trees) {
    const trees = `${decoded.value.trees.length} trees`;
    const message = `forest \`${id}\` has ${trees}, its calibration is for ${calibration.trees}`;
    throw new ReleaseMisfit('FOREST_MISFIT', id, message);
  }
  return decoded.value;
}

/** All candidates share one coded row, so a forest may read facts of the customer only. */
function checkFeatures({ id }: ForestEntry, { features }: Forest, { facts }: ReleaseBody): void {
  for (const { name, kind } of features) {
    const fact = facts.find((declared) => declared.name === name);
    const fits =
      fact !== undefined &&
      mayBeFeature(fact) &&
      (kind === 'category') === (fact.type === 'code');
    if (fits) continue;
    const reads = `forest \`${id}\` reads \`${name}\` as a ${kind}`;
    const message = `${reads}: declare it so in the feature catalogue, for propensity`;
    throw new ReleaseMisfit('FOREST_MISFIT', id, message);
  }
}

/** Checked against the trained forest's card: rules may have been read with another one. */
function checkPricing({ declaration, rules, forest }: LoadedAction): void {
  const reading = rules.pricing.find(({ compiled }) => compiled.readsScore);
  if (reading === undefined || forest?.entry.card.permittedUses.includes('pricing')) return;
  const { id } = reading.compiled.rule;
  const prices = `rule \`${id}\` prices \`${declaration.id}\` by its score`;
  const message = `${prices}, which no model card permits: train one that may, or leave it out`;
  throw new ReleaseMisfit('SCORE_NOT_PERMITTED', id, message);
}

function checkTerms({ id, terms }: ActionDeclaration, { facts }: ReleaseBody): void {
  const { amount, rate, fee, termMonths } = terms;
  const possible =
    (termMonths === undefined || termMonths >= 1) &&
    (amount === undefined ||
      (amount.stepMinor >= 1 && amount.floorMinor <= amount.ceilingMinor)) &&
    (rate === undefined || (rate.floorPpm >= 0 && rate.floorPpm <= rate.ceilingPpm)) &&
    (fee === undefined || fee.floorMinor <= fee.ceilingMinor);
  const basis = amount?.fact;
  const declared = facts.find(({ name }) => name === basis);
  if (basis !== undefined && (declared === undefined || !mayGiveAmount(declared))) {
    const message = `terms of \`${id}\`: \`${basis}\` is no money fact of the bank's for pricing`;
    throw new ReleaseMisfit('TERMS_IMPOSSIBLE', id, message);
  }
  if (possible) return;
  const message = `terms of \`${id}\`: floors go below ceilings, step and term are at least 1`;
  throw new ReleaseMisfit('TERMS_IMPOSSIBLE', id, message);
}

/** Freezes objects and lists. Typed arrays cannot be frozen, and maps are readonly by type. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member);
  return value;
}
