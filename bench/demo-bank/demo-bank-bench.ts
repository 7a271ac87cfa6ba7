import { loadavg } from 'node:os';
import { join } from 'node:path';
import { DEMO_BUSINESS_DATE } from '../../seeds/demo/calendar.ts';
import { readConfig } from '../../src/main/config.ts';
import { desk } from '../../src/main/desk.ts';
import { trainOnThreads } from '../../src/main/train-on-threads.ts';
import { clock, type DemoBankPlace, truthFileOf, withDemoBank } from './demo-bank-data.ts';
import { isOfHeldOut, type Judged, judge } from './forest-report.ts';
import { gatherBank, type Rows } from './gather.ts';
import { driftLine, proxyLine } from './planted-report.ts';
import { policyValues } from './policy-report.ts';
import { readTruth, type Truth } from './truth.ts';

// Usage: node bench/demo-bank/demo-bank-bench.ts <folder> [customers, 40000] [seed, 1]
const [folder = '', customers = '40000', seed = '1'] = process.argv.slice(2);
if (folder === '') throw new Error('name a folder that may be emptied, as the first argument');

/** Contacts before this month (2025-11) had answered when the later ones (from 2026-01) began. */
const TRAINED_BEFORE = 16;
const TESTED_FROM = 18;

const trainer = trainOnThreads(() => readConfig(process.env).trainingWorkers);
const place: DemoBankPlace = { folder, customers: Number(customers), seed: Number(seed) };
const say = (step: string, line: object) =>
  console.log(JSON.stringify({ step, ...line, load: Math.round((loadavg()[0] ?? 0) * 10) / 10 }));

await withDemoBank(place, async (stores) => {
  const ruleSet = await desk.readRuleSet(join(desk.rulesFolder, 'demo'));
  if (!ruleSet.ok) throw new Error('the demo rules cannot be read');
  const seconds = clock();
  const gathered = await gatherBank(stores, ruleSet.value, DEMO_BUSINESS_DATE);
  say('gathered', { seconds: seconds(), maxMegabytes: megabytes() });
  const actions = ruleSet.value.forests.map(({ predictsFor }) => predictsFor.id);
  const truth = await readTruth(truthFileOf(place), place.customers, actions);
  const judgeAll = judging(truth, { trainer });
  const held = await judgeAll('heldOutCustomers', gathered.contacts, {
    isTrained: (rows, row) => !isOfHeldOut(rows, row),
    isTest: isOfHeldOut,
  });
  const fitted = held.map((one) => one.fitted);
  say('policy', policyValues(gathered.decisions, fitted, { truth, ruleSet: ruleSet.value }));
  for (const one of held) say('proxy', proxyLine(one));
  const later = await judgeAll('laterMonths', gathered.contacts, {
    isTrained: (rows, row) => (rows.months[row] ?? 0) < TRAINED_BEFORE,
    isTest: (rows, row) => (rows.months[row] ?? 0) >= TESTED_FROM,
  });
  for (const one of later) say('drift', driftLine(one));
  say('done', { maxMegabytes: megabytes() });
});

interface Split {
  readonly isTrained: (rows: Rows, row: number) => boolean;
  readonly isTest: (rows: Rows, row: number) => boolean;
}

function judging(
  truth: Truth,
  { trainer }: { readonly trainer: Parameters<typeof judge>[1]['trainer'] },
) {
  return async (step: string, contacts: readonly Rows[], split: Split) => {
    const all: Judged[] = [];
    for (const rows of contacts) {
      const { judged, line } = await judge(rows, {
        truth,
        trainer,
        isTrained: (row) => split.isTrained(rows, row),
        isTest: (row) => split.isTest(rows, row),
      });
      say(step, line);
      all.push(judged);
    }
    return all;
  };
}

function megabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
