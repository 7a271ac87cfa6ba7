import { describe, expect, test } from '@jest/globals';
import { withHeavyAudits } from '../../src/app/decisions/evidence/heavy-audits.ts';
import { BrokenAudit, type BrokenBy } from '../../src/app/ports/broken-audit.ts';
import { makeDecidable } from '../../src/app/releases/release-shelf.ts';
import { digestOf } from '../../src/domain/digest.ts';
import { fakeLog } from '../support/fakes/fake-log.ts';
import { fakePorts, wireFakes } from '../support/fakes/fake-world.ts';
import { CUSTOMER, createRig, firstError, NEXT } from '../support/graphql-rig.ts';
import { SMALL_FORESTS, smallBody } from '../support/small-release.ts';

interface Verdict {
  readonly action: string;
  readonly rule: string;
}

/** An auditor's rig in which one decision was made, under a release of so many verdicts. */
async function openRig(verdictCount?: number) {
  const { log, commit } = fakeLog({ numberOf: () => CUSTOMER, hasRelease: () => true });
  const body = smallBody();
  const own = makeDecidable(digestOf(body), body, SMALL_FORESTS);
  const loaded = { ...own.loaded, verdictCount: verdictCount ?? own.loaded.verdictCount };
  const releaseShelf = { take: async () => ({ ...own, loaded }) };
  const rig = await createRig({ ports: { log, commit, releaseShelf } });
  const decided = await rig.ask(NEXT, { variables: { id: CUSTOMER } });
  const id = /"decisionId":"([0-9a-f-]{36})"/.exec(decided.text)?.[1] ?? '';
  const ask = (field: string) =>
    rig.ask(`{ decision(id: "${id}") { ... on Decision { id ${field} } } }`, {
      token: 'AUDITOR',
    });
  const traceOf = async (field: string) => {
    const { data, errors } = await ask(field);
    expect(errors).toBeUndefined();
    const decision = data?.['decision'] as { readonly trace: readonly Verdict[] } | undefined;
    return decision?.trace ?? [];
  };
  return { ask, traceOf, id, close: () => rig.app.close() };
}

describe('the trace of a decision', () => {
  test('of one action is what the whole tells of it', async () => {
    const { traceOf, close } = await openRig();
    const all = await traceOf('trace { action rule verdict seen }');
    const actions = [...new Set(all.map(({ action }) => action))];
    expect(actions.length).toBeGreaterThan(1);
    for (const action of actions) {
      const own = await traceOf(`trace(action: "${action}") { action rule verdict seen }`);
      expect(own).toEqual(all.filter((one) => one.action === action));
    }
    expect(await traceOf('trace(action: "none") { action rule }')).toEqual([]);
    await close();
  });

  test('of too many verdicts is told of one action at a time, and the rest stands', async () => {
    const { ask, traceOf, id, close } = await openRig(20_001);
    const answer = await ask('outcome: evidence trace { rule }');
    expect(firstError(answer)).toMatchObject({ status: 200, code: 'TRACE_TOO_LARGE' });
    expect(firstError(answer).message).toContain('`trace(action: "…")`');
    expect(answer.data).toEqual({ decision: { id, outcome: 'READ', trace: null } });
    expect((await traceOf('trace(action: "loan") { action rule }')).length).toBeGreaterThan(0);
    await close();
  });

  test('is refused as an overload where too many wait, and says so', async () => {
    const { ask, close } = await openRig(20_001);
    const many = Array.from({ length: 20 }, (_, i) => `t${i}: trace(action: "loan") { rule }`);
    const answer = await ask(many.join(' '));
    expect(firstError(answer)).toMatchObject({ status: 503, code: 'OVERLOADED' });
    expect((await ask('trace(action: "loan") { rule }')).status).toBe(200);
    await close();
  });
});

test.each<BrokenBy>(['OUT_OF_MEMORY', 'ENDED', 'CLOSED'])(
  'an audit that came to no end, %s, says so and is no bug',
  async (by) => {
    const services = wireFakes(await fakePorts(CUSTOMER));
    const broken = async () => {
      throw new BrokenAudit(by);
    };
    const evidence = withHeavyAudits(services.evidence, {
      sitting: () => broken,
      trace: broken,
    });
    const rig = await createRig({ settings: { services: { ...services, evidence } } });
    const id = '01a20eb7-8df9-7aa6-9277-5b6ed316ef8c';
    const answer = await rig.ask(`{ replayDecision(id: "${id}") { __typename } }`, {
      token: 'AUDITOR',
    });
    expect(firstError(answer)).toMatchObject({ status: 503, code: 'AUDIT_BROKEN_OFF' });
    expect(answer.headers['retry-after']).toBe('1');
    expect(rig.errors).toEqual([]);
    await rig.app.close();
  },
);
