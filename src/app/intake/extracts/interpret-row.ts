import type { BankRecords, Entity } from '../../../domain/bank-record.ts';
import { ENTITY_SPECS, fieldsOf } from '../../../domain/entity-fields.ts';
import { outOfOrder } from '../../../domain/field-bounds.ts';
import type { FieldSpec } from '../../../domain/field-spec.ts';
import { dateOf, type Instant } from '../../../domain/instant.ts';
import type { FieldValue, MappedRecord } from '../../../domain/mapping.ts';
import type { CurrencyCode } from '../../../domain/money.ts';
import { type CellData, type CellRefusal, isRefusal } from './cell.ts';
import { allHold } from './condition.ts';
import { type FieldReader, fieldReader, type Tables } from './field-reader.ts';
import type { Row } from './row.ts';
import { sourceColumns } from './value-source.ts';

/** A record with the name of its kind. */
type NamedRecord = {
  readonly [E in Entity]: { readonly entity: E; readonly record: BankRecords[E] };
}[Entity];

/** A row is taken or refused whole. */
type InterpretedRow =
  | { readonly state: 'RECORDS'; readonly records: readonly NamedRecord[] }
  | { readonly state: 'REFUSED'; readonly refusals: readonly CellRefusal[] };

/**
 * What all rows of an import share; `reportingCurrency` stands in where no cell names a currency.
 */
export interface InterpretContext extends Tables {
  readonly reportingCurrency: CurrencyCode;
  /** Where it is stated: rows recorded on a later day are refused. */
  readonly extractedAt: Instant | null;
}

/** Makes the pure function from a file's row to its records. */
export function rowInterpreter(
  records: readonly MappedRecord[],
  context: InterpretContext,
): (row: Row) => InterpretedRow {
  const readers = records.map((record) => recordReader(record, context));
  return (row) => {
    const taken: NamedRecord[] = [];
    const refusals: CellRefusal[] = [];
    for (const reader of readers) {
      const holds = reader.when(row);
      if (holds === false) continue;
      if (holds !== true) {
        refusals.push(holds);
        continue;
      }
      const read = reader.read(row);
      if (Array.isArray(read)) refusals.push(...read);
      else taken.push(read as NamedRecord);
    }
    return refusals.length > 0
      ? { state: 'REFUSED', refusals }
      : { state: 'RECORDS', records: taken };
  };
}

interface NamedReader {
  readonly field: string;
  readonly spec: FieldSpec;
  readonly read: FieldReader;
}

function recordReader(mapped: MappedRecord, context: InterpretContext) {
  const currencyOf = currencyReader(mapped, context);
  const readers: NamedReader[] = fieldsOf(mapped.entity).flatMap(([field, spec]) => {
    const value = Object.hasOwn(mapped.fields, field) ? mapped.fields[field] : undefined;
    if (value === undefined) return [];
    const reader = fieldReader(value, spec, { ...context, currencyOf });
    return [{ field, spec, read: isKey(mapped, field) ? wholeKey(value, reader) : reader }];
  });
  const { entity } = mapped;
  return {
    when: allHold(mapped.when),
    read: (row: Row): CellRefusal[] | { entity: Entity; record: BankRecords[Entity] } => {
      const { fields, refusals } = readAll(readers, row);
      refusals.push(...recordedTooLate(fields, context.extractedAt));
      refusals.push(...impossibleOrder(mapped, fields));
      if (refusals.length === 0 && isWhole(entity, fields)) return { entity, record: fields };
      return refusals.length > 0 ? refusals : [required(mapped, 'a required field')];
    },
  };

  function readAll(all: readonly NamedReader[], row: Row) {
    const fields: { [field: string]: CellData } = {};
    const refusals: CellRefusal[] = [];
    for (const { field, spec, read } of all) {
      const value = read(row);
      if (value === undefined) {
        if (spec.required) refusals.push(required(mapped, field));
      } else if (isRefusal(value)) refusals.push(value);
      else fields[field] = value;
    }
    return { fields, refusals };
  }
}

/** True for what tells records apart, in this entity or another. */
function isKey({ entity }: MappedRecord, field: string): boolean {
  const keys: readonly string[] = ENTITY_SPECS[entity].key;
  return keys.includes(field) || field.endsWith('Id');
}

/** Half a key is none: all whose other half is blank would become one. */
function wholeKey(value: FieldValue, read: FieldReader): FieldReader {
  if ('constant' in value || !('columns' in value)) return read;
  const { columns } = value;
  return (row) => {
    const blank = columns.find((column) => row.cell(column) === undefined);
    if (blank === undefined) return read(row);
    const message = `the key of ${columns.join(' and ')} lacks this part: fill the cell`;
    return { column: blank, code: 'REQUIRED', message };
  };
}

/** The record's own currency where it has one, for amounts that name none. */
function currencyReader(mapped: MappedRecord, context: InterpretContext): (row: Row) => string {
  const field = mapped.entity === 'party' ? 'incomeCurrency' : 'currency';
  const value = Object.hasOwn(mapped.fields, field) ? mapped.fields[field] : undefined;
  const bank = () => context.reportingCurrency;
  if (value === undefined) return bank;
  const spec: FieldSpec = { type: 'currency', required: true };
  const read = fieldReader(value, spec, { ...context, currencyOf: bank });
  return (row) => {
    const currency = read(row);
    return typeof currency === 'string' ? currency : context.reportingCurrency;
  };
}

function impossibleOrder(mapped: MappedRecord, fields: object): readonly CellRefusal[] {
  const found = outOfOrder(mapped.entity, fields);
  if (found === undefined) return [];
  return [
    { column: columnOf(mapped, found.field), code: 'OUT_OF_ORDER', message: found.message },
  ];
}

function columnOf(mapped: MappedRecord, field: string): string | null {
  const value = mapped.fields[field];
  return value === undefined || 'constant' in value ? null : sourceColumns(value).join(' + ');
}

function required(mapped: MappedRecord, field: string): CellRefusal {
  const column = columnOf(mapped, field);
  const message = `nothing is stated for \`${field}\` of ${mapped.entity}: fill the cell`;
  return { column, code: 'REQUIRED', message };
}

function recordedTooLate(
  fields: { readonly [field: string]: CellData },
  extractedAt: Instant | null,
): readonly CellRefusal[] {
  const { recordedAt } = fields;
  if (extractedAt === null || typeof recordedAt !== 'string') return [];
  if (dateOf(recordedAt) <= dateOf(extractedAt)) return [];
  const message = `recorded on ${dateOf(recordedAt)}, after the extract was taken: correct either`;
  return [{ column: null, code: 'RECORDED_TOO_LATE', message }];
}

function isWhole<E extends Entity>(entity: E, fields: object): fields is BankRecords[E] {
  return ENTITY_SPECS[entity].key.every((field) => Object.hasOwn(fields, field));
}
