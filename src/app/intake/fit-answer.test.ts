import { describe, expect, test } from '@jest/globals';
import type { PartName } from '../../domain/customer360.ts';
import type { CoreAnswer, CoreQuestion, DroppedRecord } from '../ports/core-reader.ts';
import { fitAnswer } from './fit-answer.ts';

const AS_OF = '2026-11-24T09:00:00.000Z';
const ASKED: CoreQuestion = { customerIds: ['a', 'b'], parts: ['profile', 'holds'] };
const told = (customerId: string, part: PartName) => {
  return { customerId, part, asOf: AS_OF };
};
const WHOLE = [
  told('a', 'profile'),
  told('a', 'holds'),
  told('b', 'profile'),
  told('b', 'holds'),
];
const party = (partyId: string) => ({ partyId, kind: 'PERSON' as const });
const drop = (more: Partial<DroppedRecord>): DroppedRecord => {
  return {
    customerId: 'a',
    entity: 'hold',
    key: 'h',
    code: 'BAD_DATE',
    message: 'no date',
    ...more,
  };
};
const held = (answer: Partial<CoreAnswer>) => {
  const { answered, spoilt, ...rest } = fitAnswer(ASKED, {
    records: {},
    lineage: WHOLE,
    dropped: [],
    ...answer,
  });
  const names = (parts: readonly { customerId: string; part: string }[]) =>
    parts.map(({ customerId, part }) => `${customerId} ${part}`).toSorted();
  return { ...rest, answered: names(answered), spoilt: names(spoilt) };
};

describe('an answer of a core', () => {
  test('is taken as it is where it fits its question', () => {
    const records = { party: [party('a'), party('b')] };
    expect(held({ records })).toEqual({
      records,
      answered: ['a holds', 'a profile', 'b holds', 'b profile'],
      spoilt: [],
      dropped: [],
    });
  });

  test('counts for no part and no customer that nobody asked for', () => {
    const { answered, records } = held({
      records: { goal: [{ goalId: 'g', partyId: 'a', kind: 'HOME' }] },
      lineage: [...WHOLE, told('a', 'goals'), told('c', 'holds'), told('a', 'holds')],
    });
    expect(answered).toEqual(['a holds', 'a profile', 'b holds', 'b profile']);
    expect(records).toEqual({});
  });

  test.each([
    ['born in 9999', { birthDate: '9999-01-01' }],
    ['born after the core told it', { birthDate: '2026-11-26' }],
    ['a customer before birth', { birthDate: '1990-01-02', customerSince: '1990-01-01' }],
    ['of an income that no sum holds', { declaredIncomeMinor: 2 ** 53 }],
  ])('about somebody %s drops that record, and the part is not believed', (_title, fields) => {
    const records = { party: [{ ...party('a'), ...fields }, party('b')] };
    expect(held({ records })).toMatchObject({
      records: { party: [party('b')] },
      spoilt: ['a profile'],
      dropped: [{ customerId: 'a', key: 'a', code: 'IMPOSSIBLE_VALUE' }],
    });
  });

  test.each<[string, Partial<CoreAnswer>, readonly string[]]>([
    ['of one customer, that part of hers', { dropped: [drop({})] }, ['a holds']],
    [
      'of nobody knows whom, that part of everybody',
      { dropped: [drop({ customerId: null })] },
      ['a holds', 'b holds'],
    ],
    ['of another part, nothing', { dropped: [drop({ entity: 'goal' })] }, []],
    [
      'of a customer whom nobody asked for, nothing',
      { dropped: [drop({ customerId: 'c' })] },
      [],
    ],
  ])('loses by a dropped record %s', (_title, answer, lost) => {
    const { answered, spoilt } = held(answer);
    expect(spoilt).toEqual(lost);
    expect(answered.filter((name) => lost.includes(name))).toEqual([]);
  });

  test('is not believed about a part in which it tells of somebody else', () => {
    const { records, spoilt, dropped } = held({ records: { party: [party('a'), party('c')] } });
    expect(records.party).toEqual([party('a')]);
    expect(spoilt).toEqual(['a profile', 'b profile']);
    expect(dropped).toMatchObject([{ code: 'WRONG_CUSTOMER', customerId: null, key: null }]);
  });

  test('lacks a lost record of another holder or housemate, whoever that is', () => {
    const question: CoreQuestion = { customerIds: ['a', 'b'], parts: ['household', 'goals'] };
    const lineage = [told('a', 'household'), told('a', 'goals'), told('b', 'household')];
    const dropped = [drop({ customerId: 'c', entity: 'household_member' })];
    const { answered, spoilt } = fitAnswer(question, { records: {}, lineage, dropped });
    expect(answered).toEqual([told('a', 'goals')]);
    expect(spoilt).toEqual(['a', 'b'].map((customerId) => ({ customerId, part: 'household' })));
  });

  test.each<[string, CoreAnswer['records'], readonly string[]]>([
    [
      'an id with a control character, for its customer',
      { hold: [{ holdId: 'h\u0085', partyId: 'a', kind: 'FRAUD', startsOn: '2026-11-24' }] },
      ['a holds'],
    ],
    [
      'an id longer than any door takes, for its customer',
      {
        hold: [{ holdId: 'h'.repeat(129), partyId: 'b', kind: 'FRAUD', startsOn: '2026-11-24' }],
      },
      ['b holds'],
    ],
    [
      'a text that is not well formed, for its customer',
      { party: [{ ...party('a'), segment: 'x\ud800' }] },
      ['a profile'],
    ],
    [
      'a code that a wrong encoding spoilt, for its customer',
      {
        hold: [
          { holdId: 'h', partyId: 'a', kind: 'FRAUD\u009b' as 'FRAUD', startsOn: '2026-11-24' },
        ],
      },
      ['a holds'],
    ],
  ])('loses by %s', (_title, records, lost) => {
    const { records: taken, spoilt, dropped } = held({ records });
    expect(Object.values(taken).flat()).toEqual([]);
    expect(spoilt).toEqual(lost);
    expect(dropped).toMatchObject([{ code: 'NOT_HELD', key: null }]);
  });

  test('may name the other holders of an account', () => {
    const role = { partyId: 'c', arrangementId: 'x', role: 'JOINT' as const };
    const question: CoreQuestion = { customerIds: ['a'], parts: ['arrangements'] };
    const answer = { records: { role: [role] }, lineage: [], dropped: [] };
    expect(fitAnswer(question, answer).records.role).toEqual([role]);
  });
});
