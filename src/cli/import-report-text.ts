import type { ImportReport } from '../app/intake/extracts/import-report.ts';

/** Says of an import what became of the rows of each file and of the records of each kind. */
export function importReportText(report: ImportReport): string {
  // One row may be refused through several of its records, for one reason.
  const refusals = new Set(
    report.refusals.map(({ place, column, code, message }) => {
      const at = column === null ? '' : `, column ${column}`;
      return `${place.file} line ${place.line}${at}: ${code} ${message}`;
    }),
  );
  const files = report.files.map(
    ({ name, rowsRead }) =>
      `  ${name.padEnd(20)} ${rowsRead} read, ${refusedIn(report, name)} refused`,
  );
  const entities = Object.entries(report.entities).map(
    ([entity, { written, merged }]) => `  ${entity.padEnd(20)} ${written} new, ${merged} merged`,
  );
  const total =
    `${report.rowsRead} rows read, ${report.rowsRefused} refused; ` +
    `records: ${report.recordsWritten} new, ${report.recordsMerged} merged`;
  const kinds = report.written ? 'records by kind' : 'records by kind, without the refused rows';
  return [...refusals, 'rows by file', ...files, kinds, ...entities, total].join('\n');
}

/** A row is refused once, whatever number of its records is. */
function refusedIn({ refusals }: ImportReport, file: string): number {
  return new Set(refusals.flatMap(({ place }) => (place.file === file ? [place.line] : []))).size;
}
