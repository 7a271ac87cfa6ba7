/** NEWER: migrations were applied that this program lacks. ALTERED: they were others than its. */
export type SchemaRefusedCode = 'NEWER' | 'ALTERED';

/** A database whose schema this program must not touch, with a message that tells the mend. */
export class SchemaRefused extends Error {
  readonly code: SchemaRefusedCode;

  constructor(code: SchemaRefusedCode, message: string) {
    super(message);
    this.name = 'SchemaRefused';
    this.code = code;
  }
}
