import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CUSTOMER, createRig, firstError, NEXT } from '../support/graphql-rig.ts';

type Rig = Awaited<ReturnType<typeof createRig>>;

const BOUNDS = { requestMs: 400, idleMs: 300, most: 3 };

let rig: Rig;
let port: number;
beforeAll(async () => {
  rig = await createRig({ settings: { sockets: BOUNDS } });
  await rig.app.listen({ host: '127.0.0.1', port: 0 });
  const address = rig.app.server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => rig.app.close());

/** What a socket hears until the service closes it, after saying something. */
function heard(say: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => say !== '' && socket.write(say));
    socket.on('data', (bytes) => {
      text += bytes.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

const POST = 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n';

describe('a socket', () => {
  test.each([
    ['says nothing', ''],
    ['ends its headers never', 'POST /graphql HTTP/1.1\r\nhost: a\r\n'],
    [
      'sends a body drop by drop',
      `${POST}authorization: Bearer AGENT\r\ncontent-length: 100\r\n\r\n{"query`,
    ],
  ])('that %s is told and closed in time', async (_what, say) => {
    const began = performance.now();
    const answer = await heard(say);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      errors: [{ extensions: { code: 'REQUEST_TIMEOUT' } }],
    });
  });

  test.each([
    ['what is no request', 'nonsense\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      'headers too long',
      `GET / HTTP/1.1\r\na: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    [
      'an address that is none',
      'GET /%ff HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
      400,
      'BAD_REQUEST',
    ],
  ])('that sends %s is told in the one shape of errors', async (_what, say, status, code) => {
    const answer = await heard(say);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    const body = JSON.parse(answer.split('\r\n\r\n')[1] ?? '');
    expect(body).toEqual({ errors: [{ message: expect.any(String), extensions: { code } }] });
  });

  test('that idles is closed, and there are no more than are allowed', async () => {
    const idle = Array.from({ length: BOUNDS.most }, () => heard(''));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = performance.now();
    expect(await heard('')).toBe('');
    expect(performance.now() - began).toBeLessThan(BOUNDS.requestMs);
    await Promise.all(idle);
    const kept = await heard('GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n');
    expect(kept).toContain('{"status":"LIVE"}');
  });
});

describe('what a caller accepts', () => {
  const ask = (accept: string) =>
    rig.send({ body: { query: NEXT, variables: { id: CUSTOMER } }, headers: { accept } });

  test.each([
    'text/html',
    'image/*',
    'application/json;q=0',
    'application/json;charset=latin1',
    'nonsense',
  ])('`%s` is refused before anything is decided', async (accept) => {
    const decided: unknown[] = [];
    const watched = await createRig({
      ports: {
        moments: {
          readMoments: async (ids) => {
            decided.push(ids);
            return new Map();
          },
        },
      },
    });
    const answer = await watched.send({
      body: { query: NEXT, variables: { id: CUSTOMER } },
      headers: { accept },
    });
    expect([answer.status, JSON.parse(answer.text).errors[0].extensions.code]).toEqual([
      406,
      'NOT_ACCEPTABLE',
    ]);
    expect(decided).toEqual([]);
    await watched.app.close();
  });

  test.each([
    '*/*',
    'application/*',
    'application/json',
    'application/json; charset=utf-8',
    'application/graphql-response+json, application/json;q=0.9',
    'text/html, application/json;q=0.1',
  ])('`%s` is answered', async (accept) => {
    expect((await ask(accept)).status).toBe(200);
  });
});

describe('what a caller wrote', () => {
  const LONG = 'q'.repeat(3_000);
  const words = `${'w '.repeat(1_500)}`;

  test.each<[string, string, object]>([
    ['a field', `{ ${LONG} }`, {}],
    ['an argument', `{ customers(${LONG}: 1) { __typename } }`, {}],
    ['text for a number', `{ customers(first: "${words}") { __typename } }`, {}],
    ['a list for a number', `{ customers(first: [${'1,'.repeat(500)}1]) { __typename } }`, {}],
    ['an operation', `query ${LONG} { ${LONG} }`, {}],
    ['a fragment', `{ ...${LONG} }`, {}],
    [
      'a variable',
      'query Q($first: Int) { customers(first: $first) { __typename } }',
      { first: words },
    ],
    [
      'an object',
      'query Q($first: Int) { customers(first: $first) { __typename } }',
      { first: { a: words } },
    ],
    [
      'a customer',
      `{ customer360(id: "${LONG.slice(0, 128)}") { ... on Refusal { message } } }`,
      {},
    ],
    ['a release', `{ ruleSet(release: "${LONG}") { ... on Refusal { message } } }`, {}],
    ['a fact', NEXT, { id: CUSTOMER, context: { [LONG]: 1 } }],
  ])('is repeated up to 100 characters only: %s', async (_what, query, variables) => {
    const { text } = await rig.ask(query, { variables });
    expect(text).not.toMatch(/q{101}|(w ){51}|(1,\s?){51}/);
  });

  test('as a filter and is none of its values is a refusal and no empty page', async () => {
    const stage = 'query Q($f: DecisionFilter) { decisionAudit(filter: $f) { __typename } }';
    const audit = await rig.ask(stage, { token: 'AUDITOR', variables: { f: { stage: 'NOPE' } } });
    expect(firstError(audit)).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(firstError(audit).message).toContain('Stage');
    const rules = await rig.ask('{ ruleSet { ... on RuleSet { rules(kind: "nope") { id } } } }');
    expect(firstError(rules)).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(firstError(rules).message).toContain('eligibility');
  });
});

describe('a server that closes', () => {
  test('ends the socket of what it was answering, and waits for no idle one', async () => {
    let answer: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let asked: () => void = () => {};
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const sockets = { ...BOUNDS, idleMs: 600_000 };
    const readiness = async () => {
      asked();
      await held;
      return { status: 'READY' } as const;
    };
    const { app } = await createRig({ settings: { sockets, readiness } });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const asking = fetch(`${url}/health/ready`);
    await arrived;
    const closing = app.close();
    while (app.server.listening) await setImmediate();
    answer();
    const response = await asking;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    await closing;
  });
});
