/**
 * What the library whose format forests are exchanged in says of rows, one number a column: shares
 * from 0 to 1. The document has been read as a forest before. The second opinion on our scoring.
 */
export type ReferenceScorer = (
  document: unknown,
  rows: readonly (readonly number[])[],
) => readonly number[];
