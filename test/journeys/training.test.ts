import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { digestBytes } from '../../src/domain/digest.ts';
import { type Ended, nextbest, ROOT } from '../support/command.ts';
import { type ClonedDatabase, urlFor } from '../support/database.ts';
import { cloneDemoDatabase } from '../support/demo-database.ts';

const PROGRAM = join(ROOT, 'src/main/nextbest.ts');
const TRAIN = ['train', '--no-tune'] as const;
/** Loaded first by the process whose training thread is to die: nothing else may end one. */
const KILLER = "process.on('worker', (one) => setTimeout(() => one.terminate(), 40));";
const WAIT_MS = 120_000;

describe('a training over the demo bank', () => {
  let database: ClonedDatabase;
  let scratch: string;
  let environment: Readonly<Record<string, string>>;
  let before: string;

  beforeAll(async () => {
    database = await cloneDemoDatabase();
    scratch = await mkdtemp(join(tmpdir(), 'nextbest-training-'));
    await mkdir(join(scratch, 'tmp'));
    environment = {
      DATABASE_URL: urlFor('WORKER', database.url),
      NEXTBEST_DATA: join(scratch, 'data'),
      NEXTBEST_WORKERS: '2',
      TMPDIR: join(scratch, 'tmp'),
    };
    before = await kept(database.url);
  }, 600_000);
  afterAll(async () => {
    await database?.drop();
    await rm(scratch, { recursive: true });
  });

  /** Nothing of it is in the database or in the folder for what is temporary. */
  const expectNothingLeft = async () => {
    expect(await kept(database.url)).toBe(before);
    expect(await readdir(join(scratch, 'tmp'))).toEqual([]);
  };

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGKILL', null],
  ] as const)(
    'that %s ends leaves nothing behind, and says so if it can',
    async (signal, code) => {
      const ended = await interrupted(signal, environment);
      expect(ended.code).toBe(code);
      expect(ended.stdout).toBe('');
      const said = 'nothing was kept, and no release changed: run `train` again';
      if (signal !== 'SIGKILL') expect(ended.stderr).toContain(said);
      await expectNothingLeft();
    },
    WAIT_MS,
  );

  test(
    'whose thread is killed keeps nothing and says what to do next',
    async () => {
      const killer = join(scratch, 'killer.mjs');
      await writeFile(killer, KILLER);
      const killing = { ...environment, NODE_OPTIONS: `--import=${killer}` };
      const { code, stdout, stderr } = await nextbest(TRAIN, killing);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('a training thread died before its trees were grown');
      expect(stderr).toContain('nothing was kept, and no release changed: run `train` again');
      await expectNothingLeft();
    },
    WAIT_MS,
  );

  test(
    'that would need more memory than it may take does not begin',
    async () => {
      const args = [...TRAIN, '--memory-mb', '100', '--json'];
      const { code, stdout } = await nextbest(args, environment);
      expect(code).toBe(0);
      const { outcomes } = JSON.parse(stdout) as { readonly outcomes: readonly object[] };
      expect(outcomes).toHaveLength(8);
      for (const one of outcomes) {
        expect(one).toMatchObject({ refusal: { code: 'TOO_MUCH_MEMORY', column: 'rows' } });
      }
      await expectNothingLeft();
    },
    WAIT_MS,
  );

  test.each([
    ['too few positives', { spec: { leastPositives: 5000 } }, 'TOO_FEW_POSITIVES', 'target'],
    [
      'nothing that varies',
      { features: ['holdings.hasCurrentAccount'] },
      'CONSTANT_FEATURE',
      'holdings.hasCurrentAccount',
    ],
    [
      'one class',
      { target: { label: 'flew to the moon', products: ['moon_flight'], window: 'P90D' } },
      'ONE_CLASS',
      'target',
    ],
  ])(
    'on %s is refused by name',
    async (_, over, code, column) => {
      const folder = await ruleSetWith(join(scratch, 'rules'), over);
      const ended = await nextbest(['train', folder, '--no-tune', '--json'], environment);
      const { outcomes } = JSON.parse(ended.stdout) as { readonly outcomes: readonly object[] };
      expect(outcomes).toHaveLength(8);
      for (const one of outcomes) expect(one).toMatchObject({ refusal: { code, column } });
      await expectNothingLeft();
    },
    WAIT_MS,
  );

  test('by a declaration without an owner is refused where it stands', async () => {
    const folder = await ruleSetWith(join(scratch, 'rules'), { owner: undefined });
    const { code, stderr } = await nextbest(['train', folder], environment);
    expect(code).toBe(1);
    expect(stderr).toMatch(/forests\.json.*owner/);
    await expectNothingLeft();
  });

  describe('a forest file', () => {
    let exported: { readonly [member: string]: unknown };
    const file = () => join(scratch, 'forest.json');

    beforeAll(async () => {
      await nextbest(['forest', 'export', 'personal-loan', '--file', file()], environment);
      exported = JSON.parse(await readFile(file(), 'utf8'));
    }, WAIT_MS);

    const importing = async (text: string): Promise<Ended> => {
      await writeFile(file(), text);
      return nextbest(['forest', 'import', file(), '--as', 'personal-loan'], environment);
    };

    test.each([
      ['cut off', (text: string) => text.slice(0, -40), 'NOT_JSON'],
      ['of another kind', () => '{"name":"a recipe"}', 'CARD_MISSING'],
      ['of a classifier', edited({ name: 'RFClassifier' }), 'FOREIGN'],
      ['without trees', withoutTrees, 'CORRUPT'],
      ['of another digest', edited({ digest: `sha256:${'0'.repeat(64)}` }), 'DIGEST_MISMATCH'],
      ['without a card', edited({ card: undefined }), 'CARD_MISSING'],
      ['without an owner', edited({ card: { limits: [] } }), 'CARD_WITHOUT_OWNER'],
    ])(
      '%s is refused by name',
      async (_, change, code) => {
        const { code: exit, stderr } = await importing(change(JSON.stringify(exported)));
        expect(exit).toBe(1);
        expect(stderr).toContain(`refused, ${code}`);
        await expectNothingLeft();
      },
      WAIT_MS,
    );
  });
});

describe('an evaluation', () => {
  let scratch: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'nextbest-evaluation-'));
  });
  afterAll(() => rm(scratch, { recursive: true }));

  const evaluate = (lines: readonly string[], ...more: readonly string[]) =>
    writeFile(join(scratch, 'rows.csv'), lines.join('\n')).then(() => [
      'forest',
      'evaluate',
      ...['--csv', join(scratch, 'rows.csv'), '--target', 'bought', '--positive', 'y'],
      ...more,
    ]);
  const rows = (count: number, line: (k: number) => string) => [
    'income,steady,bought',
    ...Array.from({ length: count }, (_, k) => line(k)),
  ];
  const usual = (k: number) => `${(k * 37) % 101},${k % 7},${k % 3 === 0 ? 'y' : 'n'}`;

  test.each([
    ['one class', (k: number) => `${k},${k % 7},y`, 'ONE_CLASS'],
    [
      'too few positives',
      (k: number) => `${k},${k % 7},${k < 5 ? 'y' : 'n'}`,
      'TOO_FEW_POSITIVES',
    ],
    ['a constant column', (k: number) => `7,${k % 7},${k % 2 ? 'y' : 'n'}`, 'CONSTANT_FEATURE'],
    ['an empty column', (k: number) => `,${k % 7},${k % 2 ? 'y' : 'n'}`, 'CONSTANT_FEATURE'],
    ['NaN', (k: number) => `${k === 9 ? 'NaN' : k},1${k % 7},${k % 2 ? 'y' : 'n'}`, 'NOT_FINITE'],
    ['Infinity', (k: number) => `${k === 9 ? 'Infinity' : k},1${k % 7},y`, 'NOT_FINITE'],
  ])('of %s is refused by name and writes no predictions', async (_, line, code) => {
    const file = join(scratch, 'predictions.csv');
    const args = await evaluate(rows(200, line), '--no-tune', '--predictions', file);
    const { code: exit, stdout, stderr } = await nextbest(args, {});
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain(`refused, ${code}:`);
    expect(await readdir(scratch)).toEqual(['rows.csv']);
  });

  test('tells its stages a line each where there is no terminal, and its memory', async () => {
    const args = await evaluate(rows(600, usual), '--no-tune', '--seeds', '1,2', '--trees', '20');
    const { code, stdout, stderr } = await nextbest(args, {});
    expect(code).toBe(0);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^seed 1/),
      expect.stringMatching(/^seed 2/),
    ]);
    expect(stdout).toMatch(/memory: \d+ MB at most/);
  });

  test('that is interrupted leaves no predictions, whole or in part', async () => {
    const file = join(scratch, 'predictions.csv');
    const args = await evaluate(rows(20_000, usual), '--trees', '2000', '--predictions', file);
    const ended = await runUntil(args, { says: /tuning/, signal: 'SIGINT' }, {});
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain('run `forest evaluate` again');
    expect(await readdir(scratch)).toEqual(['rows.csv']);
  });
});

function edited(over: { readonly [member: string]: unknown }): (text: string) => string {
  return (text) => JSON.stringify({ ...(JSON.parse(text) as object), ...over });
}

function withoutTrees(text: string): string {
  const document = JSON.parse(text) as { readonly baseModel: object };
  return edited({ baseModel: { ...document.baseModel, estimators: [] } })(text);
}

/** Forests, their bytes and what is in force, as one digest. */
async function kept(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`
      select (select json_agg(f order by id, trained_at) from forest f)::text as forests,
        (select json_agg(digest order by digest) from artifact)::text as artifacts,
        (select json_agg(a order by id) from release_activation a)::text as activations`);
    return digestBytes(JSON.stringify(rows));
  } finally {
    await client.end();
  }
}

function interrupted(
  signal: NodeJS.Signals,
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  return runUntil(TRAIN, { says: /growing it/, signal }, environment);
}

/** Runs a command, and ends it by a signal once its standard error says something. */
function runUntil(
  args: readonly string[],
  until: { readonly says: RegExp; readonly signal: NodeJS.Signals },
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: ROOT, env });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const spoke = until.says.test(stderr);
    stderr += text;
    if (!spoke && until.says.test(stderr)) child.kill(until.signal);
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}

/** The demo's rule set with every forest changed alike. */
async function ruleSetWith(parent: string, over: object): Promise<string> {
  await rm(parent, { recursive: true, force: true });
  await cp(join(ROOT, 'rules'), parent, { recursive: true });
  const file = join(parent, 'demo/forests.json');
  const { forests } = JSON.parse(await readFile(file, 'utf8')) as {
    readonly forests: readonly object[];
  };
  await writeFile(file, JSON.stringify({ forests: forests.map((one) => ({ ...one, ...over })) }));
  return join(parent, 'demo');
}
