import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nextbest, ROOT } from '../support/command.ts';
import { urlFor } from '../support/database.ts';
import { ASK, customerIds, decided, inTurns } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const RULE = 'rules/adults-only.json';

/** An analyst's new rule with its cases: nobody is offered home insurance today. */
async function forbidHomeInsurance(folder: string) {
  const rule = {
    id: 'no-home-insurance-today',
    kind: 'suppression',
    appliesTo: { action: 'home_insurance' },
    reason: { code: 'NOT_TODAY', text: 'Nobody is offered home insurance today.' },
    conditions: {
      all: [{ fact: 'customer.ageYears', operator: 'greaterThanInclusive', value: 0 }],
    },
    owner: 'An analyst',
  };
  await writeFile(join(folder, 'rules', `${rule.id}.json`), JSON.stringify(rule));
  const cases = {
    cases: [
      { name: 'anybody', facts: { 'customer.ageYears': 40 }, expect: 'TRUE' },
      { name: 'age not told', facts: { 'customer.ageYears': null }, expect: 'UNKNOWN' },
    ],
  };
  await writeFile(join(folder, 'rules', `${rule.id}.cases.json`), JSON.stringify(cases));
  return rule;
}

describe('an analyst edits a rule', () => {
  let service: DemoService;
  let parent: string;
  let folder: string;
  let before: string;
  const command = (...args: string[]) =>
    nextbest(args, {
      DATABASE_URL: urlFor('WORKER', service.databaseUrl),
      NEXTBEST_DATA: parent,
    });
  const decide = async (id: string | undefined) =>
    decided(await service.ask('AGENT', ASK, { id, channel: 'AGENT', first: 20 }));
  const edit = async (file: string, change: (text: string) => string) => {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    const changed = change(text);
    expect(changed).not.toBe(text);
    await writeFile(path, changed);
    return () => writeFile(path, text);
  };

  beforeAll(async () => {
    service = await openDemoService();
    parent = await mkdtemp(join(tmpdir(), 'nextbest-rules-'));
    await cp(join(ROOT, 'rules'), parent, { recursive: true });
    folder = join(parent, 'demo');
    before = (await service.world.releases.active()) ?? '';
  }, 180_000);
  afterAll(async () => {
    await service?.close();
    await rm(parent, { recursive: true });
  });

  test('the rules as they are pass with all their cases', async () => {
    const { code, stdout } = await command('rules', 'check', folder);
    expect(stdout).toMatch(/\d+ rules, \d+ cases pass in both evaluators, sha256:[0-9a-f]{64}/);
    expect(code).toBe(0);
  });

  test.each<readonly [string, string, (text: string) => string, RegExp]>([
    [
      'a fact that nobody declares',
      RULE,
      (text) => text.replace('"customer.ageYears"', '"customer.ageYear"'),
      /adults-only\.json:\d+ \/conditions\S* UNKNOWN_FACT: .*`customer\.ageYears`/,
    ],
    [
      'text that is no JSON',
      RULE,
      (text) => text.replace('"id"', 'id'),
      /adults-only\.json:3 \/ NOT_JSON: /,
    ],
    [
      'a case that does not come out',
      'rules/adults-only.cases.json',
      (text) => text.replace('"expect": "FALSE"', '"expect": "TRUE"'),
      /adults-only\.cases\.json.* \/cases\/1/,
    ],
  ])(
    '%s is named by file and place, and no release is built',
    async (_what, file, change, says) => {
      const undo = await edit(file, change);
      const check = await command('rules', 'check', folder);
      const build = await command('release', 'build', folder);
      await undo();
      expect(check.stderr).toMatch(says);
      expect(build.stderr).toMatch(says);
      expect([check.code, build.code]).toEqual([1, 1]);
      expect((await service.world.releases.list()).length).toBe(1);
    },
  );

  test('the next decision follows the new rule at once, and names its release', async () => {
    const ids = await customerIds(service, 60, `p.kind = 'PERSON'`);
    const answers = await inTurns(ids, decide);
    const shown = answers.findIndex(({ actions }) =>
      actions.some(({ action }) => action.id === 'home_insurance'),
    );
    const id = ids[shown];
    expect(id).toBeDefined();
    const rule = await forbidHomeInsurance(folder);
    const check = await command('rules', 'check', folder);
    expect(check).toMatchObject({ code: 0, stderr: '' });
    const build = await command('--json', 'release', 'build', folder, '--actor', 'ana');
    expect(build).toMatchObject({ code: 0, stderr: '' });
    const { digest } = JSON.parse(build.stdout) as { digest: string };
    expect((await decide(id)).release).toBe(before);
    expect(await command('release', 'activate', digest, '--actor', 'ana')).toEqual({
      code: 0,
      stderr: '',
      stdout: `${digest} is in force\n`,
    });

    const after = await decide(id);
    expect(after.release).toBe(digest);
    expect(after.actions.map(({ action }) => action.id)).not.toContain('home_insurance');
    expect(after.withheld.find(({ action }) => action.id === 'home_insurance')).toMatchObject({
      stage: 'SUPPRESSION',
      rule: rule.id,
      reason: rule.reason,
    });
    const { data, errors } = await service.ask(
      'ANALYST',
      `{ activeRelease { digest builtBy activations { activatedBy endedAt } }
        releases { digest active } ruleSet { ... on RuleSet { release rules(kind: "suppression")
          { id reason { text } owner conditions } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data?.activeRelease).toEqual({
      digest,
      builtBy: 'ana',
      activations: [{ activatedBy: 'ana', endedAt: null }],
    });
    expect(data?.releases).toEqual([
      { digest, active: true },
      { digest: before, active: false },
    ]);
    expect(JSON.stringify(data?.ruleSet)).toContain(rule.reason.text);
  });

  test('a release can be put in force again, and the decisions follow', async () => {
    const [id] = await customerIds(service, 1);
    expect(await command('release', 'activate', before)).toMatchObject({ code: 0 });
    expect((await decide(id)).release).toBe(before);
    const { code, stderr } = await command('release', 'activate', `sha256:${'0'.repeat(64)}`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no release')]);
    const list = await command('release', 'list');
    expect(list.stdout.split('\n').filter((line) => line.endsWith('in force'))).toHaveLength(1);
  });

  test('`facts`, `token` and `replay` speak to an analyst too', async () => {
    const facts = await command('--json', 'facts', 'ageYears');
    const { facts: found } = JSON.parse(facts.stdout) as { facts: { name: string }[] };
    expect(found.map(({ name }) => name)).toContain('customer.ageYears');
    const token = await command('token', '--role', 'analyst');
    expect(token.stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const replayed = await command('--json', 'replay', '--all');
    expect(JSON.parse(replayed.stdout)).toMatchObject({ DIFFERENT: 0, UNREPLAYABLE: 0 });
    expect((JSON.parse(replayed.stdout) as { IDENTICAL: number }).IDENTICAL).toBeGreaterThan(60);
    expect(replayed.code).toBe(0);
  });
});
