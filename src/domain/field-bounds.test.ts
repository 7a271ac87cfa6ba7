import { describe, expect, test } from '@jest/globals';
import { ENTITY_ORDER, fieldsOf } from './entity-fields.ts';
import { beyondBounds, impossibleValue } from './field-bounds.ts';
import type { FieldSpec } from './field-spec.ts';

const DAYS = ['0001-01-01', '1900-01-01', '9999-12-31'];
const NUMBERS = [2 ** 53, -(2 ** 53), 1e17, Number.NaN];

describe('every field of every record', () => {
  const all = ENTITY_ORDER.flatMap((entity) =>
    fieldsOf(entity).map(([field, spec]) => [`${entity}.${field}`, spec] as const),
  );
  const are = (...types: readonly FieldSpec['type'][]) =>
    all.filter(([, spec]) => types.includes(spec.type));

  test.each(are('date'))('%s is no day that systems write for an unknown one', (name, spec) => {
    const told = DAYS.filter((day) => beyondBounds(day, spec) !== undefined);
    // Somebody alive may be born in 1900.
    expect(told).toEqual(name.includes('birth') ? ['0001-01-01', '9999-12-31'] : DAYS);
    expect(beyondBounds('1996-02-29', spec)).toBeUndefined();
  });

  test.each(are('instant'))('%s is no instant of such a day', (_name, spec) => {
    const instants = DAYS.map((day) => `${day}T12:00:00.000Z`);
    expect(instants.filter((one) => beyondBounds(one, spec) !== undefined)).toEqual(instants);
    expect(beyondBounds('2199-12-31T23:59:59.999Z', spec)).toBeUndefined();
  });

  test.each(are('minor', 'count', 'integer', 'ppm'))('%s is an exact integer', (_name, spec) => {
    expect(NUMBERS.filter((one) => beyondBounds(one, spec) !== undefined)).toEqual(NUMBERS);
    expect(beyondBounds(0, spec)).toBeUndefined();
  });
});

describe('a record', () => {
  const recordedAt = '2026-11-24T12:00:00.000Z';
  test.each<[Parameters<typeof impossibleValue>[0], object, string | undefined]>([
    ['party', { birthDate: '1990-05-06', customerSince: '1990-05-06', recordedAt }, undefined],
    ['party', { birthDate: '1990-05-06', customerSince: '1990-05-05' }, 'birthDate'],
    ['party', { birthDate: '2026-11-25', recordedAt }, undefined],
    ['party', { birthDate: '2026-11-26', recordedAt }, 'birthDate'],
    ['party', { birthMonth: '2026-12-01', recordedAt }, 'birthMonth'],
    ['party', { customerSince: '2027-01-01', recordedAt }, 'customerSince'],
    ['arrangement', { openedOn: '2020-01-02', closedOn: '2020-01-01' }, 'openedOn'],
    ['arrangement', { termMonths: 1_201 }, 'termMonths'],
    ['balance', { daysPastDue: -1 }, 'daysPastDue'],
    ['hold', { startsOn: '2020-01-02', endsOn: '2020-01-01' }, 'startsOn'],
    ['relationship_manager', { startsOn: '2020-01-02', endsOn: '2020-01-01' }, 'startsOn'],
    ['region', { urbanPpm: 1_000_001 }, 'urbanPpm'],
    ['contact', { selectionProbabilityPpm: -1 }, 'selectionProbabilityPpm'],
    ['transaction', { amountMinor: 2 ** 53 }, 'amountMinor'],
  ])('of a %s with %j: %s', (entity, record, field) => {
    expect(impossibleValue(entity, record)?.field).toBe(field);
  });
});
