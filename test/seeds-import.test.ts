import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HISTORY_FROM } from '../seeds/demo/calendar.ts';
import { writeDemoExtract } from '../seeds/demo/write-demo-extract.ts';
import { demoFiles } from './support/demo-extract.ts';
import { type ImportRig, importRig } from './support/import-rig.ts';

const MAPPING = join(import.meta.dirname, '../seeds/demo/mapping.json');
/** The mapping declares it anew with every import. */
const COVERAGE_RECORDS = 1;
const BANK = { seed: 5, customers: 40 };
let rig: ImportRig;
let folder = '';

beforeAll(async () => {
  rig = await importRig();
  folder = await mkdtemp(join(tmpdir(), 'demo-import-'));
});
afterAll(async () => {
  await rig.close();
  await rm(folder, { recursive: true });
});

async function load(businessDate: string, recordedAfter?: string) {
  const into = join(folder, `${businessDate}-${recordedAfter ?? 'all'}`);
  const { files } = await writeDemoExtract(into, {
    ...BANK,
    businessDate,
    ...(recordedAfter === undefined ? {} : { recordedAfter }),
  });
  const result = await rig.load(MAPPING, into);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal).slice(0, 2000));
  const written = Object.values(files).reduce((sum, rows) => sum + rows, 0);
  return { report: result.value, written };
}

describe('the demo bank is loaded as any bank is', () => {
  test('whole, with nothing refused and every row as it was generated', async () => {
    const { report, written } = await load('2026-06-30');
    expect(report).toMatchObject({
      written: true,
      rowsRefused: 0,
      rowsRead: written,
      recordsMerged: 0,
      unmappedFiles: [],
      bank: { mode: 'DEMO', businessDate: '2026-06-30', reportingCurrency: 'EUR' },
    });
    const [sums] = await rig.rows(
      'select count(*)::int as rows, sum(amount_minor)::bigint as amount from bank_transaction',
    );
    const lines = (demoFiles(BANK).get('transactions.csv') ?? '').trim().split('\n').slice(1);
    const amount = lines.reduce(
      (sum, line) => sum + Math.round(Number(line.split(',')[4]) * 100),
      0,
    );
    expect([Number(sums?.['rows']), Number(sums?.['amount'])]).toEqual([lines.length, amount]);
  });

  test('again, which changes nothing', async () => {
    const { report, written } = await load('2026-06-30');
    expect(report).toMatchObject({
      recordsWritten: 0,
      recordsMerged: written + COVERAGE_RECORDS,
    });
  });

  test('and advanced by what is new, which leaves what a whole import would', async () => {
    const { report, written } = await load('2026-07-10', '2026-06-30');
    expect(report).toMatchObject({
      recordsWritten: written,
      recordsMerged: COVERAGE_RECORDS,
      bank: { businessDate: '2026-07-10' },
    });
    expect((await load('2026-07-10')).report.recordsWritten).toBe(0);
  });

  test('its transactions are covered from the first day of the history, open-ended', async () => {
    const rows = await rig.rows(
      'select distinct arrangement_id, covered_from::text as day, covered_to from bank_coverage',
    );
    expect(rows).toEqual([{ arrangement_id: '', day: HISTORY_FROM, covered_to: null }]);
  });
});
