import type { Result } from '../../domain/result.ts';
import { type ImportDeps, importExtract } from './extracts/import-extract.ts';
import type { ImportRefusal, ImportReport, ImportRequest } from './extracts/import-report.ts';

/** Taking in what a bank hands over. */
export interface Intake {
  /** See `importExtract`: one folder, all of it or nothing. */
  readonly importExtract: (
    request: ImportRequest,
  ) => Promise<Result<ImportReport, ImportRefusal>>;
}

/** Makes the intake of extracts. */
export function createIntake(ports: ImportDeps): Intake {
  return { importExtract: (request) => importExtract(request, ports) };
}
