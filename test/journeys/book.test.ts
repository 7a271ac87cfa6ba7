import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { getNamedType } from 'graphql';
import { decodeJwt } from 'jose';
import { ROLES } from '../../src/app/ports/identity.ts';
import { buildSchema } from '../../src/graphql/build-schema.ts';
import { readCursor } from '../../src/graphql/cursor.ts';
import type { Query } from '../../src/graphql/generated/types.ts';
import { maySelect } from '../../src/graphql/permits.ts';
import { nextbest } from '../support/command.ts';
import { urlFor } from '../support/database.ts';
import { ASK, ASK_ID, customerIds, decided } from '../support/demo-queries.ts';
import { type DemoService, openDemoService, post } from '../support/demo-service.ts';
import { TYPE_DEFS } from '../support/graphql-rig.ts';
import { wholeSelection } from '../support/whole-selection.ts';

const CONTRACT = buildSchema(TYPE_DEFS);
const VIEW = `query View($id: ID!) { customer360(id: $id) { __typename
  ... on Customer360 { id } ... on Refusal { code message } } }`;
const LIST = `query List($after: String, $filter: CustomerFilter) {
  customers(first: 7, after: $after, filter: $filter) { ... on CustomerConnection {
    edges { node { id profile { displayName } } } pageInfo { hasNextPage endCursor } } } }`;
const READ = `query Read($id: ID!) { decision(id: $id) { __typename
  ... on Decision { id customerId } ... on Refusal { code message } } }`;
const AUDIT = `query Audit($filter: DecisionFilter) { decisionAudit(filter: $filter) { __typename
  ... on DecisionConnection { edges { node { id customerId } } }
  ... on InvalidArgument { argument message } } }`;

/** The demo bank tells of no applications for credit: of whoever may be seen that is said. */
const NOT_TOLD = 'part `creditApplications` is not available: NOT_COVERED';

let service: DemoService;
/** The customers of each manager, worked out from the records beside the service. */
let books: ReadonlyMap<string, readonly string[]>;
let everybody: readonly string[];

beforeAll(async () => {
  service = await openDemoService();
  everybody = await customerIds(service, 1000);
  books = await readBooks(service);
}, 180_000);
afterAll(() => service?.close());

async function readBooks({ database, world }: DemoService) {
  const today = (await world.bank.read())?.businessDate ?? '';
  const rows = await database.query<{
    party_id: string;
    manager_id: string;
    starts_on: string;
    ends_on: string | null;
  }>('select * from bank_relationship_manager order by party_id, recorded_at');
  const latest = new Map(rows.map((row) => [row.party_id, row]));
  const inForce = [...latest.values()].filter(
    (row) => row.starts_on <= today && (row.ends_on === null || row.ends_on >= today),
  );
  const grouped = Map.groupBy(inForce, (row) => row.manager_id);
  return new Map([...grouped].map(([id, of]) => [id, of.map((row) => row.party_id).toSorted()]));
}

describe('an advisor with a book', () => {
  let [manager, own, foreign] = ['', '', ''];
  const ask = (query: string, variables: object) =>
    service.askAs({ subject: 'ada', role: 'ADVISOR', book: manager }, query, variables);
  beforeAll(() => {
    const [largest] = [...books].toSorted(([, a], [, b]) => b.length - a.length);
    manager = largest?.[0] ?? '';
    own = largest?.[1][0] ?? '';
    foreign = everybody.find((id) => largest?.[1].includes(id) === false) ?? '';
  });

  test('comes in with a token of the command line, which asks for the book', async () => {
    const { databaseUrl, world, url } = service;
    const env = { DATABASE_URL: urlFor('WORKER', databaseUrl), NEXTBEST_DATA: world.dataFolder };
    const token = (...args: readonly string[]) =>
      nextbest(['token', '--role', 'advisor', ...args], env);
    const { stdout } = await token('--book', manager, '--authority', 'TEAM_LEADER');
    const claims = { roles: ['ADVISOR'], book: manager, authority: 'TEAM_LEADER' };
    expect(decodeJwt(stdout.trim())).toMatchObject(claims);
    const operation = { query: VIEW, variables: { id: own } };
    const seen = await post(`${url}/graphql`, stdout.trim(), operation);
    expect(seen.data?.customer360).toMatchObject({ id: own });
    expect(await token()).toMatchObject({ code: 1, stderr: expect.stringContaining('--book') });
    expect(await token('--authority', 'KING')).toMatchObject({ code: 1 });
  }, 60_000);

  test('sees, decides for and reads the decisions of a customer in it', async () => {
    const seen = await ask(VIEW, { id: own });
    expect(seen.data?.customer360).toMatchObject({ __typename: 'Customer360', id: own });
    const { decisionId } = decided(await ask(ASK, { id: own, channel: 'AGENT' }));
    const read = await ask(READ, { id: decisionId });
    expect(read.data?.decision).toMatchObject({ __typename: 'Decision', customerId: own });
  });

  test.each([
    ['customer360', VIEW],
    ['nextBestActions', ASK],
  ] as const)('is refused a stranger and nobody alike by %s', async (field, query) => {
    const count = 'select count(*)::int as n from decision';
    const before = await service.database.query(count);
    const told = async (id: string) => {
      const answer = await ask(query, { id, channel: 'AGENT', requestId: 'out-of-book' });
      expect([answer.status, answer.errors]).toEqual([200, []]);
      return JSON.stringify(answer.data?.[field]).replaceAll(id, 'X');
    };
    const refused = await told(foreign);
    expect(refused).toContain('"NOT_IN_BOOK"');
    expect(await told('C999999')).toBe(refused);
    expect(await service.database.query(count)).toEqual(before);
  });

  test('is answered a text that is no number without the text', async () => {
    for (const id of ['a\u0000b', 'x'.repeat(129)]) {
      const { data } = await ask(ASK, { id, channel: 'AGENT' });
      expect(data?.nextBestActions).toMatchObject({ __typename: 'NotInBook' });
      expect(JSON.stringify(data)).not.toContain(id.slice(0, 100));
    }
  });

  test('is refused a decision about a stranger and one that was never made alike', async () => {
    const asked = await service.ask('AGENT', ASK_ID, { id: foreign, channel: 'AGENT' });
    const told = async (id: string) =>
      JSON.stringify((await ask(READ, { id })).data?.decision).replaceAll(id, 'X');
    const refused = await told(decided(asked).decisionId);
    expect(refused).toContain('"UNKNOWN_DECISION"');
    expect(await told('019ab000-0000-7000-8000-00000000000c')).toBe(refused);
  });

  test('is refused a customer from the day on that another has it', async () => {
    const gone = books.get(manager)?.at(-1) ?? '';
    const { database } = service;
    expect((await ask(VIEW, { id: gone })).data?.customer360?.__typename).toBe('Customer360');
    const handOver = `insert into bank_relationship_manager
      select $1, 'RM-99', business_date, null, business_date + interval '6 hours' from bank`;
    await database.query(handOver, [gone]);
    expect((await ask(VIEW, { id: gone })).data?.customer360?.__typename).toBe('NotInBook');
    await database.query(`delete from bank_relationship_manager where manager_id = 'RM-99'`);
  });

  test.each([
    [{}, 'true'],
    [{ kind: 'ORGANISATION' }, `p.kind = 'ORGANISATION'`],
    [{ idPrefix: 'C0001' }, `p.party_id like 'C0001%'`],
  ])('lists all of its customers and no others, narrowed by %j', async (filter, condition) => {
    const matching = await customerIds(service, 1000, condition);
    const expected = books.get(manager)?.filter((id) => matching.includes(id));
    const listed: string[] = [];
    let after: string | null | undefined = null;
    do {
      const found: Query['customers'] | undefined = (await ask(LIST, { after, filter })).data
        ?.customers;
      if (found === undefined || !('edges' in found)) throw new Error('no page of customers');
      listed.push(...found.edges.map(({ node }) => node.id));
      after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    } while (after != null);
    expect(listed).toEqual(expected);
    expect(listed.length).toBeGreaterThan(0);
  });
});

test('an auditor with a book audits one customer of it at a time', async () => {
  const [manager = '', [own = ''] = []] = [...books][0] ?? [];
  const foreign = everybody.find((id) => books.get(manager)?.includes(id) === false);
  decided(await service.ask('AGENT', ASK_ID, { id: own, channel: 'AGENT' }));
  const audit = async (filter: object) =>
    (await service.askAs({ subject: 'ari', role: 'AUDITOR', book: manager }, AUDIT, { filter }))
      .data?.decisionAudit;
  expect(await audit({ customerId: own })).toMatchObject({
    edges: expect.arrayContaining([{ node: expect.objectContaining({ customerId: own }) }]),
  });
  for (const filter of [{}, { customerId: foreign }, { customerId: 'C999999' }]) {
    expect(await audit(filter)).toMatchObject({ argument: 'filter.customerId' });
  }
});

describe('whoever has a book', () => {
  /** Arguments of every question, as text; what is not here fails the test below. */
  const ARGUMENTS: { readonly [question: string]: (of: Subject) => string } = {
    customer360: ({ customer }) => `(id: "${customer}")`,
    customers: ({ customer }) => `(first: 3, filter: { idPrefix: "${customer.slice(0, 6)}" })`,
    nextBestActions: ({ customer }) => `(customerId: "${customer}", channel: AGENT)`,
    decisionAudit: ({ customer }) => `(first: 3, filter: { customerId: "${customer}" })`,
    decision: ({ decision }) => `(id: "${decision}")`,
    replayDecision: ({ decision }) => `(id: "${decision}")`,
    explainDecision: ({ decision }) => `(id: "${decision}")`,
    activeRelease: () => '',
    releases: () => '',
    ruleSet: () => '',
    actions: () => '',
    facts: () => '',
  };
  const questions = Object.values(CONTRACT.schema.getQueryType()?.getFields() ?? {});
  const asking = ROLES.flatMap((role) =>
    questions
      .filter(({ name }) => {
        const permit = CONTRACT.permits.get(`Query.${name}`);
        return permit !== undefined && maySelect(permit, [role]);
      })
      .map((question) => ({ role, question })),
  );

  test('can ask no question that this suite does not ask', () => {
    expect(questions.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(ARGUMENTS).toSorted(),
    );
  });

  test('is told of no customer and no decision outside it, whatever the question', async () => {
    const subjects = await decideForSome();
    const customerOf = new Map(subjects.map(({ customer, decision }) => [decision, customer]));
    let told = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...asking),
        fc.constantFrom(...subjects),
        fc.boolean(),
        async ({ role, question }, subject, isOwn) => {
          const managers = [...books].filter(
            ([, ids]) => ids.includes(subject.customer) === isOwn,
          );
          const [book = 'RM-00', own = []] = managers[0] ?? [];
          const selection = wholeSelection(getNamedType(question.type), role, CONTRACT);
          const asked = `${question.name}${ARGUMENTS[question.name]?.(subject)}`;
          const operation = `{ it: ${asked} ${selection} }`;
          const answer = await service.askAs({ subject: 'eve', role, book }, operation);
          const messages = answer.errors.map(({ message }) => message);
          expect([operation, messages.filter((one) => one !== NOT_TOLD)]).toEqual([
            operation,
            [],
          ]);
          const named = [...namesIn(answer.data, customerOf)];
          expect({ operation, strangers: named.filter((id) => !own.includes(id)) }).toEqual({
            operation,
            strangers: [],
          });
          told += named.length;
        },
      ),
      { numRuns: 200 },
    );
    expect(told).toBeGreaterThan(20);
  }, 120_000);
});

interface Subject {
  readonly customer: string;
  readonly decision: string;
}

/** A decision for a customer of each book and for some of none. */
async function decideForSome(): Promise<readonly Subject[]> {
  const booked = [...books.values()].flatMap(([id = '']) => id);
  const others = everybody.filter((id) => ![...books.values()].flat().includes(id)).slice(0, 4);
  return Promise.all(
    [...booked, ...others].map(async (customer) => {
      const asked = await service.ask('AGENT', ASK_ID, { id: customer, channel: 'AGENT' });
      return { customer, decision: decided(asked).decisionId };
    }),
  );
}

/**
 * The customers that an answer names, in a field, a cursor or by a decision about them. What a
 * refusal repeats the caller sent, and of a housemate the number alone is shown to everybody.
 */
function* namesIn(
  value: unknown,
  customerOf: ReadonlyMap<string, string>,
  field = '',
): Generator<string> {
  if (field.endsWith('_message') || field === 'HouseholdMember_customerId') return;
  if (typeof value === 'string') {
    const read = field.toLowerCase().endsWith('cursor') ? readCursor('customer', value) : value;
    yield* read?.match(/\bC\d{6}\b/g) ?? [];
    const customer = customerOf.get(readCursor('decision', value) ?? value);
    if (customer !== undefined) yield customer;
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, below] of Object.entries(value)) yield* namesIn(below, customerOf, name);
  }
}
