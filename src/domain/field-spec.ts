/**
 * What a field of a bank record holds. `id` is what other records and callers name it by; `minor`
 * an amount in minor units of the record's currency; `count` a whole number of zero or more;
 * `integer` any whole number.
 */
export type FieldType =
  | 'text'
  | 'id'
  | 'code'
  | 'date'
  | 'instant'
  | 'minor'
  | 'count'
  | 'integer'
  | 'ppm'
  | 'boolean'
  | 'currency';

/** What a mapping and a table must hold a field to. */
export interface FieldSpec {
  readonly type: FieldType;
  readonly required: boolean;
  /** True where it tells who somebody is: stored apart, and read by nothing that decides. */
  readonly identity?: true;
  /** The closed list of a `code`. */
  readonly codes?: readonly string[];
  /** The least and the greatest value that can be true; whatever lies beyond is a mistake. */
  readonly bounds?: Bounds;
}

type Bounds = readonly [string, string] | readonly [number, number];

/**
 * Bounds of every field of a type. Days: `1900-01-01`, `0001-01-01` and `9999-12-31` are what
 * systems write where nobody knows, and 1920 is older than any arrangement or relationship.
 */
const BOUNDS: { readonly [T in FieldType]?: Bounds } = {
  date: ['1920-01-01', '2199-12-31'],
  instant: ['1920-01-01', '2199-12-31'],
  minor: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  count: [0, 10_000_000_000],
  integer: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ppm: [-10_000_000, 10_000_000],
};
/** Somebody alive may be born before 1920. */
export const BIRTH: Bounds = ['1880-01-01', '2199-12-31'];
/** A part of a whole. */
export const SHARE: Bounds = [0, 1_000_000];

function spec(type: FieldType, required: boolean, bounds = BOUNDS[type]): FieldSpec {
  return bounds === undefined ? { type, required } : { type, required, bounds };
}

/** A field that every record has. */
export const must = (type: FieldType): FieldSpec => spec(type, true);
/** A field that a record may have. */
export const may = (type: FieldType, bounds?: Bounds): FieldSpec => spec(type, false, bounds);
/** A field that tells who somebody is. */
export const identifies = (type: FieldType, bounds?: Bounds): FieldSpec => ({
  ...spec(type, false, bounds),
  identity: true,
});
/** A code that every record has. */
export const mustBe = (...codes: readonly string[]): FieldSpec => ({
  type: 'code',
  required: true,
  codes,
});
/** A code that a record may have. */
export const mayBe = (...codes: readonly string[]): FieldSpec => ({
  type: 'code',
  required: false,
  codes,
});
