import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkRequest } from '../../src/app/decisions/deciding/check-request.ts';
import { OUR_NOTATION, parseCell } from '../../src/app/intake/extracts/parse-cell.ts';
import { fitAnswer } from '../../src/app/intake/fit-answer.ts';
import { ENTITY_SPECS, fieldsOf } from '../../src/domain/entity-fields.ts';
import { isId } from '../../src/domain/id.ts';
import { badMember } from '../../src/graphql/argument-text.ts';
import { readCursor, writeCursor } from '../../src/graphql/cursor.ts';

const HOW = { notation: OUR_NOTATION, currency: 'EUR' };
const isTaken = (text: string, type: 'id' | 'text') =>
  typeof parseCell(text, { type, required: true }, HOW) === 'string';

/** Texts around every bound: lengths, control characters of both blocks, halves of a pair. */
const edges = fc.constantFrom('\0', '\n', '\u007f', '\u0085', '\ud83d', '\udc00', '😀', 'é', ' ');
const texts = fc.oneof(
  fc.string({ unit: fc.oneof(edges, fc.string({ minLength: 1, maxLength: 1 })), minLength: 1 }),
  fc.integer({ min: 1, max: 600 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 1, max: 300 }).map((length) => '😀'.repeat(length)),
);

describe('an id', () => {
  test('is taken by every door or by none, and given back as it came in', () => {
    let taken = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const request = { placement: text, requestId: text, first: 3, reuseWithinMs: null };
        const { spoilt } = fitAnswer(
          { customerIds: [text], parts: ['profile'] },
          {
            records: { party: [{ partyId: text, kind: 'PERSON' }] },
            lineage: [{ customerId: text, part: 'profile', asOf: '2026-11-24T09:00:00.000Z' }],
            dropped: [],
          },
        );
        const doors = {
          file: isTaken(text, 'id'),
          core: spoilt.length === 0,
          question: checkRequest({ ...request, customerId: text }) === undefined,
          filter: badMember({ customerId: text }) === undefined,
          cursor: readCursor('customer', writeCursor('customer', text)) === text,
        };
        expect(new Set(Object.values(doors))).toEqual(new Set([isId(text)]));
        if (!isId(text)) return;
        taken += 1;
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  test('is what every field is that names a record, and no other text is', () => {
    const named = Object.keys(ENTITY_SPECS).flatMap((entity) =>
      fieldsOf(entity as keyof typeof ENTITY_SPECS),
    );
    const ids = new Set(named.flatMap(([field, { type }]) => (type === 'id' ? [field] : [])));
    const names = new Set(named.map(([field]) => field).filter((name) => /Id$/.test(name)));
    expect(ids).toEqual(names.add('regionCode'));
  });
});

describe('another text', () => {
  test('is taken by files and by filters alike', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('segment', 'category', 'country'), (text, member) => {
        expect(isTaken(text, 'text')).toBe(badMember({ [member]: text }) === undefined);
      }),
    );
  });
});
