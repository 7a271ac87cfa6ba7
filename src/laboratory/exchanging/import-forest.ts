import {
  type Forest,
  type ForestFeature,
  type ForestRefusal,
  LEAF_COLUMN,
  MOST_CUTS,
} from '../../domain/forest.ts';
import { FOREST_EXPORT_FORMAT } from '../../domain/forest-export.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { columnName, layOutColumns } from '../../engine/propensity/column-layout.ts';
import {
  isRecord,
  readFeatures,
  readSpec,
  refusal,
} from '../../engine/propensity/stored/forest-parts.ts';
import { type ImportedTree, importTree } from './import-tree.ts';

/**
 * Takes a forest in ml-random-forest's JSON, from here or trained elsewhere, after checking all of
 * it. Means are kept in ppm, so a foreign forest's scores may move by half of one. `features`
 * names the columns of a document that does not.
 */
export function importForest(
  json: unknown,
  features?: readonly ForestFeature[],
): Result<Forest, ForestRefusal> {
  const model = openModel(json);
  if (!model.ok) return model;
  const named = readFeatures(model.value.features ?? features, '/features');
  if (!named.ok) return named;
  const spec = readSpec(model.value.spec ?? null, '/spec');
  if (!spec.ok) return spec;
  const grown = model.value.estimators.length;
  if (spec.value !== null && spec.value.trees !== grown) {
    const message = `the forest has ${grown} trees: leave \`spec\` out if it is another one's`;
    return refuse(refusal('CORRUPT', '/spec/trees', message));
  }
  const { columns } = layOutColumns(named.value);
  const trees: ImportedTree[] = [];
  for (const [t, estimator] of model.value.estimators.entries()) {
    const at = `/baseModel/estimators/${t}`;
    const indexes = readIndexes(model.value.indexes[t], columns, `/baseModel/indexes/${t}`);
    if (!indexes.ok) return indexes;
    if (!isRecord(estimator) || estimator.name !== 'DTRegression') {
      return refuse(refusal('FOREIGN', at, 'this is no `DTRegression`; export a regression'));
    }
    // Unused here, but the library ends in a crash without them.
    if (!isRecord(estimator.options)) {
      const message = 'the options of a tree are an object; export the forest again';
      return refuse(refusal('CORRUPT', `${at}/options`, message));
    }
    const tree = importTree({ root: estimator.root, indexes: indexes.value, at: `${at}/root` });
    if (!tree.ok) return tree;
    trees.push(tree.value);
  }
  return withCuts(named.value, spec.value, trees);
}

interface OpenedModel {
  readonly estimators: readonly unknown[];
  readonly indexes: readonly unknown[];
  readonly features: unknown;
  readonly spec: unknown;
}

function openModel(json: unknown): Result<OpenedModel, ForestRefusal> {
  if (!isRecord(json) || json.name !== 'RFRegression') {
    return refuse(refusal('FOREIGN', '/name', 'this is no `RFRegression`; export a regression'));
  }
  const { format = FOREST_EXPORT_FORMAT } = json;
  if (format !== FOREST_EXPORT_FORMAT) {
    const known = `this program reads format ${FOREST_EXPORT_FORMAT}`;
    const message = `the document is of another format; ${known}: export the forest with it`;
    return refuse(refusal('UNKNOWN_VERSION', '/format', message));
  }
  if (json.selectionMethod !== 'mean') {
    const message = 'trees are combined by their mean here; export a forest that does so';
    return refuse(refusal('FOREIGN', '/selectionMethod', message));
  }
  const base = json.baseModel;
  if (!isRecord(base) || base.isClassifier !== false) {
    const message = 'a classifier votes; export a regression on 0 and 1';
    return refuse(refusal('FOREIGN', '/baseModel', message));
  }
  const { estimators, indexes, nEstimators } = base;
  if (!Array.isArray(estimators) || estimators.length === 0) {
    return refuse(refusal('CORRUPT', '/baseModel/estimators', 'there is no tree'));
  }
  if (nEstimators !== estimators.length) {
    const message = `it is not the number of trees, ${estimators.length}`;
    return refuse(refusal('CORRUPT', '/baseModel/nEstimators', message));
  }
  if (!Array.isArray(indexes) || indexes.length !== estimators.length) {
    return refuse(refusal('CORRUPT', '/baseModel/indexes', 'give one list of columns a tree'));
  }
  return ok({ estimators, indexes, features: json.features, spec: json.spec });
}

/** The columns a tree was shown, which its `splitColumn` counts. */
function readIndexes(
  value: unknown,
  columns: number,
  at: string,
): Result<readonly number[], ForestRefusal> {
  const isColumn = (index: unknown): index is number =>
    typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < columns;
  if (Array.isArray(value) && value.every(isColumn)) return ok(value);
  return refuse(refusal('CORRUPT', at, `columns are whole numbers from 0 to ${columns - 1}`));
}

function withCuts(
  features: readonly ForestFeature[],
  spec: Forest['spec'],
  trees: readonly ImportedTree[],
): Result<Forest, ForestRefusal> {
  const cuts = cutsOf(layOutColumns(features).columns, trees);
  const crowded = cuts.findIndex((values) => values.length > MOST_CUTS);
  if (crowded >= 0) {
    const name = columnName(features, crowded);
    const found = `\`${name}\` is split at ${cuts[crowded]?.length} values`;
    const message = `${found}; at most ${MOST_CUTS} fit, so bin it before training`;
    return refuse(refusal('TOO_MANY_CUTS', '/baseModel/estimators', message));
  }
  const places = cuts.map((values) => new Map(Array.from(values, (value, k) => [value, k])));
  return ok({
    features,
    spec,
    cuts,
    trees: trees.map(({ columns, splits, meansPpm, rows }) => ({
      columns,
      cuts: columns.map((column, node) => places[column]?.get(splits[node] ?? 0) ?? 0),
      meansPpm,
      rows,
    })),
  });
}

function cutsOf(columns: number, trees: readonly ImportedTree[]): readonly Float64Array[] {
  const used = Array.from({ length: columns }, () => new Set<number>());
  for (const tree of trees) {
    tree.columns.forEach((column, node) => {
      if (column !== LEAF_COLUMN) used[column]?.add(tree.splits[node] ?? 0);
    });
  }
  return used.map((values) => Float64Array.from(values).toSorted());
}
