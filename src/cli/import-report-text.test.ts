import { expect, test } from '@jest/globals';
import type { ImportReport } from '../app/intake/extracts/import-report.ts';
import { importReportText } from './import-report-text.ts';

const refusal = (line: number, message: string) => {
  return { place: { file: 'a.csv', line }, column: 'day', code: 'NOT_A_DATE', message };
};
const REPORT: ImportReport = {
  written: true,
  mapping: 'm',
  bank: null,
  rowsRead: 12,
  rowsRefused: 2,
  recordsWritten: 9,
  recordsMerged: 1,
  recordsRefused: 0,
  files: [
    { name: 'a.csv', rowsRead: 5, rowsRefused: 2 },
    { name: 'b.csv', rowsRead: 7, rowsRefused: 0 },
  ],
  entities: { party: { written: 9, merged: 1, refused: 0 } },
  // Line 3 gives two records, and neither can be made.
  refusals: [refusal(3, 'no date'), refusal(3, 'no date'), refusal(4, 'no day')],
  refusalGroups: [],
  filesNotDelivered: ['c.csv'],
  unmappedFiles: ['d.csv', 'mapping.json'],
  notImported: [],
};

test('an import tells rows by file and records by kind, and counts a refused row once', () => {
  expect(importReportText(REPORT).split('\n')).toEqual([
    'a.csv line 3, column day: NOT_A_DATE no date',
    'a.csv line 4, column day: NOT_A_DATE no day',
    'rows by file',
    '  a.csv                5 read, 2 refused',
    '  b.csv                7 read, 0 refused',
    '  c.csv                did not come: what it tells stays as it was',
    '  d.csv                not read: map it, or say why not under `notImported`',
    'records by kind',
    '  party                9 new, 1 merged',
    '12 rows read, 2 refused; records: 9 new, 1 merged',
    '2 rows skipped: what they are about is unknown until it is told whole',
  ]);
  expect(importReportText({ ...REPORT, written: false })).toContain(
    '\nrecords by kind, without the refused rows\n',
  );
});
