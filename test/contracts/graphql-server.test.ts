import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Outage } from '../../src/app/ports/outage.ts';
import { createServiceLog, logBug } from '../../src/main/service-log.ts';
import { CUSTOMER, createRig, firstError, NEXT, SECRETS } from '../support/graphql-rig.ts';

type Rig = Awaited<ReturnType<typeof createRig>>;

const PROFILE = `query { customer360(id: "${CUSTOMER}") { ... on Customer360 {
  profile { displayName birthDate email phone city kind }
  arrangements { items { id accountNumber kind } }
  transactions { edges { node { merchant arrangementId category } } } } } }`;

let rig: Rig;
beforeAll(async () => {
  rig = await createRig();
});
afterAll(() => rig.app.close());

describe('who may come in', () => {
  test.each([
    ['no token', null, 'send a bearer token'],
    ['a token without a role', 'nobody', 'names no role'],
  ])('%s is answered 401, saying what to send', async (_who, token, message) => {
    const answer = await rig.ask('{ activeRelease { digest } }', { token });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(firstError(answer)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(firstError(answer).message).toContain(message);
  });

  test.each(['Basic AGENT', 'Bearer Bearer AGENT', 'Bearer', 'AGENT', 'Bearer AGENT AGENT'])(
    'the header `%s` is answered 401 without repeating it',
    async (authorization) => {
      const body = { query: '{ activeRelease { digest } }' };
      const { status, text } = await rig.send({ body, token: null, headers: { authorization } });
      expect(status).toBe(401);
      expect(text).not.toContain('AGENT');
    },
  );

  test('an issuer that is out is answered 503 with Retry-After, not 401', async () => {
    const verify = async () => {
      throw new Outage('ISSUER', new Error('connect ECONNREFUSED 10.0.0.1'));
    };
    const out = await createRig({ settings: { verifier: { verify } } });
    const answer = await out.ask('{ activeRelease { digest } }');
    expect(firstError(answer)).toMatchObject({ status: 503, code: 'ISSUER_UNAVAILABLE' });
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.text).not.toContain('10.0.0.1');
    await out.app.close();
  });
});

describe('what a role may read', () => {
  test('an agent sees who the customer is', async () => {
    const { text } = await rig.ask(PROFILE);
    const { email, phone, merchant, birthDate, accountNumber } = SECRETS;
    for (const secret of [email, phone, merchant, birthDate, accountNumber]) {
      expect(text).toContain(secret);
    }
  });

  test.each(['AUDITOR', 'SERVICE'])('%s sees personal data masked', async (token) => {
    const { text, data, errors } = await rig.ask(PROFILE, { token });
    expect(errors).toBeUndefined();
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
    expect(data?.['customer360']).toMatchObject({
      profile: { displayName: '***', birthDate: null, email: '***', city: '***', kind: 'PERSON' },
      arrangements: { items: [{ id: '***', accountNumber: '***', kind: 'CURRENT_ACCOUNT' }] },
      transactions: { edges: [{ node: { merchant: '***', arrangementId: '***' } }] },
    });
  });

  test('of several roles, one that may see is enough', async () => {
    const { text } = await rig.ask(PROFILE, { token: 'AUDITOR.AGENT' });
    expect(text).toContain(SECRETS.email);
  });

  test('what a role may not select is named, before anything is read', async () => {
    const query = `{ customer360(id: "1") { ... on Customer360 { n: profile { ...P } } }
      releases { digest } }
      fragment P on Profile { hidden: email }`;
    const answer = await rig.ask(query, { token: 'ANALYST' });
    expect(firstError(answer)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(firstError(answer).message).toContain('role ANALYST may not read Query.customer360');
    expect(firstError(answer).message).toContain('Profile.email');
    expect(answer.data).toBeUndefined();
  });

  test('a second role asking the same text is judged by itself', async () => {
    const query = '{ releases { digest builtBy } }';
    expect((await rig.ask(query, { token: 'ANALYST' })).status).toBe(200);
    expect((await rig.ask(query, { token: 'AGENT' })).status).toBe(403);
    expect((await rig.ask(query, { token: 'ANALYST' })).status).toBe(200);
  });
});

describe('introspection and the landing page', () => {
  const introspection = '{ __schema { queryType { name } } }';
  const visit = { method: 'GET', url: '/graphql', headers: { accept: 'text/html' } } as const;

  test("are closed on a bank of one's own", async () => {
    expect((await rig.ask(introspection)).status).toBe(400);
    expect((await rig.app.inject(visit)).statusCode).toBe(405);
    const typo = await rig.ask('{ customr360 }');
    expect(typo.status).toBe(400);
    expect(typo.text).not.toContain('Did you mean');
  });

  test('are open in the demo, where data still need a token', async () => {
    const demo = await createRig({ settings: { open: true } });
    expect((await demo.ask(introspection, { token: null })).data).toBeDefined();
    const page = await demo.app.inject(visit);
    expect([page.statusCode, page.headers['content-type']]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    const asked = await demo.ask('{ activeRelease { digest } }', { token: null });
    expect(firstError(asked)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    const both = await demo.ask('{ __typename activeRelease { digest } }', { token: null });
    expect(both.status).toBe(401);
    await demo.app.close();
  });
});

describe('transport', () => {
  const query = '{ activeRelease { digest } }';

  test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const)(
    '%s is answered 405 with what is allowed',
    async (method) => {
      const url = `/graphql?query=${encodeURIComponent(query)}`;
      const headers = { authorization: 'Bearer AGENT', 'apollo-require-preflight': '1' };
      const answer = await rig.app.inject({ method, url, headers });
      expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'POST']);
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/xml',
  ])('a body of %s is answered 415', async (contentType) => {
    const headers = { 'content-type': contentType };
    const { status, text } = await rig.send({ body: JSON.stringify({ query }), headers });
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
  });

  test.each([
    ['more than 256 KiB', `{"query":"${'x'.repeat(262_144)}"}`, 413, 'BODY_TOO_LARGE'],
    ['nothing', '', 400, 'BAD_REQUEST'],
    ['no JSON', '{"query":', 400, 'BAD_REQUEST'],
    ['a byte order mark first', '\uFEFF{"query":"{__typename}"}', 400, 'BAD_REQUEST'],
    ['a key twice', '{"query":"{a}","query":"{b}"}', 400, 'BAD_REQUEST'],
    [
      '10,000 levels',
      `{"query":"{a}","variables":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      400,
      'BAD_REQUEST',
    ],
    ['an array of operations', '[{"query":"{__typename}"}]', 400, 'BAD_REQUEST'],
    ['a query that is null', '{"query":null}', 400, 'BAD_REQUEST'],
    ['variables that are text', '{"query":"{__typename}","variables":"x"}', 400, 'BAD_REQUEST'],
  ])('a body of %s is refused by a typed error', async (_what, body, status, code) => {
    const answer = await rig.send({ body });
    expect([answer.status, JSON.parse(answer.text).errors[0].extensions.code]).toEqual([
      status,
      code,
    ]);
  });

  test('nothing may be cached, and an unknown address is a typed 404', async () => {
    const answer = await rig.send({ body: { query } });
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    const nowhere = await rig.app.inject({ method: 'GET', url: `/secret/${CUSTOMER}` });
    expect(nowhere.statusCode).toBe(404);
    expect(nowhere.body).not.toContain(CUSTOMER);
  });

  test('health and metrics answer without a token', async () => {
    for (const url of ['/health/live', '/health/ready', '/metrics']) {
      expect((await rig.app.inject({ method: 'GET', url })).statusCode).toBe(200);
    }
  });
});

describe('failures', () => {
  const boom = async (): Promise<never> => {
    throw new TypeError(`cannot read ${CUSTOMER} of ${SECRETS.email}\n    at ${SECRETS.phone}`);
  };

  test('of a part by an outage leave the others standing, typed at its path', async () => {
    const source = {
      transactions: async () => {
        throw new Outage('SOURCE', new Error(SECRETS.merchant));
      },
    };
    const broken = await createRig({ source });
    const answer = await broken.ask(PROFILE);
    expect(answer.status).toBe(200);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]).toMatchObject({
      path: ['customer360', 'transactions'],
      extensions: { code: 'PART_UNAVAILABLE', part: 'transactions', reason: 'SOURCE_DOWN' },
    });
    expect(answer.data?.['customer360']).toMatchObject({ profile: { email: SECRETS.email } });
    await broken.app.close();
  });

  test('of the database are 503 with Retry-After and DATABASE_UNAVAILABLE', async () => {
    const readMoments = async () => {
      throw new Outage('DATABASE', new Error('password authentication failed'));
    };
    const broken = await createRig({ ports: { moments: { readMoments } } });
    const answer = await broken.ask(NEXT, { variables: { id: CUSTOMER } });
    expect(firstError(answer)).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.text).not.toContain('password');
    // The commit may have gone through before the connection dropped.
    expect(firstError(answer).message).toContain('may have been recorded or not');
    expect(firstError(answer).message).toContain('the same `requestId`');
    expect(broken.errors).toEqual([]);
    await broken.app.close();
  });

  test('by a bug tell the caller nothing, and the log its kind and place only', async () => {
    const lines: string[] = [];
    const log = createServiceLog('trace', { write: (line) => lines.push(line) });
    const broken = await createRig({
      source: { parties: boom, transactions: boom },
      ports: { moments: { readMoments: boom } },
      settings: { onError: (error) => logBug(log, error), readiness: boom, metricsText: boom },
    });
    const requests = [
      broken.ask(PROFILE),
      broken.ask(NEXT, { variables: { id: CUSTOMER, context: { [SECRETS.email]: 1 } } }),
      broken.ask(NEXT, { variables: { id: CUSTOMER, reuse: SECRETS.phone } }),
      broken.ask(`{ customer360(id: "${CUSTOMER}") { ${SECRETS.familyName} } }`),
      broken.ask('{ activeRelease { digest } }', { token: SECRETS.arrangementId }),
      broken.ask('{ releases { digest } }'),
    ];
    const answers = await Promise.all(requests);
    expect(answers.slice(0, 2).map(firstError)).toEqual(
      [1, 2].map(() => ({
        status: 200,
        code: 'INTERNAL_SERVER_ERROR',
        message: 'something went wrong on our side; it has been logged',
      })),
    );
    await broken.send({ body: `{"query":"${CUSTOMER}` });
    const health = await broken.app.inject({ method: 'GET', url: '/health/ready' });
    const metrics = await broken.app.inject({ method: 'GET', url: '/metrics' });
    expect([health.statusCode, metrics.statusCode]).toEqual([500, 500]);
    const shown = [...answers.slice(0, 2).map(({ text }) => text), health.body, metrics.body];
    expect(shown.join()).not.toMatch(/cannot read|TypeError|C-4711|\.ts|node_modules/);
    expect(lines.length).toBeGreaterThanOrEqual(4);
    for (const secret of [CUSTOMER, ...Object.values(SECRETS)]) {
      expect(lines.join()).not.toContain(secret);
    }
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      err: { name: 'TypeError', at: expect.stringContaining('graphql-server.test.ts') },
    });
    await broken.app.close();
  });

  test('that are none write no line at all', async () => {
    const lines: string[] = [];
    const log = createServiceLog('info', { write: (line) => lines.push(line) });
    const quiet = await createRig({ settings: { onError: (error) => logBug(log, error) } });
    await quiet.ask(NEXT, { variables: { id: CUSTOMER } });
    await quiet.ask(NEXT, { variables: { id: 'nobody' } });
    expect(lines).toEqual([]);
    await quiet.app.close();
  });
});
