import { describe, expect, test } from '@jest/globals';
import { makeTable, SMALL_SPEC } from '../../../../test/support/training-table.ts';
import { toEpochDay } from '../../../domain/business-date.ts';
import { trainForest } from '../../../laboratory/training/train-forest.ts';
import type { Trainer } from '../../ports/trainer.ts';
import { type DatedRows, figuresByTime } from './split-by-time.ts';

const ROWS = 3000;
const FIRST = toEpochDay('2025-01-01');

const trainer: Trainer = async ({ table, labels, spec }) => trainForest(table, labels, spec);

function dated(over: Partial<DatedRows> = {}): DatedRows {
  const days = Array.from({ length: ROWS }, (_, row) => FIRST + Math.floor(row / 10));
  return { ...makeTable(ROWS), days, spec: SMALL_SPEC, window: 'P30D', ...over };
}

describe('later rows judge a forest of earlier ones', () => {
  test('trained on rows whose outcome was known on the first late day', async () => {
    const figures = await figuresByTime(dated(), trainer);
    // 300 days of ten rows: day 210 is the first late one, day 180 the last with a closed window.
    expect(figures).toMatchObject({
      trainFrom: '2025-01-01',
      trainTo: '2025-06-30',
      testFrom: '2025-07-30',
      testTo: '2025-10-27',
      trainRows: 1810,
      testRows: 900,
      overlaps: false,
    });
    if (typeof figures === 'string') throw new Error(figures);
    expect(figures.raw.aucPpm).toBeGreaterThan(650_000);
    expect(figures.calibrated.ecePpm).toBeLessThan(80_000);
  });

  test('says that outcomes were open where too few rows would be left', async () => {
    const figures = await figuresByTime(dated({ window: 'P200D' }), trainer);
    expect(figures).toMatchObject({ trainTo: '2025-07-29', overlaps: true, trainRows: 2100 });
  });

  test('never sees a late row while it trains', async () => {
    const rows = dated();
    const spoilt = Uint8Array.from(rows.labels, (label, row) => (row < 2100 ? label : 1 - label));
    const taught: number[] = [];
    const watching: Trainer = async (training) => {
      taught.push(training.labels.reduce((sum, label) => sum + label, 0));
      return trainer(training);
    };
    const as = await figuresByTime(rows, watching);
    const turned = await figuresByTime({ ...rows, labels: spoilt }, watching);
    if (typeof as === 'string' || typeof turned === 'string') throw new Error('no figures');
    expect(taught[1]).toBe(taught[0]);
    expect(turned.raw.aucPpm + as.raw.aucPpm).toBeCloseTo(1_000_000, -1);
  });

  test.each<[string, Partial<DatedRows>, string]>([
    ['on one day', { days: Array.from({ length: ROWS }, () => FIRST) }, 'too few days'],
    [
      'without late positives',
      { labels: makeTable(ROWS).labels.map((label, row) => (row < 2100 ? label : 0)) },
      'too few late rows',
    ],
    [
      'without early positives',
      { labels: makeTable(ROWS).labels.map((label, row) => (row < 2100 ? 0 : label)) },
      'too few early rows',
    ],
  ])('gives the reason in words for rows %s', async (_, over, words) => {
    expect(await figuresByTime(dated(over), trainer)).toContain(words);
  });
});
