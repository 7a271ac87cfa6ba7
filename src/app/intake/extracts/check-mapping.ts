import { ENTITY_SPECS, type FieldSpec, fieldsOf } from '../../../domain/entity-fields.ts';
import type { FieldValue, MappedFile, MappedRecord, Mapping } from '../../../domain/mapping.ts';
import type { Problem } from '../../../domain/result.ts';
import { occurrenceFaults } from './check-occurrence.ts';
import { resolveFormat } from './file-format.ts';
import { OUR_NOTATION, parseCell } from './parse-cell.ts';

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
  return Object.entries(mapping.lookups ?? {})
    .filter(([, lookup]) => !names.includes(lookup.file))
    .map(([name, lookup]) => ({
      at: `/lookups/${name}/file`,
      message: `\`${lookup.file}\` is no entry of \`files\`: name one of ${names.join(', ')}`,
    }));
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
  const { coverage } = file;
  if (coverage?.by === 'range' && coverage.to !== undefined && coverage.to < coverage.from) {
    faults.push({ at: `${at}/coverage/to`, message: 'the range ends before it starts' });
  }
  const ignored = Object.keys(file.ignored ?? {});
  file.records.forEach((record, i) => {
    faults.push(...recordFaults(mapping, record, { at: `${at}/records/${i}`, ignored }));
  });
  return faults;
}

function recordFaults(
  mapping: Mapping,
  record: MappedRecord,
  place: { readonly at: string; readonly ignored: readonly string[] },
): readonly Fault[] {
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
    const ignored = columnsOf(value).filter((column) => place.ignored.includes(column));
    return [
      ...ignored.map((name) => ({ at, message: `\`${name}\` is among the ignored columns` })),
      ...valueFaults(mapping, value, spec).map((message) => ({ at, message })),
      ...occurrenceFaults(record, field, value).map((message) => ({ at, message })),
    ];
  });
  return [...missing, ...wrong];
}

/** Every column that a field's value is read from. */
export function columnsOf(value: FieldValue): readonly string[] {
  if ('constant' in value) return [];
  const months = (value.transforms ?? []).flatMap((transform) =>
    typeof transform === 'object' && 'addMonths' in transform ? [transform.addMonths.column] : [],
  );
  return [
    ...('column' in value ? [value.column] : value.columns),
    ...months,
    ...(typeof value.currency === 'object' ? [value.currency.column] : []),
    ...(value.signByCode === undefined ? [] : [value.signByCode.column]),
  ];
}

function valueFaults(mapping: Mapping, value: FieldValue, spec: FieldSpec): readonly string[] {
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
  return faults;
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
