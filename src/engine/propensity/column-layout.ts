import type { ForestFeature } from '../../domain/forest.ts';

/** The columns of a forest's features: one for a number, one for each value of a category. */
export interface ColumnLayout {
  readonly columns: number;
  /** For each column its feature. */
  readonly featureOf: Int32Array;
  /** For each column the place of its category; -1 for a number. */
  readonly categoryOf: Int32Array;
  /** For each feature its first column. */
  readonly firstColumn: Int32Array;
}

/** Columns in the order of the features, categories in their own order. */
export function layOutColumns(features: readonly ForestFeature[]): ColumnLayout {
  const featureOf: number[] = [];
  const categoryOf: number[] = [];
  const firstColumn: number[] = [];
  features.forEach((feature, f) => {
    firstColumn.push(featureOf.length);
    const width = feature.kind === 'number' ? 1 : feature.categories.length;
    for (let c = 0; c < width; c += 1) {
      featureOf.push(f);
      categoryOf.push(feature.kind === 'number' ? -1 : c);
    }
  });
  return {
    columns: featureOf.length,
    featureOf: Int32Array.from(featureOf),
    categoryOf: Int32Array.from(categoryOf),
    firstColumn: Int32Array.from(firstColumn),
  };
}

/** How a column is called where people read it. */
export function columnName(features: readonly ForestFeature[], column: number): string {
  const layout = layOutColumns(features);
  const feature = features[layout.featureOf[column] ?? -1];
  if (feature === undefined) return `column ${column}`;
  if (feature.kind === 'number') return feature.name;
  return `${feature.name}=${feature.categories[layout.categoryOf[column] ?? -1] ?? ''}`;
}
