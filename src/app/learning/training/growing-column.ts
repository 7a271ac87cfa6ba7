/** Numbers added one by one: eight bytes each, and at most twice that while it grows. */
export interface GrowingColumn {
  values: Float64Array;
  length: number;
}

const FIRST_ROWS = 256;

/** A column without rows. */
export function startColumn(): GrowingColumn {
  return { values: new Float64Array(FIRST_ROWS), length: 0 };
}

/** Adds a number at the end. */
export function addNumber(column: GrowingColumn, value: number): void {
  if (column.length === column.values.length) {
    const wider = new Float64Array(column.length * 2);
    wider.set(column.values);
    column.values = wider;
  }
  column.values[column.length] = value;
  column.length += 1;
}

/** The numbers added so far, not copied. */
export function numbersOf(column: GrowingColumn): Float64Array {
  return column.values.subarray(0, column.length);
}
