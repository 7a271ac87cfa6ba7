import type { Entity } from '../../../domain/bank-record.ts';
import { CONCERNS, type LostPart } from '../../../domain/entity-subjects.ts';
import type { MappedFile, MappedRecord, Mapping } from '../../../domain/mapping.ts';
import type { Delivery, ToldFields } from '../../ports/record-intake.ts';
import type { MatchedFile } from './match-files.ts';

/** What a mapping says of the files that came, beside their rows. */
export function describeDelivery(
  mapping: Mapping,
  matched: readonly MatchedFile[],
): Omit<Delivery, 'coverageByKey'> {
  const { extractedAt, name: system } = mapping.source;
  return {
    system,
    asOf: typeof extractedAt === 'string' ? extractedAt : null,
    ...handedOver(mapping, matched),
    whole: wholeParts(mapping, matched),
    ends: endedEntities(mapping, matched),
    historyFiles: matched.flatMap(({ mapped, file }) =>
      mapped.holdsHistory === true ? [file.name] : [],
    ),
    occurrences: matched.flatMap(({ mapped, file }) =>
      mapped.records.filter(bearsNoId).map(({ entity }) => ({ entity, file: file.name })),
    ),
    told: toldFields(mapping, matched),
  };
}

/** An optional file that did not come says nothing: no row of it is not none. */
function handedOver({ files }: Mapping, matched: readonly MatchedFile[]) {
  const entities = entitiesOf(matched.map(({ mapped }) => mapped));
  const missing = entitiesOf(files).filter((entity) => !entities.includes(entity));
  return { entities, missing };
}

function entitiesOf(files: readonly MappedFile[]): readonly Entity[] {
  const named = files.flatMap((file) => file.records.map((record) => record.entity));
  const covers = files.some((file) => file.coverage !== undefined);
  return [...new Set(named), ...(covers ? (['coverage'] as const) : [])];
}

/** A part is told whole where every file that says something of it is, and came. */
function wholeParts({ files }: Mapping, matched: readonly MatchedFile[]): readonly LostPart[] {
  const came = new Set(matched.map(({ mapped }) => mapped));
  const told = new Map<LostPart, boolean>();
  for (const file of files) {
    const isWhole = file.whole === true && came.has(file);
    for (const part of new Set(file.records.flatMap(partsOf))) {
      told.set(part, isWhole && told.get(part) !== false);
    }
  }
  return [...told].flatMap(([part, isWhole]) => (isWhole ? [part] : []));
}

/** What is gone has ended where every file that yields such a record says so, and came. */
function endedEntities({ files }: Mapping, matched: readonly MatchedFile[]): readonly Entity[] {
  const came = new Set(matched.map(({ mapped }) => mapped));
  const yielding = (entity: Entity) =>
    files.filter((file) => file.records.some((record) => record.entity === entity));
  return entitiesOf(files).filter(
    (entity) =>
      entity !== 'coverage' &&
      yielding(entity).every((file) => file.endsWhatIsGone === true && came.has(file)),
  );
}

function partsOf({ entity }: MappedRecord): readonly LostPart[] {
  return CONCERNS[entity].flatMap(({ parts }) => parts);
}

function bearsNoId({ fields }: MappedRecord): boolean {
  return Object.values(fields).some(
    (value) => !('constant' in value) && value.transforms?.includes('occurrence') === true,
  );
}

function toldFields(mapping: Mapping, matched: readonly MatchedFile[]): readonly ToldFields[] {
  const came = new Set(matched.map(({ mapped }) => mapped));
  const absent = mapping.files.filter((file) => !came.has(file));
  return [
    ...matched.flatMap(({ mapped, file }) => fieldsOf(mapped, file.name)),
    ...absent.flatMap((file) => fieldsOf(file, null)),
  ];
}

/** Where rows of a file yield an entity in several ways, what all of them tell. */
function fieldsOf({ records }: MappedFile, file: string | null): readonly ToldFields[] {
  const told = new Map<Entity, readonly string[]>();
  for (const { entity, fields } of records) {
    const names = Object.keys(fields);
    told.set(entity, told.get(entity)?.filter((name) => names.includes(name)) ?? names);
  }
  return [...told].map(([entity, fields]) => ({ entity, file, fields }));
}
