import { Buffer } from 'node:buffer';

/** Texts that are added one by one: a byte each while few differ, else one behind another. */
export interface TextColumn {
  rows: number;
  /** The texts that differ and their places; null once there are too many. */
  places: Map<string, number> | null;
  codes: Uint8Array;
  bytes: Buffer;
  /** For each row where its text ends in `bytes`. */
  ends: Uint32Array;
}

const MOST_VALUES = 256;
const FIRST_ROWS = 256;

/** A column without rows. */
export function startTexts(): TextColumn {
  return {
    rows: 0,
    places: new Map(),
    codes: new Uint8Array(FIRST_ROWS),
    bytes: Buffer.alloc(0),
    ends: new Uint32Array(0),
  };
}

/** Adds a text at the end. */
export function addText(column: TextColumn, text: string): void {
  const { places } = column;
  if (places === null) {
    addBytes(column, text);
    return;
  }
  let place = places.get(text);
  if (place === undefined) {
    if (places.size === MOST_VALUES) {
      layOut(column, [...places.keys()]);
      addBytes(column, text);
      return;
    }
    place = places.size;
    // A copy: a cut of a longer text keeps all of it.
    places.set(Buffer.from(text).toString(), place);
  }
  if (column.rows === column.codes.length) column.codes = doubled(column.codes);
  column.codes[column.rows] = place;
  column.rows += 1;
}

function addBytes(column: TextColumn, text: string): void {
  const from = column.ends[column.rows - 1] ?? 0;
  const most = from + 3 * text.length;
  if (most > column.bytes.length) {
    const wider = Buffer.alloc(Math.max(most, 2 * column.bytes.length));
    column.bytes.copy(wider);
    column.bytes = wider;
  }
  if (column.rows === column.ends.length) column.ends = doubled(column.ends);
  column.ends[column.rows] = from + column.bytes.write(text, from);
  column.rows += 1;
}

/** Turns codes into texts, row by row. */
function layOut(column: TextColumn, values: readonly string[]): void {
  const { codes, rows } = column;
  column.places = null;
  column.codes = new Uint8Array(0);
  column.ends = new Uint32Array(2 * rows);
  column.rows = 0;
  for (let row = 0; row < rows; row += 1) addBytes(column, values[codes[row] ?? 0] ?? '');
}

function doubled<T extends Uint8Array | Uint32Array>(cells: T): T {
  const wider = new (cells.constructor as new (length: number) => T)(
    Math.max(FIRST_ROWS, 2 * cells.length),
  );
  wider.set(cells);
  return wider;
}

/** The texts in their order; made anew at each call, so keep them no longer than needed. */
export function textsOf({ rows, places, codes, bytes, ends }: TextColumn): readonly string[] {
  if (places !== null) {
    const values = [...places.keys()];
    return Array.from(codes.subarray(0, rows), (code) => values[code] ?? '');
  }
  return Array.from(ends.subarray(0, rows), (end, row) =>
    bytes.toString('utf8', ends[row - 1] ?? 0, end),
  );
}

/** Bytes that a column takes. */
export function bytesOf({ codes, bytes, ends }: TextColumn): number {
  return codes.byteLength + bytes.byteLength + ends.byteLength;
}
