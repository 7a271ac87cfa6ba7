import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { berkaClients } from '../support/berka-files.ts';
import { type Ended, ROOT, nextbest as run } from '../support/command.ts';
import { type ClonedDatabase, urlFor } from '../support/database.ts';
import { clonePrepared } from '../support/prepared-database.ts';

const FIXTURE = join(ROOT, 'test/fixtures/berka');
const DAY = '1996-12-31';
const WAIT_MS = 180_000;

const HOLDS = {
  name: 'holds.csv',
  format: { delimiter: ',' },
  mayBeEmpty: true,
  whole: true,
  records: [
    {
      entity: 'hold',
      fields: {
        holdId: { column: 'hold' },
        partyId: { column: 'client' },
        kind: { column: 'kind' },
        startsOn: { column: 'from' },
        recordedAt: { column: 'from', transforms: ['endOfDay'] },
      },
    },
  ],
};

/** Even a bank under evaluation, where what was never handed over counts as none. */
describe('rows that an operator skips', () => {
  let database: ClonedDatabase;
  let scratch: string;
  const { free } = berkaClients(FIXTURE, '961231');
  const nextbest = (...args: readonly string[]): Promise<Ended> =>
    run(args, {
      DATABASE_URL: urlFor('WORKER', database.url),
      NEXTBEST_DATA: scratch,
      PORT: '0',
    });
  const importWith = async (holds: string, ...options: readonly string[]) => {
    await writeFile(join(scratch, 'files/holds.csv'), `hold,client,kind,from\n${holds}`);
    const mapping = ['--mapping', join(scratch, 'mapping.json')];
    return nextbest('import', ...mapping, join(scratch, 'files'), ...options);
  };
  const actionsFor = async (client: string): Promise<readonly string[]> => {
    const { stdout } = await nextbest('decide', client, '--as-of', DAY, '--json');
    const { actions } = JSON.parse(stdout) as {
      readonly actions: readonly { readonly action: { readonly id: string } }[];
    };
    return actions.map(({ action }) => action.id);
  };

  beforeAll(async () => {
    database = await clonePrepared();
    scratch = await mkdtemp(join(tmpdir(), 'nextbest-skipped-'));
    await cp(FIXTURE, join(scratch, 'files'), { recursive: true });
    const mapping = JSON.parse(await readFile(join(ROOT, 'seeds/berka/mapping.json'), 'utf8'));
    const files = [...mapping.files, HOLDS];
    await writeFile(join(scratch, 'mapping.json'), JSON.stringify({ ...mapping, files }));
    const first = await importWith('');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/holds\.csv +no rows: there are none/);
    const built = await nextbest('release', 'build', 'rules/berka', '--json');
    const { digest } = JSON.parse(built.stdout) as { readonly digest: string };
    await nextbest('release', 'activate', digest);
  }, WAIT_MS);
  afterAll(async () => {
    await database.drop();
    await rm(scratch, { recursive: true });
  });

  const UNREADABLE = `h1,${free},FRAUDE,1996-12-01\n`;

  test(
    'refuse the import unless they may be skipped, and where more are than allowed',
    async () => {
      for (const [options, words] of [
        [[], 'rows are refused: mend them, or skip them with `--skip-refused`'],
        [
          ['--allow-refused', '0'],
          'rows are refused, and 0 are allowed: mend them, or allow more',
        ],
      ] as const) {
        const ended = await importWith(UNREADABLE, ...options);
        expect(ended.code).toBe(1);
        expect(ended.stderr).toContain('holds.csv line 2, column kind: UNKNOWN_CODE');
        expect(ended.stderr).toContain(words);
      }
      expect(await actionsFor(free)).toContain('card_classic');
    },
    WAIT_MS,
  );

  test(
    'are told, end the command with 3, and leave nobody an offer whom they may be about',
    async () => {
      const ended = await importWith(UNREADABLE, '--skip-refused');
      expect(ended).toMatchObject({ code: 3, stderr: '' });
      expect(ended.stdout).toContain(
        '1 row skipped: what they are about is unknown until it is told',
      );
      expect(await actionsFor(free)).toEqual([]);
    },
    WAIT_MS,
  );

  test(
    'end it with 0 where so many are allowed, and are unknown all the same',
    async () => {
      expect((await importWith(UNREADABLE, '--allow-refused', '1')).code).toBe(0);
      expect(await actionsFor(free)).toEqual([]);
    },
    WAIT_MS,
  );

  test(
    'are known once they are told whole',
    async () => {
      expect((await importWith('')).code).toBe(0);
      expect(await actionsFor(free)).toContain('card_classic');
    },
    WAIT_MS,
  );
});
