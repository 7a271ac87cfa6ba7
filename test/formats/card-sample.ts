import type { ModelCard } from '../../src/domain/model-card.ts';
import type { Complete } from './complete.ts';

const DAY = '2026-01-01';
const FIGURES = {
  aucPpm: 700_000,
  prAucPpm: 300_000,
  brierPpm: 100_000,
  ecePpm: 10_000,
  liftAtTenthPpm: 2_000_000,
  logLossPpm: 400_000,
} as const;
const RELIABILITY = { meanPpm: 100_000, observedPpm: 110_000, rows: 100 } as const;
const SETTING = { minimumLeaf: 16, featureSharePpm: 150_000 } as const;

/** A model card in which everything is said. */
export const CARD_SAMPLE: Complete<ModelCard> = {
  id: 'lend',
  predictsFor: { scope: 'GROUP', id: 'lend' },
  target: { label: 'opened a loan', window: 'P90D' },
  trainingWindow: { from: DAY, to: DAY },
  rows: 1500,
  positives: 300,
  features: [{ name: 'age', importancePpm: 1_000_000 }],
  outOfBag: FIGURES,
  calibrated: { brierPpm: 90_000, ecePpm: 1 },
  spec: {
    trees: 2,
    maximumDepth: 30,
    bins: 128,
    seed: 1,
    leastPositives: 20,
    ...SETTING,
  },
  timeSplit: {
    trainFrom: DAY,
    trainTo: DAY,
    testFrom: DAY,
    testTo: DAY,
    trainRows: 1000,
    trainPositives: 200,
    testRows: 500,
    testPositives: 100,
    overlaps: true,
    raw: FIGURES,
    calibrated: FIGURES,
    reliability: [RELIABILITY],
  },
  groups: [
    {
      attribute: 'AGE_BAND',
      group: '40-49',
      rows: 100,
      positives: 20,
      baseRatePpm: 200_000,
      meanScorePpm: 210_000,
      aucPpm: 690_000,
      calibrationRatioPpm: 1_050_000,
    },
  ],
  origins: { live: 100, backfill: 1400 },
  coverage: {
    periods: [{ period: '2026-01', rows: 1500, positives: 300 }],
    missing: [{ name: 'job', sharePpm: 10_000 }],
    constant: ['mobile'],
  },
  memory: { estimatedBytes: 1_000_000, bytesPerThread: 100_000 },
  tuning: {
    trees: 20,
    seed: 1,
    criterion: 'BETTER_BEYOND_CHANCE',
    planned: SETTING,
    tried: [
      { ...SETTING, aucPpm: 700_000, brierPpm: 90_000, expectedAucPpm: 710_000, errorPpm: 2_000 },
    ],
    chosen: SETTING,
  },
  curves: {
    reliability: [RELIABILITY],
    distribution: [{ fromPpm: 0, rows: 1500, positives: 300 }],
    dependence: [
      { name: 'age', unit: 'years', points: [{ at: 30, ppm: 200_000 }] },
      { name: 'job', unit: 'none', points: [{ at: 'nurse', ppm: 250_000 }] },
    ],
  },
  limits: ['it was trained on invented rows'],
  permittedUses: ['suppression'],
  owner: 'analytics',
};
