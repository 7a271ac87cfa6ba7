import { ENTITY_ORDER, fieldsOf } from '../../../domain/entity-fields.ts';
import type { FieldSpec } from '../../../domain/field-spec.ts';
import type { MappedRecord, PlainTransform, ReadValue } from '../../../domain/mapping.ts';

/** A record that the names of columns speak for, and the columns that none of its fields took. */
export interface ProposedRecord {
  readonly record: MappedRecord;
  readonly left: readonly string[];
}

/**
 * Proposes the record whose required fields are all named by columns; undefined where there is
 * none. Names are the only witness: that a column called `amount` has the right sign is asked.
 */
export function proposeRecord(columns: readonly string[]): ProposedRecord | undefined {
  const proposals = ENTITY_ORDER.flatMap((entity) => {
    if (entity === 'coverage') return [];
    const fields = Object.fromEntries(
      fieldsOf(entity).flatMap(([field, spec]) => {
        const value = valueFor(field, spec, columns);
        return value === undefined ? [] : [[field, value] as const];
      }),
    );
    const lacks = fieldsOf(entity).some(([name, spec]) => spec.required && !(name in fields));
    return lacks ? [] : [{ entity, fields }];
  });
  const [record] = proposals.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  if (record === undefined) return undefined;
  const taken = new Set(Object.values(record.fields).map((value) => value.column));
  return { record, left: columns.filter((column) => !taken.has(column)) };
}

function sizeOf({ fields }: { readonly fields: object }): number {
  return Object.keys(fields).length;
}

type ColumnValue = Extract<ReadValue, { readonly column: string }>;

function valueFor(
  field: string,
  { type }: FieldSpec,
  columns: readonly string[],
): ColumnValue | undefined {
  const plain = plainName(field.replace(/(Minor|Ppm)$/, ''));
  const transforms: readonly PlainTransform[] = ['percentToPpm'];
  for (const column of columns) {
    const name = plainName(column);
    if (type === 'ppm' && (name === `${plain}pct` || name === `${plain}percent`)) {
      return { column, transforms };
    }
    if (type !== 'ppm' && (name === plain || name === plainName(field))) return { column };
  }
  return undefined;
}

/** Letters and digits alone: `party_id`, `Party Id` and `partyId` are one name. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
