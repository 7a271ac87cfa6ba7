import type { Entity } from '../../domain/bank-record.ts';
import { fieldsOf } from '../../domain/entity-fields.ts';
import { PART_OF, showsIn } from '../../domain/entity-parts.ts';
import { isId, isText } from '../../domain/id.ts';
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
 * have answered about somebody else. An id or text that files could not bring in is dropped too.
 */
export function fitAnswer(question: CoreQuestion, answer: CoreAnswer): FitAnswer {
  const asked = new Set(question.customerIds);
  const dropped: DroppedRecord[] = answer.dropped.filter(isAskedFor(question));
  const records = Object.fromEntries(
    entitiesOf(answer.records)
      .filter((entity) => showsIn(question.parts, entity))
      .map((entity) => {
        const rows: readonly object[] = answer.records[entity] ?? [];
        const own = rows.filter((row) => isOf(entity, row, asked));
        if (own.length < rows.length) dropped.push(wrongCustomer(entity));
        const unfit = new Set(own.filter((row) => !canBeHeld(entity, row)));
        for (const row of unfit) dropped.push(notHeld(entity, row, asked));
        return [entity, own.filter((row) => !unfit.has(row))] as const;
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
  const partyId: unknown = Reflect.get(row, 'partyId');
  if (typeof partyId !== 'string' || NAMING_OTHERS.includes(entity)) return true;
  return asked.has(partyId);
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
    if (type === 'id') return isId(value);
    return type !== 'text' || isText(value);
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
    showsIn(parts, entity) &&
    (customerId === null || customerIds.includes(customerId) || NAMING_OTHERS.includes(entity));
}

function spoils(
  drop: DroppedRecord,
  { customerId, part }: CustomerPart,
  asked: ReadonlySet<string>,
): boolean {
  if (PART_OF[drop.entity] !== part) return false;
  const isAnybodys = drop.customerId === null || !asked.has(drop.customerId);
  return isAnybodys || drop.customerId === customerId;
}

function once(told: readonly AnsweredPart[]): readonly AnsweredPart[] {
  return [...new Map(told.map((one) => [nameOf(one), one])).values()];
}
