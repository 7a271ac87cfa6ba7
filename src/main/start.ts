import { join } from 'node:path';
import type { TrainingOutcome } from '../app/learning/training/train-forests.ts';
import type { TrainingProgress } from '../app/learning/training/training-progress.ts';
import { problemLines } from '../app/releases/build-release.ts';
import { CommandFailure } from '../cli/output.ts';
import { withScratchFolder } from '../cli/scratch-folder.ts';
import { stepOf, timeLeft, whileTraining } from '../cli/training-screen.ts';
import type { World } from '../cli/world.ts';
import type { RuleSetFiles } from '../domain/rule-set.ts';
import { desk, ROOT } from './desk.ts';
import { operationDesk } from './operation-desk.ts';
import type { StartSteps } from './start-steps.ts';

/** What the demo bank is loaded by, and what makes it ready to decide. */
type Preparing = Pick<
  World,
  'bank' | 'clock' | 'demo' | 'intake' | 'learning' | 'operations' | 'releases'
>;

/** Brings a database to a demo bank that can decide; does only what is missing. */
export async function prepareDemo(
  world: Preparing,
  options: { readonly customers: number; readonly actor: string },
  steps: StartSteps,
): Promise<void> {
  const bank = await world.bank.read();
  if (bank === undefined) await loadDemoBank(world, options, steps);
  else if (bank.mode !== 'DEMO') return;
  await listForAssistants(world, options.actor);
  if ((await world.releases.active()) !== undefined) return;
  const ruleSet = await readDemoRules();
  const stamp = () => ({ actor: options.actor, at: world.clock.now() });
  const today = (await world.bank.read())?.businessDate ?? world.demo.firstBusinessDate;
  await steps.run('train the forests', async (show) => {
    const left = timeLeft(() => performance.now());
    const onProgress = (progress: TrainingProgress) => {
      const step = stepOf(progress);
      show(`${step.activity}, ${step.detail}${left(step)}`);
    };
    const request = { ruleSet, today, stamp: stamp(), onProgress };
    const outcomes = await whileTraining(GO_ON, () => world.learning.train(request));
    return outcomeText(outcomes);
  });
  await steps.run('build and activate the first release', async () => {
    const built = await world.releases.build(ruleSet, stamp());
    // A demo bank trains its own forests by the same rules a moment before.
    if (!built.ok) throw new Error(built.refusal.message);
    const { digest } = built.value;
    await world.releases.activate(digest, stamp());
    return digest.slice(0, 19);
  });
}

/** What an assistant may ask of the demo bank from the first start on. */
async function listForAssistants({ operations, clock }: Preparing, actor: string): Promise<void> {
  const ready = await operationDesk.readOperations(join(ROOT, 'seeds/demo/assistants.graphql'));
  if (!ready.ok) throw new Error(ready.refusal.message);
  await operations.add(ready.value, { actor, at: clock.now() });
}

async function loadDemoBank(
  world: Preparing,
  options: { readonly customers: number; readonly actor: string },
  steps: StartSteps,
): Promise<void> {
  await withScratchFolder('demo', async (folder) => {
    await steps.run('generate the demo bank', async (show) => {
      const { firstBusinessDate: businessDate } = world.demo;
      const { customers } = options;
      await world.demo.writeExtract(folder, { customers, businessDate }, ({ done, total }) =>
        show(`${done} of ${total} customers`),
      );
      return `${customers} customers up to ${businessDate}`;
    });
    await steps.run('import the demo bank', (show) =>
      importDemo(world, { folder, actor: options.actor }, show),
    );
  });
}

/** Imports a folder of the demo bank as any bank's extract; answers how many rows. */
async function importDemo(
  world: Preparing,
  from: { readonly folder: string; readonly actor: string },
  show: (text: string) => void,
): Promise<string> {
  const file = world.demo.mappingFile;
  const mapping = await desk.readMapping(file);
  if (!mapping.ok) throw new CommandFailure(problemLines(mapping.refusal).join('\n'));
  const result = await world.intake.importExtract({
    mapping: mapping.value.mapping,
    mappingFile: file,
    mappingDigest: mapping.value.digest,
    folder: from.folder,
    actor: from.actor,
    skipRefused: false,
    onProgress: ({ rowsRead, activity }) => show(`${rowsRead} rows, ${activity.toLowerCase()}`),
  });
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

const GO_ON = 'start again, and it goes on from the imported bank';

/** What was refused is named, with what decides in its place and how to train again. */
function outcomeText(outcomes: readonly TrainingOutcome[]): string {
  const refused = outcomes.flatMap((one) => ('refusal' in one ? [one] : []));
  const trained = `${outcomes.length - refused.length} of ${outcomes.length} forests`;
  if (refused.length === 0) return trained;
  const why = refused.map(({ forest, refusal }) => `\n  ${forest}: ${refusal.message}`).join('');
  return `${trained}; the others decide by their priors until \`train\` succeeds:${why}`;
}
