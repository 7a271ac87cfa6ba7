import { ENTITY_SPECS } from '../../../domain/entity-fields.ts';
import { COUNTED } from '../../../domain/entity-subjects.ts';
import type { FieldValue, MappedRecord } from '../../../domain/mapping.ts';

/** What is wrong with telling equal rows apart by their order in the file; often nothing. */
export function occurrenceFaults(
  { entity }: MappedRecord,
  field: string,
  value: FieldValue,
): readonly string[] {
  if ('constant' in value || value.transforms?.includes('occurrence') !== true) return [];
  const [key] = ENTITY_SPECS[entity].key;
  if (field !== key || !COUNTED.includes(entity)) {
    return [`\`occurrence\` is for the keys of ${COUNTED.join(', ')}: remove it`];
  }
  const isLast = value.transforms.indexOf('occurrence') === value.transforms.length - 1;
  return isLast && value.codes === undefined
    ? []
    : ['`occurrence` must come last, without codes'];
}
