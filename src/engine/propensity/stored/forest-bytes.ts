import { type Forest, LEAF_COLUMN } from '../../../domain/forest.ts';
import { checksum } from './checksum.ts';

/** The first eight bytes of a stored forest. */
export const FOREST_MAGIC = 'NBFOREST';

/** The number of the layout below. A new layout takes a new number and stays readable. */
export const FOREST_FORMAT = 1;

/**
 * A forest as bytes, column by column, little endian: magic (8), format (4), length of the header
 * (4), header in JSON (features, spec, cuts a column, nodes a tree), cuts (8 each), columns (1 a
 * node), cut numbers (1 an inner node), means (3 a node), rows (7 bits a byte, leaves only),
 * checksum (4). One forest has one form, so that its digest names it.
 */
export function encodeForest(forest: Forest): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify(headerOf(forest)));
  const front = new Uint8Array(16 + header.length);
  const view = new DataView(front.buffer);
  front.set(new TextEncoder().encode(FOREST_MAGIC));
  view.setUint32(8, FOREST_FORMAT, true);
  view.setUint32(12, header.length, true);
  front.set(header, 16);
  const trees = forest.trees;
  const parts = [
    front,
    ...forest.cuts.map(cutBytes),
    ...trees.map((tree) => tree.columns),
    ...trees.map((tree) => tree.cuts.filter((_, k) => tree.columns[k] !== LEAF_COLUMN)),
    ...trees.map((tree) => meanBytes(tree.meansPpm)),
    ...trees.map((tree) => rowBytes(tree.rows.filter((_, k) => tree.columns[k] === LEAF_COLUMN))),
  ];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(length + 4);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  new DataView(bytes.buffer).setUint32(length, checksum(bytes.subarray(0, length)), true);
  return bytes;
}

function headerOf(forest: Forest): object {
  const { spec } = forest;
  return {
    features: forest.features.map((feature) =>
      feature.kind === 'number'
        ? { name: feature.name, kind: 'number' }
        : { name: feature.name, kind: 'category', categories: feature.categories },
    ),
    spec: spec && {
      trees: spec.trees,
      minimumLeaf: spec.minimumLeaf,
      maximumDepth: spec.maximumDepth,
      bins: spec.bins,
      featureSharePpm: spec.featureSharePpm,
      seed: spec.seed,
      leastPositives: spec.leastPositives,
    },
    cuts: forest.cuts.map((cuts) => cuts.length),
    nodes: forest.trees.map((tree) => tree.columns.length),
  };
}

function cutBytes(cuts: Float64Array): Uint8Array {
  const bytes = new Uint8Array(cuts.length * 8);
  const view = new DataView(bytes.buffer);
  cuts.forEach((cut, k) => {
    view.setFloat64(k * 8, cut, true);
  });
  return bytes;
}

function meanBytes(meansPpm: Int32Array): Uint8Array {
  const bytes = new Uint8Array(meansPpm.length * 3);
  meansPpm.forEach((mean, k) => {
    bytes[k * 3] = mean & 255;
    bytes[k * 3 + 1] = (mean >>> 8) & 255;
    bytes[k * 3 + 2] = mean >>> 16;
  });
  return bytes;
}

function rowBytes(rows: Int32Array): Uint8Array {
  const bytes = new Uint8Array(rows.length * 5);
  let at = 0;
  for (const count of rows) {
    let rest = count;
    for (; rest > 127; rest >>>= 7) {
      bytes[at] = (rest & 127) | 128;
      at += 1;
    }
    bytes[at] = rest;
    at += 1;
  }
  return bytes.subarray(0, at);
}
