import { expect, test } from '@jest/globals';
import { party, transaction } from '../../../../test/support/mapped-row.ts';
import type { Loss } from '../../ports/record-intake.ts';
import { resolveFormat } from './file-format.ts';
import { collectLosses, lossReader } from './lost-records.ts';
import { rowMaker } from './row.ts';

const CONTEXT = {
  codes: new Map(),
  lookups: new Map(),
  reportingCurrency: 'EUR',
  extractedAt: null,
};
const format = resolveFormat({});
if (typeof format === 'string') throw new Error(format);
const row = (cells: { readonly [column: string]: string }) =>
  rowMaker(Object.keys(cells), format)(Object.values(cells));
const known = { column: 'known', transforms: ['startOfDay'] } as const;
const RECORDS = [
  { ...party('partyId', { column: 'of' }), when: [{ column: 'kind', in: ['P'] }] },
  transaction({ arrangementId: { column: 'account' }, recordedAt: known }),
];

test('a refused row was about whom its readable fields name, since it was known', () => {
  const read = lossReader(RECORDS, CONTEXT);
  const posting = { part: 'transactions', subject: 'arrangement', id: 'a1' };
  expect(read(row({ kind: 'T', of: 'p1', account: 'a1', known: '2026-01-05' }))).toEqual([
    { ...posting, since: '2026-01-05T00:00:00.000Z' },
  ]);
  expect(read(row({ kind: 'P', of: 'p1', account: 'a1', known: '?' }))).toEqual([
    { part: 'profile', subject: 'party', id: 'p1', since: '2000-01-01T00:00:00.000Z' },
    { ...posting, since: null },
  ]);
});

test('what cannot be read of it may be about everybody, and from ever', () => {
  const read = lossReader(RECORDS, CONTEXT);
  const all = { subject: 'everybody', id: '' };
  expect(read(row({ kind: 'T', of: '', account: '', known: '2026-01-05' }))).toEqual([
    { part: 'transactions', ...all, since: '2026-01-05T00:00:00.000Z' },
  ]);
  expect(read(undefined)).toEqual([
    { part: 'profile', ...all, since: null },
    { part: 'transactions', ...all, since: null },
  ]);
});

test('losses are handed on in batches, those of everybody once, from the earliest', async () => {
  const batches: (readonly Loss[])[] = [];
  const collector = collectLosses({ lose: async (losses) => void batches.push(losses) });
  const ofOne = { part: 'holds', subject: 'party', id: 'p', since: null } as const;
  const ofAll = (since: string) =>
    ({ part: 'holds', subject: 'everybody', id: '', since }) as const;
  for (let i = 0; i < 12_000; i += 1) {
    collector.add([ofOne, ofAll(i === 7 ? '2025-01-01' : '2026-01-01')]);
    await collector.flushFull();
  }
  await collector.flush();
  expect(batches.map(({ length }) => length)).toEqual([5_000, 5_000, 2_001]);
  expect(batches.at(-1)?.at(-1)).toEqual(ofAll('2025-01-01'));
});
