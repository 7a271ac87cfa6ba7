import type { Entity } from '../../domain/bank-record.ts';
import { ENTITY_SPECS, fieldsOf } from '../../domain/entity-fields.ts';
import { isToldWith, toldWith } from '../../domain/entity-parts.ts';
import { impossibleValue } from '../../domain/field-bounds.ts';
import { isId, isText } from '../../domain/id.ts';
import type { Instant } from '../../domain/instant.ts';
import type {
  AnsweredPart,
  CoreAnswer,
  CoreQuestion,
  CoreRecords,
  CustomerPart,
  DroppedRecord,
} from '../ports/core-reader.ts';

/** What of an answer may be taken. */
export interface FitAnswer {
  readonly records: CoreRecords;
  readonly answered: readonly AnsweredPart[];
  readonly spoilt: readonly CustomerPart[];
  readonly dropped: readonly DroppedRecord[];
}

/**
 * Holds an answer to its question. Parts that nobody asked for are left aside. A record about a
 * customer that nobody asked for is dropped, and then the whole part is not believed: the core may
 * have answered about somebody else. Nor is a part that holds what cannot be true, or an id or
 * text that files could not bring in.
 */
export function fitAnswer(question: CoreQuestion, answer: CoreAnswer): FitAnswer {
  const asked = new Set(question.customerIds);
  const dropped: DroppedRecord[] = answer.dropped.filter(isAskedFor(question));
  const known = knownAt(answer);
  const records = Object.fromEntries(
    entitiesOf(answer.records)
      .filter((entity) => isToldWith(question.parts, entity))
      .map((entity) => {
        const rows: readonly object[] = answer.records[entity] ?? [];
        const own = rows.filter((row) => isOf(entity, row, asked));
        if (own.length < rows.length) dropped.push(wrongCustomer(entity));
        const possible = own.filter((row) => {
          const drop = canBeHeld(entity, row)
            ? impossible(entity, { ...row, ...known })
            : notHeld(entity, row, asked);
          if (drop !== undefined) dropped.push(drop);
          return drop === undefined;
        });
        return [entity, possible] as const;
      }),
  );
  const told = answer.lineage.filter(
    ({ customerId, part }) => asked.has(customerId) && question.parts.includes(part),
  );
  const spoilt = partsOf(question).filter((one) =>
    dropped.some((drop) => spoils(drop, one, asked)),
  );
  const lost = new Set(spoilt.map(nameOf));
  const answered = once(told).filter((one) => !lost.has(nameOf(one)));
  return { records, answered, spoilt, dropped };
}

function nameOf({ customerId, part }: CustomerPart): string {
  return `${part} ${customerId}`;
}

/** Every part that a question asks for. */
export function partsOf({ customerIds, parts }: CoreQuestion): readonly CustomerPart[] {
  return customerIds.flatMap((customerId) => parts.map((part) => ({ customerId, part })));
}

function entitiesOf(records: CoreRecords): readonly Entity[] {
  return Object.keys(records) as readonly Entity[];
}

/** Who else may stand in an answer: other holders of an account, others of a household. */
const NAMING_OTHERS: readonly Entity[] = ['role', 'household_member'];

function isOf(entity: Entity, row: object, asked: ReadonlySet<string>): boolean {
  // A core that is asked for the one number may tell which others have become it.
  const survivorId: unknown = Reflect.get(row, 'survivorId');
  if (typeof survivorId === 'string' && asked.has(survivorId)) return true;
  const partyId: unknown = Reflect.get(row, 'partyId');
  if (typeof partyId !== 'string' || NAMING_OTHERS.includes(entity)) return true;
  return asked.has(partyId);
}

/** What a core tells it knows at the latest as of then: a birth after it is impossible. */
function knownAt({ lineage }: CoreAnswer): { readonly recordedAt?: Instant } {
  const latest = lineage
    .map(({ asOf }) => asOf)
    .toSorted()
    .at(-1);
  return latest === undefined ? {} : { recordedAt: latest };
}

function impossible(entity: Entity, record: object): DroppedRecord | undefined {
  const found = impossibleValue(entity, record);
  if (found === undefined) return undefined;
  const customerId: unknown = Reflect.get(record, 'partyId');
  const keys: readonly string[] = ENTITY_SPECS[entity].key;
  return {
    customerId: typeof customerId === 'string' ? customerId : null,
    entity,
    key: keys.map((field) => String(Reflect.get(record, field) ?? '')).join(' '),
    code: 'IMPOSSIBLE_VALUE',
    message: found.message,
  };
}

function wrongCustomer(entity: Entity): DroppedRecord {
  const message = 'the answer has a record of a customer who was not asked for';
  return { customerId: null, entity, key: null, code: 'WRONG_CUSTOMER', message };
}

/** By the measure that every door has. */
function canBeHeld(entity: Entity, row: object): boolean {
  return fieldsOf(entity).every(([field, { type }]) => {
    const value: unknown = Reflect.get(row, field);
    if (typeof value !== 'string') return true;
    return type === 'id' ? isId(value) : isText(value);
  });
}

function notHeld(entity: Entity, row: object, asked: ReadonlySet<string>): DroppedRecord {
  const partyId: unknown = Reflect.get(row, 'partyId');
  const isOwn = typeof partyId === 'string' && asked.has(partyId);
  const customerId = isOwn && !NAMING_OTHERS.includes(entity) ? partyId : null;
  const message = 'an id has 1 to 128 plain characters, a text at most 500 that are well formed';
  return { customerId, entity, key: null, code: 'NOT_HELD', message };
}

/** A lost record of another holder or housemate is missing from whoever was asked for. */
function isAskedFor({ customerIds, parts }: CoreQuestion) {
  return ({ customerId, entity }: DroppedRecord) =>
    isToldWith(parts, entity) &&
    (customerId === null || customerIds.includes(customerId) || NAMING_OTHERS.includes(entity));
}

function spoils(
  drop: DroppedRecord,
  { customerId, part }: CustomerPart,
  asked: ReadonlySet<string>,
): boolean {
  if (toldWith(drop.entity) !== part) return false;
  const isAnybodys = drop.customerId === null || !asked.has(drop.customerId);
  return isAnybodys || drop.customerId === customerId;
}

function once(told: readonly AnsweredPart[]): readonly AnsweredPart[] {
  return [...new Map(told.map((one) => [nameOf(one), one])).values()];
}
