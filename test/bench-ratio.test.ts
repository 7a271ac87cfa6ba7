import { describe, expect, test } from '@jest/globals';
import { median } from '../bench/http/service-figures.ts';
import { comparePairs, compareSides, type Figure, verdictOf } from '../bench/ratio/compare.ts';
import { replayedBy } from '../bench/ratio/replayed.ts';
import { compareInRounds } from '../bench/ratio/rounds.ts';
import { splitTimes } from '../bench/ratio/run.ts';
import { figuresOf, inTurns } from '../bench/ratio/slices.ts';

const RATE = { part: 'http', name: 'decisions/s', better: 'MORE', digits: 0 } as const;
const COST = { part: 'http', name: 'CPU', better: 'LESS', digits: 0 } as const;
const figures = (...values: readonly number[]): readonly Figure[][] =>
  values.map((value) => [{ ...RATE, value }]);

describe('two sides are compared pair by pair', () => {
  test.each([
    [[], Number.NaN],
    [[3], 3],
    [[3, 1], 2],
    [[9, 1, 2], 2],
    [[8, 1, 4, 2], 3],
  ])('the median of %j is %d', (of, middle) => {
    expect(median(of)).toBe(middle);
  });

  test('a machine that slows down for a round slows both, and the ratio stands', () => {
    const [found] = compareSides(figures(100, 10, 80), figures(100, 10, 100));
    expect(found).toMatchObject({ here: 80, other: 100, under: 1 });
    expect(found?.ratio).toEqual({ median: 1, least: 0.8, most: 1 });
  });

  test('a cost is turned over, so that dearer is under 1 as slower is', () => {
    const { ratio } = comparePairs(COST, [{ here: 200, other: 100 }]);
    expect(ratio).toEqual({ median: 0.5, least: 0.5, most: 0.5 });
  });

  test.each([
    ['that is no number', figures(Number.NaN), figures(1)],
    ['of nothing', figures(1), figures(0)],
    ['that only one side has', figures(1, 2), figures(1)],
    ['of something else', figures(1), [[{ ...COST, value: 1 }]]],
  ])('a figure %s makes no ratio', (_, here, other) => {
    expect(() => compareSides(here, other)).toThrow('http, decisions/s: no figure above 0');
  });

  test('who begins changes from round to round', async () => {
    const asked: string[] = [];
    await compareInRounds({ here: 'h', other: 'o' }, 3, async (side) => {
      asked.push(side);
      return [{ ...RATE, value: 1 }];
    });
    expect(asked.join('')).toBe('hoohho');
  });
});

describe('work is done in turns, a slice at a time', () => {
  const slice = { count: 10, wallS: 2, serviceS: 0.5, databaseS: 0.25 };

  test('until it is enough, and is summed up by side', async () => {
    const asked: string[] = [];
    const done = await inTurns(
      { here: 'h', other: 'o' },
      ({ here }, slices) => slices >= 2 && here.count >= 30,
      async (side) => {
        asked.push(side);
        return slice;
      },
    );
    expect(asked.join('')).toBe('hoohho');
    expect(done.other).toEqual({ count: 30, wallS: 6, serviceS: 1.5, databaseS: 0.75 });
  });

  test('what a machine does not tell of one slice is told of none', async () => {
    const work = async (_: string, number: number) => ({
      ...slice,
      databaseS: number === 0 ? undefined : 1,
    });
    const sides = { here: 'h', other: 'o' };
    const { here } = await inTurns(sides, (_, slices) => slices === 2, work);
    expect(here.databaseS).toBeUndefined();
    expect(figuresOf('http', here).map(({ value }) => value)).toEqual([5, 50_000]);
  });

  test('rate and costs are of the whole', () => {
    const figures = figuresOf('http', slice).map(({ better, value }) => [better, value]);
    expect(figures).toEqual([
      ['MORE', 5],
      ['LESS', 50_000],
      ['LESS', 25_000],
    ]);
  });
});

describe('what is worse is told', () => {
  test('of pairs that do not agree, with the doubt', () => {
    const pairs = [0.7, 0.8, 1.1].map((here) => ({ here, other: 1 }));
    expect(verdictOf([comparePairs(RATE, pairs)])).toEqual([
      'UNDER 0.95: http, decisions/s: 0.800, in 2 of 3 pairs; ' +
        'other pairs deny it: run again with more rounds',
    ]);
  });

  test.each([
    [0.94, 'UNDER 0.95: http, decisions/s: 0.940, in 1 of 1 pairs'],
    [0.9499, 'UNDER 0.95: http, decisions/s: 0.949, in 1 of 1 pairs'],
    [0.95, 'no ratio is under 0.95'],
    [1.2, 'no ratio is under 0.95'],
  ])('of a ratio of %d', (here, line) => {
    expect(verdictOf([comparePairs(RATE, [{ here, other: 1 }])])).toEqual([line]);
  });

  test('each of several', () => {
    const pairs = [{ here: 1, other: 2 }];
    expect(verdictOf([comparePairs(RATE, pairs), comparePairs(COST, pairs)])).toHaveLength(1);
    expect(verdictOf([comparePairs(RATE, pairs), comparePairs(RATE, pairs)])).toHaveLength(2);
  });
});

describe('what commands say is read', () => {
  test('CPU of all children, and what was said before', () => {
    const times = '0m0.01s 0m0.02s\n1m2.5s 0m3.25s\n';
    expect(splitTimes(`first\nlast\n\n${times}`)).toEqual({ said: 'first\nlast', cpuS: 65.75 });
    expect(splitTimes(`\n${times}`)).toEqual({ said: '', cpuS: 65.75 });
  });

  test('all identical is read, and anything else is an error', () => {
    const line = '1000 identical, 0 different, 0 unreplayable';
    expect(replayedBy({ stdout: `x\n${line}\n` })).toEqual({ line, identical: 1000 });
    for (const stdout of ['', '9 identical, 1 different, 0 unreplayable']) {
      expect(() => replayedBy({ stdout })).toThrow('`replay --all` said:');
    }
  });
});
