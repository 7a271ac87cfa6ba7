import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nextbest, ROOT } from '../support/command.ts';
import { urlFor } from '../support/database.ts';
import { ASK, ASK_ID, decided } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const FOLDER = join(ROOT, 'test/fixtures/merges');
/** In the files of the customer office the one is given up for the other. */
const OLD = 'C000011';
const NEW = 'C000012';
/** A day before they were found to be one. */
const BEFORE = '2026-06-14';

const VIEW = `query View($id: ID!) { customer360(id: $id) { __typename
  ... on Customer360 { id mergedIds profile { displayName }
    arrangements { items { id } } interactions { items { occurredAt intent } } }
  ... on MergedCustomer { code message survivorId } ... on Refusal { code } } }`;
const LIST = `query List($filter: CustomerFilter) { customers(first: 100, filter: $filter) {
  ... on CustomerConnection { edges { node { id } } } } }`;
const AUDIT = `query Audit($id: ID!) { decisionAudit(filter: { customerId: $id }) {
  ... on DecisionConnection { edges { node { id customerId } } } } }`;
const REPLAY = 'query Replay($id: ID!) { replayDecision(id: $id) { ... on Replay { result } } }';
const PAGE = `query Page($id: ID!, $after: String) { customer360(id: $id) {
  ... on Customer360 { transactions(first: 7, after: $after) {
    edges { node { id effectiveAt } } pageInfo { hasNextPage endCursor } } } } }`;

describe('two customers of whom a file says that they are one', () => {
  let service: DemoService;
  let before: { readonly [id: string]: View };
  let decidedBefore: { readonly [id: string]: string };
  let pastOf: { readonly [id: string]: string };
  let managers: { readonly [id: string]: string };

  beforeAll(async () => {
    service = await openDemoService();
    before = { [OLD]: await view(OLD), [NEW]: await view(NEW) };
    decidedBefore = { [OLD]: await decideFor(OLD), [NEW]: await decideFor(NEW) };
    pastOf = { [OLD]: await lookBack(OLD), [NEW]: await lookBack(NEW) };
    managers = await givenToTwoManagers();
    const imported = await command('import', '--mapping', join(FOLDER, 'mapping.json'), FOLDER);
    expect(imported).toMatchObject({ code: 0, stderr: '' });
  }, 180_000);
  afterAll(() => service?.close());

  const command = (...args: readonly string[]) => {
    const { databaseUrl, world } = service;
    return nextbest(args, {
      DATABASE_URL: urlFor('WORKER', databaseUrl),
      NEXTBEST_DATA: world.dataFolder,
    });
  };

  async function view(id: string): Promise<View> {
    const { data, errors } = await service.ask('AGENT', VIEW, { id });
    expect(errors).toEqual([]);
    const shown = data?.customer360;
    return {
      name: dig(shown, 'profile', 'displayName'),
      mergedIds: dig(shown, 'mergedIds'),
      arrangements: textsOf(dig(shown, 'arrangements', 'items')),
      interactions: textsOf(dig(shown, 'interactions', 'items')),
      postings: textsOf(await postings(id)),
    };
  }

  /** All of a customer, seven at a time. */
  async function postings(id: string): Promise<readonly unknown[]> {
    const shown: unknown[] = [];
    for (let [after, more]: [unknown, unknown] = [null, true]; more === true; ) {
      const { data } = await service.ask('AGENT', PAGE, { id, after });
      const page = dig(data?.customer360, 'transactions');
      shown.push(...listOf(dig(page, 'edges')).map((edge) => dig(edge, 'node')));
      [after, more] = [dig(page, 'pageInfo', 'endCursor'), dig(page, 'pageInfo', 'hasNextPage')];
    }
    return shown;
  }

  async function decideFor(id: string) {
    return decided(await service.ask('AGENT', ASK_ID, { id, channel: 'AGENT' })).decisionId;
  }

  /** What the command line decides as of a day, without what differs with the hour. */
  async function lookBack(id: string, day = BEFORE) {
    const { stdout, stderr } = await command('decide', id, '--as-of', day, '--json');
    return (stdout || stderr).replaceAll(/"(decisionId|decidedAt|factsAsOf)":\s*"[^"]*"/g, '');
  }

  /** Nobody looks after both by chance. */
  async function givenToTwoManagers() {
    await service.database.query(
      `insert into bank_relationship_manager
       select id, 'RM-' || id, '2026-01-01', null, '2026-06-29Z'
       from unnest($1::text[]) as given (id)`,
      [[OLD, NEW]],
    );
    return { [OLD]: `RM-${OLD}`, [NEW]: `RM-${NEW}` };
  }

  test('are seen under the one number, with the records of both', async () => {
    const after = await view(NEW);
    const [old, own] = [before[OLD], before[NEW]];
    expect([after.name, after.mergedIds]).toEqual([own?.name, [OLD]]);
    for (const list of ['arrangements', 'interactions', 'postings'] as const) {
      const both = [...(old?.[list] ?? []), ...(own?.[list] ?? [])];
      expect([list, after[list].toSorted()]).toEqual([list, [...new Set(both)].toSorted()]);
    }
    expect([old?.postings.length, own?.postings.length].every((n = 0) => n > 20)).toBe(true);
  }, 60_000);

  test('have one list of postings, in order, page after page', async () => {
    const times = (await postings(NEW)).map((one) => String(dig(one, 'effectiveAt')));
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test('are decided for under the one number alone', async () => {
    const answer = await service.ask('AGENT', ASK, { id: OLD, channel: 'AGENT' });
    expect(answer.data?.nextBestActions).toMatchObject({
      __typename: 'MergedCustomer',
      code: 'MERGED_CUSTOMER',
      message: `customer \`${OLD}\` lives on in \`${NEW}\`: ask by that`,
    });
    const seen = await service.ask('AGENT', VIEW, { id: OLD });
    expect(seen.data?.customer360).toEqual({
      __typename: 'MergedCustomer',
      code: 'MERGED_CUSTOMER',
      message: expect.any(String),
      survivorId: NEW,
    });
    await decideFor(NEW);
    const told = await command('decide', OLD);
    expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining(NEW) });
  });

  test('are one for whoever has the surviving one, and nobody for the others', async () => {
    const asked = async (book: string, id: string) => {
      const caller = { subject: 'ada', role: 'ADVISOR', book } as const;
      const { data } = await service.askAs(caller, VIEW, { id });
      return data?.customer360.__typename;
    };
    const [old, own] = [managers[OLD] ?? '', managers[NEW] ?? ''];
    expect([await asked(own, OLD), await asked(own, NEW)]).toEqual([
      'MergedCustomer',
      'Customer360',
    ]);
    // Not even that there is another number is told to who may not see it.
    expect([await asked(old, OLD), await asked(old, NEW)]).toEqual(['NotInBook', 'NotInBook']);
  });

  test('are listed as one', async () => {
    const { data } = await service.ask('AGENT', LIST, { filter: { idPrefix: 'C00001' } });
    const ids = listOf(dig(data?.customers, 'edges')).map((edge) => dig(edge, 'node', 'id'));
    expect(ids).toContain(NEW);
    expect(ids).not.toContain(OLD);
  });

  test('keep what was decided for each, to be audited and decided again', async () => {
    const audited = async (id: string) => {
      const { data } = await service.ask('AUDITOR', AUDIT, { id });
      const edges = listOf(dig(data?.decisionAudit, 'edges'));
      return edges.map((edge) => [dig(edge, 'node', 'id'), dig(edge, 'node', 'customerId')]);
    };
    const [old, own] = [decidedBefore[OLD] ?? '', decidedBefore[NEW] ?? ''];
    expect(await audited(OLD)).toEqual([[old, OLD]]);
    expect(await audited(NEW)).toEqual(
      expect.arrayContaining([
        [old, OLD],
        [own, NEW],
      ]),
    );
    for (const id of [old, own, await decideFor(NEW)]) {
      const { data } = await service.ask('AUDITOR', REPLAY, { id });
      expect(data?.replayDecision).toEqual({ result: 'IDENTICAL' });
    }
  });

  test('are two as of the day before, and one as of the day after', async () => {
    expect(await lookBack(OLD)).toBe(pastOf[OLD]);
    expect(await lookBack(NEW)).toBe(pastOf[NEW]);
    expect(await lookBack(OLD, '2026-06-16')).toContain(NEW);
  }, 60_000);
});

interface View {
  readonly name: unknown;
  readonly mergedIds: unknown;
  readonly arrangements: readonly string[];
  readonly interactions: readonly string[];
  readonly postings: readonly string[];
}

/** What an answer holds at a path; undefined where there is nothing. */
function dig(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).map((one) => JSON.stringify(one));
}
