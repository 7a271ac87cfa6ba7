import type { ForestFeature, ForestRefusal, ForestSpec } from '../../../domain/forest.ts';
import { LEAF_COLUMN } from '../../../domain/forest.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import { layOutColumns } from '../column-layout.ts';

const SPEC_NAMES = [
  'trees',
  'minimumLeaf',
  'maximumDepth',
  'bins',
  'featureSharePpm',
  'seed',
  'leastPositives',
] as const;

/** A refusal in one line. */
export function refusal(code: ForestRefusal['code'], at: string, message: string): ForestRefusal {
  return { code, at, message };
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Features out of a document, checked and without anything besides. */
export function readFeatures(
  value: unknown,
  at: string,
): Result<readonly ForestFeature[], ForestRefusal> {
  if (!Array.isArray(value) || value.length === 0) {
    const message = 'name the features: [{"name": ..., "kind": "number"}, ...]';
    return refuse(refusal('BAD_FEATURES', at, message));
  }
  const features: ForestFeature[] = [];
  for (const [f, item] of value.entries()) {
    const feature = readFeature(item);
    if (feature === null) {
      const message = 'a feature has a name, a kind, and categories (all different) if it is one';
      return refuse(refusal('BAD_FEATURES', `${at}/${f}`, message));
    }
    if (features.some(({ name }) => name === feature.name)) {
      const message = `\`${feature.name}\` is named twice`;
      return refuse(refusal('BAD_FEATURES', `${at}/${f}/name`, message));
    }
    features.push(feature);
  }
  const { columns } = layOutColumns(features);
  if (columns <= LEAF_COLUMN) return ok(features);
  const message = `they make ${columns} columns; at most ${LEAF_COLUMN} fit`;
  return refuse(refusal('BAD_FEATURES', at, message));
}

function readFeature(item: unknown): ForestFeature | null {
  if (!isRecord(item) || typeof item.name !== 'string' || item.name === '') return null;
  const { name, kind, categories } = item;
  if (kind === 'number') return { name, kind };
  if (kind !== 'category' || !Array.isArray(categories) || categories.length === 0) return null;
  const texts = categories.filter((category) => typeof category === 'string');
  if (texts.length !== categories.length || new Set(texts).size !== texts.length) return null;
  return { name, kind, categories: texts };
}

/** A spec out of a document; null stands for a forest trained elsewhere. */
export function readSpec(value: unknown, at: string): Result<ForestSpec | null, ForestRefusal> {
  if (value === null) return ok(null);
  const isCount = (n: unknown): n is number =>
    typeof n === 'number' && Number.isInteger(n) && n >= 0;
  const numbers = isRecord(value) ? SPEC_NAMES.map((name) => value[name]).filter(isCount) : [];
  const [trees, minimumLeaf, maximumDepth, bins, featureSharePpm, seed, leastPositives] = numbers;
  if (
    numbers.length !== SPEC_NAMES.length ||
    trees === undefined ||
    minimumLeaf === undefined ||
    maximumDepth === undefined ||
    bins === undefined ||
    featureSharePpm === undefined ||
    seed === undefined ||
    leastPositives === undefined
  ) {
    const message = `a spec holds whole numbers: ${SPEC_NAMES.join(', ')}`;
    return refuse(refusal('CORRUPT', at, message));
  }
  return ok({ trees, minimumLeaf, maximumDepth, bins, featureSharePpm, seed, leastPositives });
}
