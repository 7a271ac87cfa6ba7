import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { CustomerSource } from '../../src/app/ports/customer-source.ts';
import { Outage } from '../../src/app/ports/outage.ts';
import type { LivePart } from '../../src/domain/live-state.ts';
import type { Customer360, Fact } from '../../src/graphql/generated/types.ts';
import { ASK, customerIds, decided, EVIDENCE } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

type Reader = keyof CustomerSource;

const FIELDS = [
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
const VIEW = `query View($id: ID!) { customer360(id: $id) { __typename ... on Customer360 {
  ${FIELDS.map((field) => `${field} { sources { system } }`).join(' ')} } } }`;

describe('a source that does not answer', () => {
  const down = new Set<Reader>();
  const lost = new Set<LivePart>();
  let service: DemoService;
  let ids: readonly string[];
  let facts: readonly Fact[];

  const decide = async (id: string | undefined) => {
    // What moved must be read again: else the snapshot stands, and rightly so.
    await service.database.query(
      'update watermark set version = version + 1 where party_id = $1',
      [id],
    );
    return decided(await service.ask('AGENT', ASK, { id, channel: 'AGENT', first: 20 }));
  };
  const view = async (id: string | undefined) => {
    const { status, data, errors } = await service.ask('AGENT', VIEW, { id });
    expect(status).toBe(200);
    return { customer: data?.customer360 as Customer360, errors };
  };

  beforeAll(async () => {
    service = await openDemoService({
      source: (real) => breakable(real, down),
      postings: (real) => (asked, page) =>
        down.has('transactions')
          ? Promise.reject(new Outage('SOURCE', 'a test'))
          : real(asked, page),
      moments: (real) => ({
        readMoments: async (asked) => {
          const found = [...(await real.readMoments(asked))];
          const silent = { state: 'FAILED', reason: 'SOURCE_DOWN' } as const;
          const nothing = Object.fromEntries([...lost].map((part) => [part, silent]));
          return new Map(
            found.map(([id, moment]) => [
              id,
              { ...moment, versions: { ...moment.versions, ...nothing } },
            ]),
          );
        },
      }),
    });
    ids = await customerIds(service, 12, `p.kind = 'PERSON'`);
    const { data } = await service.ask('AGENT', '{ facts { name origin sources } }');
    facts = data?.facts ?? [];
  }, 180_000);
  afterAll(() => service?.close());
  afterEach(() => {
    down.clear();
    lost.clear();
  });

  test.each<readonly [Reader, string, readonly string[]]>([
    ['parties', 'profile', ['profile']],
    ['households', 'household', ['household']],
    ['arrangements', 'arrangements', ['arrangements', 'cashFlow']],
    ['transactions', 'transactions', ['transactions', 'cashFlow']],
    ['interactions', 'interactions', ['interactions']],
    ['campaigns', 'campaigns', ['campaignHistory']],
    ['goals', 'goals', ['goals']],
    ['relationshipValues', 'relationshipValue', ['relationshipValue']],
  ])('%s: facts are unavailable, the answer says so, the other parts stand', async (...row) => {
    const [reader, part, lostFields] = row;
    const id = ids[0];
    const cause = `SOURCE_DOWN ${part}`;
    expect((await decide(id)).degradations.map((one) => one.failure)).not.toContain(
      'SOURCE_DOWN',
    );
    down.add(reader);
    const answer = await decide(id);
    const lostNow = answer.degradations.find((one) => one.part === part);
    const only = facts.filter(({ sources }) => sources.length === 1 && sources[0] === part);
    expect(lostNow).toMatchObject({ failure: 'SOURCE_DOWN' });

    const { data } = await service.ask(
      'AUDITOR',
      `query One($id: ID!) { decision(id: $id) { __typename ... on Decision ${EVIDENCE} } }`,
      { id: answer.decisionId },
    );
    const evidence = data?.decision;
    if (evidence?.__typename !== 'Decision') throw new Error('no evidence');
    const unavailable = [...only.map(({ name }) => name), ...(lostNow?.facts ?? [])];
    for (const fact of evidence.facts?.filter(({ name }) => unavailable.includes(name)) ?? []) {
      expect(fact).toMatchObject({ state: 'UNAVAILABLE', value: null, cause });
      expect(fact.lineage).toContainEqual({ part, system: null, version: null, fetchedAt: null });
    }
    const missing = answer.withheld.flatMap(({ missingFacts }) => missingFacts);
    expect(missing.every((name) => !evidence.facts?.some(isPresent(name)))).toBe(true);

    const { customer, errors } = await view(id);
    for (const field of FIELDS) {
      expect([field, customer[field] === null]).toEqual([field, lostFields.includes(field)]);
    }
    for (const field of lostFields) {
      expect(errors.find(({ path }) => path?.at(-1) === field)).toMatchObject({
        path: ['customer360', field],
        extensions: { code: 'PART_UNAVAILABLE', reason: 'SOURCE_DOWN' },
      });
    }

    down.clear();
    const again = await service.ask('AGENT', ASK, { id, channel: 'AGENT' });
    const failures = decided(again).degradations.map((one) => one.failure);
    expect(failures).not.toContain('SOURCE_DOWN');
  });

  test.each(['consents', 'holds'] as const)('%s: its field alone is null', async (reader) => {
    down.add(reader);
    const { customer, errors } = await view(ids[1]);
    expect(FIELDS.filter((field) => customer[field] === null)).toEqual([reader]);
    expect(errors).toMatchObject([{ extensions: { code: 'PART_UNAVAILABLE', part: reader } }]);
  });

  test('all at once: only what is lawful without facts, and every part is named', async () => {
    down.add('lineages');
    const answer = await decide(ids[2]);
    expect(answer.degradations.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['profile', 'arrangements', 'transactions']),
    );
    expect(answer.actions).toEqual([]);
    const { customer, errors } = await view(ids[2]);
    expect(FIELDS.filter((field) => customer[field] !== null)).toEqual([]);
    expect(errors.length).toBe(FIELDS.length);
  });

  test.each<readonly [LivePart, string, (purpose: string) => boolean]>([
    ['consents', 'consent.unknown', (purpose) => purpose === 'MARKETING'],
    ['holds', 'hold.unknown', () => true],
    ['campaigns', 'contact', (purpose) => purpose === 'MARKETING'],
  ])('unknown %s permit nothing they would have to permit', async (...row) => {
    const [part, rule, concerned] = row;
    for (const id of ids) {
      lost.clear();
      const healthy = await decide(id);
      lost.add(part);
      const answer = await decide(id);
      expect(answer.degradations).toContainEqual(
        expect.objectContaining({ part, failure: 'SOURCE_DOWN' }),
      );
      expect(answer.actions.filter(({ action }) => concerned(action.purpose))).toEqual([]);
      const before = new Set(healthy.actions.map(({ action }) => action.id));
      const stopped = answer.withheld.filter(({ action }) => before.has(action.id));
      for (const one of stopped.filter(({ action }) => concerned(action.purpose))) {
        expect(one.reason.code).toBe('MISSING_FACT');
        if (part !== 'campaigns') expect([one.rule, one.missingFacts]).toEqual([rule, [part]]);
      }
    }
  });
});

function isPresent(name: string) {
  return (fact: { readonly name: string; readonly state: string }) =>
    fact.name === name && fact.state === 'PRESENT';
}

/** A source each of whose readers fails while it is said to be down. */
function breakable(real: CustomerSource, down: ReadonlySet<Reader>): CustomerSource {
  const guard =
    <T>(reader: Reader, read: (ids: readonly string[]) => Promise<T>) =>
    (ids: readonly string[]) =>
      down.has(reader) ? Promise.reject(new Outage('SOURCE', 'a test')) : read(ids);
  return {
    lineages: guard('lineages', real.lineages),
    parties: guard('parties', real.parties),
    households: guard('households', real.households),
    arrangements: guard('arrangements', real.arrangements),
    transactions: guard('transactions', real.transactions),
    interactions: guard('interactions', real.interactions),
    campaigns: guard('campaigns', real.campaigns),
    goals: guard('goals', real.goals),
    creditApplications: guard('creditApplications', real.creditApplications),
    relationshipValues: guard('relationshipValues', real.relationshipValues),
    consents: guard('consents', real.consents),
    holds: guard('holds', real.holds),
  };
}
