import { expect, test } from '@jest/globals';
import { CATALOGUE, historyOf, RATES, TODAY } from '../../../../test/support/customer-history.ts';
import { DEFAULT_FOREST_PLAN } from '../../../domain/forest.ts';
import type { ForestDeclaration } from '../../../domain/rule-set.ts';
import { gatherRows, startRows } from './training-rows.ts';

const FOREST: ForestDeclaration = {
  id: 'card',
  predictsFor: { scope: 'ACTION', id: 'card' },
  target: { label: 'a card', acceptedActions: ['card'], window: 'P30D' },
  features: [],
  spec: DEFAULT_FOREST_PLAN,
  permittedUses: [],
  owner: 'cards',
};

test('a customer of several numbers gives rows from the day on which they are one', () => {
  const own = historyOf({});
  const other = { ...historyOf({}), customerId: 'old' };
  const recordedAt = '2026-03-10T08:00:00.000Z';
  const later = '2026-09-10T08:00:00.000Z';
  const merges = [
    { partyId: 'old', survivorId: 'c1', recordedAt },
    { partyId: 'old', survivorId: 'c2', recordedAt: later },
  ];
  const dates = ['2026-02-28', '2026-03-09', '2026-03-10', '2026-04-30'];
  const daysOf = (history: typeof own) => {
    const rows = startRows([FOREST]);
    const instantsOf = () => dates.map((date) => ({ date, label: 0 as const }));
    const by = { forests: [FOREST], facts: CATALOGUE, rates: RATES, today: TODAY, instantsOf };
    gatherRows(history, by, rows);
    return rows[0]?.days.length;
  };
  expect(daysOf(own)).toBe(4);
  expect(daysOf({ ...own, merged: { merges, others: [other] } })).toBe(2);
});
