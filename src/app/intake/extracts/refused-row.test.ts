import { describe, expect, test } from '@jest/globals';
import { party, readField, region, transaction } from '../../../../test/support/mapped-row.ts';
import type { MappedRecord } from '../../../domain/mapping.ts';

describe('a row is refused, with column and reason,', () => {
  test.each<[string, MappedRecord, { readonly [column: string]: string }, string | null, string]>(
    [
      [
        'when a required cell states nothing',
        region('name', { column: 'v' }),
        { v: '' },
        'v',
        'REQUIRED',
      ],
      [
        'when a required code states nothing',
        region('name', { column: 'v', codes: 'k' }),
        { v: 'B' },
        'v',
        'REQUIRED',
      ],
      [
        'for an unknown code',
        region('name', { column: 'v', codes: 'k' }),
        { v: 'toString' },
        'v',
        'UNKNOWN_CODE',
      ],
      [
        'for a key that a lookup lacks',
        party('customerSince', { column: 'v', lookup: 'ab' }),
        { v: '9' },
        'v',
        'NOT_IN_LOOKUP',
      ],
      [
        'for a day that does not exist',
        party('birthDate', { column: 'v' }),
        { v: '930231' },
        'v',
        'NOT_A_DATE',
      ],
      [
        'for a day where an instant belongs',
        transaction({ effectiveAt: { column: 'd' } }),
        { v: '1', d: '930705' },
        'd',
        'NO_TIME',
      ],
      [
        'for an amount with too many decimals',
        transaction({}),
        { v: '1.005' },
        'v',
        'NOT_AN_AMOUNT',
      ],
      ['for an amount in exponents', transaction({}), { v: '1e5' }, 'v', 'NOT_AN_AMOUNT'],
      [
        'for an amount beyond exact integers',
        transaction({}),
        { v: '9'.repeat(20) },
        'v',
        'NOT_AN_AMOUNT',
      ],
      [
        'for a sign beside a code',
        transaction({
          amountMinor: {
            column: 'v',
            signByCode: { column: 's', negative: ['D'], positive: ['C'] },
          },
        }),
        { v: '-7', s: 'D' },
        's',
        'NOT_AN_AMOUNT',
      ],
      [
        'for a code without a sign',
        transaction({
          amountMinor: {
            column: 'v',
            signByCode: { column: 's', negative: ['D'], positive: ['C'] },
          },
        }),
        { v: '7', s: 'X' },
        's',
        'UNKNOWN_CODE',
      ],
      [
        'for a share that would be rounded',
        region('urbanPpm', { column: 'v', transforms: ['percentToPpm'] }),
        { v: '1.23456' },
        'v',
        'NOT_A_NUMBER',
      ],
      [
        'for text without end',
        region('name', { column: 'v' }),
        { v: 'x'.repeat(501) },
        'v',
        'TOO_LONG',
      ],
      [
        'for text that is not well formed',
        region('name', { column: 'v' }),
        { v: 'x\ud800' },
        'v',
        'NOT_TEXT',
      ],
      ['for text with DEL', region('name', { column: 'v' }), { v: 'x\u007f' }, 'v', 'NOT_TEXT'],
      [
        'for text with a character of C1, as another encoding leaves it',
        region('name', { column: 'v' }),
        { v: 'x\u0085' },
        'v',
        'NOT_TEXT',
      ],
      [
        'for text with an escape that a terminal obeys',
        region('name', { column: 'v' }),
        { v: 'x\u001b[2J' },
        'v',
        'NOT_TEXT',
      ],
      [
        'for an id that no question could name',
        region('regionCode', { column: 'v' }),
        { v: 'x'.repeat(129) },
        'v',
        'NOT_AN_ID',
      ],
      [
        'for an id that a prefix makes too long',
        region('regionCode', { column: 'v', transforms: [{ prefix: 'x'.repeat(128) }] }),
        { v: '1' },
        'v',
        'NOT_AN_ID',
      ],
      [
        'for an id with a control character',
        region('regionCode', { column: 'v' }),
        { v: 'a\nb' },
        'v',
        'NOT_AN_ID',
      ],
      [
        'for no currency',
        transaction({ currency: { column: 'c' } }),
        { v: '1', c: 'crowns' },
        'c',
        'NOT_A_CURRENCY',
      ],
      [
        'for no birth number',
        party('sex', { column: 'v', transforms: ['czechBirthNumberSex'] }),
        { v: '999999' },
        'v',
        'NOT_A_BIRTH_NUMBER',
      ],
      [
        'for a flag that is none',
        party('digitalActive', { column: 'v' }),
        { v: 'perhaps' },
        'v',
        'NOT_A_BOOLEAN',
      ],
      [
        'for half a key',
        region('regionCode', { columns: ['v', 'w'], join: '/' }),
        { v: '10', w: ' ' },
        'w',
        'REQUIRED',
      ],
      [
        'for a birth in 9999',
        party('birthDate', { column: 'v' }),
        { v: '9999-12-31' },
        'v',
        'OUT_OF_BOUNDS',
      ],
      [
        'for the year 1',
        region('recordedAt', { column: 'v', transforms: ['startOfDay'] }),
        { v: '0001-01-01' },
        'v',
        'OUT_OF_BOUNDS',
      ],
      [
        'for a customer since 1900',
        party('customerSince', { column: 'v' }),
        { v: '1900-01-01' },
        'v',
        'OUT_OF_BOUNDS',
      ],
      [
        'for a share beyond the whole',
        region('urbanPpm', { column: 'v', transforms: ['percentToPpm'] }),
        { v: '100.1' },
        'v',
        'OUT_OF_BOUNDS',
      ],
      [
        'for a birth after it was recorded',
        party('birthDate', { column: 'v' }),
        { v: '2000-01-03' },
        'v',
        'OUT_OF_ORDER',
      ],
      [
        'when recorded after the extract',
        region('recordedAt', { column: 'd', transforms: ['startOfDay'] }),
        { d: '2026-11-25' },
        null,
        'RECORDED_TOO_LATE',
      ],
    ],
  )('%s', (_title, record, cells, column, code) => {
    expect(readField(record, cells)).toMatchObject({
      state: 'REFUSED',
      refusals: [{ column, code }],
    });
  });

  test('whole, naming every wrong cell', () => {
    const record = transaction({ sequence: { column: 'n' } });
    const read = readField(record, { v: 'x', n: 'y' });
    expect(read).toMatchObject({ refusals: [{ column: 'n' }, { column: 'v' }] });
  });

  test.each([[[]], [['endOfDay'] as const]])(
    'saying which lookup gave a value that no cell of the row holds, transformed by %j',
    (transforms) => {
      const since = { column: 'v', lookup: ['ab', 'bc'], transforms } as const;
      const field = transforms.length === 0 ? 'customerSince' : 'recordedAt';
      const message = expect.stringMatching(/`931340`.*; lookup `bc` gave it for this column$/);
      expect(readField(party(field, since), { v: '7' })).toMatchObject({
        refusals: [{ column: 'v', code: 'NOT_A_DATE', message }],
      });
    },
  );

  test('unless its record is not for such rows', () => {
    const record: MappedRecord = { ...transaction({}), when: [{ column: 's', in: ['yes'] }] };
    expect(readField(record, { v: 'x', s: 'no' })).toEqual({ state: 'RECORDS', records: [] });
    const present: MappedRecord = { ...transaction({}), when: [{ column: 's', present: true }] };
    expect(readField(present, { v: 'x', s: '?' })).toEqual({ state: 'RECORDS', records: [] });
    const other: MappedRecord = { ...transaction({}), when: [{ column: 's', notIn: ['no'] }] };
    expect(readField(other, { v: 'x', s: '' })).toEqual({ state: 'RECORDS', records: [] });
  });
});
