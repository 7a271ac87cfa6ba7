import { resolveFormat } from '../../src/app/intake/extracts/file-format.ts';
import { rowInterpreter } from '../../src/app/intake/extracts/interpret-row.ts';
import { rowMaker } from '../../src/app/intake/extracts/row.ts';
import type { FieldValue, FileFormat, MappedRecord } from '../../src/domain/mapping.ts';

const FORMAT = {
  dateFormats: ['YYMMDD', 'YYYY-MM-DD'],
  twoDigitYearsFrom: 1900,
  nullTokens: ['', '?'],
};

const recorded: FieldValue = { constant: '2000-01-01T00:00:00.000Z' };

/** Reads one value as the field of a record that has all else. */
export function readField(
  record: MappedRecord,
  cells: { readonly [column: string]: string },
  written: '.' | ',' | FileFormat = '.',
) {
  const own: FileFormat = typeof written === 'string' ? { decimalMark: written } : written;
  const format = resolveFormat(FORMAT, own);
  if (typeof format === 'string') throw new Error(format);
  const interpret = rowInterpreter([record], {
    codes: new Map([
      [
        'k',
        new Map([
          ['A', 'ONE'],
          ['B', null],
          ['x|y', 'BOTH'],
        ]),
      ],
    ]),
    lookups: new Map([
      [
        'ab',
        new Map([
          ['1', '2'],
          ['7', '8'],
        ]),
      ],
      [
        'bc',
        new Map([
          ['2', '930705'],
          ['8', '931340'],
        ]),
      ],
    ]),
    reportingCurrency: 'CZK',
    extractedAt: '2026-11-24T12:00:00.000Z',
  });
  const columns = Object.keys(cells);
  const at = { file: 'f.csv.gz', line: 7 };
  return interpret(rowMaker(columns, format)(Object.values(cells), at));
}

/** A region that has all else. */
export const region = (field: string, value: FieldValue): MappedRecord => ({
  entity: 'region',
  fields: {
    regionCode: { constant: 'r' },
    name: { constant: 'n' },
    recordedAt: recorded,
    [field]: value,
  },
});

/** A transaction that has all else. */
export const transaction = (fields: { readonly [field: string]: FieldValue }): MappedRecord => ({
  entity: 'transaction',
  fields: {
    transactionId: { constant: 't' },
    arrangementId: { constant: 'a' },
    effectiveAt: recorded,
    amountMinor: { column: 'v' },
    currency: { constant: 'CZK' },
    recordedAt: recorded,
    ...fields,
  },
});

/** A party that has all else. */
export const party = (field: string, value: FieldValue): MappedRecord => ({
  entity: 'party',
  fields: {
    partyId: { constant: 'p' },
    kind: { constant: 'PERSON' },
    recordedAt: recorded,
    [field]: value,
  },
});
