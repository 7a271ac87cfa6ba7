import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nextbest, ROOT } from '../support/command.ts';
import { urlFor } from '../support/database.ts';
import { ASK, customerIds, decided, inTurns } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const MAPPING = join(ROOT, 'test/fixtures/applications/mapping.json');
const ACTION = 'home_insurance';
const RULE = {
  id: 'no-cover-while-credit-is-asked-for',
  kind: 'eligibility',
  appliesTo: { action: ACTION },
  reason: { code: 'CREDIT_ASKED_FOR', text: 'An application for credit is open.' },
  conditions: {
    all: [{ fact: 'creditApplications.openCount', operator: 'lessThanInclusive', value: 0 }],
  },
  owner: 'Credit Policy',
};
const CASES = {
  cases: [
    { name: 'none', facts: { 'creditApplications.openCount': 0 }, expect: 'TRUE' },
    { name: 'one', facts: { 'creditApplications.openCount': 1 }, expect: 'FALSE' },
    { name: 'not told', facts: { 'creditApplications.openCount': null }, expect: 'UNKNOWN' },
  ],
};
const VIEW = `query View($id: ID!) { customer360(id: $id) { ... on Customer360 {
  creditApplications { sources { system freshness }
    items { kind appliedOn state stateSince amount { amount currency } } } } } }`;
const REPLAY = 'query Replay($id: ID!) { replayDecision(id: $id) { ... on Replay { result } } }';
const FACTS = `query Facts($id: ID!) { decision(id: $id) { ... on Decision {
  facts { name state value lineage { part system } } } } }`;

describe('applications for credit that a file tells', () => {
  let service: DemoService;
  let scratch: string;
  /** Of whom one has an open one, one was declined, and one never asked. */
  let [open, declined, never] = ['', '', ''];

  beforeAll(async () => {
    service = await openDemoService();
    scratch = await mkdtemp(join(tmpdir(), 'nextbest-applications-'));
    await cp(join(ROOT, 'rules'), join(scratch, 'rules'), { recursive: true });
    const people = await customerIds(service, 60, `p.kind = 'PERSON'`);
    const stages = await inTurns(people, async (id) => (await found(id)).stage);
    [open = '', declined = '', never = ''] = people.filter(
      (_id, i) => stages[i] === 'RANK' || stages[i] === 'SURFACED',
    );
    const folder = join(scratch, 'rules', 'demo');
    await writeFile(join(folder, 'rules', `${RULE.id}.json`), JSON.stringify(RULE));
    await writeFile(join(folder, 'rules', `${RULE.id}.cases.json`), JSON.stringify(CASES));
    expect(await command('release', 'activate', folder)).toMatchObject({ code: 0 });
  }, 180_000);
  afterAll(async () => {
    await service?.close();
    await rm(scratch, { recursive: true });
  });

  const command = (...args: readonly string[]) => {
    const { databaseUrl, world } = service;
    return nextbest(args, {
      DATABASE_URL: urlFor('WORKER', databaseUrl),
      NEXTBEST_DATA: world.dataFolder,
    });
  };
  const decide = async (id: string) =>
    decided(await service.ask('AGENT', ASK, { id, channel: 'AGENT', first: 20 }));
  /** What became of the action for a customer. */
  async function found(id: string) {
    const answer = await decide(id);
    const withheld = answer.withheld.find(({ action }) => action.id === ACTION);
    const { stage = 'SURFACED', rule = null, missingFacts = [] } = withheld ?? {};
    return { stage, rule, missingFacts, degradations: answer.degradations, answer };
  }
  const viewOf = (id: string) => service.ask('AGENT', VIEW, { id });

  test('are unknown before, which permits nothing and is said', async () => {
    expect(never).not.toBe('');
    const { stage, rule, missingFacts, degradations } = await found(never);
    expect([stage, rule]).toEqual(['ELIGIBILITY', RULE.id]);
    expect(missingFacts).toEqual(['creditApplications.openCount']);
    expect(degradations).toContainEqual({
      part: 'creditApplications',
      failure: 'NOT_COVERED',
      facts: ['creditApplications.openCount'],
    });
    const { data, errors } = await viewOf(never);
    expect(data?.customer360).toEqual({ creditApplications: null });
    expect(errors).toMatchObject([{ extensions: { reason: 'NOT_COVERED' } }]);
  });

  test('decide once they are told, and are shown with what became of them', async () => {
    const before = await found(open);
    const files = join(scratch, 'files');
    await mkdir(files);
    const lines = [
      `A1;${open};L;1.6.2026;12.000,00;new;1.6.2026`,
      `A2;${declined};H;2.5.2026;150.000,00;new;2.5.2026`,
      `A2;${declined};H;2.5.2026;150.000,00;no;20.6.2026`,
    ];
    await writeFile(join(files, 'applications.txt'), `${lines.join('\n')}\n`);
    const imported = await command('import', '--mapping', MAPPING, files);
    expect(imported).toMatchObject({ code: 0, stderr: '' });

    expect(await found(open)).toMatchObject({ stage: 'ELIGIBILITY', rule: RULE.id });
    expect((await found(open)).missingFacts).toEqual([]);
    // Nobody has asked of the last one yet, so that no snapshot of before stands.
    const [last = ''] = (await customerIds(service, 61, `p.kind = 'PERSON'`)).slice(60);
    for (const id of [declined, last]) {
      const { rule, degradations } = await found(id);
      expect(rule).not.toBe(RULE.id);
      expect(degradations.map(({ part }) => part)).not.toContain('creditApplications');
    }
    const shown = (await viewOf(declined)).data?.customer360;
    expect(shown).toEqual({
      creditApplications: {
        sources: [{ system: 'extract:loan-office', freshness: 'FRESH' }],
        items: [
          {
            kind: 'MORTGAGE',
            appliedOn: '2026-05-02',
            state: 'DECLINED',
            stateSince: '2026-06-20',
            amount: { amount: '150000.00', currency: 'EUR' },
          },
        ],
      },
    });
    const again = await service.ask('AUDITOR', REPLAY, { id: before.answer.decisionId });
    expect(again.data?.replayDecision).toEqual({ result: 'IDENTICAL' });
  }, 60_000);

  test('stand in the evidence with their source, and replay as they were', async () => {
    const { answer } = await found(declined);
    const { data } = await service.ask('AUDITOR', FACTS, { id: answer.decisionId });
    const decision = data?.decision;
    const facts = decision !== undefined && 'facts' in decision ? (decision.facts ?? []) : [];
    const own = facts.filter(({ name }) => name.startsWith('creditApplications.'));
    expect(own.map(({ name, value }) => [name, value])).toEqual([
      ['creditApplications.openCount', 0],
      ['creditApplications.openKinds', []],
      ['creditApplications.daysSinceDeclined', 10],
    ]);
    expect(own[0]?.lineage).toEqual([
      { part: 'creditApplications', system: 'extract:loan-office' },
    ]);
    const again = await service.ask('AUDITOR', REPLAY, { id: answer.decisionId });
    expect(again.data?.replayDecision).toEqual({ result: 'IDENTICAL' });
  });

  test('are as they were known in a look back', async () => {
    // The part came with an extract of the business date: before it nobody knew of it.
    const past = await command('decide', open, '--as-of', '2026-06-29', '--json');
    expect(past.code).toBe(0);
    expect(past.stdout).toContain('creditApplications.openCount');
    const now = await command('decide', open, '--json');
    expect(now.stdout).toContain(RULE.id);
    expect(now.stdout).not.toContain('"missingFacts": ["creditApplications');
  }, 60_000);
});
