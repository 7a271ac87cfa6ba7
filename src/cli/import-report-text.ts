import type { ImportReport } from '../app/intake/extracts/import-report.ts';
import type { RowRefusal } from '../app/ports/record-intake.ts';
import { counted } from './output.ts';

/** Says of an import what became of the rows of each file and of the records of each kind. */
export function importReportText(report: ImportReport): string {
  const entities = Object.entries(report.entities).map(
    ([entity, { written, merged }]) => `  ${entity.padEnd(20)} ${written} new, ${merged} merged`,
  );
  const total =
    `${report.rowsRead} rows read, ${report.rowsRefused} refused; ` +
    `records: ${report.recordsWritten} new, ${report.recordsMerged} merged`;
  const kinds = report.written ? 'records by kind' : 'records by kind, without the refused rows';
  const told = [...refusalLines(report), 'rows by file', ...fileLines(report)];
  return [...told, kinds, ...entities, total, ...skippedLines(report)].join('\n');
}

/** A line a row where they are few; else a line a group. */
export function refusalLines({ refusals, refusalGroups }: ImportReport): readonly string[] {
  const many = refusalGroups.filter(({ count, lines }) => count > lines.length);
  const isOfMany = ({ place, column, code }: RowRefusal) =>
    many.some(
      (group) =>
        group.file === place.file &&
        group.column === column &&
        group.code === code &&
        group.lines.includes(place.line),
    );
  const few = refusals
    .filter((refusal) => !isOfMany(refusal))
    .map(({ place, column, code, message }) => {
      return `${place.file} line ${place.line}${at(column)}: ${code} ${message}`;
    });
  const grouped = many.map(({ file, column, code, message, count, lines }) => {
    const like = `${count.toLocaleString('en')} rows like this`;
    const first = `first at lines ${lines.join(', ')}`;
    return `${file} line ${lines[0]}${at(column)}: ${code} ${message}; ${like}, ${first}`;
  });
  // One row may be refused through several of its records, for one reason.
  return [...new Set([...few, ...grouped])];
}

function at(column: string | null): string {
  return column === null ? '' : `, column ${column}`;
}

/** Files that said nothing are named too: without rows, not come at all, or not mapped. */
function fileLines({ files, filesNotDelivered, unmappedFiles }: ImportReport): readonly string[] {
  return [
    ...files.map(({ name, rowsRead, rowsRefused }) =>
      rowsRead === 0
        ? `  ${name.padEnd(20)} no rows: there are none`
        : `  ${name.padEnd(20)} ${rowsRead} read, ${rowsRefused} refused`,
    ),
    ...filesNotDelivered.map(
      (name) => `  ${name.padEnd(20)} did not come: what it tells stays as it was`,
    ),
    ...unmappedFiles
      .filter((name) => !name.endsWith('.json'))
      .map(
        (name) => `  ${name.padEnd(20)} not read: map it, or say why not under \`notImported\``,
      ),
  ];
}

function skippedLines({ written, rowsRefused }: ImportReport): readonly string[] {
  if (!written || rowsRefused === 0) return [];
  const rows = counted(rowsRefused, 'row');
  return [`${rows} skipped: what they are about is unknown until it is told whole`];
}
