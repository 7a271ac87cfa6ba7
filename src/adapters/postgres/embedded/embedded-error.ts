/** Why the embedded database cannot be had. */
export type EmbeddedErrorCode =
  | 'BAD_DATABASE_URL'
  | 'DATA_FOLDER_UNREACHABLE'
  | 'DATA_FOLDER_LOCKED'
  | 'NO_SERVER_BINARIES'
  | 'VERSION_MISMATCH'
  | 'INIT_FAILED'
  | 'START_FAILED';

/** A failure to open the embedded database, whose message tells the mend. */
export class EmbeddedDatabaseError extends Error {
  readonly code: EmbeddedErrorCode;

  constructor(code: EmbeddedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedDatabaseError';
    this.code = code;
  }
}
