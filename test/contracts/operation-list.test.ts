import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createOperationList } from '../../src/adapters/postgres/operations/operation-list.ts';
import { createHoldToList } from '../../src/graphql/listed/hold-to-list.ts';
import { readOperations } from '../../src/graphql/listed/read-operations.ts';
import { CUSTOMER, createRig, firstError, TYPE_DEFS } from '../support/graphql-rig.ts';
import { openRig, type Rig } from './postgres-rig.ts';

const STAMP = { actor: 'security officer', at: '2026-11-24T09:30:00.000Z' };
const TEXT = `
  # what the console shows
  query Release { activeRelease { ...R } }
  query Who($id: ID!) { customer360(id: $id) { ... on Customer360 { profile { ...P } } } }
  fragment R on Release { digest }
  fragment P on Profile { kind }`;
const RELEASE = 'query   Release{activeRelease{...R}}fragment R on Release{digest}';

const operations = () => {
  const read = readOperations(TEXT, TYPE_DEFS);
  if (!read.ok) throw new Error(read.refusal.message);
  return read.value;
};
const digestOf = (name: string) => operations().find((one) => one.name === name)?.digest ?? '';

describe('a document of operations', () => {
  test('is listed operation by operation, each with the fragments it uses', () => {
    expect(operations().map(({ name }) => name)).toEqual(['Release', 'Who']);
    expect(operations()[0]?.text).toBe(
      'query Release {\n  activeRelease {\n    ...R\n  }\n}\n\n' +
        'fragment R on Release {\n  digest\n}',
    );
  });

  test.each([
    ['what is no GraphQL', 'query {', 'UNREADABLE'],
    ['what the contract lacks', 'query Q { nope }', 'INVALID'],
    ['what no service would run', `query Q { ...F } fragment F on Release { digest }`, 'INVALID'],
    ['fragments alone', 'fragment F on Release { digest }', 'INVALID'],
    ['an operation without a name', '{ activeRelease { digest } }', 'UNNAMED'],
  ])('is refused that holds %s', (_what, text, code) => {
    expect(readOperations(text, TYPE_DEFS)).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('a service in production mode', () => {
  let database: Rig;
  let rig: Awaited<ReturnType<typeof createRig>>;
  let list: ReturnType<typeof createOperationList>;
  let now = 0;

  beforeAll(async () => {
    database = await openRig();
    list = createOperationList(database.database);
    const holdToList = createHoldToList(list, () => now);
    rig = await createRig({ settings: { holdToList } });
    expect(await list.add(operations(), STAMP)).toHaveLength(2);
  });
  afterAll(async () => {
    await rig.app.close();
    await database.close();
  });

  test('keeps who listed an operation and when, also when it is listed again', async () => {
    const later = { actor: 'somebody', at: '2026-11-25T09:30:00.000Z' };
    expect(await list.add(operations(), later)).toEqual([]);
    expect(await list.list()).toEqual(
      operations().map((one) => ({ ...one, listedAt: STAMP.at, listedBy: STAMP.actor })),
    );
  });

  test.each<[string, object]>([
    ['the same in another layout', { query: RELEASE }],
    ['one of the whole document', { query: TEXT, operationName: 'Release' }],
    [
      'a digest',
      {
        extensions: { persistedQuery: { version: 1, sha256Hash: digestOf('Release').slice(7) } },
      },
    ],
  ])('answers %s', async (_what, body) => {
    const { status, text } = await rig.send({ body });
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { data: { activeRelease: { digest: expect.any(String) } } },
    ]);
  });

  test('answers with variables as ever', async () => {
    const answer = await rig.ask(
      TEXT.replace('query Release { activeRelease { ...R } }', '').replace(
        'fragment R on Release { digest }',
        '',
      ),
      { variables: { id: CUSTOMER } },
    );
    expect(answer.data).toEqual({ customer360: { profile: { kind: 'PERSON' } } });
  });

  test.each<[string, object]>([
    ['a field more', { query: RELEASE.replace('{digest}', '{digest semver}') }],
    ['another name', { query: RELEASE.replace('query   Release', 'query Other') }],
    ['no name where there are two', { query: TEXT }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['a type name', { query: '{ __typename }' }],
    ['a guess', { query: '{ customr360 }' }],
    ['what cannot be read', { query: '{' }],
    [
      'a digest that is not listed',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    ],
    [
      'a digest beside another text',
      {
        query: '{ __typename }',
        extensions: { persistedQuery: { version: 1, sha256Hash: digestOf('Release').slice(7) } },
      },
    ],
    ['nothing', {}],
  ])('refuses %s, and tells nothing of the schema', async (_what, body) => {
    const { status, text } = await rig.send({ body });
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([
      403,
      'OPERATION_NOT_LISTED',
    ]);
    expect(text).not.toMatch(/Did you mean|Cannot query|customer360/);
  });

  test('asks for a token first', async () => {
    const answer = await rig.ask('{ nope }', { token: null });
    expect(firstError(answer)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  test('answers what was taken off for two seconds more, and then no longer', async () => {
    expect((await rig.send({ body: { query: RELEASE } })).status).toBe(200);
    expect(await list.remove(digestOf('Release'))).toBe(true);
    expect(await list.remove(digestOf('Release'))).toBe(false);
    now += 2_001;
    expect((await rig.send({ body: { query: RELEASE } })).status).toBe(403);
    await list.add(operations(), STAMP);
    expect((await rig.send({ body: { query: RELEASE } })).status).toBe(200);
  });
});
