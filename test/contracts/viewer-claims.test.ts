import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTokenVerifier } from '../../src/adapters/identity/token-verifier.ts';
import {
  goodClaims,
  makeSigningKey,
  movableClock,
  type Published,
  publishFile,
  type SigningKey,
  signClaims,
} from '../support/test-issuer.ts';

const time = movableClock();
let key: SigningKey;
let published: Published;

beforeAll(async () => {
  key = await makeSigningKey('one');
  published = await publishFile({ keys: [key.publicJwk] });
});

afterAll(() => published.stop());

interface Claims {
  readonly [claim: string]: unknown;
}

/** Verifies an agent's token with more claims; those of `asGiven` are kept though null. */
async function viewerOf(more: Claims, asGiven: Claims = {}) {
  const verifier = await createTokenVerifier(published.settings, time.clock);
  const claims = { ...goodClaims(time.nowSeconds(), more), ...asGiven };
  return verifier.verify(await signClaims(claims, key));
}

describe('what a token says of its viewer', () => {
  const limits = {
    upTo: 'BRANCH_MANAGER',
    mostAmountMinor: 5_000_000,
    mostRateDiscountPpm: 2_500,
    mostFeeDiscountPpm: 0,
    mostProductRisk: 'MEDIUM',
  };

  test.each([
    ['an agent who claims none', { roles: ['AGENT'] }, { upTo: 'AGENT' }],
    ['an advisor who claims none', { roles: ['ADVISOR'], book: 'RM-07' }, { upTo: 'AGENT' }],
    ['an approver who claims none', { roles: ['APPROVER'] }, { upTo: 'NONE' }],
    ['another system that claims none', { roles: ['SERVICE'] }, { upTo: 'NONE' }],
    ['an auditor who claims none', { roles: ['AUDITOR'] }, { upTo: 'NONE' }],
    ['a level', { authority: 'TEAM_LEADER' }, { upTo: 'TEAM_LEADER' }],
    ['a level below the role', { authority: 'NONE' }, { upTo: 'NONE' }],
    ['a level with limits', { authority: limits }, limits],
    ['a level alone in an object', { authority: { upTo: 'AGENT' } }, { upTo: 'AGENT' }],
  ])('gives the authority of %s', async (_what, more, authority) => {
    expect(await viewerOf(more)).toMatchObject({ ok: true, value: { authority } });
  });

  test.each([
    ['an empty level', ''],
    ['a level in small letters', 'team_leader'],
    ['a level with a space', 'AGENT '],
    ['a level nobody has', 'EMPEROR'],
    ['a number', 3],
    ['a list', ['TEAM_LEADER']],
    ['an empty object', {}],
    ['limits without a level', { mostAmountMinor: 1 }],
    ['a misspelt limit', { ...limits, mostAmount: 1 }],
    ['a limit named like what every object has', { upTo: 'AGENT', constructor: 1 }],
    ['an amount as text', { ...limits, mostAmountMinor: '5000000' }],
    ['an amount in fractions', { ...limits, mostAmountMinor: 0.5 }],
    ['an amount below zero', { ...limits, mostAmountMinor: -1 }],
    ['an amount past exactness', { ...limits, mostAmountMinor: 2 ** 53 }],
    ['no limit, said by null', { ...limits, mostAmountMinor: null }],
    ['a risk nobody declared', { ...limits, mostProductRisk: 'NONE' }],
  ])('refuses %s as an authority, naming the claim and not its value', async (_what, claim) => {
    const told = await viewerOf({ authority: claim });
    expect(told).toMatchObject({ ok: false, refusal: { code: 'BAD_CLAIM' } });
    expect(told).toMatchObject({ refusal: { message: expect.stringContaining('`authority`') } });
    expect(JSON.stringify(told)).not.toContain('5000000');
  });

  test.each([
    ['none', {}, null],
    ['one', { book: 'RM-07' }, 'RM-07'],
    ['one of an advisor', { roles: ['ADVISOR'], book: 'Ägäis 7' }, 'Ägäis 7'],
  ])('gives the book: %s', async (_what, more, book) => {
    expect(await viewerOf(more)).toMatchObject({ ok: true, value: { book } });
  });

  test.each([
    ['an empty text', { book: '' }],
    ['a line break', { book: 'RM-07\n' }],
    ['257 characters', { book: 'R'.repeat(257) }],
    ['a list', { book: ['RM-07'] }],
    ['a number', { book: 7 }],
    ['an object', { book: {} }],
    ['nothing, of an advisor', { roles: ['ADVISOR'] }],
    ['nothing, of an advisor who is an agent too', { roles: ['AGENT', 'ADVISOR'] }],
  ])('refuses a book that is %s', async (_what, more) => {
    const told = await viewerOf(more);
    expect(told).toMatchObject({ ok: false, refusal: { code: 'BAD_CLAIM' } });
    expect(told).toMatchObject({ refusal: { message: expect.stringContaining('`book`') } });
    expect(JSON.stringify(told)).not.toContain('RM-');
  });

  test('refuses a token whose book is half a character, as one read in two ways', async () => {
    const told = await viewerOf({ book: 'RM-\ud800' });
    expect(told).toMatchObject({ ok: false, refusal: { code: 'MALFORMED' } });
    expect(JSON.stringify(told)).not.toContain('RM-');
  });

  test.each(['authority', 'book'])(
    'refuses null as `%s`: it is no leaving out',
    async (claim) => {
      const told = await viewerOf({}, { [claim]: null });
      expect(told).toMatchObject({ ok: false, refusal: { code: 'BAD_CLAIM' } });
    },
  );
});
