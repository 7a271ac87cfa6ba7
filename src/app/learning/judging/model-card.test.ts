import { describe, expect, test } from '@jest/globals';
import { makeTable, trainSmall } from '../../../../test/support/training-table.ts';
import { toEpochDay } from '../../../domain/business-date.ts';
import { calibrate } from '../../../laboratory/judging/calibrate.ts';
import { writeCard } from '../../../laboratory/judging/write-card.ts';
import { completeCard } from './model-card.ts';

describe('a complete card', () => {
  const { table, labels } = makeTable(3000);
  const trained = trainSmall({ trees: 30 }, 3000);
  const calibration = calibrate(trained.outOfBag, labels, 30);
  if (calibration === null) throw new Error('no calibration');
  const declared = {
    id: 'savings',
    predictsFor: { scope: 'ACTION', id: 'open_savings' },
    target: { label: 'opened a savings account', window: 'P90D' },
    trainingWindow: { from: '2025-01-01', to: '2025-12-31' },
    permittedUses: ['arbitration'],
    owner: 'retail analytics',
  } as const;
  const card = completeCard(writeCard(declared, { ...trained, calibration }, labels), {
    trained,
    calibration,
    table,
    labels,
    tuning: null,
    gathered: {
      days: Array.from(labels, (_, row) => toEpochDay('2025-01-01') + (row % 365)),
      live: Array.from(labels, (_, row) => Number(row % 10 === 0)),
      ageBands: Array.from(labels, (_, row) => 1 + (row % 2)),
      sexes: Array.from(labels, () => 1),
    },
    monitoring: undefined,
    constant: ['holdings.hasPension'],
    units: new Map([['age', 'years']]),
    byTime: 'its rows stand on too few days to set later ones apart',
  });

  test('counts every scored row in its plots', () => {
    const rows = (bins: readonly { readonly rows: number }[] = []) =>
      bins.reduce((sum, bin) => sum + bin.rows, 0);
    expect(rows(card.curves?.reliability)).toBe(rows(card.curves?.distribution));
    expect(rows(card.curves?.reliability)).toBeGreaterThan(2990);
    for (const { meanPpm, observedPpm } of card.curves?.reliability ?? []) {
      expect(Math.abs(meanPpm - observedPpm)).toBeLessThan(60_000);
    }
  });

  test('shows that the aged respond more, as the rows were made', () => {
    const age = card.curves?.dependence.find(({ name }) => name === 'age');
    expect(age?.unit).toBe('years');
    const [first, last] = [age?.points[0], age?.points.at(-1)];
    expect(last?.ppm).toBeGreaterThan((first?.ppm ?? 0) + 200_000);
    const job = card.curves?.dependence.find(({ name }) => name === 'job');
    expect(job?.points.map(({ at }) => at)).toEqual(['clerk', 'farmer', 'nurse', 'retired']);
  });

  test('says in words what it must not be trusted with', () => {
    expect(card.limits?.[0]).toContain('2025-01-01 to 2025-12-31');
    expect(card.limits?.join()).toContain('serves arbitration and nothing else');
    expect(card.outOfBag.logLossPpm).toBeLessThan(693_147);
  });

  test('tells its groups apart by age, and by sex only where that is permitted', () => {
    const groups = card.groups ?? [];
    expect(groups.map(({ attribute, group }) => `${attribute} ${group}`)).toEqual([
      'AGE_BAND under 25',
      'AGE_BAND 25 to 34',
    ]);
    const [positives, rows] = [
      groups.reduce((sum, one) => sum + one.positives, 0),
      groups.reduce((sum, one) => sum + one.rows, 0),
    ];
    expect(rows).toBeGreaterThan(2990);
    expect(Math.abs(positives - card.positives)).toBeLessThan(10);
    for (const { calibrationRatioPpm = 0, aucPpm = 0 } of groups) {
      expect(Math.abs(calibrationRatioPpm - 1_000_000)).toBeLessThan(150_000);
      expect(aucPpm).toBeGreaterThan(600_000);
    }
  });

  test('counts LIVE and BACKFILL rows, and says how full its window is', () => {
    expect(card.origins).toEqual({ live: 300, backfill: 2700 });
    expect(card.coverage?.periods).toHaveLength(12);
    expect(card.coverage?.periods[0]?.period).toBe('2025-01');
    expect(card.coverage?.missing.map(({ name }) => name)).toEqual(['job', 'balance']);
    expect(card.coverage?.constant).toEqual(['holdings.hasPension']);
    expect(card.memory?.estimatedBytes).toBeGreaterThan(150_000_000);
    expect(card.limits?.join()).toContain('too few days to set later ones apart');
  });
});
