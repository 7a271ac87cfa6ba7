import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importExtract } from '../app/import/import-extract.ts';
import { type TrainingProgress, trainForests } from '../app/learning/train-forests.ts';
import { activateRelease, buildRelease, problemLines } from '../app/releases/build-release.ts';
import { CommandFailure } from '../cli/output.ts';
import type { Workbench } from '../cli/workbench.ts';
import type { RuleSetFiles } from '../domain/rule-set.ts';
import { desk } from './desk.ts';
import type { Stages } from './stages.ts';

/** Brings a database to a demo bank that can decide; does only what is missing. */
export async function prepareDemo(
  bench: Workbench,
  options: { readonly customers: number; readonly actor: string },
  stages: Stages,
): Promise<void> {
  const bank = await bench.bank.read();
  if (bank === undefined) await loadDemoBank(bench, options, stages);
  else if (bank.mode !== 'DEMO') return;
  if ((await bench.releaseStore.active()) !== undefined) return;
  const ruleSet = await readDemoRules();
  const stamp = () => ({ actor: options.actor, at: bench.clock.now() });
  const today = (await bench.bank.read())?.businessDate ?? bench.demo.firstBusinessDate;
  await stages.run('train the forests', async (show) => {
    const onProgress = (progress: TrainingProgress) => show(progressText(progress));
    const request = { ruleSet, today, stamp: stamp(), onProgress };
    const outcomes = await trainForests(request, bench);
    const trained = outcomes.filter((one) => 'entry' in one).length;
    return `${trained} of ${outcomes.length} forests`;
  });
  await stages.run('build and activate the first release', async () => {
    const { digest } = await buildRelease(ruleSet, stamp(), bench.releaseStore);
    await activateRelease(digest, stamp(), bench.releaseStore);
    return digest.slice(0, 19);
  });
}

async function loadDemoBank(
  bench: Workbench,
  options: { readonly customers: number; readonly actor: string },
  stages: Stages,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nextbest-demo-'));
  try {
    await stages.run('generate the demo bank', async (show) => {
      const { firstBusinessDate: businessDate } = bench.demo;
      const { customers } = options;
      await bench.demo.writeExtract(folder, { customers, businessDate }, ({ done, total }) =>
        show(`${done} of ${total} customers`),
      );
      return `${customers} customers up to ${businessDate}`;
    });
    await stages.run('import the demo bank', (show) =>
      importDemo(bench, { folder, actor: options.actor }, show),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Imports a folder of the demo bank as any bank's extract; answers how many rows. */
export async function importDemo(
  bench: Workbench,
  from: { readonly folder: string; readonly actor: string },
  show: (text: string) => void,
): Promise<string> {
  const file = bench.demo.mappingFile;
  const mapping = await desk.readMapping(file);
  if (!mapping.ok) throw new CommandFailure(problemLines(mapping.refusal).join('\n'));
  const result = await importExtract(
    {
      mapping: mapping.value.mapping,
      mappingFile: file,
      mappingDigest: mapping.value.digest,
      folder: from.folder,
      actor: from.actor,
      skipRefused: false,
      onProgress: ({ rowsRead, stage }) => show(`${rowsRead} rows, ${stage.toLowerCase()}`),
    },
    bench,
  );
  if (!result.ok) throw new CommandFailure(result.refusal.message, result.refusal);
  return `${result.value.rowsRead} rows`;
}

async function readDemoRules(): Promise<RuleSetFiles> {
  const files = await desk.readRuleSet(join(desk.rulesFolder, 'demo'));
  if (!files.ok) throw new CommandFailure(problemLines(files.refusal).join('\n'));
  const wrong = await desk.checkCases(files.value);
  if (wrong.length > 0) throw new CommandFailure(problemLines(wrong).join('\n'));
  return files.value;
}

function progressText(progress: TrainingProgress): string {
  const { done, total } = progress;
  return progress.stage === 'READING'
    ? `${done} of ${total} customers read`
    : `${progress.forest}: ${done} of ${total} trees`;
}
