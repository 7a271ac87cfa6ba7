/**
 * NEWER: migrations were applied that this program lacks. ALTERED: they were others than its.
 * UNPREPARED: it lacks a migration, a right or a table. TOO_MIGHTY: the role may do far more than
 * it needs.
 */
export type SchemaRefusedCode = 'NEWER' | 'ALTERED' | 'UNPREPARED' | 'TOO_MIGHTY';

/** A database that this program must not touch as it is, with a message that tells the mend. */
export class SchemaRefused extends Error {
  readonly code: SchemaRefusedCode;

  constructor(code: SchemaRefusedCode, message: string) {
    super(message);
    this.name = 'SchemaRefused';
    this.code = code;
  }
}
