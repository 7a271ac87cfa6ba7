import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Customer360 } from '../../src/graphql/generated/types.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const VIEW = `query View($id: ID!) { customer360(id: $id) { ... on Customer360 {
  cashFlow(months: 3) { covered months { in { amount } } } } } }`;

describe('cash flow', () => {
  let service: DemoService;
  const flowOf = async (id: string | undefined) => {
    const { data, errors } = await service.ask('AGENT', VIEW, { id });
    expect(errors).toEqual([]);
    const found = data?.customer360 as Customer360 | undefined;
    return found?.cashFlow;
  };

  beforeAll(async () => {
    service = await openDemoService();
  }, 180_000);
  afterAll(() => service?.close());

  test('counts a joint account by share, and knows what is not covered', async () => {
    const { database } = service;
    const [joint] = await database.query<{ party_id: string; arrangement_id: string }>(`
      select r.party_id, r.arrangement_id from bank_role r
      join bank_arrangement a using (arrangement_id)
      where r.role = 'JOINT' and a.product_kind = 'CURRENT_ACCOUNT' and a.currency = 'EUR'
        and a.status = 'OPEN' and 2 = (select count(*) from bank_role o
          where o.arrangement_id = r.arrangement_id and o.role in ('OWNER', 'JOINT'))
        and 1 = (select count(*) from bank_role o join bank_arrangement c using (arrangement_id)
          where o.party_id = r.party_id and c.product_kind = 'CURRENT_ACCOUNT')
      order by 1 limit 1`);
    const cashFlow = await flowOf(joint?.party_id);
    const [sum] = await database.query<{ credits: number }>(
      `select sum(greatest(amount_minor, 0))::bigint as credits from bank_transaction
       where arrangement_id = $1
         and effective_at >= (select date_trunc('month', business_date) from bank)`,
      [joint?.arrangement_id],
    );
    expect(cashFlow?.covered).toBe(true);
    const credits = Math.round(Number(cashFlow?.months.at(-1)?.in.amount) * 100);
    expect(Math.abs(2 * credits - (sum?.credits ?? 0))).toBeLessThanOrEqual(1);

    // A window of another account alone: this one's is gone.
    const kept = await database.query('select * from bank_coverage');
    await database.query(`update bank_coverage set arrangement_id = 'another'`);
    expect((await flowOf(joint?.party_id))?.covered).toBe(false);
    await database.query('delete from bank_coverage');
    await database.query(
      'insert into bank_coverage select * from json_populate_recordset(null::bank_coverage, $1)',
      [JSON.stringify(kept)],
    );
    expect((await flowOf(joint?.party_id))?.covered).toBe(true);
  });
});
