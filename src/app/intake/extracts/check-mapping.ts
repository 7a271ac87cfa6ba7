import { ENTITY_SPECS, fieldsOf } from '../../../domain/entity-fields.ts';
import type { FieldSpec } from '../../../domain/field-spec.ts';
import {
  type FieldValue,
  type Lookup,
  type MappedFile,
  type MappedRecord,
  type Mapping,
  type ReadValue,
  ROW_COLUMNS,
  type RowCondition,
} from '../../../domain/mapping.ts';
import type { Problem } from '../../../domain/result.ts';
import { occurrenceFaults } from './check-occurrence.ts';
import { rangeFault } from './condition.ts';
import { resolveFormat } from './file-format.ts';
import { OUR_NOTATION, parseCell } from './parse-cell.ts';
import { sourceColumns } from './value-source.ts';

/** What a mapping that its schema allows still gets wrong; `file` is how the mapping is called. */
export function checkMapping(mapping: Mapping, file: string): readonly Problem[] {
  const found = [
    ...lookupFaults(mapping),
    ...mapping.files.flatMap((mapped, i) => fileFaults(mapping, mapped, `/files/${i}`)),
  ];
  return found.map(({ at, message }) => ({ file, at, code: 'MAPPING', message }));
}

interface Fault {
  readonly at: string;
  readonly message: string;
}

function lookupFaults(mapping: Mapping): readonly Fault[] {
  const names = mapping.files.map((file) => file.name);
  const lookups = Object.entries(mapping.lookups ?? {});
  const ranges = lookups.flatMap(([name, { when }]) => whenFaults(when, `/lookups/${name}/when`));
  const lost = lookups
    .filter(([, lookup]) => !names.includes(lookup.file))
    .map(([name, lookup]) => ({
      at: `/lookups/${name}/file`,
      message: `\`${lookup.file}\` is no entry of \`files\`: name one of ${names.join(', ')}`,
    }));
  return [...lost, ...ranges];
}

function fileFaults(mapping: Mapping, file: MappedFile, at: string): readonly Fault[] {
  const format = resolveFormat(mapping.format, file.format);
  const faults: Fault[] = [];
  if (mapping.files.filter((other) => other.name === file.name).length > 1) {
    faults.push({
      at: `${at}/name`,
      message: `\`${file.name}\` stands twice: merge the entries`,
    });
  }
  if (typeof format === 'string') faults.push({ at: `${at}/format`, message: format });
  const yieldsTransactions = file.records.some((record) => record.entity === 'transaction');
  if (file.coverage !== undefined && !yieldsTransactions) {
    const message = 'coverage is of transactions, and this file yields none: remove it';
    faults.push({ at: `${at}/coverage`, message });
  }
  if (file.endsWhatIsGone === true) faults.push(...endingFaults(file, at));
  const { coverage } = file;
  if (coverage?.by === 'range' && coverage.to !== undefined && coverage.to < coverage.from) {
    faults.push({ at: `${at}/coverage/to`, message: 'the range ends before it starts' });
  }
  file.records.forEach((record, i) => {
    faults.push(...recordFaults(record, { mapping, file, at: `${at}/records/${i}` }));
  });
  return [...faults, ...trailerFaults(file, `${at}/trailer`)];
}

/** What is not listed may end only where nothing of the list can be missing. */
function endingFaults({ name, whole }: MappedFile, at: string): readonly Fault[] {
  const faults: string[] = [];
  if (whole !== true) faults.push('only a file that is `whole` can tell what is gone');
  if (name.includes('*')) faults.push('a pattern cannot tell whether all of its files came');
  return faults.map((message) => ({ at: `${at}/endsWhatIsGone`, message }));
}

function trailerFaults({ trailer, columns }: MappedFile, at: string): readonly Fault[] {
  if (trailer === undefined) return [];
  const { rowCount, sums = [] } = trailer;
  if (rowCount === undefined && sums.length === 0) {
    return [{ at, message: 'a trailer that holds nothing to check: state `rowCount` or `sums`' }];
  }
  const unknown = sums.findIndex(({ column }) => columns?.includes(column) === false);
  if (unknown === -1) return [];
  return [{ at: `${at}/sums/${unknown}/column`, message: 'no such column is among `columns`' }];
}

function whenFaults(when: readonly RowCondition[] | undefined, at: string): readonly Fault[] {
  return (when ?? []).flatMap((condition, i) => {
    const message = rangeFault(condition);
    return message === undefined ? [] : [{ at: `${at}/${i}`, message }];
  });
}

interface RecordPlace {
  readonly mapping: Mapping;
  readonly file: MappedFile;
  readonly at: string;
}

function recordFaults(record: MappedRecord, place: RecordPlace): readonly Fault[] {
  const ignoredColumns = Object.keys(place.file.ignored ?? {});
  const specs = new Map(fieldsOf(record.entity));
  const missing = [...specs]
    .filter(([field, spec]) => spec.required && !Object.hasOwn(record.fields, field))
    .map(([field]) => ({ at: `${place.at}/fields`, message: `\`${field}\` is required` }));
  const wrong = Object.entries(record.fields).flatMap(([field, value]) => {
    const at = `${place.at}/fields/${field}`;
    const spec = specs.get(field);
    const known = Object.keys(ENTITY_SPECS[record.entity].fields).join(', ');
    if (spec === undefined) {
      return [{ at, message: `${record.entity} has no such field: use one of ${known}` }];
    }
    const ignored = columnsOf(value).filter((column) => ignoredColumns.includes(column));
    return [
      ...ignored.map((name) => ({ at, message: `\`${name}\` is among the ignored columns` })),
      ...valueFaults(value, spec, place).map((message) => ({ at, message })),
      ...occurrenceFaults(record, field, value).map((message) => ({ at, message })),
    ];
  });
  return [...missing, ...wrong, ...whenFaults(record.when, `${place.at}/when`)];
}

/** Every column of a file that its records are read from. */
export function columnsOfRecords(records: readonly MappedRecord[]): readonly string[] {
  const columns = records.flatMap(({ fields, when = [] }) => [
    ...Object.values(fields).flatMap(columnsOf),
    ...when.map((condition) => condition.column),
  ]);
  return onceOfFile(columns);
}

/** Every column of a file that a lookup reads. */
export function columnsOfLookup({ key, value, when = [] }: Lookup): readonly string[] {
  return onceOfFile([key, value, ...when.map((condition) => condition.column)]);
}

function onceOfFile(columns: readonly string[]): readonly string[] {
  const every: readonly string[] = ROW_COLUMNS;
  return [...new Set(columns)].filter((column) => !every.includes(column));
}

/** Every column that a field's value is read from. */
export function columnsOf(value: FieldValue): readonly string[] {
  if ('constant' in value) return [];
  const months = (value.transforms ?? []).flatMap((transform) =>
    typeof transform === 'object' && 'addMonths' in transform ? [transform.addMonths.column] : [],
  );
  return [
    ...sourceColumns(value),
    ...months,
    ...(typeof value.currency === 'object' ? [value.currency.column] : []),
    ...(value.signByCode === undefined ? [] : [value.signByCode.column]),
  ];
}

function valueFaults(
  value: FieldValue,
  spec: FieldSpec,
  { mapping, file }: { readonly mapping: Mapping; readonly file: MappedFile },
): readonly string[] {
  if ('constant' in value) return constantFaults(String(value.constant), spec, mapping);
  const faults: string[] = [];
  const chain = typeof value.lookup === 'string' ? [value.lookup] : (value.lookup ?? []);
  for (const name of chain) {
    if (!Object.hasOwn(mapping.lookups ?? {}, name))
      faults.push(`there is no lookup \`${name}\``);
  }
  if (value.codes !== undefined) faults.push(...codeFaults(mapping, value.codes, spec));
  else if (value.otherwise !== undefined) faults.push('`otherwise` needs `codes`');
  if (typeof value.otherwise === 'string') {
    faults.push(...constantFaults(value.otherwise, spec, mapping));
  }
  if (spec.type !== 'minor' && (value.currency ?? value.signByCode) !== undefined) {
    faults.push('`currency` and `signByCode` are for amounts: remove them');
  }
  const reading = resolveFormat(mapping.format, file.format, value.format);
  if (value.format !== undefined && typeof reading === 'string') faults.push(reading);
  return [...faults, ...roundingFaults(value, spec), ...debitFaults(value, spec)];
}

function roundingFaults(value: ReadValue, spec: FieldSpec): readonly string[] {
  const knowsDecimals = ['minor', 'count', 'integer'].includes(spec.type);
  const unsaid = (value.transforms ?? []).some(
    (one) => typeof one === 'object' && 'round' in one && one.round.decimals === undefined,
  );
  if (knowsDecimals || !unsaid) return [];
  return ['`round` needs `decimals` here, for the field does not say how many it has'];
}

function debitFaults(value: ReadValue, spec: FieldSpec): readonly string[] {
  if (!('debit' in value)) return [];
  if (spec.type !== 'minor') return ['`debit` and `credit` are for amounts: name one column'];
  if (value.debit === value.credit) return ['`debit` and `credit` are the same column'];
  const other = value.lookup ?? value.codes ?? value.signByCode;
  return other === undefined
    ? []
    : ['`debit` and `credit` hold amounts with their sign: remove what else tells it'];
}

function codeFaults(mapping: Mapping, name: string, spec: FieldSpec): readonly string[] {
  const tables = mapping.codes ?? {};
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (table === undefined) return [`there is no code table \`${name}\``];
  return Object.values(table).flatMap((code) =>
    code === null ? [] : constantFaults(code, spec, mapping).map((why) => `\`${name}\`: ${why}`),
  );
}

function constantFaults(text: string, spec: FieldSpec, mapping: Mapping): readonly string[] {
  const how = { notation: OUR_NOTATION, currency: mapping.bank.reportingCurrency };
  const read = parseCell(text, spec, how);
  return typeof read === 'object' ? [read.message] : [];
}
