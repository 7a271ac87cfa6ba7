import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStores, type Stores } from '../../src/adapters/postgres/open-stores.ts';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import { trainingInstants } from '../../src/app/learning/training/training-instants.ts';
import { gatherRows, startRows } from '../../src/app/learning/training/training-rows.ts';
import { digestsOf } from '../../src/app/releases/release-shelf.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import { DEFAULT_FOREST_SPEC } from '../../src/domain/forest.ts';
import type { ForestDeclaration } from '../../src/domain/rule-set.ts';
import { readConfig } from '../../src/main/config.ts';
import { desk } from '../../src/main/desk.ts';
import { type OpenedWorld, openWorld } from '../../src/main/open-world.ts';
import { berkaClients } from '../support/berka-files.ts';
import { type Ended, nextbest, ROOT } from '../support/command.ts';
import { type ClonedDatabase, urlFor } from '../support/database.ts';
import { writeLateExtract } from '../support/late-extract.ts';
import { clonePrepared } from '../support/prepared-database.ts';

const FOLDER = join(ROOT, 'test/fixtures/berka');
const TODAY = '1998-12-31';
/** The earliest of the months that training looks back to. */
const LOOKED_BACK_TO = '1997-06-30';
const MONTH_AFTER = '1997-07-31';

describe('what was recorded after a day changes no byte of that day', () => {
  let database: ClonedDatabase;
  let scratch: string;
  let world: OpenedWorld;
  let stores: Stores;
  const { free, borrower } = berkaClients(FOLDER, '961231');
  const days = [LOOKED_BACK_TO, MONTH_AFTER] as const;
  let before: readonly Known[];
  let after: readonly Known[];

  /** All that is known of a day: decisions with their evidence, and training rows. */
  interface Known {
    readonly decisions: readonly Recorded[];
    readonly rows: string;
    readonly rowCount: number;
    /** Of them those whose facts are what a decision left behind. */
    readonly liveCount: number;
  }

  interface Recorded {
    readonly sheetAddress: string;
    readonly decision: string;
    readonly live: string;
  }

  const succeed = async (...args: readonly string[]): Promise<Ended> => {
    const ended = await nextbest(args, {
      DATABASE_URL: urlFor('WORKER', database.url),
      NEXTBEST_DATA: scratch,
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    return ended;
  };

  const decideAsOf = async (client: string, day: string): Promise<Recorded> => {
    const asked = ['decide', client, '--as-of', day, '--authority', 'BRANCH_MANAGER'];
    const { stdout } = await succeed(...asked, '--record', '--json');
    const { decisionId } = JSON.parse(stdout) as { readonly decisionId: string };
    const stored = (await stores.decisions.findMany([decisionId])).get(decisionId);
    const capsule = stored?.capsule;
    if (!capsule) throw new Error('the decision was not recorded, or cannot be read');
    const loaded = await stores.snapshots.load(capsule.customer, capsule.snapshotAddress);
    const { decisionId: _id, decidedAt: _at, ...live } = capsule.live;
    return {
      sheetAddress: String(loaded?.snapshot.sheetAddress),
      decision: canonicalText(capsule.decision),
      live: canonicalText(live),
    };
  };

  const rowsOn = async (day: string): Promise<Omit<Known, 'decisions'>> => {
    const read = await desk.readRuleSet(join(ROOT, 'rules/berka'));
    if (!read.ok) throw new Error(JSON.stringify(read.refusal));
    const { facts, rates } = read.value.body;
    const features = facts.filter(({ origin }) => origin === 'SHEET').map(({ name }) => name);
    const forests = [forestOf('LOAN', features), forestOf('CARD', features)];
    const into = startRows(forests);
    const instantsOf: typeof trainingInstants = (...args) =>
      trainingInstants(...args).filter(({ date }) => date === day);
    const { customerIds } = await stores.directory.page({ after: null, first: 100 });
    const loaders = createCustomerLoaders(stores.histories, world.clock);
    const digests = digestsOf(read.value.body);
    const sheets = await stores.liveSheets({ customerIds, ...digests });
    for (const id of customerIds) {
      const history = await loaders.historyOf(id);
      const stored = sheets.get(id) ?? new Map();
      gatherRows(history, { forests, facts, rates, today: TODAY, instantsOf, stored }, into);
    }
    const rowCount = into.reduce((sum, { labels }) => sum + labels.length, 0);
    const live = into.flatMap((rows) => rows.live);
    const liveCount = live.reduce((sum, one) => sum + one, 0);
    return { rows: JSON.stringify(into), rowCount, liveCount };
  };

  const knownOn = async (day: string): Promise<Known> => ({
    decisions: [await decideAsOf(free, day), await decideAsOf(borrower, day)],
    ...(await rowsOn(day)),
  });

  beforeAll(async () => {
    database = await clonePrepared();
    scratch = await mkdtemp(join(tmpdir(), 'nextbest-as-of-'));
    const environment = { DATABASE_URL: urlFor('WORKER', database.url), NEXTBEST_DATA: scratch };
    world = await openWorld(readConfig(environment), 'WORKER');
    stores = openStores(database.url, { max: 2, applicationName: 'as-of' });
    await succeed('import', '--mapping', 'seeds/berka/mapping.json', FOLDER);
    const { stdout } = await succeed('release', 'build', 'rules/berka', '--json');
    const { digest } = JSON.parse(stdout) as { readonly digest: string };
    await succeed('release', 'activate', digest);
    before = [await knownOn(days[0]), await knownOn(days[1])];
    const late = await writeLateExtract(FOLDER, scratch);
    await succeed('import', '--mapping', late.mapping, late.folder);
    after = [await knownOn(days[0]), await knownOn(days[1])];
  }, 180_000);
  afterAll(async () => {
    await stores?.close();
    await world?.close();
    await database.drop();
    await rm(scratch, { recursive: true });
  });

  test('decisions as of the day rest on the same fact sheet and come out the same', () => {
    expect(after[0]?.decisions).toEqual(before[0]?.decisions);
  });

  test('the authority of who asked is part of what is stored', () => {
    for (const { live } of before.flatMap(({ decisions }) => decisions)) {
      expect(JSON.parse(live)).toMatchObject({ authority: { upTo: 'BRANCH_MANAGER' } });
    }
  });

  test('training rows of the day stay, with all their features and labels', () => {
    expect(before[0]?.rowCount).toBeGreaterThan(40);
    expect(after[0]?.rowCount).toBe(before[0]?.rowCount);
    expect(after[0]?.rows).toBe(before[0]?.rows);
  });

  test('of LIVE rows, whose facts decisions left behind, as of those derived afterwards', () => {
    const { liveCount = 0, rowCount = 0 } = before[0] ?? {};
    expect(liveCount).toBeGreaterThan(1);
    expect(liveCount).toBeLessThan(rowCount);
    expect(after[0]?.liveCount).toBe(liveCount);
  });

  test('a month later all of it is known, and everything differs', () => {
    for (const [k, decision] of (before[1]?.decisions ?? []).entries()) {
      const other = after[1]?.decisions[k];
      expect(other?.sheetAddress).not.toBe(decision.sheetAddress);
      expect(other?.decision).not.toBe(decision.decision);
      expect(other?.live).toContain('DECEASED');
      expect(other?.live).toContain('"language":"de"');
    }
    expect(after[1]?.rows).not.toBe(before[1]?.rows);
  });
});

function forestOf(kind: 'LOAN' | 'CARD', features: readonly string[]): ForestDeclaration {
  return {
    id: kind.toLowerCase(),
    predictsFor: { scope: 'ACTION', id: kind.toLowerCase() },
    target: { label: `opens a ${kind.toLowerCase()}`, productKinds: [kind], window: 'P1M' },
    features,
    spec: DEFAULT_FOREST_SPEC,
    permittedUses: [],
    owner: 'Evaluation Analysts',
  };
}
