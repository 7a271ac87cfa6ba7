import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { exponential, logisticPpm } from '../seeds/demo/curves.ts';
import { EXTRACT_ENTITIES, fileOf } from '../seeds/demo/extract-files.ts';
import { normalMilli, openStream } from '../seeds/demo/random.ts';
import { writeDemoExtract } from '../seeds/demo/write-demo-extract.ts';
import { digestBytes } from '../src/domain/digest.ts';
import { demoFiles, linesOf } from './support/demo-extract.ts';

const FILES = EXTRACT_ENTITIES.map(fileOf);
const SMALL = { seed: 3, customers: 30 };

describe('the demo bank is the same everywhere', () => {
  test('the same seed gives the same bytes, and they are those of every machine', () => {
    const [once, again] = [demoFiles(SMALL), demoFiles(SMALL)];
    expect([...once]).toEqual([...again]);
    const all = FILES.map((file) => once.get(file)).join('');
    expect(digestBytes(all)).toBe(
      'sha256:3b869257f01d0c88c90bb399db73512a9145563fb0f3d28a99723b28ff8192a3',
    );
  });

  test('another seed gives another bank', () => {
    expect(demoFiles({ ...SMALL, seed: 4 }).get('parties.csv')).not.toBe(
      demoFiles(SMALL).get('parties.csv'),
    );
  });

  test('a larger bank begins with the smaller one', () => {
    const [small, large] = [demoFiles(SMALL), demoFiles({ ...SMALL, customers: 50 })];
    for (const file of FILES) {
      expect(large.get(file)?.startsWith(small.get(file) ?? 'no such file')).toBe(true);
    }
  });

  test.each([-20, -3.5, 0, 0.7, 12])('e to the power %p is as near as can be', (x) => {
    expect(exponential(x) / Math.exp(x)).toBeCloseTo(1, 12);
  });

  test('draws are centred and spread as they should be', () => {
    const stream = openStream(1, 2, 3);
    const draws = Array.from({ length: 20_000 }, () => normalMilli(stream));
    const mean = draws.reduce((sum, one) => sum + one, 0) / draws.length;
    const variance = draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(25);
    expect(Math.abs(Math.sqrt(variance) - 1000)).toBeLessThan(25);
    expect([logisticPpm(0), logisticPpm(-99_000), logisticPpm(99_000)]).toEqual([
      500_000, 2, 999_998,
    ]);
  });
});

describe('time only adds', () => {
  test.each([
    ['the next day', '2026-06-30', '2026-07-01'],
    ['within a month', '2026-06-09', '2026-06-17'],
    ['over a year', '2025-01-15', '2026-02-03'],
    ['beyond the first today', '2026-06-30', '2026-09-15'],
  ])('%s', (_, from, to) => {
    const earlier = demoFiles({ ...SMALL, businessDate: from });
    const later = demoFiles({ ...SMALL, businessDate: to });
    const added = demoFiles({ ...SMALL, businessDate: to, recordedAfter: from });
    for (const file of FILES) {
      const [header, ...known] = linesOf(earlier, file);
      const after = linesOf(added, file).slice(1);
      expect(linesOf(later, file)[0]).toBe(header);
      expect([...known, ...after].toSorted()).toEqual(linesOf(later, file).slice(1).toSorted());
    }
    expect(linesOf(added, 'transactions.csv').length).toBeGreaterThan(1);
  });
});

describe('writing', () => {
  test('the truth lies outside the extract, which is the same with and without it', async () => {
    const root = await mkdtemp(join(tmpdir(), 'demo-bank-'));
    try {
      const extract = join(root, 'extract');
      const options = { seed: 3, customers: 30, businessDate: '2026-06-30' };
      await expect(
        writeDemoExtract(extract, { ...options, truthFolder: join(extract, 'truth') }),
      ).rejects.toThrow('must not lie within the extract');
      const truthFolder = join(root, 'truth');
      const seen: number[] = [];
      const { files } = await writeDemoExtract(extract, { ...options, truthFolder }, (progress) =>
        seen.push(progress.customersDone),
      );
      expect((await readdir(extract)).toSorted()).toEqual(FILES.toSorted());
      expect(await readdir(truthFolder)).toEqual(['truth.csv']);
      expect(seen.at(-1)).toBe(30);
      const plain = demoFiles(SMALL);
      for (const file of FILES) {
        expect(await readFile(join(extract, file), 'utf8')).toBe(plain.get(file));
        expect(files[file]).toBe(linesOf(plain, file).length - 1);
      }
      expect(files['truth.csv']).toBeGreaterThan(1000);
    } finally {
      await rm(root, { recursive: true });
    }
  });

  test.each([
    [{ seed: 1.5 }, 'a seed is a whole number'],
    [{ customers: 0 }, 'customers must be 1 to 900000'],
    [{ businessDate: '2026-02-30' }, 'the demo bank begins on 2024-07-01'],
    [{ businessDate: '2024-06-30' }, 'the demo bank begins on 2024-07-01'],
  ])('%j is refused', (wrong, message) => {
    expect(() => demoFiles(wrong)).toThrow(message);
  });
});
