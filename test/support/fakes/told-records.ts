import type { CoreRecords, DroppedRecord } from '../../../src/app/ports/core-reader.ts';
import type { Entity } from '../../../src/domain/bank-record.ts';
import { canonicalText } from '../../../src/domain/canonical.ts';
import { ENTITY_ORDER, ENTITY_SPECS } from '../../../src/domain/entity-fields.ts';
import type { FakeRecords } from './fake-records.ts';

/** A record of any entity, as a core tells it or as it is stored. */
export interface ToldRecord {
  readonly entity: Entity;
  readonly record: object;
}

/** What may stand of an answer beside what is stored, and why the rest may not. */
export function sortOut(told: CoreRecords, stored: FakeRecords) {
  const rows = ENTITY_ORDER.flatMap((entity) =>
    (told[entity] ?? []).map((record): ToldRecord => ({ entity, record })),
  );
  const firsts = new Map(rows.toReversed().map((row) => [nameOf(row), row]));
  const isFirst = (row: ToldRecord) => firsts.get(nameOf(row)) === row;
  const repeated = rows.filter(
    (row) => canonicalText(firsts.get(nameOf(row))?.record) !== canonicalText(row.record),
  );
  const { kept, orphans } = partedFromOrphans(rows.filter(isFirst), stored);
  const dropped = [
    ...repeated.map((row) => droppedRecord(row, 'REPEATED_KEY')),
    ...orphans.map((row) => droppedRecord(row, 'ORPHAN')),
  ];
  return { kept, dropped };
}

/** Every stored version of a record's key, the last one recorded last. */
export function versionsOf<E extends Entity>({ of }: FakeRecords, entity: E, record: object) {
  const name = nameOf({ entity, record });
  return of(entity)
    .filter((row) => nameOf({ entity, record: row }) === name)
    .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));
}

/** Names a record among those of all entities. */
export function nameOf({ entity, record }: ToldRecord): string {
  return `${entity} ${keyOf({ entity, record })}`;
}

/** A field's text; undefined where the record has no such field. */
export function textIn(record: object, field: string): string | undefined {
  const value: unknown = Reflect.get(record, field);
  return value === undefined ? undefined : String(value);
}

/** By which field a record names its parent; a record that is its own parent is none's orphan. */
const PARENTS: readonly (readonly [field: string, parent: Entity])[] = [
  ['partyId', 'party'],
  ['arrangementId', 'arrangement'],
  ['parentId', 'arrangement'],
  ['contactId', 'contact'],
];

/** Again and again, for the parent of an orphan's child may be that orphan. */
function partedFromOrphans(rows: readonly ToldRecord[], stored: FakeRecords) {
  let kept = rows;
  for (let before = -1; before !== kept.length; ) {
    before = kept.length;
    const beside = kept;
    kept = beside.filter((row) => !isOrphan(row, beside, stored));
  }
  return { kept, orphans: rows.filter((row) => !kept.includes(row)) };
}

function isOrphan(
  { entity, record }: ToldRecord,
  beside: readonly ToldRecord[],
  { of }: FakeRecords,
): boolean {
  // Of the holders of an account and the others of a household nobody need have told.
  const namesOthers = entity === 'role' || entity === 'household_member';
  return PARENTS.some(([field, parent]) => {
    const wanted = textIn(record, field);
    if (wanted === undefined || (namesOthers && parent === 'party')) return false;
    const told = beside.filter((row) => row.entity === parent).map((row) => row.record);
    const known: readonly object[] = [...of(parent), ...told];
    return !known.some((one) => keyOf({ entity: parent, record: one }) === wanted);
  });
}

function keyOf({ entity, record }: ToldRecord): string {
  const { key }: { readonly key: readonly string[] } = ENTITY_SPECS[entity];
  return key.map((field) => textIn(record, field) ?? '').join(' ');
}

function droppedRecord(row: ToldRecord, code: string): DroppedRecord {
  const customerId = textIn(row.record, 'partyId') ?? null;
  const message = 'the record cannot stand beside the others';
  return { customerId, entity: row.entity, key: keyOf(row), code, message };
}
