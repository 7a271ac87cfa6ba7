import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BerkaClients, berkaClients } from '../support/berka-files.ts';
import { type Ended, ROOT, nextbest as run } from '../support/command.ts';
import { type ClonedDatabase, urlFor } from '../support/database.ts';
import { clonePrepared } from '../support/prepared-database.ts';
import { describeWithShared } from '../support/shared-data.ts';

const MAPPING = 'seeds/berka/mapping.json';
const WAIT_MS = 120_000;

interface Answer {
  readonly decisionId: string;
  readonly businessDate: string;
  readonly release: string;
  readonly outcome: string;
  readonly recorded: boolean;
  readonly noAction: { readonly code: string } | null;
  readonly actions: readonly {
    readonly action: { readonly id: string };
    readonly propensity: { readonly basis: string };
  }[];
  readonly withheld: readonly {
    readonly action: { readonly id: string };
    readonly stage: string;
    readonly rule: string;
    readonly reason: { readonly code: string };
  }[];
  readonly degradations: readonly {
    readonly part: string;
    readonly failure: string;
    readonly facts: readonly string[];
  }[];
}

type Command = (...args: readonly string[]) => Promise<Ended>;

interface Journey {
  readonly nextbest: Command;
  readonly clients: () => BerkaClients;
  readonly asOf: string;
}

/** The integrator's way from a folder in Berka's format to a replayed decision. */
function defineJourney(
  folder: string,
  asOf: string,
  more: (journey: Journey) => void = () => {},
): void {
  let database: ClonedDatabase;
  let dataFolder: string;
  let clients: BerkaClients;
  let before: Ended;
  let imported: Ended;
  let built: Ended;

  const nextbest: Command = (...args) =>
    run(args, {
      DATABASE_URL: urlFor('WORKER', database.url),
      NEXTBEST_DATA: dataFolder,
      PORT: '0',
    });
  const look = async (client: string, ...more: readonly string[]): Promise<Answer> => {
    const ended = await nextbest('decide', client, '--as-of', asOf, '--json', ...more);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    return JSON.parse(ended.stdout) as Answer;
  };
  const told = ({ actions, withheld }: Answer): readonly string[] =>
    [
      ...actions.map(({ action }) => `${action.id} surfaced`),
      ...withheld.map(({ action, rule, reason }) => `${action.id} ${rule} ${reason.code}`),
    ].toSorted();

  const both = (rule: string) => [`card_classic ${rule}`, `personal_loan ${rule}`];

  beforeAll(async () => {
    database = await clonePrepared();
    dataFolder = await mkdtemp(join(tmpdir(), 'nextbest-berka-journey-'));
    clients = berkaClients(folder, asOf.slice(2).replaceAll('-', ''));
    before = await nextbest('decide', clients.free, '--as-of', asOf);
    imported = await nextbest('import', '--mapping', MAPPING, folder, '--json');
    const early = await nextbest('decide', clients.free, '--as-of', asOf);
    expect(early).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no release is in force/),
    });
    built = await nextbest('release', 'build', 'rules/berka', '--json');
    const { digest } = JSON.parse(built.stdout) as { readonly digest: string };
    const active = await nextbest('release', 'activate', digest);
    expect(active.stderr).toBe('');
  }, WAIT_MS);
  afterAll(async () => {
    await database.drop();
    await rm(dataFolder, { recursive: true });
  });

  test('before any bank is imported, deciding says what to do first', () => {
    expect(before).toMatchObject({ code: 1, stdout: '' });
    expect(before.stderr).toBe('there is no bank yet: import one\n');
  });

  test('the folder is imported whole, and the rule set becomes the release in force', async () => {
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(imported.stdout)).toMatchObject({ rowsRefused: 0, written: true });
    expect(built).toMatchObject({ code: 0, stderr: '' });
    const { release } = await look(clients.free);
    expect(release).toBe((JSON.parse(built.stdout) as { digest: string }).digest);
  });

  test('each client gets what the files say they lack, and hears why not', async () => {
    const borrower = await look(clients.borrower);
    const cardholder = await look(clients.cardholder);
    const disponent = await look(clients.disponent);
    const free = await look(clients.free);
    expect(told(borrower)).toContain('personal_loan loan-none-taken LOAN_HELD');
    expect(told(cardholder)).toContain('card_classic card-none-held CARD_HELD');
    expect(told(disponent)).toEqual(both('own-account NO_OWN_ACCOUNT'));
    expect(disponent.noAction?.code).toBe('NOTHING_ELIGIBLE');
    expect(free.actions.map(({ action }) => action.id)).toContain('card_classic');
    expect(free.actions.map(({ propensity }) => propensity.basis)).not.toContain('SCORED');
  });

  test('a client who came later owned nothing on the day, and gets nothing', async () => {
    const later = await look(clients.later);
    expect(told(later)).toEqual(both('own-account NO_OWN_ACCOUNT'));
    const profile = later.degradations.find(({ part }) => part === 'profile');
    expect(profile?.facts).toEqual(
      expect.arrayContaining(['customer.ageYears', 'customer.tenureMonths']),
    );
  });

  test('what no file tells is not covered, rather than stale or nought', async () => {
    const { degradations } = await look(clients.free);
    expect(new Set(degradations.map(({ failure }) => failure))).toEqual(new Set(['NOT_COVERED']));
    expect(degradations.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['interactions', 'campaigns', 'goals', 'relationshipValue']),
    );
    // Whatever these rules read survives: nothing of it is lost to an uncovered window.
    expect(degradations.flatMap(({ facts }) => facts)).toEqual([]);
  });

  test(
    'a look leaves no record unless it is asked for; then it replays IDENTICAL',
    async () => {
      expect((await look(clients.free)).recorded).toBe(false);
      const none = await nextbest('replay', '--all', '--json');
      expect(JSON.parse(none.stdout)).toMatchObject({ IDENTICAL: 0, DIFFERENT: 0 });
      const { decisionId, recorded } = await look(clients.free, '--record');
      expect(recorded).toBe(true);
      const plain = await nextbest('decide', clients.borrower, '--record', '--json');
      expect(JSON.parse(plain.stdout)).toMatchObject({
        recorded: true,
        businessDate: '1998-12-31',
      });
      const one = await nextbest('replay', decisionId, '--json');
      expect(JSON.parse(one.stdout)).toMatchObject({ decisionId, result: 'IDENTICAL' });
      const all = await nextbest('replay', '--all', '--archive', '--json');
      expect(JSON.parse(all.stdout)).toMatchObject({ IDENTICAL: 2, DIFFERENT: 0 });
    },
    WAIT_MS,
  );

  test('a bank marked for evaluation is never served', async () => {
    const { code, stdout, stderr } = await nextbest('serve');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('is marked for evaluation: its consent is assumed');
  });

  more({ nextbest, clients: () => clients, asOf });
}

/** What holds of the commands whatever the bank: tried once, for each is a process. */
function defineWords({ nextbest, clients, asOf }: Journey): void {
  test('people read the same as text', async () => {
    const { code, stdout } = await nextbest('decide', clients().disponent, '--as-of', asOf);
    expect(code).toBe(0);
    expect(stdout).toContain(`on ${asOf}, NO_ACTION`);
    expect(stdout).toContain(
      'not Classic card: ELIGIBILITY own-account, Only who owns an account',
    );
    expect(stdout).toContain('not recorded: say `--record` to store it');
  });

  test.each([
    ['a customer the bank does not have', ['decide', 'nobody'], 'the bank has no customer'],
    ['what is no date', ['decide', '1', '--as-of', '1997-02-30'], 'is no date; write it like'],
    ['a day yet to come', ['decide', '1', '--as-of', '1999-01-01'], 'is yet to come'],
    ['no level of approval', ['decide', '1', '--authority', 'BOSS'], 'Allowed choices are NONE,'],
  ])('%s is refused in words', async (_case, args, words) => {
    const { code, stdout, stderr } = await nextbest(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(words);
  });
}

describe('an invented bank in Berka’s format', () => {
  defineJourney(join(ROOT, 'test/fixtures/berka'), '1996-12-31', defineWords);
});

describeWithShared('Berka itself', ['data/berka'], (folder) => {
  defineJourney(folder, '1997-06-30');
});
