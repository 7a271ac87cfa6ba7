import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROLES } from '../../src/app/ports/identity.ts';
import { digestOf } from '../../src/domain/digest.ts';
import {
  type AssistantRig,
  BOT,
  createAssistantRig,
  FOREIGN,
  FOREIGN_SECRET,
  type Knock,
  knock,
} from '../support/assistant-rig.ts';
import { CUSTOMER } from '../support/graphql-rig.ts';
import {
  FOREIGN_IDS,
  METHODS,
  NO_TOOLS,
  ODD_CALLS,
  ORDER_PLACES,
  ORDERS,
  REVISIONS,
} from '../support/hostile-calls.ts';

const [FIRST, SECOND] = ORDERS;
const AS = { roles: ['ADVISOR'], book: 'RM-1', sub: 'ada' };

let rig: AssistantRig;
let token: string;
let others: string;
let before: { readonly decision: string; readonly tools: string };
let counted = 0;

beforeAll(async () => {
  rig = await createAssistantRig({ familyName: FIRST, merchant: SECOND });
  token = await rig.sign(AS);
  others = await rig.sign({ ...AS, book: 'RM-2', sub: 'bob' });
  before = await looked();
});
afterAll(() => rig.close());

/** What is decided for the customer, and what is offered to the assistant. */
async function looked() {
  const decided = await knock(rig, { tool: 'Next', given: { id: CUSTOMER, first: 5 }, token });
  expect(decided.told).toBe('TOOL NextBestActions');
  const { text } = await knock(rig, { method: 'tools/list', token });
  return { decision: decided.text.replace(/01[0-9a-f]{6}-[0-9a-f-]{27}/, 'id'), tools: text };
}

/** Makes one hostile call; whatever it is told, it read nothing foreign and changed nothing. */
async function hostile(asked: Knock): Promise<string> {
  counted += 1;
  const { length } = rig.committed;
  const { status, text, told } = await knock(rig, { token, ...asked });
  expect(status).toBeLessThan(500);
  expect(text).not.toContain(FOREIGN_SECRET);
  expect(text.length).toBeLessThan(20_000);
  expect(rig.committed).toHaveLength(length);
  expect(rig.bugs()).toEqual([]);
  return told;
}

/** The id of a decision about the customer of the first book. */
async function decisionOf(): Promise<string> {
  const { text } = await knock(rig, { tool: 'Next', given: { id: CUSTOMER }, token });
  return /01[0-9a-f]{6}-[0-9a-f-]{27}/.exec(text)?.[0] ?? '';
}

describe('orders in what an assistant hands on', () => {
  test.each(ORDER_PLACES)('are no orders as %s', async (_what, asked, expected) => {
    for (const order of ORDERS) {
      expect(expected.split('|')).toContain(await hostile(asked(order)));
    }
  });
});

describe('orders in a customer’s own texts', () => {
  test('come back as data of the answer, and stand nowhere else', async () => {
    const seen = await knock(rig, { given: { id: CUSTOMER }, token });
    const spent = await knock(rig, { tool: 'Postings', given: { id: CUSTOMER }, token });
    expect([seen.text, spent.text]).toEqual([
      expect.stringContaining(FIRST),
      expect.stringContaining(SECOND),
    ]);
    for (const order of ORDERS) expect(before.tools).not.toContain(order);
  });
});

describe('customers of another book', () => {
  // A body with text that is not well formed is refused whole.
  const UNTOLD = [
    ...['TOOL NotInBook', 'TOOL InvalidArgument', 'TOOL BAD_USER_INPUT'],
    'HTTP 400 BAD_REQUEST',
  ];

  test.each(['View', 'Next', 'Postings'])('are not there for %s', async (tool) => {
    for (const id of FOREIGN_IDS) {
      const told = await hostile({ tool, given: { id } });
      expect(UNTOLD).toContain(told);
    }
    expect(await hostile({ tool, given: { id: FOREIGN } })).toBe('TOOL NotInBook');
  });

  test('are not found, nor are decisions about them', async () => {
    const id = await decisionOf();
    for (const filter of [{}, { segment: 'x' }, { idPrefix: 'F' }, { idPrefix: FOREIGN }]) {
      expect(await hostile({ tool: 'Find', given: { filter, first: 100 } })).toBe(
        'TOOL CustomerConnection',
      );
    }
    for (const tried of [id, id.toUpperCase(), ` ${id}`, `{${id}}`, id.replaceAll('-', '')]) {
      const told = await hostile({ tool: 'Decision', given: { id: tried }, token: others });
      // The role of an advisor reads no decision; nobody learns whether there is one.
      expect(['TOOL FORBIDDEN', 'TOOL UnknownDecision', 'TOOL InvalidArgument']).toContain(told);
    }
    for (const filter of [{ customerId: CUSTOMER }, { action: 'x' }, {}]) {
      const told = await hostile({ tool: 'Audit', given: { filter }, token: others });
      expect(['TOOL FORBIDDEN', 'TOOL InvalidArgument']).toContain(told);
    }
    expect(await hostile({ given: { id: CUSTOMER }, token: others })).toBe('TOOL NotInBook');
    expect(await hostile({ tool: 'Next', given: { id: CUSTOMER }, token: others })).toBe(
      'TOOL NotInBook',
    );
  });
});

describe('tools that are none', () => {
  test('are refused', async () => {
    for (const tool of NO_TOOLS) {
      expect(await hostile({ tool, given: { id: CUSTOMER } })).toMatch(
        /^RPC -32602$|^RPC -32020$|^HTTP 400 BAD_REQUEST$/,
      );
    }
    expect(await hostile({ tool: '', given: {} })).toMatch(/^RPC -326|^RPC -32020$/);
  });
});

describe('what is too large or oddly shaped', () => {
  test.each(ODD_CALLS)('is refused: %s', async (_what, asked, expected) => {
    expect(expected.split('|')).toContain(await hostile(asked()));
  });
});

describe('other revisions and methods of the protocol', () => {
  test('are refused before a tool is looked for', async () => {
    const given = { id: CUSTOMER };
    for (const revision of REVISIONS) {
      expect(await hostile({ given, revision })).toMatch(/^RPC -320(22|20)$/);
      const header = { 'mcp-protocol-version': revision };
      expect(await hostile({ given, headers: header })).toMatch(/^RPC -32(022|020|602)$/);
      expect(
        await hostile({ given, revision, headers: { 'mcp-protocol-version': '2026-07-28' } }),
      ).toMatch(/^RPC -32(022|020|602)$/);
    }
    expect(await hostile({ given, revision: null })).toMatch(/^RPC -32(022|602)$/);
  });

  test('are refused: the tools are all there is', async () => {
    for (const method of METHODS) expect(await hostile({ method })).toMatch(/^RPC -32\d\d\d$/);
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'Agree' } };
    for (const many of [1, 2, 50]) {
      const body = JSON.stringify(Array.from({ length: many }, () => call));
      expect(await hostile({ body })).toBe('RPC -32600');
    }
    // A notification is taken and heard by nobody.
    const { id: _none, ...notice } = call;
    expect(await hostile({ body: JSON.stringify(notice) })).toMatch(/^HTTP 202$|^RPC -32/);
  });

  test('cannot name one tool in the header and another in the body', async () => {
    for (const name of ['Agree', 'Next', 'Rules', 'view', '', '*']) {
      const headers = { 'mcp-name': name };
      expect(await hostile({ given: { id: CUSTOMER }, headers })).toBe('RPC -32020');
    }
  });
});

describe('tokens that let nobody in', () => {
  const detail = { type: 'nextbest_mandate', operation: digestOf(1), variables: digestOf(2) };
  test.each<[string, () => Promise<string | null>, string]>([
    ['none', async () => null, 'HTTP 401 UNAUTHENTICATED'],
    ['an empty one', async () => '', 'HTTP 401 UNAUTHENTICATED'],
    ['no token at all', async () => FIRST.replaceAll(' ', '-'), 'HTTP 401 UNAUTHENTICATED'],
    ['half of one', async () => token.slice(0, -20), 'HTTP 401 UNAUTHENTICATED'],
    [
      'one without its signature',
      async () => `${token.split('.').slice(0, 2).join('.')}.`,
      'HTTP 401 UNAUTHENTICATED',
    ],
    [
      'one of another issuer',
      () => rig.sign({ ...AS, iss: 'https://e.example' }),
      'HTTP 401 UNAUTHENTICATED',
    ],
    [
      'one for another service',
      () => rig.sign({ ...AS, aud: 'other' }),
      'HTTP 401 UNAUTHENTICATED',
    ],
    ['one by another key', () => rig.sign(AS, rig.stranger), 'HTTP 401 UNAUTHENTICATED'],
    [
      'one that has expired',
      () => rig.sign({ ...AS, iat: past(800), exp: past(100) }),
      'HTTP 401 UNAUTHENTICATED',
    ],
    ['one for too long', () => rig.sign({ ...AS, exp: past(-901) }), 'HTTP 401 UNAUTHENTICATED'],
    ['one without a role', () => rig.sign({ ...AS, roles: [] }), 'HTTP 401 UNAUTHENTICATED'],
    ['one without a book', () => rig.sign({ ...AS, book: null }), 'HTTP 401 UNAUTHENTICATED'],
    ['an ID token', () => rig.sign({ ...AS, nonce: 'n' }), 'HTTP 401 UNAUTHENTICATED'],
    [
      'a mandate',
      () => rig.sign({ ...AS, authorization_details: [detail] }),
      'HTTP 401 UNAUTHENTICATED',
    ],
    ['a person’s own', () => rig.sign({ ...AS, client_id: null }), 'HTTP 403 FORBIDDEN'],
    [
      'one of another client',
      () => rig.sign({ ...AS, client_id: 'console' }),
      'HTTP 403 FORBIDDEN',
    ],
    [
      'one whose client is two',
      () => rig.sign({ ...AS, client_id: [BOT] }),
      'HTTP 403 FORBIDDEN',
    ],
    [
      'one whose person seems two',
      () => rig.sign({ ...AS, sub: 'ada via bot' }),
      'HTTP 401 UNAUTHENTICATED',
    ],
  ])('%s', async (_what, sign, expected) => {
    const held = await sign();
    for (const tool of ['View', 'Next', 'Agree', 'Find', 'nothing']) {
      expect(await hostile({ tool, given: { id: CUSTOMER }, token: held })).toBe(expected);
    }
  });

  const past = (seconds: number) => rig.time.nowSeconds() - seconds;
});

test('what costs too much by GraphQL costs too much by an assistant', async () => {
  expect(await hostile({ tool: 'Everybody', given: {} })).toBe('TOOL OPERATION_TOO_LARGE');
});

describe('roles that may not ask', () => {
  const MAY: Readonly<Record<string, readonly string[]>> = {
    View: ['ADVISOR', 'AGENT', 'AUDITOR', 'SERVICE'],
    Next: ['ADVISOR', 'AGENT', 'SERVICE'],
    Audit: ['AUDITOR'],
    Agree: ['ADVISOR', 'AGENT'],
  };
  test.each(Object.keys(MAY))(
    'ask by an assistant no more than without one: %s',
    async (tool) => {
      const given = tool === 'Audit' ? {} : { id: CUSTOMER };
      for (const role of ROLES) {
        const held = await rig.sign({ roles: [role], book: role === 'ADVISOR' ? 'RM-1' : null });
        const told = await hostile({ tool, given, token: held });
        const isOffered = (await knock(rig, { method: 'tools/list', token: held })).text.includes(
          `"name":"${tool}"`,
        );
        expect([role, told === 'TOOL FORBIDDEN', isOffered]).toEqual([
          role,
          !MAY[tool]?.includes(role),
          MAY[tool]?.includes(role),
        ]);
      }
    },
  );
});

test('after more than five hundred hostile calls all is as it was', async () => {
  expect(counted).toBeGreaterThan(500);
  expect(await looked()).toEqual(before);
  const { decisions } = await rig.log.page({}, { first: 100, before: null });
  expect(new Set(decisions.map((one) => 'customerId' in one && one.customerId))).toEqual(
    new Set([CUSTOMER]),
  );
  expect(new Set(decisions.map((one) => 'caller' in one && one.caller))).toEqual(
    new Set([`ada via ${BOT}`, `agent-1 via ${BOT}`]),
  );
  expect([rig.committed, rig.spentMandates()]).toEqual([[], []]);
});
