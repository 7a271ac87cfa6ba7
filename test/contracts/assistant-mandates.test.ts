import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { digestOf } from '../../src/domain/digest.ts';
import { type AssistantRig, BOT, createAssistantRig, knock } from '../support/assistant-rig.ts';
import { CUSTOMER } from '../support/graphql-rig.ts';

const GIVEN = { id: CUSTOMER, note: 'as agreed by telephone' };
let rig: AssistantRig;
let token: string;
let number = 0;

beforeAll(async () => {
  rig = await createAssistantRig({ familyName: 'Quill', merchant: 'Quill and Co' });
});
afterAll(() => rig.close());
beforeEach(async () => {
  rig.committed.length = 0;
  token = await rig.sign({ sub: 'ada', roles: ['AGENT'] });
});

/** What the person lets the assistant do, unless a test says otherwise. */
const detail = (more: object = {}) => ({
  type: 'nextbest_mandate',
  operation: rig.operation('Agree').digest,
  variables: digestOf(GIVEN),
  ...more,
});

/** A mandate of the person; each has a number of its own. */
function mandate(claims: object = {}, details: readonly unknown[] = [detail()]): Promise<string> {
  number += 1;
  const now = rig.time.nowSeconds();
  return rig.sign({
    sub: 'ada',
    jti: `mandate-${number}`,
    iat: now,
    exp: now + 300,
    authorization_details: details,
    ...claims,
  });
}

const agree = (held: unknown, given: object = GIVEN, by = token) =>
  knock(rig, { tool: 'Agree', given, mandate: held, token: by });

describe('what an assistant changes', () => {
  test('is refused without a mandate, and it is told for what it needs one', async () => {
    const { told, text } = await agree(undefined);
    expect(told).toBe('TOOL MANDATE_REQUIRED');
    const { operation, variables } = detail();
    for (const digest of [operation, variables]) expect(text).toContain(digest);
    expect(rig.committed).toEqual([]);
  });

  test('is done once by a mandate for it, and stays on record', async () => {
    const held = await mandate();
    expect((await agree(held)).told).toBe('TOOL agreed');
    expect(rig.committed).toEqual([{ customerId: CUSTOMER, note: GIVEN.note }]);
    for (let again = 0; again < 5; again += 1) {
      const { told, text } = await agree(held);
      expect([told, text.includes('used before')]).toEqual(['TOOL MANDATE_REFUSED', true]);
    }
    expect(rig.committed).toHaveLength(1);
    const { operation, variables } = detail();
    expect(rig.spentMandates().at(-1)).toMatchObject({
      subject: 'ada',
      client: BOT,
      operation,
      variables,
    });
  });

  test('is done once by many who try at a time', async () => {
    const held = await mandate();
    const tried = await Promise.all(Array.from({ length: 10 }, () => agree(held)));
    const told = tried.map((one) => one.told).toSorted();
    expect(told).toEqual([...Array(9).fill('TOOL MANDATE_REFUSED'), 'TOOL agreed']);
    expect(rig.committed).toHaveLength(1);
  });

  test('keeps its mandate where the call is refused for something else', async () => {
    const held = await mandate({ sub: 'eve' });
    const auditor = await rig.sign({ sub: 'eve', roles: ['AUDITOR'] });
    expect((await agree(held, GIVEN, auditor)).told).toBe('TOOL FORBIDDEN');
    const agent = await rig.sign({ sub: 'eve', roles: ['AGENT'] });
    expect((await agree(held, GIVEN, agent)).told).toBe('TOOL agreed');
  });

  test('is not done where nobody can tell whether the mandate was used', async () => {
    const held = await mandate();
    rig.fail('DATABASE');
    expect((await agree(held)).told).toBe('TOOL DATABASE_UNAVAILABLE');
    rig.fail('WRITES');
    expect((await agree(held)).told).toBe('TOOL DATABASE_TAKES_NO_WRITES');
    rig.fail();
    expect(rig.committed).toEqual([]);
    expect((await agree(held)).told).toBe('TOOL agreed');
  });

  test('needs none where a person asks without an assistant', async () => {
    const own = await rig.sign({ sub: 'ada', roles: ['AGENT'], client_id: 'console' });
    const { text: query } = rig.operation('Agree');
    const answer = await rig.ask(query, { token: own, variables: GIVEN });
    expect(answer.data).toEqual({ agree: 'agreed' });
    const assistants = await rig.ask(query, { token, variables: GIVEN });
    expect([assistants.status, rig.committed.length]).toEqual([403, 1]);
  });
});

describe('a mandate does not count that is', () => {
  const later = (seconds: number) => rig.time.nowSeconds() + seconds;
  const other = `sha256:${'0'.repeat(64)}`;

  test.each<[string, () => Promise<unknown>]>([
    ['null', async () => null],
    ['a number', async () => 1],
    ['an object', async () => detail()],
    ['a list of one', async () => [await mandate()]],
    ['true', async () => true],
  ])('no text: %s', async (_what, make) => {
    expect((await agree(await make())).told).toBe('TOOL MANDATE_REQUIRED');
    expect(rig.committed).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['an empty text', async () => ''],
    ['a word', async () => 'yes'],
    ['the access token', async () => token],
    ['of another person', () => mandate({ sub: 'eve' })],
    ['of a person by a like name', () => mandate({ sub: 'Ada' })],
    ['given to another client', () => mandate({ client_id: 'other-assistant' })],
    ['given to no client', () => mandate({ client_id: null })],
    ['for another operation', () => mandate({}, [detail({ operation: other })])],
    ['for a question', () => mandate({}, [detail({ operation: rig.operation('View').digest })])],
    ['for other variables', () => mandate({}, [detail({ variables: other })])],
    ['for any variables', () => mandate({}, [detail({ variables: '*' })])],
    ['for no variables', () => mandate({}, [detail({ variables: undefined })])],
    ['for two things', () => mandate({}, [detail(), detail({ variables: other })])],
    ['for one thing twice', () => mandate({}, [detail(), detail()])],
    ['for more than we know of', () => mandate({}, [detail({ amount: 1 })])],
    ['of another type', () => mandate({}, [detail({ type: 'payment' })])],
    ['for nothing', () => mandate({}, [])],
    ['without details', () => mandate({ authorization_details: null })],
    [
      'with details as text',
      () => mandate({ authorization_details: JSON.stringify([detail()]) }),
    ],
    ['without a number', () => mandate({ jti: null })],
    ['by a number that is none', () => mandate({ jti: 7 })],
    ['by an empty number', () => mandate({ jti: '' })],
    ['expired', () => mandate({ iat: later(-200), exp: later(-100) })],
    ['not valid yet', () => mandate({ nbf: later(100) })],
    ['good for more than five minutes', () => mandate({ exp: later(301) })],
    ['good for ever', () => mandate({ exp: null })],
    ['of no known time', () => mandate({ iat: null })],
    ['for another service', () => mandate({ aud: 'other' })],
    ['of another issuer', () => mandate({ iss: 'https://evil.example' })],
    ['an ID token', () => mandate({ nonce: 'n' })],
    ['signed by a stranger', async () => signedByStranger()],
    ['cut', async () => (await mandate()).slice(0, -10)],
    ['unsigned', async () => `${(await mandate()).split('.').slice(0, 2).join('.')}.`],
  ])('%s', async (_what, make) => {
    const held = await make();
    const { told, text } = await agree(held);
    expect(told).toBe('TOOL MANDATE_REFUSED');
    expect(rig.committed).toEqual([]);
    if (typeof held === 'string' && held.length > 10) expect(text).not.toContain(held);
  });

  const signedByStranger = () =>
    rig.sign(
      { sub: 'ada', jti: 'strange', exp: later(300), authorization_details: [detail()] },
      rig.stranger,
    );

  test.each<[string, object]>([
    ['with another word', { ...GIVEN, note: 'as agreed by telephone.' }],
    ['with a word less', { id: CUSTOMER }],
    ['for another customer', { ...GIVEN, id: 'C-2' }],
    ['with null for a word', { ...GIVEN, note: null }],
  ])('used %s', async (_what, given) => {
    expect((await agree(await mandate(), given)).told).toBe('TOOL MANDATE_REFUSED');
    expect(rig.committed).toEqual([]);
  });

  test('used for what has no canonical form', async () => {
    const held = await mandate();
    // A body with text that is not well formed is refused whole, before its mandate is looked at.
    expect((await agree(held, { ...GIVEN, note: 'half \ud800' })).told).toBe(
      'HTTP 400 BAD_REQUEST',
    );
    expect([rig.committed, rig.bugs()]).toEqual([[], []]);
  });

  test('put among the arguments, or in a header', async () => {
    const held = await mandate();
    expect((await agree(undefined, { ...GIVEN, mandate: held })).told).toBe(
      'TOOL BAD_USER_INPUT',
    );
    const headers = { 'nextbest-mandate': held, 'mcp-mandate': held };
    const told = await knock(rig, { tool: 'Agree', given: GIVEN, token, headers });
    expect(told.told).toBe('TOOL MANDATE_REQUIRED');
    expect(rig.committed).toEqual([]);
  });

  test('late by a second', async () => {
    const held = await mandate();
    rig.time.forward(306_000);
    const fresh = await rig.sign({ sub: 'ada', roles: ['AGENT'] });
    expect((await agree(held, GIVEN, fresh)).told).toBe('TOOL MANDATE_REFUSED');
    expect(rig.committed).toEqual([]);
  });
});
