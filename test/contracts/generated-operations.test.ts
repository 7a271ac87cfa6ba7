import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ANSWER_BYTES, BUDGETS, budgetOf } from '../../src/graphql/budgets.ts';
import { buildSchema } from '../../src/graphql/build-schema.ts';
import { type Grounds, generateOperation, seeded } from '../support/generated-operations.ts';
import { CUSTOMER, createRig, NEXT, TYPE_DEFS } from '../support/graphql-rig.ts';

const OPERATIONS = 300;
/** Generous, for other tests run beside: `npm run rig:operations` tells the figure. */
const MOST_DELAY_MS = 1_000;

let rig: Awaited<ReturnType<typeof createRig>>;
let grounds: Grounds;
beforeAll(async () => {
  rig = await createRig();
  const { data } = await rig.ask(NEXT, { variables: { id: CUSTOMER } });
  const made = data?.['nextBestActions'] as { readonly decisionId: string } | undefined;
  const ids = { customerIds: [CUSTOMER], decisionIds: [made?.decisionId ?? ''] };
  grounds = { ...buildSchema(TYPE_DEFS), ...ids };
});
afterAll(() => rig.app.close());

describe('operations made up over the whole contract', () => {
  test('are answered or refused within every bound, and none finds a bug', async () => {
    const random = seeded(20_261_130);
    const answered = { data: 0, refused: 0 };
    const delay = monitorEventLoopDelay({ resolution: 5 });
    for (let n = 0; n < OPERATIONS; n += 1) {
      const { role, query, variables } = generateOperation(grounds, random);
      delay.reset();
      delay.enable();
      const token = role === 'ADVISOR' ? 'ADVISOR@RM-07' : role;
      const answer = await rig.ask(query, { token, variables });
      delay.disable();
      const seen = { n, query: query.slice(0, 2_000), status: answer.status, errors: rig.errors };
      expect(seen).toMatchObject({ status: expect.any(Number), errors: [] });
      expect([200, 400, 403]).toContain(answer.status);
      expect(answer.text.length).toBeLessThan(ANSWER_BYTES * 1.1);
      expect({ n, delayMs: Math.max(0, delay.max / 1e6 - MOST_DELAY_MS) }).toEqual({
        n,
        delayMs: 0,
      });
      if (answer.data) answered.data += 1;
      else answered.refused += 1;
      const cost = Number(answer.errors?.[0]?.extensions['cost'] ?? 0);
      if (cost > 0) expect(cost).toBeGreaterThan(budgetOf([role], BUDGETS));
    }
    // Most of them must run, or nothing would be shown; and some must be too large.
    expect(answered.data).toBeGreaterThan(OPERATIONS / 4);
    expect(answered.refused).toBeGreaterThan(OPERATIONS / 20);
  }, 120_000);

  test('are the same for the same seed', () => {
    const made = (seed: number) => generateOperation(grounds, seeded(seed));
    expect(made(7)).toEqual(made(7));
    expect(made(7)).not.toEqual(made(8));
  });
});
