// Written by `npm run engine:write`; never edited by hand.

// src/domain/decision.ts
var ENGINE_VERSION = 2;
function isStanding({ withheld }) {
  return withheld === void 0;
}

// src/domain/digest.ts
import { createHash, createHmac } from "node:crypto";

// node_modules/canonicalize/lib/canonicalize.js
function serializeString(value) {
  if (!value.isWellFormed()) {
    throw new Error("Lone surrogate is not allowed");
  }
  return JSON.stringify(value);
}
function serializePrimitive(value) {
  switch (typeof value) {
    case "number":
      if (isNaN(value)) {
        throw new Error("NaN is not allowed");
      }
      if (!isFinite(value)) {
        throw new Error("Infinity is not allowed");
      }
      return JSON.stringify(value);
    case "string":
      return serializeString(value);
    case "boolean":
      return value ? "true" : "false";
    default:
      return JSON.stringify(value);
  }
}
function enterValue(value, seen) {
  let wrappers = null;
  while (value !== null && typeof value === "object" && typeof value.toJSON === "function") {
    if (seen.has(value)) {
      throw new Error("Circular reference detected");
    }
    seen.add(value);
    (wrappers ??= []).push(value);
    value = value.toJSON();
  }
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    value = value.valueOf();
  }
  if (value === null || typeof value !== "object") {
    if (wrappers !== null) {
      for (const wrapper of wrappers) seen.delete(wrapper);
    }
    return serializePrimitive(value);
  }
  if (seen.has(value)) {
    throw new Error("Circular reference detected");
  }
  seen.add(value);
  return {
    container: value,
    // null marks an array frame; object frames carry their sorted keys.
    // `sort()`'s default comparator orders by UTF-16 code unit, which is the
    // order JCS requires.
    keys: Array.isArray(value) ? null : Object.keys(value).sort(),
    // Next child to serialize; the frame resumes here after a nested
    // container's subtree completes.
    index: 0,
    // Whether no member has been emitted yet (controls comma placement).
    first: true,
    // toJSON wrappers to release from `seen` when this frame completes.
    wrappers
  };
}
function canonicalize(object) {
  if (object === null || typeof object !== "object") {
    return serializePrimitive(object);
  }
  const seen = /* @__PURE__ */ new Set();
  const root = enterValue(object, seen);
  if (typeof root !== "object") {
    return root;
  }
  let result = root.keys === null ? "[" : "{";
  const stack = [root];
  outer:
    while (stack.length > 0) {
      const frame = stack[stack.length - 1];
      const container = frame.container;
      if (frame.keys === null) {
        while (frame.index < container.length) {
          const i = frame.index++;
          if (i > 0) {
            result += ",";
          }
          const element = container[i];
          const value = element === void 0 || typeof element === "symbol" || typeof element === "function" ? null : element;
          if (value === null || typeof value !== "object") {
            result += serializePrimitive(value);
            continue;
          }
          const child = enterValue(value, seen);
          if (typeof child !== "object") {
            result += child === void 0 ? "null" : child;
            continue;
          }
          result += child.keys === null ? "[" : "{";
          stack.push(child);
          continue outer;
        }
        result += "]";
      } else {
        const keys = frame.keys;
        while (frame.index < keys.length) {
          const key = keys[frame.index++];
          const value = container[key];
          if (value === void 0 || typeof value === "symbol" || typeof value === "function") {
            continue;
          }
          if (value === null || typeof value !== "object") {
            if (frame.first) {
              frame.first = false;
            } else {
              result += ",";
            }
            result += serializeString(key) + ":" + serializePrimitive(value);
            continue;
          }
          const child = enterValue(value, seen);
          if (child === void 0) {
            continue;
          }
          if (frame.first) {
            frame.first = false;
          } else {
            result += ",";
          }
          result += serializeString(key) + ":";
          if (typeof child !== "object") {
            result += child;
            continue;
          }
          result += child.keys === null ? "[" : "{";
          stack.push(child);
          continue outer;
        }
        result += "}";
      }
      seen.delete(container);
      if (frame.wrappers !== null) {
        for (const wrapper of frame.wrappers) seen.delete(wrapper);
      }
      stack.pop();
    }
  return result;
}

// src/domain/canonical.ts
function canonicalText(value) {
  const text = canonicalize(value);
  if (text === void 0)
    throw new TypeError("a value without a JSON form has no canonical text");
  return text;
}

// src/domain/digest.ts
function digestBytes(content) {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
function digestOf(value) {
  return digestBytes(canonicalText(value));
}

// src/domain/fact.ts
var SCORE_FACT = "propensityPpm";
function mayGiveAmount(fact) {
  return isOwn(fact) && fact.type === "money" && fact.permittedUses.includes("pricing");
}
function mayBeFeature(fact) {
  const readable = fact.type !== "codes" && fact.type !== "date" && fact.perCandidate !== true;
  return isOwn(fact) && readable && fact.permittedUses.includes("propensity");
}
function isOwn({ origin }) {
  return origin === "SHEET" || origin === "LIVE";
}

// src/domain/fact-vector.ts
function factSlots(facts) {
  return new Map(facts.map((fact, slot) => [fact.name, slot]));
}

// src/domain/release.ts
function ruleReadingContext({
  facts,
  rates,
  namedConditions
}) {
  return { facts, reportingCurrency: rates.reportingCurrency, namedConditions };
}

// src/domain/text-order.ts
function byText(...textsOf) {
  return (a, b) => {
    for (const textOf of textsOf) {
      const left = textOf(a);
      const right = textOf(b);
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
}
var byId = byText(({ id }) => id);

// src/engine/pricing/bundle-members.ts
function bundleMembers(rule) {
  if (rule.kind !== "bundle") return [];
  const { action } = rule.appliesTo;
  return action === void 0 ? rule.effect.with : [.../* @__PURE__ */ new Set([...rule.effect.with, action])];
}

// src/domain/forest.ts
var MISSING_NUMBER = -1e300;
var LEAF_COLUMN = 255;
var MOST_CUTS = 254;
var MOST_NODES = 65535;
var DEFAULT_FOREST_PLAN = {
  trees: 100,
  minimumLeaf: 16,
  maximumDepth: 30,
  bins: 128,
  featureSharePpm: null,
  seed: 1,
  leastPositives: 20
};
var DEFAULT_FOREST_SPEC = {
  ...DEFAULT_FOREST_PLAN,
  featureSharePpm: 15e4
};

// src/domain/result.ts
function ok(value) {
  return { ok: true, value };
}
function refuse(refusal2) {
  return { ok: false, refusal: refusal2 };
}

// src/engine/propensity/column-layout.ts
function layOutColumns(features) {
  const featureOf = [];
  const categoryOf = [];
  const firstColumn = [];
  features.forEach((feature, f) => {
    firstColumn.push(featureOf.length);
    const width = feature.kind === "number" ? 1 : feature.categories.length;
    for (let c = 0; c < width; c += 1) {
      featureOf.push(f);
      categoryOf.push(feature.kind === "number" ? -1 : c);
    }
  });
  return {
    columns: featureOf.length,
    featureOf: Int32Array.from(featureOf),
    categoryOf: Int32Array.from(categoryOf),
    firstColumn: Int32Array.from(firstColumn)
  };
}

// src/engine/propensity/stored/forest-parts.ts
var SPEC_NAMES = [
  "trees",
  "minimumLeaf",
  "maximumDepth",
  "bins",
  "featureSharePpm",
  "seed",
  "leastPositives"
];
function refusal(code2, at, message) {
  return { code: code2, at, message };
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function readFeatures(value, at) {
  if (!Array.isArray(value) || value.length === 0) {
    const message2 = 'name the features: [{"name": ..., "kind": "number"}, ...]';
    return refuse(refusal("BAD_FEATURES", at, message2));
  }
  const features = [];
  for (const [f, item] of value.entries()) {
    const feature = readFeature(item);
    if (feature === null) {
      const message2 = "a feature has a name, a kind, and categories (all different) if it is one";
      return refuse(refusal("BAD_FEATURES", `${at}/${f}`, message2));
    }
    if (features.some(({ name }) => name === feature.name)) {
      const message2 = `\`${feature.name}\` is named twice`;
      return refuse(refusal("BAD_FEATURES", `${at}/${f}/name`, message2));
    }
    features.push(feature);
  }
  const { columns } = layOutColumns(features);
  if (columns <= LEAF_COLUMN) return ok(features);
  const message = `they make ${columns} columns; at most ${LEAF_COLUMN} fit`;
  return refuse(refusal("BAD_FEATURES", at, message));
}
function readFeature(item) {
  if (!isRecord(item) || typeof item.name !== "string" || item.name === "") return null;
  const { name, kind, categories } = item;
  if (kind === "number") return { name, kind };
  if (kind !== "category" || !Array.isArray(categories) || categories.length === 0) return null;
  const texts = categories.filter((category) => typeof category === "string");
  if (texts.length !== categories.length || new Set(texts).size !== texts.length) return null;
  return { name, kind, categories: texts };
}
function readSpec(value, at) {
  if (value === null) return ok(null);
  const isCount = (n) => typeof n === "number" && Number.isInteger(n) && n >= 0;
  const numbers = isRecord(value) ? SPEC_NAMES.map((name) => value[name]).filter(isCount) : [];
  const [trees, minimumLeaf, maximumDepth, bins, featureSharePpm, seed, leastPositives] = numbers;
  if (numbers.length !== SPEC_NAMES.length || trees === void 0 || minimumLeaf === void 0 || maximumDepth === void 0 || bins === void 0 || featureSharePpm === void 0 || seed === void 0 || leastPositives === void 0) {
    const message = `a spec holds whole numbers: ${SPEC_NAMES.join(", ")}`;
    return refuse(refusal("CORRUPT", at, message));
  }
  return ok({ trees, minimumLeaf, maximumDepth, bins, featureSharePpm, seed, leastPositives });
}

// src/engine/propensity/tree-shape.ts
function rightChildren(columns) {
  const right = new Int32Array(columns.length);
  const roots = new Int32Array(columns.length);
  let height = 0;
  for (let node = columns.length - 1; node >= 0; node -= 1) {
    if (columns[node] !== LEAF_COLUMN) {
      if (height < 2) return null;
      right[node] = roots[height - 2] ?? 0;
      height -= 2;
    }
    roots[height] = node;
    height += 1;
  }
  return height === 1 ? right : null;
}
function sumRows(columns, right, rows) {
  for (let node = columns.length - 1; node >= 0; node -= 1) {
    if (columns[node] === LEAF_COLUMN) continue;
    rows[node] = (rows[node + 1] ?? 0) + (rows[right[node] ?? 0] ?? 0);
  }
}

// src/engine/propensity/scoring/bin-edges.ts
function countNotAbove(edges, value) {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = low + high >>> 1;
    if (value < (edges[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

// src/engine/propensity/scoring/row-encoder.ts
function encodeRow(set, values, codes = new Uint8Array(set.encoder.missing.length)) {
  const { inputs, encoder } = set;
  codes.set(encoder.missing);
  for (let i = 0; i < inputs.length; i += 1) {
    const value = values[i];
    if (value === void 0 || value === null) continue;
    if (inputs[i]?.kind === "number") {
      const number = Number(value);
      if (typeof value === "string" || !Number.isFinite(number)) throw misfit(set, i, value);
      for (const { at, cuts } of encoder.numbers[i] ?? [])
        codes[at] = countNotAbove(cuts, number);
    } else {
      if (typeof value !== "string") throw misfit(set, i, value);
      for (const { at, code: code2 } of encoder.categories[i]?.get(value) ?? []) codes[at] = code2;
    }
  }
  return codes;
}
function misfit(set, input, value) {
  const { name, kind } = set.inputs[input] ?? { name: `${input}`, kind: "number" };
  const wanted = kind === "number" ? "a finite number" : "a text";
  return new TypeError(`feature \`${name}\` needs ${wanted}, not a ${typeof value}`);
}
function makeEncoder(groups) {
  const columns = groups.flatMap(
    (group) => group.columns.map((column, c) => ({ ...column, cuts: group.cuts[c] ?? new Float64Array(0) }))
  );
  const names = [...new Set(columns.map(({ name }) => name))];
  const of = names.map(
    (name) => columns.map((column, at) => ({ ...column, at })).filter((column) => column.name === name)
  );
  const encoder = {
    missing: Uint8Array.from(
      columns,
      ({ category, cuts }) => countNotAbove(cuts, category === null ? MISSING_NUMBER : 0)
    ),
    numbers: of.map((places) => places.filter(({ category }) => category === null)),
    categories: of.map((places) => {
      const byCategory = /* @__PURE__ */ new Map();
      for (const { category, at, cuts } of places) {
        if (category === null) continue;
        const codes = byCategory.get(category) ?? [];
        codes.push({ at, code: countNotAbove(cuts, 1) });
        byCategory.set(category, codes);
      }
      return byCategory;
    })
  };
  const inputs = names.map((name, i) => ({
    name,
    kind: of[i]?.[0]?.category === null ? "number" : "category"
  }));
  return { inputs, encoder };
}

// src/engine/propensity/scoring/pack-forests.ts
function packForests(forests) {
  const clash = refuseKinds(forests);
  if (clash !== null) return refuse(clash);
  const groups = [];
  forests.forEach((forest, f) => {
    const columns = columnsOf(forest);
    if (!groups.some((group) => join(group, { forest, columns, member: f }))) {
      const group = { keys: /* @__PURE__ */ new Map(), columns: [], cuts: [], members: [] };
      join(group, { forest, columns, member: f });
      groups.push(group);
    }
  });
  const packed = [];
  let offset = 0;
  for (const group of groups) {
    for (const member of group.members) {
      const forest = forests[member];
      if (forest === void 0) continue;
      const tree = forest.trees.findIndex(({ columns }) => rightChildren(columns) === null);
      if (tree >= 0)
        return refuse(refusal("CORRUPT", `/${member}/trees/${tree}`, "no whole tree"));
      packed[member] = packForest(forest, group, offset);
    }
    offset += group.columns.length;
  }
  const { inputs, encoder } = makeEncoder(groups);
  return ok({ inputs, encoder, forests: packed });
}
function refuseKinds(forests) {
  const kinds = /* @__PURE__ */ new Map();
  for (const [f, { features }] of forests.entries()) {
    for (const [k, { name, kind }] of features.entries()) {
      const at = `/${f}/features/${k}`;
      if ((kinds.get(name) ?? kind) !== kind) {
        const message = `\`${name}\` is a ${kind} here and a ${kinds.get(name)} elsewhere`;
        return refusal("BAD_FEATURES", at, message);
      }
      kinds.set(name, kind);
    }
  }
  return null;
}
function columnsOf(forest) {
  return forest.features.flatMap(
    (feature) => feature.kind === "number" ? [{ name: feature.name, category: null }] : feature.categories.map((category) => ({ name: feature.name, category }))
  );
}
function keyOf({ name, category }) {
  return JSON.stringify([name, category]);
}
function join(group, { forest, columns, member }) {
  const keys = columns.map(keyOf);
  const fresh = keys.filter((key) => !group.keys.has(key)).length;
  if (group.columns.length + fresh > LEAF_COLUMN) return false;
  const united = keys.map((key, c) => {
    const old = group.cuts[group.keys.get(key) ?? -1] ?? [];
    return Float64Array.from(/* @__PURE__ */ new Set([...old, ...forest.cuts[c] ?? []])).toSorted();
  });
  if (united.some((cuts) => cuts.length > MOST_CUTS)) return false;
  columns.forEach((column, c) => {
    const key = keys[c] ?? "";
    const at = group.keys.get(key) ?? group.columns.length;
    group.keys.set(key, at);
    group.columns[at] = column;
    group.cuts[at] = united[c] ?? new Float64Array(0);
  });
  group.members.push(member);
  return true;
}
function packForest(forest, group, offset) {
  const nodes = forest.trees.reduce((sum, tree) => sum + tree.columns.length, 0);
  const packed = {
    trees: forest.trees.length,
    offset,
    nodes: new Int32Array(nodes),
    meansPpm: new Int32Array(nodes),
    roots: new Int32Array(forest.trees.length),
    features: forest.features.map(({ name }) => name),
    featureOf: new Uint8Array(group.columns.length)
  };
  const layout = layOutColumns(forest.features);
  const places = columnsOf(forest).map((column) => group.keys.get(keyOf(column)) ?? 0);
  places.forEach((place, c) => {
    packed.featureOf[place] = layout.featureOf[c] ?? 0;
  });
  const codes = forest.cuts.map((cuts, c) => {
    const united = group.cuts[places[c] ?? 0] ?? new Float64Array(0);
    return Uint8Array.from(cuts, (cut) => united.indexOf(cut));
  });
  let root = 0;
  forest.trees.forEach((tree, t) => {
    packed.roots[t] = root;
    packTree(tree, packed, { root, places, codes });
    root += tree.columns.length;
  });
  return packed;
}
var PAIRS_A_LINE = 8;
function packTree(tree, packed, { root, places, codes }) {
  const { columns, rows } = tree;
  const right = rightChildren(columns) ?? new Int32Array(0);
  const size = columns.length;
  if (size > MOST_NODES) throw new RangeError(`a tree of ${size} nodes cannot be packed`);
  const placeOf = new Int32Array(size);
  const waiting = [0];
  const heads = [];
  let free = 1;
  for (let head = waiting.pop(); head !== void 0; head = waiting.pop()) {
    heads.length = 0;
    heads.push(head);
    for (let pairs = 0; pairs < PAIRS_A_LINE && heads.length > 0; ) {
      const from = takeHeaviest(heads, rows);
      const to = placeOf[from] ?? 0;
      const column = columns[from] ?? LEAF_COLUMN;
      packed.meansPpm[root + to] = tree.meansPpm[from] ?? 0;
      if (column === LEAF_COLUMN) {
        packed.nodes[root + to] = to << 16 | 255 << 8;
        continue;
      }
      const cut = codes[column]?.[tree.cuts[from] ?? 0] ?? 0;
      packed.nodes[root + to] = free << 16 | cut << 8 | (places[column] ?? 0);
      placeOf[from + 1] = free;
      placeOf[right[from] ?? 0] = free + 1;
      heads.push(from + 1, right[from] ?? 0);
      free += 2;
      pairs += 1;
    }
    while (heads.length > 0) waiting.push(takeLightest(heads, rows));
  }
}
function takeHeaviest(heads, rows) {
  let best = 0;
  for (let k = 1; k < heads.length; k += 1) {
    if ((rows[heads[k] ?? 0] ?? 0) > (rows[heads[best] ?? 0] ?? 0)) best = k;
  }
  return takeAt(heads, best);
}
function takeLightest(heads, rows) {
  let best = 0;
  for (let k = 1; k < heads.length; k += 1) {
    if ((rows[heads[k] ?? 0] ?? 0) < (rows[heads[best] ?? 0] ?? 0)) best = k;
  }
  return takeAt(heads, best);
}
function takeAt(heads, at) {
  const taken = heads[at] ?? 0;
  const last = heads.pop() ?? 0;
  if (at < heads.length) heads[at] = last;
  return taken;
}

// src/engine/propensity/stored/checksum.ts
var TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest >>> 1 ^ (rest & 1 ? 3988292384 : 0);
  return rest;
});
function checksum(bytes) {
  let rest = 4294967295;
  for (let k = 0; k < bytes.length; k += 1) {
    rest = rest >>> 8 ^ (TABLE[(rest ^ (bytes[k] ?? 0)) & 255] ?? 0);
  }
  return (rest ^ 4294967295) >>> 0;
}

// src/engine/propensity/stored/forest-bytes.ts
var FOREST_MAGIC = "NBFOREST";
var FOREST_FORMAT = 1;

// src/engine/propensity/stored/decode-forest.ts
function decodeForest(bytes) {
  const damage = refuseFrame(bytes);
  if (damage !== null) return refuse(damage);
  const headerEnd = 16 + viewOf(bytes).getUint32(12, true);
  const header = readHeader(bytes.subarray(16, headerEnd));
  if (!header.ok) return header;
  const cuts = readCuts(bytes, headerEnd, header.value.cuts);
  if (!cuts.ok) return cuts;
  const at = headerEnd + 8 * sumOf(header.value.cuts);
  const trees = readTrees(bytes, at, { nodes: header.value.nodes, cuts: cuts.value });
  if (!trees.ok) return trees;
  const { features, spec } = header.value;
  return ok({ features, spec, cuts: cuts.value, trees: trees.value });
}
function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
function sumOf(counts) {
  return counts.reduce((sum, count) => sum + count, 0);
}
function refuseFrame(bytes) {
  const magic = new TextEncoder().encode(FOREST_MAGIC);
  if (bytes.length < 20 || magic.some((byte, k) => bytes[k] !== byte)) {
    return refusal("FOREIGN", "byte 0", "these bytes hold no forest of ours; import its JSON");
  }
  const view = viewOf(bytes);
  const format = view.getUint32(8, true);
  if (format !== FOREST_FORMAT) {
    const message = `format ${format} is not known; this engine reads ${FOREST_FORMAT}`;
    return refusal("UNKNOWN_VERSION", "byte 8", message);
  }
  const end = bytes.length - 4;
  if (view.getUint32(end, true) !== checksum(bytes.subarray(0, end))) {
    const message = "the checksum does not match; the bytes are damaged, read them again";
    return refusal("CORRUPT", `byte ${end}`, message);
  }
  const headerEnd = 16 + view.getUint32(12, true);
  if (headerEnd > end)
    return refusal("CORRUPT", "byte 12", "the header is longer than the bytes");
  return null;
}
function readHeader(bytes) {
  const json = parse(bytes);
  if (!isRecord(json)) return refuse(refusal("CORRUPT", "byte 16", "the header is no object"));
  const features = readFeatures(json.features, "header/features");
  if (!features.ok) return features;
  const spec = readSpec(json.spec, "header/spec");
  if (!spec.ok) return spec;
  const { columns } = layOutColumns(features.value);
  const { cuts, nodes } = json;
  if (!areCounts(cuts, 0, MOST_CUTS) || cuts.length !== columns) {
    const message = `give the number of cuts of ${columns} columns, each up to ${MOST_CUTS}`;
    return refuse(refusal("CORRUPT", "header/cuts", message));
  }
  if (!areCounts(nodes, 1, MOST_NODES) || nodes.length === 0) {
    const message = `give the number of nodes of each tree, 1 to ${MOST_NODES}`;
    return refuse(refusal("CORRUPT", "header/nodes", message));
  }
  return ok({ features: features.value, spec: spec.value, cuts, nodes });
}
function parse(bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
function areCounts(value, least, most) {
  return Array.isArray(value) && value.every((n) => Number.isInteger(n) && n >= least && n <= most);
}
function readCuts(bytes, start, counts) {
  const truncated = refuse(refusal("CORRUPT", `byte ${start}`, "the cuts are cut off"));
  if (start + 8 * sumOf(counts) > bytes.length - 4) return truncated;
  const view = viewOf(bytes);
  const cuts = [];
  let at = start;
  for (const count of counts) {
    const column = Float64Array.from(
      { length: count },
      (_, k) => view.getFloat64(at + 8 * k, true)
    );
    const bad = column.findIndex((cut, k) => !isNext(column[k - 1], cut));
    if (bad >= 0) {
      const message = "cuts are finite and ascending";
      return refuse(refusal("CORRUPT", `byte ${at + 8 * bad}`, message));
    }
    cuts.push(column);
    at += 8 * count;
  }
  return ok(cuts);
}
function isNext(previous, cut) {
  return Number.isFinite(cut) && (previous === void 0 || previous < cut);
}
function readTrees(bytes, start, { nodes, cuts }) {
  const total = sumOf(nodes);
  const inner = (total - nodes.length) / 2;
  const meansAt = start + total + inner;
  const rowsAt = meansAt + 3 * total;
  const corrupt = (at2, message) => refuse(refusal("CORRUPT", `byte ${at2}`, message));
  if (rowsAt + inner + nodes.length > bytes.length - 4)
    return corrupt(start, "nodes are cut off");
  const trees = [];
  const at = { column: start, cut: start + total, mean: meansAt, row: rowsAt };
  for (const [t, count] of nodes.entries()) {
    const columns = bytes.slice(at.column, at.column + count);
    const right = rightChildren(columns);
    if (right === null) return corrupt(at.column, `the nodes of tree ${t} are no whole tree`);
    const tree = {
      columns,
      cuts: new Uint8Array(count),
      meansPpm: new Int32Array(count),
      rows: new Int32Array(count)
    };
    const bad = fillTree(bytes, at, { tree, cuts });
    if (bad !== null) return corrupt(bad, `a node of tree ${t} does not fit its column or range`);
    sumRows(columns, right, tree.rows);
    trees.push(tree);
    at.column += count;
  }
  if (at.row !== bytes.length - 4) return corrupt(at.row, "the bytes go on after the last tree");
  return ok(trees);
}
function fillTree(bytes, at, { tree, cuts }) {
  for (let node = 0; node < tree.columns.length; node += 1) {
    const low = (bytes[at.mean] ?? 0) | (bytes[at.mean + 1] ?? 0) << 8;
    const mean = low | (bytes[at.mean + 2] ?? 0) << 16;
    if (mean > 1e6) return at.mean;
    tree.meansPpm[node] = mean;
    at.mean += 3;
    const column = tree.columns[node] ?? LEAF_COLUMN;
    if (column === LEAF_COLUMN) {
      const from = at.row;
      const count = readCount(bytes, at);
      if (count < 1) return from;
      tree.rows[node] = count;
      continue;
    }
    const cut = bytes[at.cut] ?? 0;
    if (cut >= (cuts[column]?.length ?? 0)) return at.cut;
    tree.cuts[node] = cut;
    at.cut += 1;
  }
  return null;
}
function readCount(bytes, at) {
  let count = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    if (at.row >= bytes.length - 4) return -1;
    const byte = bytes[at.row] ?? 0;
    at.row += 1;
    count += (byte & 127) * 2 ** shift;
    if (byte < 128) return count < 2 ** 31 && (byte > 0 || shift === 0) ? count : -1;
  }
  return -1;
}

// src/domain/verdict.ts
var FALSE = 0;
var TRUE = 1;
var UNKNOWN = 2;
function verdictOf(code2) {
  if (code2 === UNKNOWN) return "UNKNOWN";
  return code2 === TRUE ? "TRUE" : "FALSE";
}

// src/domain/business-date.ts
function isBusinessDate(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const { year, month, day } = partsOf(text);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}
function daysBetween(from, to) {
  return toEpochDay(to) - toEpochDay(from);
}
function addDays(date, days2) {
  return fromEpochDay(toEpochDay(date) + days2);
}
function addMonths(date, months) {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  return write(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}
function toEpochDay(date) {
  const { year, month, day } = partsOf(date);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146097 + yearOfEra * 365 + leaps + dayOfYear - 719468;
}
function fromEpochDay(epochDay) {
  const z = epochDay + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const cycle = Math.floor(doe / 1460) - Math.floor(doe / 36524) + Math.floor(doe / 146096);
  const yearOfEra = Math.floor((doe - cycle) / 365);
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = doe - (365 * yearOfEra + leaps);
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return write(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}
function partsOf(date) {
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10))
  };
}
function daysInMonth(year, month) {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
function isLeap(year) {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
function write(year, month, day) {
  const pad = (n, width) => String(n).padStart(width, "0");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

// src/domain/duration.ts
var PATTERN = /^P(\d{1,4})([DWMY])$/;
function isDuration(text) {
  return PATTERN.test(text);
}
function plusDuration(date, duration) {
  const { count, unit } = partsOf2(duration);
  if (unit === "D") return addDays(date, count);
  if (unit === "W") return addDays(date, count * 7);
  return addMonths(date, unit === "M" ? count : count * 12);
}
function minusDuration(date, duration) {
  const { count, unit } = partsOf2(duration);
  if (unit === "D") return addDays(date, -count);
  if (unit === "W") return addDays(date, -count * 7);
  return addMonths(date, unit === "M" ? -count : -count * 12);
}
function nominalDays(duration) {
  const { count, unit } = partsOf2(duration);
  return count * { D: 1, W: 7, M: 30, Y: 365 }[unit];
}
function partsOf2(duration) {
  const match = PATTERN.exec(duration);
  if (match === null)
    throw new RangeError(`not a duration: \`${duration}\`, write e.g. \`P90D\``);
  return { count: Number(match[1]), unit: match[2] };
}

// src/domain/money.ts
var MINOR_DIGITS = new Map(
  [
    [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"],
    [3, "BHD IQD JOD KWD LYD OMR TND"],
    [4, "CLF UYW"]
  ].flatMap(([digits, codes]) => codes.split(" ").map((code2) => [code2, digits]))
);
function minorDigits(currency) {
  return MINOR_DIGITS.get(currency) ?? 2;
}
function parseMoney(text) {
  const match = /^(-?\d{1,13})(?:\.(\d{1,4}))? ([A-Z]{3})$/.exec(text);
  if (match === null) return void 0;
  const [, whole, fraction = "", currency] = match;
  if (whole === void 0 || currency === void 0) return void 0;
  const amountMinor = parseDecimal(`${whole}.${fraction || "0"}`, minorDigits(currency));
  return amountMinor === void 0 ? void 0 : { amountMinor, currency };
}
function parseDecimal(text, digits) {
  const match = /^([+-]?)(\d{1,13})(?:\.(\d+))?$/.exec(text);
  if (match === null) return void 0;
  const [, sign, whole = "0", fraction = ""] = match;
  if (fraction.slice(digits).replace(/0/g, "") !== "") return void 0;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  if (!Number.isSafeInteger(minor)) return void 0;
  return sign === "-" && minor !== 0 ? -minor : minor;
}

// src/domain/ppm.ts
var ONE_PPM = 1e6;
function parsePercent(text) {
  const match = /^(-?)(\d{1,7})(?:\.(\d{1,4}))? %$/.exec(text);
  if (match === null) return void 0;
  const [, sign, whole = "", fraction = ""] = match;
  const ppm = Number(whole + fraction.padEnd(4, "0"));
  return sign === "-" && ppm !== 0 ? -ppm : ppm;
}
function divideHalfEven(numerator, denominator) {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = n / d;
  const twice = n % d * 2n;
  const up = twice > d || twice === d && quotient % 2n === 1n;
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}
function timesPpm(amount, factorPpm) {
  return Number(divideHalfEven(BigInt(amount) * BigInt(factorPpm), BigInt(ONE_PPM)));
}
function timesRatio(amount, numerator, denominator) {
  return Number(divideHalfEven(BigInt(amount) * BigInt(numerator), BigInt(denominator)));
}

// src/engine/rules/nearest-name.ts
function nearestName(wrong2, names) {
  if (wrong2.length === 0 || wrong2.length > 100) return void 0;
  let best;
  let least = Math.max(2, Math.floor(wrong2.length * 0.4)) + 1;
  for (const name of names) {
    const distance = distanceOf(wrong2.toLowerCase(), name.toLowerCase());
    if (distance < least || distance === least && best !== void 0 && name < best) {
      best = name;
      least = distance;
    }
  }
  return best;
}
function distanceOf(wrong2, name) {
  const lastPart = name.slice(name.lastIndexOf(".") + 1);
  const whole = editDistance(wrong2, name);
  return lastPart === name ? whole : Math.min(whole, editDistance(wrong2, lastPart) + 1);
}
function editDistance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

// src/engine/rules/closed-object.ts
function short(text) {
  const line = text.replace(/[^\x20-\x7e\u00a0-\u{10ffff}]/gu, "?");
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

// src/engine/rules/operand.ts
function readOperand(fact, literal, currency) {
  switch (fact.type) {
    case "integer":
      return fact.unit === "days" ? days(literal) : integer(literal, fact.unit);
    case "money":
      return money(literal, currency);
    case "ratio":
      return ratio(literal);
    case "boolean":
      return typeof literal === "boolean" ? typed(literal) : wrong(literal, "`true` or `false`");
    case "code":
    case "codes":
      return code(literal, fact);
    case "date":
      return typeof literal === "string" && isBusinessDate(literal) ? typed(literal) : wrong(literal, 'a day, e.g. `"2026-01-31"`');
  }
}
function typed(value) {
  return { ok: true, value };
}
function wrong(literal, wanted) {
  return { ok: false, message: `${show(literal)} does not fit: write ${wanted}` };
}
function integer(literal, unit = "count") {
  return typeof literal === "number" && Number.isSafeInteger(literal) ? typed(literal + 0) : wrong(literal, `an integer (${unit})`);
}
function days(literal) {
  return typeof literal === "string" && isDuration(literal) ? typed(nominalDays(literal)) : wrong(literal, 'a duration, e.g. `"P90D"`');
}
function money(literal, currency) {
  const amount = typeof literal === "string" ? parseMoney(literal) : void 0;
  return amount !== void 0 && amount.currency === currency ? typed(amount.amountMinor) : wrong(literal, `an amount in the reporting currency, e.g. \`"1000.00 ${currency}"\``);
}
function ratio(literal) {
  const ppm = typeof literal === "string" ? parsePercent(literal) : void 0;
  return ppm === void 0 ? wrong(literal, 'a percentage, e.g. `"12.5 %"`') : typed(ppm);
}
function code(literal, fact) {
  if (typeof literal !== "string" || literal.length === 0 || literal.length > 100)
    return wrong(literal, "a code as text");
  if (fact.values === void 0 || fact.values.includes(literal)) return typed(literal);
  const nearest = nearestName(literal, fact.values);
  const wanted = nearest ?? fact.values.join("`, `");
  return wrong(literal, `a value that \`${fact.name}\` may take: \`${wanted}\``);
}
function show(literal) {
  if (typeof literal === "string") return `\`${short(JSON.stringify(literal))}\``;
  if (typeof literal === "number" || typeof literal === "boolean") return `\`${literal}\``;
  if (literal === null) return "`null`";
  return Array.isArray(literal) ? "a list" : "an object";
}

// src/engine/rules/uncompilable.ts
var Uncompilable = class extends Error {
  constructor(message) {
    super(message);
    this.name = "Uncompilable";
  }
};

// src/engine/rules/compile-leaf.ts
function compileLeaf(comparison, context) {
  const { operator, value } = comparison;
  const { fact, slot } = context.factOf(comparison.fact);
  if (operator === "isKnown") return knownLeaf(slot, value === true);
  if (operator === "in" || operator === "notIn") {
    const members = (Array.isArray(value) ? value : [value]).map(
      (element) => operandOf(fact, element, context)
    );
    return memberLeaf(slot, new Set(members), operator === "in" ? TRUE : FALSE);
  }
  if (typeof value === "object" && "fact" in value)
    return factLeaf(slot, context.factOf(value.fact).slot, operator);
  const operand = operandOf(fact, value, context);
  if (operator === "contains" || operator === "doesNotContain")
    return containsLeaf(slot, String(operand), operator === "contains" ? TRUE : FALSE);
  return typeof operand === "number" ? numberLeaf(slot, operand, operator) : textLeaf(slot, operand, operator);
}
function operandOf(fact, literal, context) {
  const operand = readOperand(fact, literal, context.currency);
  if (!operand.ok)
    throw new Uncompilable(`rule on \`${fact.name}\` was never read: ${operand.message}`);
  return operand.value;
}
function knownLeaf(slot, wanted) {
  return (vector) => vector[slot] !== void 0 === wanted ? TRUE : FALSE;
}
function memberLeaf(slot, members, inside) {
  const outside = inside === TRUE ? FALSE : TRUE;
  return (vector) => {
    const value = vector[slot];
    if (value === void 0) return UNKNOWN;
    return members.has(value) ? inside : outside;
  };
}
function containsLeaf(slot, code2, inside) {
  const outside = inside === TRUE ? FALSE : TRUE;
  return (vector) => {
    const list = vector[slot];
    if (list === void 0) return UNKNOWN;
    return list.includes(code2) ? inside : outside;
  };
}
function numberLeaf(slot, operand, operator) {
  switch (operator) {
    case "lessThan":
      return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] < operand ? TRUE : FALSE;
    case "lessThanInclusive":
      return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] <= operand ? TRUE : FALSE;
    case "greaterThan":
      return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] > operand ? TRUE : FALSE;
    case "greaterThanInclusive":
      return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] >= operand ? TRUE : FALSE;
    default:
      return equalLeaf(slot, operand, operator);
  }
}
function textLeaf(slot, operand, operator) {
  switch (operator) {
    case "lessThan":
      return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] < operand ? TRUE : FALSE;
    case "lessThanInclusive":
      return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] <= operand ? TRUE : FALSE;
    case "greaterThan":
      return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] > operand ? TRUE : FALSE;
    case "greaterThanInclusive":
      return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] >= operand ? TRUE : FALSE;
    default:
      return equalLeaf(slot, operand, operator);
  }
}
function equalLeaf(slot, operand, operator) {
  if (operator === "equal")
    return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] === operand ? TRUE : FALSE;
  if (operator === "notEqual")
    return (v) => v[slot] === void 0 ? UNKNOWN : v[slot] === operand ? FALSE : TRUE;
  throw new Uncompilable(`\`${operator}\` does not compare \`${operand}\`: read the rule first`);
}
function factLeaf(slot, other, operator) {
  const holds = holding(operator);
  return (vector) => {
    const left = vector[slot];
    const right = vector[other];
    if (left === void 0 || right === void 0) return UNKNOWN;
    return holds(left, right) ? TRUE : FALSE;
  };
}
function holding(operator) {
  switch (operator) {
    case "equal":
      return (left, right) => left === right;
    case "notEqual":
      return (left, right) => left !== right;
    case "lessThan":
      return (left, right) => left < right;
    case "lessThanInclusive":
      return (left, right) => left <= right;
    case "greaterThan":
      return (left, right) => left > right;
    case "greaterThanInclusive":
      return (left, right) => left >= right;
    default:
      throw new Uncompilable(`\`${operator}\` does not compare two facts: read the rule first`);
  }
}

// src/engine/rules/compile-condition.ts
function compileCondition(condition, context) {
  const compilation = {
    declared: new Map(context.facts.map((fact, slot) => [fact.name, { fact, slot }])),
    named: new Map(Object.entries(context.namedConditions)),
    currency: context.reportingCurrency,
    read: /* @__PURE__ */ new Set()
  };
  const evaluate = compile(condition, compilation, []);
  const read = [...compilation.read].flatMap((slot) => {
    const fact = context.facts[slot];
    return fact === void 0 ? [] : [{ name: fact.name, slot, fact }];
  }).toSorted((a, b) => a.name < b.name ? -1 : 1);
  return {
    perCandidate: read.some(({ fact }) => isOfCandidate(fact)),
    readsScore: read.some(({ name }) => name === SCORE_FACT),
    facts: read.map(({ name }) => name),
    evaluate,
    seen: (vector) => seenIn(vector, read),
    missing: (vector) => read.filter(({ slot }) => vector[slot] === void 0).map(({ name }) => name)
  };
}
function isOfCandidate({ perCandidate, origin }) {
  return perCandidate === true || origin === "COMPUTED";
}
function seenIn(vector, read) {
  const seen = {};
  for (const { name, slot } of read) seen[name] = vector[slot] ?? null;
  return seen;
}
function compile(condition, compilation, open) {
  if ("all" in condition)
    return allOf(condition.all.map((part) => compile(part, compilation, open)));
  if ("any" in condition)
    return anyOf(condition.any.map((part) => compile(part, compilation, open)));
  if ("not" in condition) return negation(compile(condition.not, compilation, open));
  if ("condition" in condition) {
    const name = condition.condition;
    const named = compilation.named.get(name);
    if (named === void 0 || open.includes(name))
      throw new Uncompilable(`named condition \`${name}\` leads nowhere: read the rule first`);
    return compile(named, compilation, [...open, name]);
  }
  const factOf = (name) => {
    const found = compilation.declared.get(name);
    if (found === void 0)
      throw new Uncompilable(`\`${name}\` is not declared: read the rule first`);
    compilation.read.add(found.slot);
    return found;
  };
  return compileLeaf(condition, { factOf, currency: compilation.currency });
}
function allOf(parts) {
  const [only] = parts;
  if (only === void 0) throw new Uncompilable("an empty `all` was never read");
  if (parts.length === 1) return only;
  return (vector) => {
    let verdict = TRUE;
    for (const part of parts) {
      const found = part(vector);
      if (found === FALSE) return FALSE;
      if (found === UNKNOWN) verdict = UNKNOWN;
    }
    return verdict;
  };
}
function anyOf(parts) {
  const [only] = parts;
  if (only === void 0) throw new Uncompilable("an empty `any` was never read");
  if (parts.length === 1) return only;
  return (vector) => {
    let verdict = FALSE;
    for (const part of parts) {
      const found = part(vector);
      if (found === TRUE) return TRUE;
      if (found === UNKNOWN) verdict = UNKNOWN;
    }
    return verdict;
  };
}
function negation(part) {
  return (vector) => {
    const found = part(vector);
    if (found === UNKNOWN) return UNKNOWN;
    return found === TRUE ? FALSE : TRUE;
  };
}

// src/engine/rules/compile-rule.ts
function compileRule(rule, context) {
  return { rule, ...compileCondition(rule.conditions, context) };
}

// src/domain/rule.ts
var APPROVAL_LEVELS = [
  "NONE",
  "AGENT",
  "TEAM_LEADER",
  "BRANCH_MANAGER",
  "CREDIT_COMMITTEE"
];
var HIGHEST_APPROVAL = "CREDIT_COMMITTEE";

// src/domain/rule-scope.ts
function concernsAction(scope, action) {
  const { issue, group, action: id, treatment } = scope;
  return (issue === void 0 || issue === action.issue) && (group === void 0 || group === action.group) && (id === void 0 || id === action.id) && (treatment === void 0 || action.treatments.some((shown) => shown.id === treatment));
}
function concernsTreatment({ treatment }, shown) {
  return treatment === void 0 || treatment === shown;
}

// src/engine/rules/index-actions.ts
var STEPS = [
  "eligibility",
  "suppression",
  "scoreSuppression",
  "pricing",
  "bundle",
  "approval"
];
function indexActions(body, parts) {
  const shared = /* @__PURE__ */ new Map();
  const phases = new Map(body.rollout.phases.map((phase) => [phase.action, phase.approval]));
  let row = 0;
  const actions = body.actions.toSorted(byId).map((declaration) => {
    const numbers = rulesFor(declaration, parts);
    const key = numbers.join();
    const rules = shared.get(key) ?? byStep(numbers, parts.rules);
    shared.set(key, rules);
    const at = row;
    row += numbers.length;
    return {
      declaration,
      rules,
      row: at,
      contextWeights: parts.contextWeights.filter(
        (weight) => concernsAction(weight.appliesTo, declaration)
      ),
      leverPpm: leverPpm(declaration, body.arbitration.levers),
      rolloutApproval: phases.get(declaration.id) ?? HIGHEST_APPROVAL,
      forest: parts.forestOf(declaration)
    };
  });
  const actionsById = new Map(actions.map((action) => [action.declaration.id, action]));
  return { actions, actionsById, ruleCount: parts.rules.length, verdictCount: row };
}
function rulesFor(action, parts) {
  return parts.rules.flatMap(({ rule }, number) => {
    const { issue, group } = rule.appliesTo;
    const concerned = rule.kind === "bundle" ? parts.membersOf(rule).includes(action.id) && concernsAction({ ...issue ? { issue } : {}, ...group ? { group } : {} }, action) : concernsAction(rule.appliesTo, action);
    return concerned ? [number] : [];
  });
}
function byStep(numbers, rules) {
  const lists = {
    eligibility: [],
    suppression: [],
    scoreSuppression: [],
    pricing: [],
    bundle: [],
    approval: []
  };
  let place = 0;
  for (const step of STEPS) {
    for (const number of numbers) {
      const compiled = rules[number];
      if (compiled === void 0 || stepOf(compiled) !== step) continue;
      lists[step].push({ compiled, number, place, oncePerCustomer: !compiled.perCandidate });
      place += 1;
    }
  }
  return lists;
}
function stepOf({ rule, readsScore }) {
  return rule.kind === "suppression" && readsScore ? "scoreSuppression" : rule.kind;
}
function leverPpm(action, levers) {
  const closeness = ({ scope }) => scope.action !== void 0 ? 3 : scope.group !== void 0 ? 2 : 1;
  return levers.filter(({ scope }) => concernsAction(scope, action)).reduce(
    (best, lever) => closeness(lever) > best.close ? { close: closeness(lever), ppm: lever.leverPpm } : best,
    { close: 0, ppm: ONE_PPM }
  ).ppm;
}

// src/engine/load-release.ts
var ReleaseMisfit = class extends Error {
  code;
  /** The forest, rule or action; for the release as a whole its digest. */
  subject;
  constructor(code2, subject, message) {
    super(message);
    this.name = "ReleaseMisfit";
    this.code = code2;
    this.subject = subject;
  }
};
function loadRelease(body, digest, forestBytes) {
  if (body.engineVersion !== ENGINE_VERSION) {
    const { engineVersion: wanted } = body;
    const archive = `load it with \`engines/${wanted}.mjs\``;
    const message = `release is for engine ${wanted}, this is ${ENGINE_VERSION}: ${archive}`;
    throw new ReleaseMisfit("UNKNOWN_ENGINE", digest, message);
  }
  const found = digestOf(body);
  if (found !== digest) {
    const message = `the body has digest \`${found}\`, not \`${digest}\`: restore its text`;
    throw new ReleaseMisfit("DIGEST_MISMATCH", digest, message);
  }
  for (const action of body.actions) checkTerms(action, body);
  const entries = body.forests.toSorted(byId);
  const forests = loadForests(entries, forestBytes, body);
  const slots = factSlots(body.facts);
  const compiled = compileAll(body);
  const loaded = indexActions(body, {
    ...compiled,
    membersOf: bundleMembers,
    forestOf: (action) => forestOf(action, entries)
  });
  for (const action of loaded.actions) checkPricing(action);
  return deepFreeze({
    digest,
    body,
    slots,
    candidateFacts: body.facts.map((fact, slot) => ({ fact, slot })).filter(({ fact }) => fact.perCandidate === true),
    ...loaded,
    forests,
    usedFacts: /* @__PURE__ */ new Set([
      ...compiled.rules.flatMap(({ facts }) => facts),
      ...compiled.contextWeights.flatMap(({ condition }) => condition.facts),
      ...(forests?.inputs ?? []).map(({ name }) => name),
      ...body.actions.flatMap(({ terms }) => terms.amount?.fact ?? [])
    ]),
    forestSlots: (forests?.inputs ?? []).map(({ name }) => slots.get(name) ?? -1)
  });
}
function compileAll(body) {
  const context = ruleReadingContext(body);
  const orMisfit = (id, compile2) => {
    try {
      return compile2();
    } catch (cause) {
      if (!(cause instanceof Uncompilable)) throw cause;
      throw new ReleaseMisfit("RULE_UNREADABLE", id, `rule \`${id}\`: ${cause.message}`);
    }
  };
  return {
    rules: body.rules.toSorted(byId).map((rule) => orMisfit(rule.id, () => compileRule(rule, context))),
    contextWeights: body.arbitration.contextWeights.toSorted(byId).map(({ id, conditions, weightPpm, appliesTo }) => ({
      appliesTo,
      weightPpm,
      condition: orMisfit(id, () => compileCondition(conditions, context))
    }))
  };
}
function forestOf({ id, propensity }, entries) {
  if (propensity.kind === "PRIOR") return null;
  const number = entries.findIndex((entry2) => entry2.id === propensity.forest);
  const entry = entries[number];
  if (entry !== void 0) return { entry, number };
  const needs = `action \`${id}\` needs forest \`${propensity.forest}\``;
  const message = `${needs}, which the release lacks: train it or declare a prior`;
  throw new ReleaseMisfit("FOREST_UNKNOWN", id, message);
}
function loadForests(entries, forestBytes, body) {
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
    "FOREST_MISFIT",
    at,
    `forests do not fit together at ${at}: ${message}`
  );
}
function decodeEntry({ id, digest, calibration }, bytes) {
  if (bytes === void 0) {
    const message = `forest \`${id}\` has no bytes: store the artifact \`${digest}\``;
    throw new ReleaseMisfit("FOREST_BYTES_MISSING", id, message);
  }
  if (digestBytes(bytes) !== digest) {
    const message = `the bytes of forest \`${id}\` are not those of \`${digest}\``;
    throw new ReleaseMisfit("FOREST_DAMAGED", id, message);
  }
  const decoded = decodeForest(bytes);
  if (!decoded.ok) {
    const { at, message } = decoded.refusal;
    throw new ReleaseMisfit("FOREST_DAMAGED", id, `forest \`${id}\` at ${at}: ${message}`);
  }
  if (decoded.value.trees.length !== calibration.trees) {
    const trees = `${decoded.value.trees.length} trees`;
    const message = `forest \`${id}\` has ${trees}, its calibration is for ${calibration.trees}`;
    throw new ReleaseMisfit("FOREST_MISFIT", id, message);
  }
  return decoded.value;
}
function checkFeatures({ id }, { features }, { facts }) {
  for (const { name, kind } of features) {
    const fact = facts.find((declared) => declared.name === name);
    const fits = fact !== void 0 && mayBeFeature(fact) && kind === "category" === (fact.type === "code");
    if (fits) continue;
    const reads = `forest \`${id}\` reads \`${name}\` as a ${kind}`;
    const message = `${reads}: declare it so in the feature catalogue, for propensity`;
    throw new ReleaseMisfit("FOREST_MISFIT", id, message);
  }
}
function checkPricing({ declaration, rules, forest }) {
  const reading = rules.pricing.find(({ compiled }) => compiled.readsScore);
  if (reading === void 0 || forest?.entry.card.permittedUses.includes("pricing")) return;
  const { id } = reading.compiled.rule;
  const prices = `rule \`${id}\` prices \`${declaration.id}\` by its score`;
  const message = `${prices}, which no model card permits: train one that may, or leave it out`;
  throw new ReleaseMisfit("SCORE_NOT_PERMITTED", id, message);
}
function checkTerms({ id, terms }, { facts }) {
  const { amount, rate, fee, termMonths } = terms;
  const possible = (termMonths === void 0 || termMonths >= 1) && (amount === void 0 || amount.stepMinor >= 1 && amount.floorMinor <= amount.ceilingMinor) && (rate === void 0 || rate.floorPpm >= 0 && rate.floorPpm <= rate.ceilingPpm) && (fee === void 0 || fee.floorMinor <= fee.ceilingMinor);
  const basis = amount?.fact;
  const declared = facts.find(({ name }) => name === basis);
  if (basis !== void 0 && (declared === void 0 || !mayGiveAmount(declared))) {
    const message2 = `terms of \`${id}\`: \`${basis}\` is no money fact of the bank's for pricing`;
    throw new ReleaseMisfit("TERMS_IMPOSSIBLE", id, message2);
  }
  if (possible) return;
  const message = `terms of \`${id}\`: floors go below ceilings, step and term are at least 1`;
  throw new ReleaseMisfit("TERMS_IMPOSSIBLE", id, message);
}
function deepFreeze(value) {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member);
  return value;
}

// src/engine/arbitration/value.ts
function valueMinor({ value, terms: declared }, terms) {
  if (value.kind === "SERVICE") return value.valueMinor;
  const months = Math.min(value.horizonMonths, terms.termMonths ?? value.horizonMonths);
  const amountMinor = terms.amountMinor ?? declared.amount?.floorMinor ?? 0;
  const marginPpm = marginRatePpm(value, terms, declared.rate?.side);
  const interest = divideHalfEven(
    BigInt(amountMinor) * BigInt(value.averageBalancePpm) * BigInt(marginPpm) * BigInt(months),
    BigInt(ONE_PPM) * BigInt(ONE_PPM) * 12n
  );
  const other = overMonths(value.otherYearlyMinor, months);
  return Number(interest + other + fees(terms, months)) - value.costMinor;
}
function marginRatePpm(value, { ratePpm }, side) {
  if (ratePpm === void 0 || side === void 0) return 0;
  return side === "LEND" ? ratePpm - value.fundsRatePpm : value.fundsRatePpm - ratePpm;
}
function fees({ feeMinor = 0, feeEvery }, months) {
  if (feeEvery === "MONTH") return BigInt(feeMinor) * BigInt(months);
  return feeEvery === "YEAR" ? overMonths(feeMinor, months) : BigInt(feeMinor);
}
function overMonths(yearlyMinor, months) {
  return divideHalfEven(BigInt(yearlyMinor) * BigInt(months), 12n);
}

// src/engine/arbitration/arbitrate.ts
function arbitrate(deciding, all) {
  const least = deciding.release.body.arbitration.leastExpectedValueMinor;
  const ranked = all.filter(({ candidate }) => isStanding(candidate)).map((considered) => weigh(deciding, considered)).toSorted(compareRank).map((considered, index) => placed(considered, index + 1, least));
  return [...ranked, ...all.filter(({ candidate }) => !isStanding(candidate))];
}
function weigh({ today }, considered) {
  const { action, candidate, facts } = considered;
  const value = valueMinor(action.declaration, candidate.terms ?? {});
  const worse = value < 0 ? Math.max : Math.min;
  const contextPpm = action.contextWeights.reduce((product, { condition, weightPpm }) => {
    const verdict = condition.evaluate(facts);
    if (verdict === FALSE) return product;
    return timesPpm(product, verdict === UNKNOWN ? worse(ONE_PPM, weightPpm) : weightPpm);
  }, ONE_PPM);
  const factors = {
    propensityPpm: candidate.propensity?.calibratedPpm ?? 0,
    contextPpm,
    valueMinor: value,
    leverPpm: action.leverPpm
  };
  return {
    ...considered,
    candidate: {
      ...candidate,
      factors,
      expectedValueMinor: expectedValueMinor(factors),
      expiresOn: plusDuration(today, action.declaration.expiresAfter)
    }
  };
}
function expectedValueMinor(factors) {
  const whole = BigInt(ONE_PPM);
  const times = (value2, ppm) => divideHalfEven(value2 * BigInt(ppm), whole);
  const { valueMinor: value, propensityPpm, contextPpm, leverPpm: leverPpm2 } = factors;
  return Number(times(times(times(BigInt(value), propensityPpm), contextPpm), leverPpm2));
}
function compareRank(a, b) {
  const tier = Number(isRegulatory(b)) - Number(isRegulatory(a));
  if (tier !== 0) return tier;
  const value = (b.candidate.expectedValueMinor ?? 0) - (a.candidate.expectedValueMinor ?? 0);
  if (value !== 0) return value;
  const raw = rawPpm(b.candidate) - rawPpm(a.candidate);
  if (raw !== 0) return raw;
  return a.candidate.actionId < b.candidate.actionId ? -1 : 1;
}
function isRegulatory({ action }) {
  return action.declaration.purpose === "REGULATORY";
}
function rawPpm({ propensity }) {
  return propensity?.rawPpm ?? -1;
}
function placed(considered, rank, least) {
  const candidate = { ...considered.candidate, rank };
  const expected = candidate.expectedValueMinor ?? 0;
  if (isRegulatory(considered) || expected >= least) return { ...considered, candidate };
  return {
    ...considered,
    candidate: {
      ...candidate,
      outcome: "WITHHELD",
      withheld: {
        stage: "ARBITRATION",
        rule: "arbitration.least-expected-value",
        reasonCode: "BELOW_LEAST_VALUE",
        seen: { expectedValueMinor: expected, leastExpectedValueMinor: least }
      }
    }
  };
}

// src/engine/arbitration/surface.ts
function surface(all, first) {
  return all.map((considered) => {
    const { candidate } = considered;
    if (!isStanding(candidate) || (candidate.rank ?? 0) > first) return considered;
    const surfaced = {
      ...candidate,
      outcome: "SURFACED",
      selectionProbabilityPpm: ONE_PPM
    };
    return { ...considered, candidate: surfaced };
  });
}
function maskControl(all, arm) {
  if (arm === "TREATED") return all;
  return all.map((considered) => {
    const { purpose } = considered.action.declaration;
    if (considered.candidate.outcome !== "SURFACED" || purpose !== "MARKETING") return considered;
    const { selectionProbabilityPpm: _, ...candidate } = considered.candidate;
    const masked = { ...candidate, outcome: "RANKED", wouldHaveSurfaced: true };
    return { ...considered, candidate: masked };
  });
}
function noActionReason(candidates) {
  if (candidates.some(({ outcome }) => outcome === "SURFACED")) return void 0;
  if (candidates.some(({ wouldHaveSurfaced }) => wouldHaveSurfaced === true)) {
    return "CONTROL_GROUP";
  }
  const stages = new Set(candidates.map(({ withheld }) => withheld?.stage));
  if (stages.has("ARBITRATION")) return "BELOW_LEAST_VALUE";
  stages.delete("CATALOGUE");
  if (stages.size === 0) return "NO_TREATMENT_HERE";
  if (stages.size > 1 || !stages.has("HOLD")) return "NOTHING_ELIGIBLE";
  const held = candidates.some(({ withheld }) => withheld?.reasonCode.startsWith("HOLD_"));
  return held ? "HELD" : "NOTHING_ELIGIBLE";
}
function inOrder(all) {
  const candidates = all.map(({ candidate }) => candidate);
  const standing = candidates.filter(isStanding);
  const withheld = candidates.filter((candidate) => !isStanding(candidate));
  return [
    ...standing.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0)),
    ...withheld.toSorted((a, b) => a.actionId < b.actionId ? -1 : 1)
  ];
}

// src/domain/live-state.ts
function answeredOn({ respondedOn, presentedOn }) {
  return respondedOn ?? presentedOn;
}
function holdsOn(live) {
  if (live.holds === null) return void 0;
  const today = live.businessDate;
  const inForce = live.holds.filter(({ endsOn }) => endsOn === void 0 || today <= endsOn);
  return new Set(inForce.map(({ kind }) => kind));
}
function complaints(live) {
  const { complainedOn, contacts } = live;
  if (complainedOn === null || contacts === null) return void 0;
  const answered = contacts.filter(({ response }) => response === "COMPLAINED");
  return [...complainedOn, ...answered.map(answeredOn)];
}

// src/engine/facts/live-facts.ts
var LIVE_FACTS = /* @__PURE__ */ new Map([
  ["contact.count7d", ({ live, marketing }) => countSince(marketing, live.businessDate, 7)],
  ["contact.count30d", ({ live, marketing }) => countSince(marketing, live.businessDate, 30)],
  ["contact.daysSinceLast", ({ live }) => daysSinceLast(presented(live), live.businessDate)],
  ["complaint.daysSinceLast", ({ live }) => daysSinceLast(complaints(live), live.businessDate)],
  ["contact.openCount", ({ live }) => live.contacts?.filter((c) => isOpen(c, live)).length],
  ["live.channel", ({ live }) => live.channel],
  ["live.trigger", ({ live }) => live.trigger.kind],
  ["hold.collections", ({ live }) => holdsOn(live)?.has("COLLECTIONS")],
  ["hold.vulnerable", ({ live }) => holdsOn(live)?.has("VULNERABLE")]
]);
function customerFacts(input, release) {
  const notApplicable = new Set(input.sheet.notApplicable);
  const reading = { live: input.live, marketing: marketingContacts(input.live, release) };
  const read = (fact) => {
    const { name, origin, whenNone } = fact;
    if (origin === "SHEET") {
      return notApplicable.has(name) ? whenNone : own(input.sheet.values, name);
    }
    if (origin === "CONTEXT") return own(input.live.context, name) ?? whenNone;
    return origin === "LIVE" ? applicable(LIVE_FACTS.get(name)?.(reading), fact) : void 0;
  };
  return release.body.facts.map((fact) => fact.perCandidate === true ? void 0 : read(fact));
}
function applicable(value, fact) {
  return value === null ? fact.whenNone : value;
}
function daysSinceLast(days2, today) {
  if (days2 === void 0) return void 0;
  const last = days2.toSorted().at(-1);
  return last === void 0 ? null : Math.max(0, daysBetween(last, today));
}
function countSince(contacts, today, days2) {
  return contacts?.filter(({ presentedOn }) => daysBetween(presentedOn, today) < days2).length;
}
function isOpen(contact, live) {
  const { response, expiresOn } = contact;
  return response === void 0 && expiresOn !== void 0 && live.businessDate <= expiresOn;
}
function presented(live) {
  return live.contacts?.map(({ presentedOn }) => presentedOn);
}
function marketingContacts({ contacts }, { actionsById }) {
  if (contacts === null) return null;
  const purposeOf = (id) => actionsById.get(id)?.declaration.purpose ?? "MARKETING";
  return contacts.filter(({ actionId }) => purposeOf(actionId) === "MARKETING");
}
function own(values, name) {
  return Object.hasOwn(values, name) ? values[name] : void 0;
}

// src/engine/facts/candidate-facts.ts
var FACTS = /* @__PURE__ */ new Map([
  ["decline.daysSinceThisAction", daysSinceDecline],
  ["contact.thisAction90dCount", (s) => countSince(s.ofAction, s.live.businessDate, 90)],
  ["contact.thisGroup30dCount", (s) => countSince(s.ofGroup(), s.live.businessDate, 30)],
  ["contact.thisActionOpen", (s) => s.ofAction?.some((contact) => isOpen(contact, s.live))],
  ["action.productRisk", (s) => s.action.productRisk],
  ["action.group", (s) => s.action.group],
  ["action.purpose", (s) => s.action.purpose]
]);
function candidateFacts(deciding, action) {
  const { release, facts, input } = deciding;
  if (release.candidateFacts.length === 0) return facts;
  const { live } = input;
  const { contacts } = live;
  const { id, group } = action.declaration;
  const subject = {
    action: action.declaration,
    live,
    ofAction: contacts === null ? null : contacts.filter(({ actionId }) => actionId === id),
    ofGroup: () => contacts?.filter(({ actionId }) => {
      const known = release.actionsById.get(actionId);
      return known === void 0 || known.declaration.group === group;
    }) ?? null
  };
  const vector = facts.slice();
  for (const { fact, slot } of release.candidateFacts) {
    vector[slot] = applicable(FACTS.get(fact.name)?.(subject), fact);
  }
  return vector;
}
function daysSinceDecline({ ofAction, live }) {
  const declined = ofAction?.filter(({ response }) => response === "DECLINED");
  return daysSinceLast(declined?.map(answeredOn), live.businessDate);
}

// src/domain/customer360.ts
var PART_NAMES = [
  "profile",
  "household",
  "arrangements",
  "transactions",
  "interactions",
  "campaigns",
  "goals",
  "relationshipValue",
  "consents",
  "holds"
];

// src/engine/facts/degradations.ts
var FAILURES = [
  "SOURCE_DOWN",
  "STALE",
  "NOT_COVERED",
  "NO_RATE"
];
var LIVE_FACTS2 = {
  holds: ["hold.collections", "hold.vulnerable"],
  campaigns: [
    "complaint.daysSinceLast",
    "contact.count30d",
    "contact.count7d",
    "contact.daysSinceLast",
    "contact.openCount",
    "contact.thisAction90dCount",
    "contact.thisActionOpen",
    "contact.thisGroup30dCount",
    "decline.daysSinceThisAction"
  ],
  interactions: ["complaint.daysSinceLast"]
};
function degradations({ sheet, snapshot, live }, usedFacts) {
  const lost = /* @__PURE__ */ new Map();
  const lose = (cause, names) => {
    const set = lost.get(cause) ?? /* @__PURE__ */ new Set();
    for (const name of names) set.add(name);
    lost.set(cause, set);
  };
  for (const [name, cause] of Object.entries(sheet.unavailable)) {
    if (usedFacts.has(name)) lose(cause, [name]);
  }
  const failures = failuresOf(snapshot.sources);
  for (const [part, failure] of failures) lose(`${failure} ${part}`, []);
  for (const part of unansweredParts(live)) {
    const names = (LIVE_FACTS2[part] ?? []).filter((name) => usedFacts.has(name));
    const failure = live.failures?.[part] ?? failures.get(part) ?? "SOURCE_DOWN";
    lose(`${failure} ${part}`, names);
  }
  return PART_NAMES.flatMap(
    (part) => FAILURES.flatMap((failure) => {
      const names = lost.get(`${failure} ${part}`);
      return names === void 0 ? [] : [{ part, failure, facts: [...names].toSorted() }];
    })
  );
}
function failuresOf(sources) {
  const failures = /* @__PURE__ */ new Map();
  for (const part of PART_NAMES) {
    const source = sources[part];
    if (source !== void 0 && "failed" in source) failures.set(part, source.failed);
  }
  return failures;
}
function unansweredParts(live) {
  const parts = [];
  if (live.consents === null) parts.push("consents");
  if (live.holds === null) parts.push("holds");
  if (live.contacts === null) parts.push("campaigns");
  if (live.complainedOn === null) parts.push("interactions");
  return parts;
}

// src/domain/action.ts
var PRODUCT_RISKS = ["LOW", "MEDIUM", "HIGH"];

// src/domain/authority.ts
var NO_AUTHORITY = { upTo: "NONE" };
function covers(authority, stake) {
  const { mostAmountMinor, mostRateDiscountPpm, mostFeeDiscountPpm, mostProductRisk } = authority;
  return isUpTo(APPROVAL_LEVELS.indexOf(authority.upTo), APPROVAL_LEVELS.indexOf(stake.level)) && (stake.amountMinor === null || isUpTo(mostAmountMinor, stake.amountMinor)) && isUpTo(mostRateDiscountPpm, stake.rateDiscountPpm) && isUpTo(mostFeeDiscountPpm, stake.feeDiscountPpm) && isUpTo(riskLimit(mostProductRisk), PRODUCT_RISKS.indexOf(stake.productRisk));
}
function riskLimit(most) {
  return most === void 0 ? void 0 : PRODUCT_RISKS.indexOf(most);
}
function isUpTo(most, figure) {
  return most === void 0 || figure !== void 0 && figure <= most;
}

// src/engine/pricing/approval.ts
function requireApproval(deciding, considered) {
  const { rollout } = deciding.release.body;
  const { declaration, rolloutApproval, rules } = considered.action;
  const levels = [rolloutApproval, rollout.approvalByRisk[declaration.productRisk]];
  levels.push(byAmount(deciding, considered), byDiscount(deciding, considered));
  const applied = [...considered.candidate.applied ?? []];
  for (const scoped of rules.approval) {
    const { rule, seen } = scoped.compiled;
    if (!concernsTreatment(rule.appliesTo, considered.candidate.treatmentId)) continue;
    const verdict = deciding.judge(considered, scoped);
    if (rule.kind !== "approval" || verdict === FALSE) continue;
    levels.push(verdict === UNKNOWN ? HIGHEST_APPROVAL : rule.effect.level);
    applied.push({
      rule: rule.id,
      kind: "approval",
      reasonCode: verdict === UNKNOWN ? "MISSING_FACT" : rule.reason.code,
      seen: seen(considered.facts)
    });
  }
  const approval = highest(levels);
  const { authority = NO_AUTHORITY } = deciding.input.live;
  const presentable = covers(authority, stakeOf(considered, approval));
  const candidate = { ...considered.candidate, approval, presentable };
  return {
    ...considered,
    candidate: applied.length === 0 ? candidate : { ...candidate, applied }
  };
}
function stakeOf({ action, candidate }, level) {
  const { rateDiscountPpm = 0, feeDiscountPpm = 0 } = candidate.terms ?? {};
  return {
    level,
    amountMinor: amountAtStake(action.declaration.terms, candidate),
    rateDiscountPpm,
    feeDiscountPpm,
    productRisk: action.declaration.productRisk
  };
}
function amountAtStake({ amount, rate }, { terms }) {
  if (amount === void 0) return null;
  const amountMinor = terms?.amountMinor;
  return amountMinor !== void 0 && rate?.side === "DEPOSIT" ? null : amountMinor;
}
function byAmount({ release }, { action, candidate }) {
  const amountMinor = amountAtStake(action.declaration.terms, candidate);
  if (amountMinor === void 0) return HIGHEST_APPROVAL;
  if (amountMinor === null) return "NONE";
  const { approvalByAmount } = release.body.rollout;
  return highest(
    approvalByAmount.filter((from) => from.fromMinor <= amountMinor).map(({ level }) => level)
  );
}
function byDiscount({ release }, { candidate }) {
  const { approvalByDiscountPpm, approvalByFeeDiscountPpm } = release.body.rollout;
  const { rateDiscountPpm = 0, feeDiscountPpm = 0 } = candidate.terms ?? {};
  return highest([
    ...reached(approvalByDiscountPpm, rateDiscountPpm),
    ...reached(approvalByFeeDiscountPpm, feeDiscountPpm)
  ]);
}
function reached(scale, discountPpm) {
  if (discountPpm === 0) return [];
  return scale.filter(({ fromPpm }) => fromPpm <= discountPpm).map(({ level }) => level);
}
function highest(levels) {
  return levels.reduce((a, b) => rankOf(b) > rankOf(a) ? b : a, "NONE");
}
function rankOf(level) {
  return APPROVAL_LEVELS.indexOf(level);
}

// src/engine/pricing/grants.ts
var NO_GRANTS = {
  rateDiscountPpm: 0,
  feeDiscountPpm: 0,
  amountFactorPpm: ONE_PPM
};
function addGrant(grants, effect) {
  return {
    rateDiscountPpm: grants.rateDiscountPpm + (effect.rateDiscountPpm ?? 0),
    feeDiscountPpm: Math.min(ONE_PPM, grants.feeDiscountPpm + (effect.feeDiscountPpm ?? 0)),
    amountFactorPpm: timesPpm(grants.amountFactorPpm, effect.amountFactorPpm ?? ONE_PPM)
  };
}

// src/engine/pricing/annuity.ts
var TWELVE_WHOLES = 12000000n;
function instalmentMinor(amountMinor, ratePpm, months) {
  const amount = BigInt(amountMinor);
  if (ratePpm === 0) return Number(divideHalfEven(amount, BigInt(months)));
  const rate = BigInt(ratePpm);
  const common = greatestCommonDivisor(rate, TWELVE_WHOLES);
  const base = TWELVE_WHOLES / common;
  const step = rate / common;
  const grown = (base + step) ** BigInt(months);
  const plain = base ** BigInt(months);
  return Number(divideHalfEven(amount * step * grown, base * (grown - plain)));
}
function greatestCommonDivisor(a, b) {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

// src/engine/pricing/terms.ts
function termsOf(declared, grants, factOf) {
  const amountMinor = amountOf(declared.amount, grants, factOf);
  const rate = rateOf(declared.rate, grants);
  const { termMonths } = declared;
  return {
    ...amountMinor === void 0 ? {} : { amountMinor },
    ...rate,
    ...feeOf(declared.fee, grants),
    ...termMonths === void 0 ? {} : { termMonths },
    ...instalmentOf(declared, { amountMinor, ...rate })
  };
}
function instalmentOf({ rate, termMonths }, {
  amountMinor,
  ratePpm
}) {
  const isLent = rate?.side === "LEND";
  if (!isLent || amountMinor === void 0 || ratePpm === void 0 || termMonths === void 0) {
    return {};
  }
  return { instalmentMinor: instalmentMinor(amountMinor, ratePpm, termMonths) };
}
function amountOf(amount, grants, factOf) {
  if (amount === void 0) return void 0;
  const { fact, factorPpm = ONE_PPM, fixedMinor, floorMinor, ceilingMinor, stepMinor } = amount;
  const value = fact === void 0 ? fixedMinor : factOf(fact);
  if (typeof value !== "number") return void 0;
  const base = fact === void 0 ? value : timesPpm(value, factorPpm);
  const wanted = timesPpm(base, grants.amountFactorPpm);
  if (wanted < floorMinor) return void 0;
  const stepped = wanted - (wanted % stepMinor + stepMinor) % stepMinor;
  return clamp(stepped, floorMinor, ceilingMinor);
}
function rateOf(rate, grants) {
  if (rate === void 0) return {};
  const { side, floorPpm, ceilingPpm } = rate;
  const favour = side === "LEND" ? -1 : 1;
  const listed = clamp(rate.basePpm, floorPpm, ceilingPpm);
  const ratePpm = clamp(listed + favour * grants.rateDiscountPpm, floorPpm, ceilingPpm);
  return { ratePpm, rateDiscountPpm: Math.abs(ratePpm - listed) };
}
function feeOf(fee, grants) {
  if (fee === void 0) return {};
  const { every, floorMinor, ceilingMinor } = fee;
  const listed = clamp(fee.baseMinor, floorMinor, ceilingMinor);
  const reduced = timesPpm(listed, ONE_PPM - grants.feeDiscountPpm);
  const feeMinor = clamp(reduced, floorMinor, ceilingMinor);
  const feeDiscountPpm = listed === 0 ? 0 : timesRatio(ONE_PPM, listed - feeMinor, listed);
  return { feeMinor, feeEvery: every, feeDiscountPpm };
}
function clamp(value, floor, ceiling) {
  return Math.max(floor, Math.min(ceiling, value));
}

// src/engine/pricing/price.ts
var TERMS_FACTS = ["terms.amount", "terms.rateDiscountPpm", "terms.feeDiscountPpm"];
function price(deciding, considered) {
  const listed = withTerms(deciding, { ...considered, grants: NO_GRANTS });
  const priced = listed.action.rules.pricing.reduce((granted, rule) => {
    if (!isInTreatment(rule, listed) || deciding.judge(listed, rule) !== TRUE) return granted;
    return grant(granted, rule, listed.facts);
  }, listed);
  return priced.grants === NO_GRANTS ? listed : withTerms(deciding, priced);
}
function bundle(deciding, standing) {
  return (priced) => {
    const bundled = priced.action.rules.bundle.reduce((granted, rule) => {
      if (!isInTreatment(rule, priced)) return granted;
      if (!bundleMembers(rule.compiled.rule).every((id) => standing.has(id))) return granted;
      if (deciding.judge(priced, rule) !== TRUE) return granted;
      return grant(granted, rule, priced.facts);
    }, priced);
    const { action, facts, candidate } = bundled.grants === priced.grants ? priced : withTerms(deciding, bundled);
    return { action, facts, candidate };
  };
}
function isInTreatment({ compiled }, { candidate }) {
  return concernsTreatment(compiled.rule.appliesTo, candidate.treatmentId);
}
function grant(priced, { compiled }, facts) {
  const { rule } = compiled;
  if (rule.kind !== "pricing" && rule.kind !== "bundle") return priced;
  const applied = {
    rule: rule.id,
    kind: rule.kind,
    reasonCode: rule.reason.code,
    seen: compiled.seen(facts)
  };
  return {
    ...priced,
    grants: addGrant(priced.grants, rule.effect),
    candidate: {
      ...priced.candidate,
      applied: [...priced.candidate.applied ?? [], applied]
    }
  };
}
function withTerms({ release }, priced) {
  const declared = priced.action.declaration.terms;
  const terms = termsOf(declared, priced.grants, (name) => {
    const slot = release.slots.get(name);
    return slot === void 0 ? void 0 : priced.facts[slot];
  });
  const amountUnknown = declared.amount !== void 0 && terms.amountMinor === void 0;
  return {
    ...priced,
    facts: withTermsFacts(release, priced.facts, { terms, amountUnknown }),
    candidate: { ...priced.candidate, terms }
  };
}
function withTermsFacts({ slots, body }, facts, { terms, amountUnknown }) {
  const values = {
    "terms.amount": terms.amountMinor,
    "terms.rateDiscountPpm": terms.rateDiscountPpm,
    "terms.feeDiscountPpm": terms.feeDiscountPpm
  };
  const vector = facts.slice();
  for (const name of TERMS_FACTS) {
    const slot = slots.get(name);
    if (slot === void 0) continue;
    const isUnknown = name === "terms.amount" && amountUnknown;
    vector[slot] = values[name] ?? (isUnknown ? void 0 : body.facts[slot]?.whenNone);
  }
  return vector;
}

// src/engine/propensity/scoring/calibrated-ppm.ts
function calibratedPpm(calibration, sum) {
  const { steps } = calibration;
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = low + high >>> 1;
    if ((steps[middle]?.fromSum ?? 0) <= sum) low = middle + 1;
    else high = middle;
  }
  return steps[Math.max(0, low - 1)]?.ppm ?? 0;
}

// src/engine/propensity/scoring/path-contributions.ts
function pathContributions(forest, codes) {
  const { nodes, meansPpm: means, roots, offset, featureOf, trees } = forest;
  const byColumn = new Float64Array(256);
  let sum = 0;
  let base = 0;
  let t = 0;
  for (; t + 3 < trees; t += 4) {
    const r0 = roots[t] ?? 0;
    const r1 = roots[t + 1] ?? 0;
    const r2 = roots[t + 2] ?? 0;
    const r3 = roots[t + 3] ?? 0;
    let [i, j, k, l] = [0, 0, 0, 0];
    let m0 = means[r0] ?? 0;
    let m1 = means[r1] ?? 0;
    let m2 = means[r2] ?? 0;
    let m3 = means[r3] ?? 0;
    base += m0 + m1 + m2 + m3;
    for (; ; ) {
      const v = nodes[r0 + i] ?? 0;
      const w = nodes[r1 + j] ?? 0;
      const x = nodes[r2 + k] ?? 0;
      const y = nodes[r3 + l] ?? 0;
      const i2 = (v >>> 16) + ((v >>> 8 & 255) - (codes[offset + (v & 255)] ?? 0) >>> 31);
      const j2 = (w >>> 16) + ((w >>> 8 & 255) - (codes[offset + (w & 255)] ?? 0) >>> 31);
      const k2 = (x >>> 16) + ((x >>> 8 & 255) - (codes[offset + (x & 255)] ?? 0) >>> 31);
      const l2 = (y >>> 16) + ((y >>> 8 & 255) - (codes[offset + (y & 255)] ?? 0) >>> 31);
      if ((i ^ i2 | j ^ j2 | k ^ k2 | l ^ l2) === 0) break;
      const n0 = means[r0 + i2] ?? 0;
      const n1 = means[r1 + j2] ?? 0;
      const n2 = means[r2 + k2] ?? 0;
      const n3 = means[r3 + l2] ?? 0;
      byColumn[v & 255] = (byColumn[v & 255] ?? 0) + (n0 - m0);
      byColumn[w & 255] = (byColumn[w & 255] ?? 0) + (n1 - m1);
      byColumn[x & 255] = (byColumn[x & 255] ?? 0) + (n2 - m2);
      byColumn[y & 255] = (byColumn[y & 255] ?? 0) + (n3 - m3);
      m0 = n0;
      m1 = n1;
      m2 = n2;
      m3 = n3;
      i = i2;
      j = j2;
      k = k2;
      l = l2;
    }
    sum += m0 + m1 + m2 + m3;
  }
  for (; t < trees; t += 1) {
    const root = roots[t] ?? 0;
    base += means[root] ?? 0;
    sum += walk(forest, { codes, root, byColumn });
  }
  const contributions = forest.features.map(() => 0);
  for (let column = 0; column < featureOf.length; column += 1) {
    const feature = featureOf[column] ?? 0;
    contributions[feature] = (contributions[feature] ?? 0) + (byColumn[column] ?? 0);
  }
  return { sum, base, contributions };
}
function walk({ nodes, meansPpm, offset }, { codes, root, byColumn }) {
  let mean = meansPpm[root] ?? 0;
  for (let node = 0; ; ) {
    const packed = nodes[root + node] ?? 0;
    const column = packed & 255;
    const over = (packed >>> 8 & 255) - (codes[offset + column] ?? 0);
    const next = (packed >>> 16) + (over >>> 31);
    if (next === node) return mean;
    const after = meansPpm[root + next] ?? 0;
    byColumn[column] = (byColumn[column] ?? 0) + after - mean;
    mean = after;
    node = next;
  }
}

// src/engine/propensity/scoring/score-forest.ts
function scoreForest(forest, codes) {
  const { nodes, meansPpm, roots, offset, trees } = forest;
  let sum = 0;
  let t = 0;
  for (; t + 4 < trees; t += 5) {
    const [a, b, c, d, e] = [
      roots[t] ?? 0,
      roots[t + 1] ?? 0,
      roots[t + 2] ?? 0,
      roots[t + 3] ?? 0,
      roots[t + 4] ?? 0
    ];
    let i = 0;
    let j = 0;
    let k = 0;
    let l = 0;
    let m = 0;
    for (; ; ) {
      const v = nodes[a + i] ?? 0;
      const w = nodes[b + j] ?? 0;
      const x = nodes[c + k] ?? 0;
      const y = nodes[d + l] ?? 0;
      const z = nodes[e + m] ?? 0;
      const i2 = (v >>> 16) + ((v >>> 8 & 255) - (codes[offset + (v & 255)] ?? 0) >>> 31);
      const j2 = (w >>> 16) + ((w >>> 8 & 255) - (codes[offset + (w & 255)] ?? 0) >>> 31);
      const k2 = (x >>> 16) + ((x >>> 8 & 255) - (codes[offset + (x & 255)] ?? 0) >>> 31);
      const l2 = (y >>> 16) + ((y >>> 8 & 255) - (codes[offset + (y & 255)] ?? 0) >>> 31);
      const m2 = (z >>> 16) + ((z >>> 8 & 255) - (codes[offset + (z & 255)] ?? 0) >>> 31);
      if ((i ^ i2 | j ^ j2 | k ^ k2 | l ^ l2 | m ^ m2) === 0) break;
      i = i2;
      j = j2;
      k = k2;
      l = l2;
      m = m2;
    }
    sum += (meansPpm[a + i] ?? 0) + (meansPpm[b + j] ?? 0) + (meansPpm[c + k] ?? 0) + (meansPpm[d + l] ?? 0) + (meansPpm[e + m] ?? 0);
  }
  for (; t < trees; t += 1) sum += meansPpm[leafOf(forest, codes, roots[t] ?? 0)] ?? 0;
  return sum;
}
function scorePpm(sum, trees) {
  const rest = sum % trees;
  const whole = (sum - rest) / trees;
  if (rest * 2 === trees) return whole + whole % 2;
  return rest * 2 > trees ? whole + 1 : whole;
}
function leafOf(forest, codes, root) {
  const { nodes, offset } = forest;
  for (let node = 0; ; ) {
    const packed = nodes[root + node] ?? 0;
    const over = (packed >>> 8 & 255) - (codes[offset + (packed & 255)] ?? 0);
    const next = (packed >>> 16) + (over >>> 31);
    if (next === node) return root + node;
    node = next;
  }
}

// src/engine/propensity/scoring/candidate-propensity.ts
var LEAST_KNOWN_PPM = 5e5;
var SAMPLE_ONE_IN = 100;
function codeRow(forests, forestSlots, facts) {
  return encodeRow(
    forests,
    forestSlots.map((slot) => rowValue(facts[slot]))
  );
}
function scoreCandidate(deciding, considered, profiling) {
  const propensity = propensityOf(deciding, considered, profiling);
  const candidate = { ...considered.candidate, propensity };
  const slot = deciding.release.slots.get(SCORE_FACT);
  if (slot === void 0) return { ...considered, candidate };
  const facts = considered.facts.slice();
  facts[slot] = propensity.calibratedPpm;
  return { ...considered, facts, candidate };
}
function isSampled({ input }, { action, candidate }, profiling) {
  const stage = candidate.withheld?.stage;
  if (stage !== "ELIGIBILITY" && stage !== "SUPPRESSION") return false;
  if (profiling !== "ALLOWED" || action.forest === null) return false;
  return hash32(`${input.live.decisionId}/${candidate.actionId}`) % SAMPLE_ONE_IN === 0;
}
function addContributions(deciding, considered) {
  const { propensity } = considered.candidate;
  const packed = packedOf(deciding, considered.action.forest);
  if (propensity?.basis !== "FOREST" || packed === void 0 || deciding.codes === null) {
    return considered;
  }
  const { sum, base, contributions } = pathContributions(packed, deciding.codes);
  const byFact = packed.features.map((fact, index) => ({ fact, sum: contributions[index] ?? 0 })).filter((contribution) => contribution.sum !== 0).toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum) || (a.fact < b.fact ? -1 : 1));
  const evidence = {
    ...propensity,
    contributions: { method: "PATH", trees: packed.trees, rawSum: sum, base, byFact }
  };
  return { ...considered, candidate: { ...considered.candidate, propensity: evidence } };
}
function propensityOf(deciding, { action, facts }, profiling) {
  const { priorPpm } = action.declaration.propensity;
  const { forest } = action;
  const packed = packedOf(deciding, forest);
  if (forest === null || packed === void 0 || deciding.codes === null) {
    return { basis: "PRIOR", calibratedPpm: priorPpm };
  }
  const { id, calibration } = forest.entry;
  if (profiling === "OBJECTED") {
    return { basis: "UNSCORED_OBJECTION", calibratedPpm: priorPpm, forest: id };
  }
  if (profiling === "UNKNOWN" || knownPpm(deciding, forest, facts) < LEAST_KNOWN_PPM) {
    return { basis: "UNSCORED_MISSING", calibratedPpm: priorPpm, forest: id };
  }
  const sum = scoreForest(packed, deciding.codes);
  return {
    basis: "FOREST",
    calibratedPpm: calibratedPpm(calibration, sum),
    rawPpm: scorePpm(sum, packed.trees),
    forest: id
  };
}
function packedOf({ release }, forest) {
  return forest === null ? void 0 : release.forests?.forests[forest.number];
}
function knownPpm({ release }, { entry }, facts) {
  return entry.card.features.reduce((known, { name, importancePpm }) => {
    const slot = release.slots.get(name);
    return slot === void 0 || facts[slot] === void 0 ? known : known + importancePpm;
  }, 0);
}
function rowValue(value) {
  return typeof value === "object" ? void 0 : value;
}
function hash32(text) {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  hash = Math.imul(hash ^ hash >>> 16, 2246822507);
  hash = Math.imul(hash ^ hash >>> 13, 3266489909);
  return (hash ^ hash >>> 16) >>> 0;
}

// src/engine/rules/judge.ts
var NOT_JUDGED = 3;
function newNotes(release, inWords) {
  const packed = new Uint8Array(release.verdictCount).fill(NOT_JUDGED);
  return { packed, entries: inWords ? [] : null };
}
function judgeWith(release, notes) {
  const known = new Uint8Array(release.ruleCount).fill(NOT_JUDGED);
  const codeOf = (considered, scoped) => {
    if (!scoped.oncePerCustomer) return scoped.compiled.evaluate(considered.facts);
    const before = known[scoped.number];
    if (before === FALSE || before === TRUE || before === UNKNOWN) return before;
    const verdict = scoped.compiled.evaluate(considered.facts);
    known[scoped.number] = verdict;
    return verdict;
  };
  return (considered, scoped) => {
    const verdict = codeOf(considered, scoped);
    notes.packed[considered.action.row + scoped.place] = verdict;
    notes.entries?.push({
      actionId: considered.candidate.actionId,
      rule: scoped.compiled.rule.id,
      verdict: verdictOf(verdict),
      seen: scoped.compiled.seen(considered.facts)
    });
    return verdict;
  };
}
function traceDigest({ packed }) {
  return digestBytes(packed);
}

// src/domain/spoken-languages.ts
var TOLD_TO_THE_BANK = /* @__PURE__ */ new Set(["AGENT", "BRANCH"]);
function languagesFor(live, languages) {
  if (languages === void 0) return [live.language];
  if (isToldToTheBank(live.channel)) return [languages.working];
  return [live.language, languages.default];
}
function isToldToTheBank(channel) {
  return TOLD_TO_THE_BANK.has(channel);
}

// src/engine/standing/withhold.ts
function withhold(considered, withheld) {
  return {
    ...considered,
    candidate: { ...considered.candidate, outcome: "WITHHELD", withheld }
  };
}

// src/engine/standing/catalogue.ts
var DIRECTIONS = {
  QUERY: ["INBOUND"],
  SERVICE_INTERACTION: ["INBOUND"],
  EVENT: ["OUTBOUND"],
  BATCH: ["OUTBOUND"],
  JOURNEY: ["INBOUND", "OUTBOUND"]
};
function considerAction(deciding, action, factsOf) {
  const { id, validFrom, validTo, treatments } = action.declaration;
  const { today, release, input } = deciding;
  const considered = {
    action,
    facts: deciding.facts,
    candidate: { actionId: id, treatmentId: null, outcome: "RANKED" }
  };
  const withheld = (rule, reasonCode, seen) => withhold(considered, { stage: "CATALOGUE", rule, reasonCode, seen });
  if (today < validFrom || validTo !== void 0 && today > validTo) {
    const seen = { businessDate: today, validFrom, validTo: validTo ?? null };
    return withheld("catalogue.validity", "NOT_VALID_TODAY", seen);
  }
  if (!release.body.channels.includes(input.live.channel)) {
    const seen = { "live.channel": input.live.channel };
    return withheld("catalogue.channel", "NO_TREATMENT_HERE", seen);
  }
  const fitting = fittingTreatment(treatments, input.live, release.body.languages);
  if (typeof fitting === "string")
    return withheld(fitting, "NO_TREATMENT_HERE", seenOf(input.live));
  return {
    action,
    facts: factsOf(deciding, action),
    candidate: { ...considered.candidate, treatmentId: fitting.id }
  };
}
function fittingTreatment(treatments, live, languages) {
  const inChannel = treatments.filter(({ channel }) => channel === live.channel);
  if (inChannel.length === 0) return "catalogue.channel";
  const directions = DIRECTIONS[live.trigger.kind];
  const directed = inChannel.filter(({ direction }) => directions.includes(direction));
  if (directed.length === 0) return "catalogue.direction";
  const { placement } = live;
  const placed2 = directed.filter(
    ({ placements }) => placement === null || placements.length === 0 || placements.includes(placement)
  );
  if (placed2.length === 0) return "catalogue.placement";
  for (const language of languagesFor(live, languages)) {
    const spoken = placed2.find(({ text }) => Object.hasOwn(text, language));
    if (spoken !== void 0) return spoken;
  }
  return "catalogue.language";
}
function seenOf(live) {
  return {
    "live.channel": live.channel,
    "live.trigger": live.trigger.kind,
    "live.placement": live.placement,
    "live.language": live.language
  };
}

// src/domain/instant.ts
function dateOf(instant) {
  return instant.slice(0, 10);
}

// src/engine/standing/consent.ts
function marketingConsent(live, terms) {
  if (live.consents === null) {
    const unknown2 = withholding("consent.unknown", "MISSING_FACT", void 0);
    return { withheld: { ...unknown2, missing: ["consents"] } };
  }
  const own2 = closest(latest(live, "MARKETING", live.channel), latest(live, "MARKETING", "ANY"));
  if (own2 === void 0) {
    if (terms.basis === "ASSUMED_FOR_EVALUATION") return { basis: "ASSUMED_FOR_EVALUATION" };
    return { withheld: withholding("consent.none", "NO_CONSENT", void 0) };
  }
  if (own2.state !== "GIVEN") {
    return { withheld: withholding("consent.refused", `CONSENT_${own2.state}`, own2) };
  }
  if (own2.expiresOn !== void 0 && own2.expiresOn <= live.businessDate) {
    return { withheld: withholding("consent.expired", "CONSENT_EXPIRED", own2) };
  }
  if (plusDuration(dateOf(own2.effectiveAt), terms.freshFor) < live.businessDate) {
    return { withheld: withholding("consent.stale", "CONSENT_STALE", own2) };
  }
  return { basis: "CONSENT" };
}
function closest(own2, any) {
  if (own2 === void 0 || any === void 0) return own2 ?? any;
  return any.state !== "GIVEN" && beats(any, own2) ? any : own2;
}
function profilingOf(live) {
  if (live.consents === null) return "UNKNOWN";
  const rows = live.consents.filter(({ purpose }) => purpose === "PROFILING");
  const objected = rows.some(
    ({ channel }) => (latest(live, "PROFILING", channel)?.state ?? "GIVEN") !== "GIVEN"
  );
  return objected ? "OBJECTED" : "ALLOWED";
}
function latest(live, purpose, channel) {
  return live.consents?.filter((row) => row.purpose === purpose && row.channel === channel).filter((row) => row.state !== "GIVEN" || dateOf(row.effectiveAt) <= live.businessDate).reduce(
    (a, b) => a === void 0 || beats(b, a) ? b : a,
    void 0
  );
}
function beats(a, b) {
  if (a.effectiveAt !== b.effectiveAt) return a.effectiveAt > b.effectiveAt;
  return a.state !== "GIVEN" && b.state === "GIVEN";
}
function withholding(rule, reasonCode, row) {
  const seen = row === void 0 ? { "consent.state": null } : {
    "consent.state": row.state,
    "consent.channel": row.channel,
    "consent.effectiveAt": row.effectiveAt,
    "consent.expiresOn": row.expiresOn ?? null
  };
  return { stage: "CONSENT", rule, reasonCode, seen };
}

// src/engine/standing/contact-policy.ts
function contactPolicyCheck(deciding) {
  const { contacts } = deciding.input.live;
  if (contacts === null) {
    return (considered) => withhold(considered, unknown("contact.unknown", "contacts"));
  }
  const complaint = complaintRest(deciding);
  const declined = lastDeclines(contacts);
  const tallies = deciding.release.body.contactPolicy.caps.map(
    (cap) => tally(cap, contacts, deciding)
  );
  return (considered) => {
    const { id, purpose } = considered.action.declaration;
    const against2 = (purpose === "MARKETING" ? complaint : null) ?? (purpose === "REGULATORY" ? null : declineRest(declined.get(id), deciding)) ?? firstCap(tallies, considered.action);
    return against2 === null ? considered : withhold(considered, against2);
  };
}
function complaintRest(deciding) {
  const days2 = complaints(deciding.input.live);
  if (days2 === void 0) return unknown("contact.rest-after-complaint", "complainedOn");
  const { restAfterComplaint } = deciding.release.body.contactPolicy;
  const { today } = deciding;
  const resting = days2.filter((day) => today < plusDuration(day, restAfterComplaint)).reduce((a, b) => a === null || b > a ? b : a, null);
  if (resting === null) return null;
  const seen = { "complaint.lastOn": resting };
  return against("contact.rest-after-complaint", "RESTING_AFTER_COMPLAINT", seen);
}
function declineRest(last, deciding) {
  const { restAfterDecline } = deciding.release.body.contactPolicy;
  if (last === void 0 || plusDuration(last, restAfterDecline) <= deciding.today) return null;
  const seen = { "decline.lastOn": last };
  return against("contact.rest-after-decline", "RESTING_AFTER_DECLINE", seen);
}
function lastDeclines(contacts) {
  const last = /* @__PURE__ */ new Map();
  for (const contact of contacts) {
    const { actionId, response } = contact;
    const day = answeredOn(contact);
    if (response !== "DECLINED" || day < (last.get(actionId) ?? "")) continue;
    last.set(actionId, day);
  }
  return last;
}
function tally(cap, contacts, { today, release, input }) {
  const counts = /* @__PURE__ */ new Map();
  let anywhere = 0;
  for (const contact of contacts) {
    if (!isWithin(cap.window, contact.presentedOn, today)) continue;
    if (cap.per === "CHANNEL" && contact.channel !== input.live.channel) continue;
    const action = release.actionsById.get(contact.actionId)?.declaration;
    if (action !== void 0 && !cap.purposes.includes(action.purpose)) continue;
    const key = keyOf2(cap, contact.actionId, action?.group);
    if (key === void 0) anywhere += 1;
    else counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { cap, counts, anywhere };
}
function isWithin(window, presentedOn, today) {
  if (window === "CALENDAR_MONTH") return presentedOn.slice(0, 7) >= today.slice(0, 7);
  return presentedOn > minusDuration(today, window);
}
function keyOf2(cap, action, group) {
  if (cap.per === "ACTION") return action;
  return cap.per === "GROUP" ? group : "";
}
function firstCap(tallies, { declaration }) {
  const { id, group, purpose } = declaration;
  for (const { cap, counts, anywhere } of tallies) {
    if (!cap.purposes.includes(purpose)) continue;
    const count = (counts.get(keyOf2(cap, id, group) ?? "") ?? 0) + anywhere;
    if (count < cap.most) continue;
    return against(cap.id, cap.reason.code, {
      "contact.counted": count,
      "contact.most": cap.most
    });
  }
  return null;
}
function against(rule, reasonCode, seen) {
  return { stage: "CONTACT_POLICY", rule, reasonCode, seen };
}
function unknown(rule, list) {
  return { ...against(rule, "MISSING_FACT", { [list]: null }), missing: [list] };
}

// src/engine/standing/holds.ts
var STOPS = [
  { kind: "DECEASED" },
  { kind: "FRAUD" },
  { kind: "COLLECTIONS", only: "MARKETING" },
  { kind: "VULNERABLE", only: "MARKETING" }
];
function holdAgainst(holds, purpose) {
  if (holds === void 0) {
    return {
      stage: "HOLD",
      rule: "hold.unknown",
      reasonCode: "MISSING_FACT",
      seen: { holds: null },
      missing: ["holds"]
    };
  }
  const stop = STOPS.find(({ kind, only }) => holds.has(kind) && (only ?? purpose) === purpose);
  if (stop === void 0) return null;
  const name = stop.kind.toLowerCase();
  const reasonCode = `HOLD_${stop.kind}`;
  return {
    stage: "HOLD",
    rule: `hold.${name}`,
    reasonCode,
    seen: { [`hold.${name}`]: true, "action.purpose": purpose }
  };
}

// src/engine/standing/legal-basis.ts
function legalBasisCheck(deciding) {
  const { input, release } = deciding;
  const holds = holdsOn(input.live);
  const consent = marketingConsent(input.live, {
    basis: release.body.consentBasis,
    freshFor: release.body.contactPolicy.consentFreshFor
  });
  return (considered) => {
    const { purpose, legalBasis } = considered.action.declaration;
    const held = holdAgainst(holds, purpose);
    if (held !== null) return withhold(considered, held);
    if (purpose !== "MARKETING" && legalBasis !== "CONSENT") {
      return { ...considered, candidate: { ...considered.candidate, legalBasis } };
    }
    if ("withheld" in consent) return withhold(considered, consent.withheld);
    const candidate = { ...considered.candidate, legalBasis: consent.basis };
    return { ...considered, candidate };
  };
}

// src/engine/standing/rule-check.ts
var WITHHELD_BY = { eligibility: FALSE, suppression: TRUE, scoreSuppression: TRUE };
function ruleCheck(deciding, step) {
  const stage = step === "eligibility" ? "ELIGIBILITY" : "SUPPRESSION";
  return (considered) => {
    const { treatmentId } = considered.candidate;
    let against2;
    let unknown2;
    for (const rule2 of considered.action.rules[step]) {
      if (!concernsTreatment(rule2.compiled.rule.appliesTo, treatmentId)) continue;
      const verdict = deciding.judge(considered, rule2);
      if (verdict === WITHHELD_BY[step]) against2 ??= rule2;
      else if (verdict === UNKNOWN) unknown2 ??= rule2;
    }
    if (against2 !== void 0) {
      const { rule: rule2, seen: seen2 } = against2.compiled;
      const { id, reason } = rule2;
      const facts = seen2(considered.facts);
      return withhold(considered, { stage, rule: id, reasonCode: reason.code, seen: facts });
    }
    if (unknown2 === void 0) return considered;
    const { rule, seen, missing } = unknown2.compiled;
    return withhold(considered, {
      stage,
      rule: rule.id,
      reasonCode: "MISSING_FACT",
      seen: seen(considered.facts),
      missing: missing(considered.facts)
    });
  };
}

// src/engine/decide.ts
function decide(input, release, order = "HOISTED") {
  const notes = newNotes(release, false);
  const considered = decideSteps(startDeciding(input, release, notes), order);
  const candidates = inOrder(considered);
  const reason = noActionReason(candidates);
  return {
    engineVersion: ENGINE_VERSION,
    releaseDigest: release.digest,
    outcome: reason === void 0 ? "ACTIONS" : "NO_ACTION",
    ...reason === void 0 ? {} : { noActionReason: reason },
    arm: input.live.arm,
    candidates,
    degradations: degradations(input, release.usedFacts),
    traceDigest: traceDigest(notes)
  };
}
function traceOf(input, release) {
  const notes = newNotes(release, true);
  decideSteps(startDeciding(input, release, notes), "HOISTED");
  return notes.entries ?? [];
}
function startDeciding(input, release, notes) {
  const facts = customerFacts(input, release);
  const { forests, forestSlots } = release;
  const codes = forests === null ? null : codeRow(forests, forestSlots, facts);
  const today = input.live.businessDate;
  return { input, release, today, facts, codes, judge: judgeWith(release, notes) };
}
function decideSteps(deciding, order) {
  const { live } = deciding.input;
  const profiling = profilingOf(live);
  const score = (considered) => scoreCandidate(deciding, considered, profiling);
  const scoreLate = (considered) => isStanding(considered.candidate) || isSampled(deciding, considered, profiling) ? score(considered) : considered;
  const { actions } = deciding.release;
  const here = actions.map((action) => considerAction(deciding, action, candidateFacts));
  const lawful = here.map(ifStanding(legalBasisCheck(deciding)));
  const early = order === "PLAIN" ? lawful.map(ifStanding(score)) : lawful;
  const eligible = early.map(ifStanding(ruleCheck(deciding, "eligibility")));
  const timely = eligible.map(ifStanding(ruleCheck(deciding, "suppression")));
  const scored = order === "HOISTED" ? timely.map(scoreLate) : timely;
  const welcome = scored.map(ifStanding(ruleCheck(deciding, "scoreSuppression")));
  const allowed = welcome.map(ifStanding(contactPolicyCheck(deciding)));
  const standing = allowed.map(({ candidate }) => candidate).filter(isStanding);
  const bundled = bundle(deciding, new Set(standing.map(({ actionId }) => actionId)));
  const priced = allowed.map(ifStanding((c) => bundled(price(deciding, c))));
  const approved = priced.map(ifStanding((c) => requireApproval(deciding, c)));
  const ranked = arbitrate(deciding, approved);
  const surfaced = surface(ranked, live.first).map(
    (c) => c.candidate.outcome === "SURFACED" ? addContributions(deciding, c) : c
  );
  return maskControl(surfaced, live.arm);
}
function ifStanding(step) {
  return (considered) => isStanding(considered.candidate) ? step(considered) : considered;
}
export {
  ENGINE_VERSION,
  ReleaseMisfit,
  decide,
  loadRelease,
  traceOf
};
