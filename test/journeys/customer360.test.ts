import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Customer360 } from '../../src/graphql/generated/types.ts';
import { customerIds } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const SOURCE = 'sources { system version asOf fetchedAt freshness }';
const MONEY = '{ amount currency }';
const PARTS = `id businessDate
  profile { ${SOURCE} kind displayName birthDate language segment email phone city region
    residenceCountry employment customerSince identityExpiresOn }
  household { ${SOURCE} members { customerId member } }
  arrangements { ${SOURCE} items { id kind product role status openedOn closedOn maturesOn
    balance ${MONEY} limit ${MONEY} principal ${MONEY} instalment ${MONEY} rate
    arrears ${MONEY} daysPastDue } }
  transactions(first: 5) { ${SOURCE} edges { cursor node { id arrangementId effectiveAt recordedAt
    amount ${MONEY} category merchant country } } pageInfo { hasNextPage endCursor } }
  cashFlow(months: 3) { ${SOURCE} covered months { month in ${MONEY} out ${MONEY} } }
  interactions { ${SOURCE} items { occurredAt channel intent } }
  consents { ${SOURCE} items { purpose channel state effectiveAt expiresOn evidence } }
  holds { ${SOURCE} items { kind startsOn endsOn } }
  campaignHistory { ${SOURCE} items { action channel presentedAt response respondedAt } }
  goals { ${SOURCE} items { kind target ${MONEY} targetOn progress } }
  relationshipValue { ${SOURCE} margin ${MONEY} tier }`;
const VIEW = `query View($id: ID!) { customer360(id: $id) { __typename
  ... on Customer360 { ${PARTS} } ... on Refusal { code message } } }`;
const PART_FIELDS = [
  'profile',
  'household',
  'arrangements',
  'transactions',
  'cashFlow',
  'interactions',
  'consents',
  'holds',
  'campaignHistory',
  'goals',
  'relationshipValue',
] as const;

describe('a customer as a whole', () => {
  let service: DemoService;
  let id: string;
  const view = async (role: 'AGENT' | 'AUDITOR' | 'SERVICE', customerId = id) => {
    const { data, errors } = await service.ask(role, VIEW, { id: customerId });
    expect(errors).toEqual([]);
    const found = data?.customer360;
    if (found?.__typename !== 'Customer360') throw new Error(JSON.stringify(found));
    return found;
  };
  const page = async (args: string) => {
    const { data, errors } = await service.ask(
      'AGENT',
      `query Page($id: ID!) { customer360(id: $id) { __typename ... on Customer360 {
        transactions(${args}) { edges { cursor node { id arrangementId effectiveAt category
          country amount { amount } } } pageInfo { hasNextPage endCursor } } } } }`,
      { id },
    );
    const found = data?.customer360 as Customer360 | undefined;
    return { errors, list: found?.transactions };
  };

  beforeAll(async () => {
    service = await openDemoService();
    // Somebody with something in every part.
    const [rich] = await service.database.query<{ party_id: string }>(`
      select p.party_id from customer p
      where exists (select 1 from bank_goal g where g.party_id = p.party_id)
        and exists (select 1 from bank_interaction i where i.party_id = p.party_id)
        and exists (select 1 from bank_contact t where t.party_id = p.party_id)
        and exists (select 1 from bank_household_member m where m.party_id = p.party_id)
        and exists (select 1 from bank_consent k where k.party_id = p.party_id)
      order by p.party_id limit 1`);
    id = rich?.party_id ?? '';
  }, 180_000);
  afterAll(() => service?.close());

  test('every part is there, each with its systems and freshness', async () => {
    const customer = await view('AGENT');
    for (const field of PART_FIELDS) {
      expect([field, customer[field]?.sources]).toEqual([
        field,
        [
          {
            system: expect.stringMatching(/\S/),
            version: expect.any(Number),
            asOf: expect.stringMatching(/Z$/),
            fetchedAt: expect.stringMatching(/Z$/),
            freshness: 'FRESH',
          },
        ],
      ]);
    }
    expect(customer.profile?.displayName).toMatch(/\S \S/);
    expect(customer.household?.members.map((one) => one.customerId)).toContain(id);
    expect(customer.arrangements?.items.length).toBeGreaterThan(0);
    expect(customer.transactions?.edges.length).toBe(5);
    expect(customer.cashFlow?.months.length).toBe(3);
    for (const field of ['interactions', 'consents', 'campaignHistory', 'goals'] as const) {
      expect([field, customer[field]?.items.length]).not.toEqual([field, 0]);
    }
    expect(customer.relationshipValue?.tier).toMatch(/BASIC|PLUS|PREMIUM|PRIVATE/);
  });

  test('cash flow of a covered month is the sum of its postings', async () => {
    const [plain] = await service.database.query<{ party_id: string }>(`
      select r.party_id from bank_role r join bank_arrangement a using (arrangement_id)
      group by 1 having bool_and(r.role = 'OWNER' and a.currency = 'EUR')
        and bool_or(a.product_kind = 'CURRENT_ACCOUNT')
        and not bool_or(exists (select 1 from bank_role o where o.role = 'JOINT'
          and o.arrangement_id = r.arrangement_id)) order by 1 limit 1`);
    const { cashFlow } = await view('AGENT', plain?.party_id);
    expect(cashFlow?.covered).toBe(true);
    const sums = await service.database.query(
      `select to_char(effective_at at time zone 'UTC', 'YYYY-MM-01') as month,
         sum(greatest(amount_minor, 0))::bigint as credits,
         sum(greatest(-amount_minor, 0))::bigint as debits
       from bank_transaction join bank_role using (arrangement_id)
         join bank_arrangement a using (arrangement_id)
       where party_id = $1 and a.product_kind = 'CURRENT_ACCOUNT'
       group by 1 order by 1 desc limit 3`,
      [plain?.party_id],
    );
    const minor = (amount: string) => Math.round(Number(amount) * 100);
    expect(
      cashFlow?.months
        .map((one) => ({
          month: one.month,
          credits: minor(one.in.amount),
          debits: minor(one.out.amount),
        }))
        .toReversed(),
    ).toEqual(sums);
  });

  test('transactions page to the end without gap or repetition, newest first', async () => {
    const seen: string[] = [];
    const moments: string[] = [];
    for (let after: string | null | undefined = null; ; ) {
      const { errors, list } = await page(
        `first: 60${after === null ? '' : `, after: "${after}"`}`,
      );
      expect(errors).toEqual([]);
      for (const { node } of list?.edges ?? []) {
        seen.push(node.id);
        moments.push(node.effectiveAt);
      }
      if (list?.pageInfo.hasNextPage !== true) break;
      after = list.pageInfo.endCursor;
    }
    expect(moments).toEqual(moments.toSorted().toReversed());
    const stored = await service.database.query<{ transaction_id: string }>(
      `select distinct transaction_id from bank_transaction join bank_role r using (arrangement_id)
       where r.party_id = $1 and r.role in ('OWNER', 'JOINT')`,
      [id],
    );
    expect(seen.toSorted()).toEqual(stored.map((row) => row.transaction_id).toSorted());
  });

  test('transactions narrow by day, category, arrangement and country, all together', async () => {
    const { list: all } = await page('first: 200');
    const sample = all?.edges.find(({ node }) => node.category && node.country)?.node;
    const day = sample?.effectiveAt.slice(0, 10);
    const filters = [
      `from: "${day}", to: "${day}"`,
      `category: "${sample?.category}"`,
      `arrangementId: "${sample?.arrangementId}"`,
      `country: "${sample?.country}"`,
    ];
    for (const filter of [...filters, filters.join(', ')]) {
      const { errors, list } = await page(`first: 200, filter: { ${filter} }`);
      expect(errors).toEqual([]);
      const nodes = list?.edges.map(({ node }) => node) ?? [];
      expect(nodes.map((node) => node.id)).toContain(sample?.id);
      const wrong = nodes.filter(
        (node) =>
          (filter.includes('from:') && !node.effectiveAt.startsWith(day ?? '')) ||
          (filter.includes('category:') && node.category !== sample?.category) ||
          (filter.includes('arrangementId:') && node.arrangementId !== sample?.arrangementId) ||
          (filter.includes('country:') && node.country !== sample?.country),
      );
      expect(wrong).toEqual([]);
    }
    expect((await page('filter: { category: "NO_SUCH" }')).list?.edges).toEqual([]);
  });

  test.each(['first: 0', 'first: 201', 'after: "nonsense"', 'after: "Y3VzdG9tZXI6MQ"'])(
    'transactions(%s) is refused at its path, the other parts stand',
    async (args) => {
      const { status, data, errors } = await service.ask(
        'AGENT',
        `query Bad($id: ID!) { customer360(id: $id) { __typename ... on Customer360 {
          profile { kind } transactions(${args}) { pageInfo { hasNextPage } } } } }`,
        { id },
      );
      expect(status).toBe(200);
      expect(errors).toMatchObject([
        { path: ['customer360', 'transactions'], extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      expect(data?.customer360).toMatchObject({
        profile: { kind: 'PERSON' },
        transactions: null,
      });
    },
  );

  test('auditors and services see everything but the person', async () => {
    const [own, ...others] = [await view('AGENT'), await view('AUDITOR'), await view('SERVICE')];
    for (const masked of others) {
      const hidden = { displayName: '***', birthDate: null, email: '***', city: '***' };
      expect(masked.profile).toEqual({
        ...own?.profile,
        ...hidden,
        phone: '***',
        sources: expect.anything(),
      });
      expect(masked.arrangements?.items).toEqual(
        own?.arrangements?.items.map((one) => ({ ...one, id: '***' })),
      );
      const postings = masked.transactions?.edges.map(({ node }) => node) ?? [];
      expect(postings.every((one) => one.id === '***' && one.arrangementId === '***')).toBe(true);
      expect(postings.every((one) => one.merchant === '***')).toBe(true);
      expect(masked.consents?.items).toEqual(own?.consents?.items);
    }
  });

  test('an analyst sees no customer at all', async () => {
    const { status, errors } = await service.ask('ANALYST', VIEW, { id });
    expect([status, errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect(errors[0]?.message).toContain('Query.customer360');
  });

  test('an unknown customer is refused', async () => {
    const { status, data } = await service.ask('AGENT', VIEW, { id: 'nobody' });
    expect(status).toBe(200);
    expect(data?.customer360).toMatchObject({ code: 'UNKNOWN_CUSTOMER' });
  });

  test('customers page by number and narrow by kind, segment and prefix', async () => {
    const list = async (args: string) => {
      const { data } = await service.ask(
        'AGENT',
        `{ customers(${args}) { ... on CustomerConnection {
          edges { node { id profile { kind segment } } }
          pageInfo { hasNextPage endCursor } } ... on Refusal { code } } }`,
      );
      const found = data?.customers;
      if (found === undefined || !('edges' in found)) return { refused: found };
      return { nodes: found.edges.map(({ node }) => node), pageInfo: found.pageInfo };
    };
    const ids = await customerIds(service, 100);
    const first = await list('first: 60');
    const second = await list(`first: 40, after: "${first.pageInfo?.endCursor}"`);
    const both = [...(first.nodes ?? []), ...(second.nodes ?? [])];
    expect(both.map((node) => node.id)).toEqual(ids);
    const firms = await list('first: 50, filter: { kind: ORGANISATION }');
    expect(firms.nodes?.length).toBeGreaterThan(10);
    expect(new Set(firms.nodes?.map((node) => node.profile?.kind))).toEqual(
      new Set(['ORGANISATION']),
    );
    const segment = both[0]?.profile?.segment;
    const alike = await list(`filter: { segment: "${segment}", idPrefix: "${ids[0]}" }`);
    expect(alike.nodes?.map((node) => node.id)).toEqual([ids[0]]);
    for (const wrong of ['first: 101', 'first: 0', 'after: "x"']) {
      expect(await list(wrong)).toEqual({ refused: { code: 'INVALID_ARGUMENT' } });
    }
  });

  test('one and fifty customers with all their parts cost the same statements', async () => {
    const query = (first: number) => `{ customers(first: ${first}) { ... on CustomerConnection {
      edges { node { id arrangements { items { id balance { amount } } }
        transactions(first: 20) { edges { node { id amount { amount } } } } } } } } }`;
    const counts: number[] = [];
    for (const first of [1, 50]) {
      service.statements();
      const { data, errors } = await service.ask('AGENT', query(first));
      expect(errors).toEqual([]);
      const found = data?.customers;
      expect(found !== undefined && 'edges' in found && found.edges.length).toBe(first);
      counts.push(service.statements().length);
    }
    expect(counts[0]).toBe(counts[1]);
    expect(counts[1]).toBeGreaterThanOrEqual(3);
    expect(counts[1]).toBeLessThanOrEqual(12);
  });
});
