import type { FieldSpec } from '../../../domain/field-spec.ts';
import type { FieldValue, ReadValue, SignByCode } from '../../../domain/mapping.ts';
import { type CurrencyCode, minorDigits } from '../../../domain/money.ts';
import { type CellData, type CellRead, type CellRefusal, isRefusal, shown } from './cell.ts';
import { OUR_NOTATION, parseCell } from './parse-cell.ts';
import type { Row } from './row.ts';
import { type CellText, transformCell } from './transform-cell.ts';
import { valueSource } from './value-source.ts';

/** Reads one field of a row. */
export type FieldReader = (row: Row) => CellRead;

/** By the name of a table, the file's codes and ours; `null` for a code that states nothing. */
export type CodeTables = ReadonlyMap<string, ReadonlyMap<string, string | null>>;

/** By the name of a lookup, its keys and values as the files write them. */
export type LookupTables = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What fields of any file are read with. */
export interface Tables {
  readonly codes: CodeTables;
  readonly lookups: LookupTables;
}

/** The tables, and the currency of the record in a row. */
type FieldContext = Tables & { readonly currencyOf: (row: Row) => CurrencyCode };

/** Makes the reader of a field; `currencyOf` gives the currency of the record in a row. */
export function fieldReader(
  value: FieldValue,
  spec: FieldSpec,
  context: FieldContext,
): FieldReader {
  if ('constant' in value) {
    return (row) => {
      const how = { notation: OUR_NOTATION, currency: context.currencyOf(row) };
      return readAs(String(value.constant), spec, { how, column: null });
    };
  }
  const source = valueSource(value);
  const change = changer(value, spec, context);
  const { column } = source;
  const isAmount = spec.type === 'minor';
  return (row) => tellLookup(readRow(value, row), value.lookup);

  function readRow(value: ReadValue, row: Row): CellRead {
    const stated = source.read(row);
    if (stated !== undefined && 'code' in stated) return stated;
    const text = change(stated, row);
    if (text === undefined || 'code' in text) return refusedIn(column, text);
    const coded = codedText(value, text, context.codes);
    if (coded === undefined || 'code' in coded) return refusedIn(column, coded);
    // Only amounts ask for it, and to find it is to read another cell.
    const currency = isAmount ? currencyOf(value, row, context) : '';
    const how = { notation: coded.notation, currency, sign: coded.sign };
    const read = readAs(coded.text, spec, { how, column });
    return value.signByCode === undefined ? read : signed(read, value.signByCode, row);
  }
}

/** A refused value that was looked up stands in another file than the row that led to it. */
function tellLookup(read: CellRead, lookup: ReadValue['lookup']): CellRead {
  if (lookup === undefined || read === undefined || !isRefusal(read)) return read;
  if (read.code === 'NOT_IN_LOOKUP') return read;
  const last = typeof lookup === 'string' ? lookup : lookup.at(-1);
  return { ...read, message: `${read.message}; lookup \`${last}\` gave it for this column` };
}

function refusedIn(column: string, fault: Fault | undefined): CellRead {
  return fault === undefined ? undefined : { column, ...fault };
}

type Fault = Omit<CellRefusal, 'column'>;

type Changer = (stated: CellText | undefined, row: Row) => CellText | Fault | undefined;

/** What the cell states or its default, then looked up and transformed. */
function changer(value: ReadValue, spec: FieldSpec, context: FieldContext): Changer {
  const { default: standIn, format, transforms = [] } = value;
  const chain = typeof value.lookup === 'string' ? [value.lookup] : (value.lookup ?? []);
  const decimalsIn = (row: Row) =>
    spec.type === 'minor' ? minorDigits(currencyOf(value, row, context)) : 0;
  return (stated, row) => {
    let cell = stated ?? (standIn === undefined ? undefined : { text: standIn, ...from(row) });
    if (cell === undefined) return undefined;
    for (const name of chain) {
      const found: string | undefined = context.lookups.get(name)?.get(cell.text);
      const message = `lookup \`${name}\` has no ${shown(cell.text)}: complete the file it reads`;
      if (found === undefined) return { code: 'NOT_IN_LOOKUP', message };
      cell = { ...cell, text: found };
    }
    for (const transform of transforms) {
      const next = transformCell(cell, transform, {
        cellOf: (column) => row.cell(column) ?? '',
        decimals: () => decimalsIn(row),
      });
      if ('code' in next) return next;
      cell = next;
    }
    return cell;
  };

  function from(row: Row) {
    return { notation: row.readingOf(format).notation };
  }
}

function codedText(
  value: ReadValue,
  cell: CellText,
  codes: CodeTables,
): CellText | Fault | undefined {
  if (value.codes === undefined) return cell;
  const code = codes.get(value.codes)?.get(cell.text);
  const found = code === undefined ? value.otherwise : code;
  if (typeof found === 'string') return { text: found, notation: OUR_NOTATION };
  if (found === null) return undefined;
  const message = `code table \`${value.codes}\` has no ${shown(cell.text)}: add the code`;
  return { code: 'UNKNOWN_CODE', message };
}

function currencyOf(
  value: ReadValue,
  row: Row,
  context: { readonly currencyOf: (row: Row) => string },
): string {
  if (value.currency === undefined) return context.currencyOf(row);
  return typeof value.currency === 'string'
    ? value.currency
    : (row.cell(value.currency.column) ?? context.currencyOf(row));
}

function readAs(
  text: string,
  spec: FieldSpec,
  from: { readonly how: Parameters<typeof parseCell>[2]; readonly column: string | null },
): CellData | CellRefusal {
  const read = parseCell(text, spec, from.how);
  return typeof read === 'object' ? { column: from.column, ...read } : read;
}

function signed(read: CellRead, rule: SignByCode, row: Row): CellRead {
  if (typeof read !== 'number' || isRefusal(read)) return read;
  const code = row.cell(rule.column) ?? '';
  const { column } = rule;
  if (read < 0) {
    const message = `the amount has a sign beside the code in \`${column}\`: state one of them`;
    return { column, code: 'NOT_AN_AMOUNT', message };
  }
  if (rule.positive.includes(code)) return read;
  if (rule.negative.includes(code)) return read === 0 ? 0 : -read;
  return { column, code: 'UNKNOWN_CODE', message: `${shown(code)} has no sign in the mapping` };
}
