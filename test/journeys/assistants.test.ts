import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { openAssistant, type ToolAnswer } from '../support/assistant.ts';
import { nextbest } from '../support/command.ts';
import { urlFor } from '../support/database.ts';
import { ASK, customerIds, decided } from '../support/demo-queries.ts';
import { type Caller, type DemoService, openDemoService, post } from '../support/demo-service.ts';

const BOT = 'branch-assistant';
const ADA: Caller = { subject: 'ada', role: 'AGENT', client: BOT };
const EVE: Caller = { subject: 'eve', role: 'AUDITOR', client: BOT };

let service: DemoService;
let customers: readonly string[];

beforeAll(async () => {
  service = await openDemoService({ environment: { NEXTBEST_ASSISTANTS: `${BOT},other` } });
  customers = await customerIds(service, 40);
}, 180_000);
afterAll(() => service?.close());

async function as<T>(
  caller: Caller,
  work: (assistant: Awaited<ReturnType<typeof openAssistant>>) => Promise<T>,
): Promise<T> {
  const assistant = await openAssistant(service.url, await service.tokenOf(caller));
  try {
    return await work(assistant);
  } finally {
    await assistant.close();
  }
}

interface Said {
  readonly decisionId: string;
  readonly outcome: string;
  readonly actions: readonly object[];
  readonly withheld: readonly { readonly stage: string }[];
}

const saidIn = ({ data }: ToolAnswer) => data?.['nextBestActions'] as Said;

describe('an assistant of the bank', () => {
  test('speaks the revision of 2026-07-28, and is offered what its person may ask', async () => {
    const offered = async (caller: Caller) =>
      as(caller, async ({ client }) => {
        expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
        return (await client.listTools()).tools.map(({ name }) => name);
      });
    expect(await offered(ADA)).toEqual(['nextBestActions']);
    expect(await offered(EVE)).toEqual(['decisionAudit', 'explainDecision']);
    expect(await offered({ ...ADA, role: 'ANALYST' })).toEqual(['explainDecision']);
    expect(await offered({ ...ADA, role: 'OPERATOR' })).toEqual([]);
  });

  test('reads in the contract’s words what a tool takes', async () => {
    const [tool] = await as(ADA, async ({ client }) => (await client.listTools()).tools);
    expect(tool).toMatchObject({
      description: expect.stringContaining('records the decision before answering'),
      inputSchema: {
        type: 'object',
        required: ['customerId', 'channel'],
        additionalProperties: false,
        properties: {
          customerId: { type: 'string', description: "The bank's own customer number." },
          channel: { type: 'string', enum: expect.arrayContaining(['AGENT', 'BRANCH']) },
          first: { type: 'integer', description: 'How many actions to surface, 1 to 20.' },
        },
      },
    });
  });

  test('gets the same decision as over GraphQL, recorded under both names', async () => {
    const customerId = customers[0] ?? '';
    const given = { customerId, channel: 'AGENT', first: 3, requestId: 'one' };
    const [said, again] = await as(ADA, async ({ call }) => [
      saidIn(await call('nextBestActions', given)),
      saidIn(await call('nextBestActions', given)),
    ]);
    expect(again).toEqual(said);
    const person = { subject: 'ada', role: 'AGENT' } as const;
    const variables = { id: customerId, channel: 'AGENT', first: 3, requestId: 'one' };
    const own = decided(await service.askAs(person, ASK, variables));
    // The same id of a request is another one where the person asks without the assistant.
    expect(own.decisionId).not.toBe(said?.decisionId);
    expect(own).toMatchObject({ outcome: said?.outcome, actions: said?.actions ?? [] });
    expect(own.withheld).toMatchObject(said?.withheld ?? []);
    const filter = { customerId };
    const audit = await as(EVE, ({ call }) => call('decisionAudit', { filter, first: 5 }));
    expect(audit).toMatchObject({
      isError: false,
      data: {
        decisionAudit: {
          edges: [
            { node: { id: own.decisionId, caller: 'ada' } },
            { node: { id: said?.decisionId, caller: `ada via ${BOT}` } },
          ],
        },
      },
    });
    const replay = 'query R($id: ID!) { replayDecision(id: $id) { ... on Replay { result } } }';
    const id = said?.decisionId;
    const replayed = await service.ask('AUDITOR', replay, { id });
    expect(replayed.data?.replayDecision).toEqual({ result: 'IDENTICAL' });
  });

  test('explains by the forests what was decided', async () => {
    const explained: unknown[] = [];
    for (const customerId of customers) {
      const said = await as(ADA, ({ call }) =>
        call('nextBestActions', { customerId, channel: 'AGENT' }),
      );
      const id = saidIn(said).decisionId;
      const told = await as({ ...ADA, role: 'ANALYST' }, ({ call }) =>
        call('explainDecision', { id }),
      );
      expect(told.errors).toBeUndefined();
      explained.push(told.data?.['explainDecision']);
      if (JSON.stringify(told.data).includes('ScoreExplanations')) break;
    }
    expect(explained.at(-1)).toMatchObject({
      __typename: 'ScoreExplanations',
      actions: expect.arrayContaining([
        expect.objectContaining({ facts: expect.arrayContaining([expect.any(Object)]) }),
      ]),
    });
  });

  test('is told what is wrong in words that it can mend', async () => {
    const [unknown, surplus, missing, most] = await as(ADA, async ({ call }) => [
      await call('nextBestActions', { customerId: 'C9', channel: 'AGENT' }),
      await call('nextBestActions', { customerId: 'C9', channel: 'AGENT', customer: 'C1' }),
      await call('nextBestActions', { channel: 'AGENT' }),
      await call('nextBestActions', { customerId: 'C9', channel: 'AGENT', first: 21 }),
    ]);
    expect(unknown).toMatchObject({
      isError: false,
      data: { nextBestActions: { code: 'UNKNOWN_CUSTOMER' } },
    });
    for (const one of [surplus, missing]) {
      expect(one).toMatchObject({
        isError: true,
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
    }
    expect(most?.data).toMatchObject({ nextBestActions: { code: 'INVALID_ARGUMENT' } });
  });
});

describe('the door of assistants', () => {
  test('opens by a token of the command line, which asks for the client', async () => {
    const env = {
      DATABASE_URL: urlFor('WORKER', service.databaseUrl),
      NEXTBEST_DATA: service.world.dataFolder,
    };
    const { stdout } = await nextbest(['token', '--role', 'agent', '--client', BOT], env);
    const { client, close } = await openAssistant(service.url, stdout.trim());
    expect((await client.listTools()).tools).toHaveLength(1);
    await close();
    const spaced = await nextbest(['token', '--role', 'agent', '--client', 'a b'], env);
    expect(spaced).toMatchObject({ code: 1, stderr: expect.stringContaining('--client') });
  }, 60_000);

  const listTools = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/list',
    params: {
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'a', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  };
  const knock = async (caller: Caller, more: RequestInit = {}) => {
    const answer = await fetch(`${service.url}/mcp`, {
      method: 'POST',
      body: JSON.stringify(listTools),
      ...more,
      headers: {
        authorization: `Bearer ${await service.tokenOf(caller)}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/list',
        ...more.headers,
      },
    });
    const body = (await answer.json()) as {
      readonly result?: object;
      readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
    };
    return [answer.status, body.errors?.[0]?.extensions.code ?? Object.keys(body)];
  };

  test.each<[string, Caller, RequestInit, readonly unknown[]]>([
    ['opens to an assistant', ADA, {}, [200, ['result', 'jsonrpc', 'id']]],
    ['is shut to a client that is none', { ...ADA, client: 'console' }, {}, [403, 'FORBIDDEN']],
    [
      'is shut where no client is named',
      { subject: 'ada', role: 'AGENT' },
      {},
      [403, 'FORBIDDEN'],
    ],
    ['is shut to a page', ADA, { headers: { origin: 'https://a.example' } }, [403, 'FORBIDDEN']],
    ['is shut by GET', ADA, { method: 'GET', body: null }, [405, 'METHOD_NOT_ALLOWED']],
    ['asks for a token', ADA, { headers: { authorization: '' } }, [401, 'UNAUTHENTICATED']],
    [
      'takes JSON alone',
      ADA,
      { headers: { 'content-type': 'text/plain' } },
      [415, 'UNSUPPORTED_MEDIA_TYPE'],
    ],
  ])('%s', async (_what, caller, request, expected) => {
    expect(await knock(caller, request)).toEqual(expected);
  });

  test('is the only one for assistants: none asks GraphQL by its own token', async () => {
    const token = await service.tokenOf(ADA);
    const answer = await post(`${service.url}/graphql`, token, { query: '{ __typename }' });
    expect([answer.status, answer.errors[0]?.message]).toEqual([
      403,
      'an assistant asks at /mcp',
    ]);
  });

  test('takes no client of the protocol’s earlier revisions', async () => {
    const token = await service.tokenOf(ADA);
    const client = new Client({ name: 'earlier', version: '1' });
    const transport = new StreamableHTTPClientTransport(new URL('/mcp', service.url), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    });
    await expect(client.connect(transport)).rejects.toThrow('Unsupported protocol version');
  });
});
