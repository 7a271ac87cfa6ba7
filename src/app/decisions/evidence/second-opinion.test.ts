import { describe, expect, test } from '@jest/globals';
import { fakeLog } from '../../../../test/support/fakes/fake-log.ts';
import { fakePorts, wireFakes } from '../../../../test/support/fakes/fake-world.ts';
import { CUSTOMER, createRig, NEXT } from '../../../../test/support/graphql-rig.ts';
import { SMALL_FORESTS, SMALL_RULES, smallBody } from '../../../../test/support/small-release.ts';
import { digestOf } from '../../../domain/digest.ts';
import type { RuleDisagreement } from '../../ports/rule-disagreements.ts';
import type { RuleEvaluators } from '../../ports/rule-reading.ts';
import { makeDecidable } from '../../releases/release-shelf.ts';
import { MOST_VERDICTS } from './trace-decision.ts';

const ACTIONS = 12;

/** One decision over actions that each have a rule of their own beside one for all. */
async function decideOnce(verdictCount?: number) {
  const [action] = smallBody().actions;
  const [rule] = SMALL_RULES;
  if (action === undefined || rule === undefined) throw new Error('a small release is smaller');
  const ids = Array.from({ length: ACTIONS }, (_, i) => `a${i}`);
  const body = smallBody({
    actions: ids.map((id) => ({ ...action, id })),
    rules: [rule, ...ids.map((id) => ({ ...rule, id: `of-${id}`, appliesTo: { action: id } }))],
  });
  const own = makeDecidable(digestOf(body), body, SMALL_FORESTS);
  const loaded = { ...own.loaded, verdictCount: verdictCount ?? own.loaded.verdictCount };
  const { log, commit } = fakeLog({ numberOf: () => CUSTOMER, hasRelease: () => true });
  const recorded: RuleDisagreement[] = [];
  const services = wireFakes({
    ...(await fakePorts(CUSTOMER)),
    log,
    commit,
    releaseShelf: { take: async () => ({ ...own, loaded }) },
    disagreements: { record: async (found) => void recorded.push(...found) },
  });
  const rig = await createRig({ settings: { services } });
  const { text } = await rig.ask(NEXT, { variables: { id: CUSTOMER } });
  await rig.app.close();
  const id = /"decisionId":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? '';
  const judge = (verdict: RuleEvaluators['referenceVerdict']) =>
    services.evidence.secondOpinion(id, verdict);
  return { judge, recorded, first: Number.parseInt(id.slice(-8), 16) % ACTIONS };
}

const ownOf = (rules: readonly string[]) => rules.filter((id) => id.startsWith('of-'));

describe('a second opinion', () => {
  test('is asked once of what a rule says of the customer, whatever the actions', async () => {
    const { judge, recorded } = await decideOnce();
    const asked: string[] = [];
    const opinion = await judge(async ({ id }) => {
      asked.push(id);
      return 'TRUE';
    });
    expect(opinion).toEqual({ outcome: 'AGREED' });
    expect(recorded).toEqual([]);
    expect(asked.length).toBe(ACTIONS + 1);
    expect(new Set(asked).size).toBe(ACTIONS + 1);
  });

  test('records every rule that it disagrees on', async () => {
    const { judge, recorded } = await decideOnce();
    const opinion = await judge(async () => 'UNKNOWN');
    expect(opinion).toMatchObject({ outcome: 'DISAGREED', found: recorded });
    expect(recorded.length).toBe(ACTIONS + 1);
  });

  test('judges a few actions of too many verdicts, others of another decision', async () => {
    const { judge, recorded, first } = await decideOnce(MOST_VERDICTS + 1);
    await judge(async () => 'UNKNOWN');
    const names = Array.from({ length: ACTIONS }, (_, i) => `of-a${i}`).toSorted();
    const expected = [0, 1, 2, 3].map((i) => names[(first + i) % ACTIONS]);
    expect(ownOf(recorded.map(({ rule }) => rule))).toEqual(expected);
    expect(recorded.map(({ rule }) => rule)).toContain(SMALL_RULES[0]?.id);
  });

  test('lets others have their turn while it judges', async () => {
    const { judge } = await decideOnce();
    let turns = 0;
    let going = true;
    const count = () => {
      turns += 1;
      if (going) setImmediate(count);
    };
    setImmediate(count);
    await judge(async () => 'TRUE');
    going = false;
    expect(turns).toBeGreaterThan(1);
  });
});
