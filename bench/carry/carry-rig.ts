/**
 * `npm run rig:carry <commit>`: shows that decisions stored by another commit are carried over.
 * That commit fills a bank and replays its decisions; this tree then opens the same data folder,
 * replays them, puts its own rules in force and shows them. Ends with 1 where one is not identical
 * or cannot be shown.
 */
import { argv, stderr } from 'node:process';
import { checkOut, thisCheckout } from '../ratio/checkout.ts';
import { progress } from '../ratio/progress.ts';
import { lastLine, replayedBy } from '../ratio/replayed.ts';
import { RunFailed } from '../ratio/run.ts';
import { Interrupted, type Scratch, withScratch } from '../ratio/scratch.ts';
import { createSide, type Side } from '../ratio/side.ts';
import type { Caller } from './graphql.ts';
import { type Question, questions } from './questions.ts';
import { shownDecisions } from './shown-decisions.ts';
import { storeDecisions } from './store-decisions.ts';

const CUSTOMERS = 300;
const DECISIONS = 1_000;
/** The bank lives on between the halves, so that customers have snapshots of two days. */
const HALF = DECISIONS / 2;

const [commit] = argv.slice(2);
const tell = progress();
try {
  if (commit === undefined || commit.startsWith('-')) {
    throw new Error('name a commit: `npm run rig:carry <commit>`');
  }
  await withScratch('carry', (scratch) => carryOver(commit, scratch));
  process.exit(0);
} catch (error) {
  stderr.write(`rig:carry: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof Interrupted ? error.exitCode : 1);
}

async function carryOver(from: string, scratch: Scratch): Promise<void> {
  tell(`checking out ${from}`);
  const other = createSide('other', await checkOut(from, scratch), scratch);
  const here = createSide('here', await thisCheckout(scratch), scratch);
  const dataFolder = scratch.dataFolder('bank');
  const stored = await fillBank(other, dataFolder);
  await replayBy(other, dataFolder);
  await replayBy(here, dataFolder);
  const shown = await showBy(here, dataFolder);
  const missing = stored.filter((id) => !shown.has(id));
  if (missing.length > 0) {
    throw new Error(`${missing.length} decisions are not shown, among them ${missing[0]}`);
  }
  console.log(`${here.commit}: all ${stored.length} are shown with their evidence`);
}

/** The other commit starts a bank and stores decisions; answers their ids. */
async function fillBank(side: Side, dataFolder: string): Promise<readonly string[]> {
  tell(`${side.commit} starts a bank of ${CUSTOMERS} customers`);
  const service = await side.serve({ dataFolder }, 'start', '--customers', String(CUSTOMERS));
  const callers: Caller[] = [];
  for (const role of ['agent', 'service']) {
    callers.push({ url: service.url, token: await tokenOf(side, dataFolder, role) });
  }
  const asked = questions(DECISIONS, CUSTOMERS);
  const store = (some: readonly Question[]) => storeDecisions(callers, some);
  tell(`${side.commit} stores ${DECISIONS} decisions`);
  const before = await store(asked.slice(0, HALF));
  await side.command({ dataFolder }, 'advance', '3');
  const ids = [...before, ...(await store(asked.slice(HALF)))];
  await service.stop();
  if (new Set(ids).size === DECISIONS) return ids;
  throw new Error(`${new Set(ids).size} decisions were stored in place of ${DECISIONS}`);
}

/** Replays all and prints what the command says last, also where it fails. */
async function replayBy(side: Side, dataFolder: string): Promise<void> {
  tell(`${side.commit} replays them`);
  const ran = await side.command({ dataFolder }, 'replay', '--all').catch((error: unknown) => {
    if (error instanceof RunFailed) console.log(`${side.commit}: ${lastLine(error.stdout)}`);
    throw error;
  });
  const { line, identical } = replayedBy(ran);
  console.log(`${side.commit}: ${line}`);
  if (identical !== DECISIONS) throw new Error(`${DECISIONS} were stored`);
}

/** Serves only once rules of its own engine are in force: it refuses to decide by another's. */
async function showBy(side: Side, dataFolder: string): Promise<ReadonlySet<string>> {
  tell(`${side.commit} puts its rules in force`);
  await side.command({ dataFolder }, 'release', 'activate', '--actor', 'rig');
  tell(`${side.commit} shows them`);
  const { url, stop } = await side.serve({ dataFolder }, 'serve');
  const token = await tokenOf(side, dataFolder, 'auditor');
  const shown = await shownDecisions({ url, token });
  await stop();
  return shown;
}

async function tokenOf(side: Side, dataFolder: string, role: string): Promise<string> {
  const { stdout } = await side.command({ dataFolder }, 'token', '--role', role);
  return stdout.trim();
}
