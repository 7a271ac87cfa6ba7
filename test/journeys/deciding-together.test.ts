import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NextBestActionsRequest } from '../../src/app/decisions/deciding/request.ts';
import { NO_AUTHORITY } from '../../src/domain/authority.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { digestOf } from '../../src/domain/digest.ts';
import { customerIds } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const MANY = 100;

/** Of a part no more than one statement for 25 customers, with those around them. */
const MOST_STATEMENTS = 80;

describe('customers decided together', () => {
  let service: DemoService;
  let ids: readonly string[];

  const request = (customerId: string): NextBestActionsRequest => ({
    customerId,
    channel: 'AGENT',
    placement: null,
    context: {},
    first: 20,
    requestId: null,
    reuseWithinMs: null,
    caller: 'batch',
    trigger: { kind: 'QUERY' },
    authority: NO_AUTHORITY,
  });
  /** What was decided for each, or why not, but for ids and times. */
  const decide = async (customers: readonly string[]) => {
    const answers = await service.world.deciding.decideForMany(customers.map(request));
    return answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason;
      const { value } = answer;
      if (!value.ok) return value.refusal.code;
      return digestOf(withoutSamples(value.value.stored.capsule.decision));
    });
  };
  const cool = async () => {
    await service.database.query('update watermark set version = version + 1');
    service.statements();
    service.rebuilds();
  };

  beforeAll(async () => {
    // A hundred cold customers at once must not lose a part to a busy machine.
    service = await openDemoService({ hotTimeoutMs: 60_000 });
    ids = await customerIds(service, MANY);
    // The first decision of a process looks up codes and its release.
    await decide(ids.slice(0, 1));
  }, 180_000);
  afterAll(() => service?.close());

  test('share their statements: a hundred cold ones take a bounded number', async () => {
    await cool();
    const together = await decide(ids);
    const statements = service.statements();
    expect(statements.length).toBeLessThan(MOST_STATEMENTS);
    expect(service.rebuilds().toSorted()).toEqual([...ids].toSorted());
    expect(statements.filter((text) => text.includes('insert into decision (')).length).toBe(1);
    expect(together).toHaveLength(MANY);

    await cool();
    const alone: string[] = [];
    for (const id of ids) alone.push(...(await decide([id])));
    expect(alone).toEqual(together);
    expect(service.statements().length).toBeGreaterThan(10 * MOST_STATEMENTS);
  });

  test('take two statements when all of them are warm', async () => {
    await decide(ids);
    service.statements();
    const answers = await decide([...ids, 'nobody']);
    const sent = service.statements();
    // A job that goes with one of them makes a transaction of the commit: begin, jobs, commit.
    const withJobs = sent.some((text) => text.includes('pgboss.'));
    expect(sent).toHaveLength(withJobs ? 5 : 2);
    expect(answers.at(-1)).toBe('UNKNOWN_CUSTOMER');
    expect(answers.filter((one) => one === 'UNKNOWN_CUSTOMER')).toHaveLength(1);
  });

  test('share statements also where each asks for itself at the same time', async () => {
    const some = ids.slice(0, 20);
    await cool();
    const { nextBestActions } = service.world.deciding;
    const answers = await Promise.all(some.map((id) => nextBestActions(request(id))));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(service.rebuilds().toSorted()).toEqual([...some].toSorted());
    expect(service.statements().length).toBeLessThan(MOST_STATEMENTS / 2);
  });
});

/** One withheld candidate in a hundred is scored, by a draw of the decision's own id. */
function withoutSamples({ candidates, ...decision }: Decision) {
  const compared = candidates.map(({ propensity, ...candidate }) =>
    candidate.outcome === 'WITHHELD' || propensity === undefined
      ? candidate
      : { ...candidate, propensity },
  );
  return { ...decision, candidates: compared };
}
