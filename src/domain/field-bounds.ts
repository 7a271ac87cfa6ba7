import type { Entity } from './bank-record.ts';
import { addDays } from './business-date.ts';
import { ENTITY_SPECS, fieldsOf } from './entity-fields.ts';
import type { FieldSpec } from './field-spec.ts';
import { dateOf } from './instant.ts';

/** What is impossible about a record: the field and why. */
export interface ImpossibleValue {
  readonly field: string;
  readonly message: string;
}

/** Why a value of a field's type cannot be true, or undefined where it can. */
export function beyondBounds(
  value: string | number | boolean,
  { type, bounds }: FieldSpec,
): string | undefined {
  if (bounds === undefined) return undefined;
  const [least, most] = bounds;
  const compared = type === 'instant' ? dateOf(String(value)) : value;
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    return 'is no integer that can be added up exactly';
  }
  if (compared < least) return `is less than ${least}, the least that is possible`;
  if (compared > most) return `is more than ${most}, the most that is possible`;
  return undefined;
}

/** The first pair of days of a record that stand in an impossible order. */
export function outOfOrder(entity: Entity, record: object): ImpossibleValue | undefined {
  for (const [earlier, later] of ENTITY_SPECS[entity].order ?? []) {
    const first: unknown = Reflect.get(record, earlier);
    const then: unknown = Reflect.get(record, later);
    if (typeof first !== 'string' || typeof then !== 'string') continue;
    // A bank's day may have begun before that of UTC.
    const latest = later === 'recordedAt' ? addDays(dateOf(then), 1) : then;
    if (first <= latest) continue;
    const message = `\`${earlier}\` is later than \`${later}\`: correct either`;
    return { field: earlier, message };
  }
  return undefined;
}

/** The first thing of a whole record that cannot be true: what a core tells is held to this. */
export function impossibleValue(entity: Entity, record: object): ImpossibleValue | undefined {
  for (const [field, spec] of fieldsOf(entity)) {
    const value: unknown = Reflect.get(record, field);
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const why = beyondBounds(value, spec);
    if (why !== undefined) return { field, message: `\`${field}\` ${why}` };
  }
  return outOfOrder(entity, record);
}
