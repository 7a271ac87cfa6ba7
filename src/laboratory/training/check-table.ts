import {
  type ForestSpec,
  LEAF_COLUMN,
  MISSING_NUMBER,
  type TrainingColumn,
  type TrainingRefusal,
  type TrainingTable,
} from '../../domain/forest.ts';

/** The first thing that makes a training pointless or wrong, or null. */
export function refuseTable(
  table: TrainingTable,
  labels: Uint8Array,
  spec: ForestSpec,
): TrainingRefusal | null {
  return (
    refuseSpec(spec) ??
    refuseShape(table, labels) ??
    refuseLabels(labels, spec) ??
    firstOf(table.columns, refuseColumn)
  );
}

/** Names of the features with one value in all rows: to be left out before training. */
export function constantFeatures(table: TrainingTable): readonly string[] {
  return table.columns.filter(isConstant).map((column) => column.name);
}

/** The first setting out of its limits, or null. */
export function refuseSpec(spec: ForestSpec): TrainingRefusal | null {
  const limits: readonly [keyof ForestSpec, number, number][] = [
    ['trees', 1, 10_000],
    ['minimumLeaf', 1, 1_000_000],
    ['maximumDepth', 1, 500],
    ['bins', 2, 255],
    ['featureSharePpm', 1, 1_000_000],
    ['seed', 0, 0xffffffff],
    ['leastPositives', 1, 1_000_000_000],
  ];
  const bad = limits.find(([name, least, most]) => !isWithin(spec[name], least, most));
  if (bad === undefined) return null;
  const [name, least, most] = bad;
  const message = `\`${name}\` is ${spec[name]}; give a whole number from ${least} to ${most}`;
  return { code: 'BAD_SPEC', column: name, message };
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function refuseShape(table: TrainingTable, labels: Uint8Array): TrainingRefusal | null {
  if (labels.length !== table.rows) {
    const message = `there are ${labels.length} labels for ${table.rows} rows; give one a row`;
    return { code: 'BAD_SHAPE', column: 'target', message };
  }
  const short = table.columns.find((column) => lengthOf(column) !== table.rows);
  if (short !== undefined) {
    const message = `\`${short.name}\` has ${lengthOf(short)} values for ${table.rows} rows`;
    return { code: 'BAD_SHAPE', column: short.name, message };
  }
  const names = table.columns.map((column) => column.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    const message = `\`${twice}\` is given twice; features are told apart by name`;
    return { code: 'DUPLICATE_FEATURE', column: twice, message };
  }
  const columns = columnsOf(table);
  if (columns >= 1 && columns <= LEAF_COLUMN) return null;
  const message = `the features make ${columns} columns; have 1 to ${LEAF_COLUMN}`;
  return { code: 'TOO_MANY_COLUMNS', column: widest(table), message };
}

/** The columns that a table's features make: one a number, one a category's value. */
export function columnsOf(table: TrainingTable): number {
  return table.columns.reduce((sum, column) => sum + widthOf(column), 0);
}

function refuseLabels(labels: Uint8Array, spec: ForestSpec): TrainingRefusal | null {
  const bad = labels.findIndex((label) => label > 1);
  if (bad >= 0) {
    const message = `row ${bad} is labelled ${labels[bad]}; labels are 0 or 1`;
    return { code: 'BAD_LABEL', column: 'target', message };
  }
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const fewer = Math.min(positives, labels.length - positives);
  if (fewer === 0) {
    const message = `all ${labels.length} rows have one class; widen the window or the rows`;
    return { code: 'ONE_CLASS', column: 'target', message };
  }
  if (fewer >= spec.leastPositives) return null;
  const which = fewer === positives ? 'positive' : 'negative';
  const message = `only ${fewer} rows are ${which}; have at least ${spec.leastPositives}`;
  return { code: 'TOO_FEW_POSITIVES', column: 'target', message };
}

function refuseColumn(column: TrainingColumn): TrainingRefusal | null {
  const bad = column.kind === 'number' ? refuseValues(column) : refuseCategories(column);
  if (bad !== null) return bad;
  if (!isConstant(column)) return null;
  const message = `\`${column.name}\` has one value in all rows; leave it out`;
  return { code: 'CONSTANT_FEATURE', column: column.name, message };
}

function refuseValues(column: TrainingColumn & { kind: 'number' }): TrainingRefusal | null {
  const bad = column.values.findIndex(
    (value) => !Number.isFinite(value) || value < MISSING_NUMBER,
  );
  if (bad < 0) return null;
  const found = `\`${column.name}\` is ${column.values[bad]} in row ${bad}`;
  const message = `${found}; a missing number is ${MISSING_NUMBER}`;
  return { code: 'NOT_FINITE', column: column.name, message };
}

function refuseCategories(column: TrainingColumn & { kind: 'category' }): TrainingRefusal | null {
  const most = column.categories.length - 1;
  if (new Set(column.categories).size !== column.categories.length) {
    const message = `\`${column.name}\` lists a category twice`;
    return { code: 'BAD_CATEGORY', column: column.name, message };
  }
  const bad = column.codes.findIndex((code) => code < -1 || code > most);
  if (bad < 0) return null;
  const found = `\`${column.name}\` has code ${column.codes[bad]} in row ${bad}`;
  return {
    code: 'BAD_CATEGORY',
    column: column.name,
    message: `${found}; use 0 to ${most}, or -1`,
  };
}

function isConstant(column: TrainingColumn): boolean {
  const cells = column.kind === 'number' ? column.values : column.codes;
  const first = cells[0];
  for (let i = 1; i < cells.length; i += 1) if (cells[i] !== first) return false;
  return true;
}

function lengthOf(column: TrainingColumn): number {
  return column.kind === 'number' ? column.values.length : column.codes.length;
}

function widthOf(column: TrainingColumn): number {
  return column.kind === 'number' ? 1 : column.categories.length;
}

function widest(table: TrainingTable): string {
  return table.columns.toSorted((a, b) => widthOf(b) - widthOf(a))[0]?.name ?? 'target';
}

function firstOf<T, R>(items: readonly T[], check: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = check(item);
    if (found !== null) return found;
  }
  return null;
}
