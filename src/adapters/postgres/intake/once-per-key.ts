import type { DroppedRecord } from '../../../app/ports/core-reader.ts';
import type { Entity } from '../../../domain/bank-record.ts';
import { canonicalText } from '../../../domain/canonical.ts';
import { ENTITY_SPECS } from '../../../domain/entity-fields.ts';

/**
 * One record of each key, the first; a record that differs from the first of its key is dropped,
 * one that says the same goes without a word.
 */
export function oncePerKey(
  entity: Entity,
  records: readonly object[],
): { readonly kept: readonly object[]; readonly dropped: readonly DroppedRecord[] } {
  const kept = new Map<string, object>();
  const dropped: DroppedRecord[] = [];
  for (const record of records) {
    const key = keyOf(entity, record);
    const first = kept.get(key);
    if (first === undefined) kept.set(key, record);
    else if (canonicalText(first) !== canonicalText(record)) {
      const message = 'the answer has another record of this key: it must have one';
      dropped.push(droppedRecord(entity, record, { code: 'REPEATED_KEY', message }));
    }
  }
  return { kept: [...kept.values()], dropped };
}

/** Names a record by whose it is and by its key: none of its values. */
export function droppedRecord(
  entity: Entity,
  record: object,
  why: { readonly code: string; readonly message: string },
): DroppedRecord {
  const customerId: unknown = Reflect.get(record, 'partyId');
  return {
    customerId: typeof customerId === 'string' ? customerId : null,
    entity,
    key: keyOf(entity, record),
    ...why,
  };
}

function keyOf(entity: Entity, record: object): string {
  const { key }: { readonly key: readonly string[] } = ENTITY_SPECS[entity];
  return key.map((field) => String(Reflect.get(record, field) ?? '')).join(' ');
}
