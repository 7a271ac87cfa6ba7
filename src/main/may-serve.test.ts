import { describe, expect, test } from '@jest/globals';
import { SMALL_FORESTS, smallBody } from '../../test/support/small-release.ts';
import type { Bank, BankMode } from '../app/ports/bank.ts';
import { ROLES } from '../app/ports/identity.ts';
import { makeDecidable } from '../app/releases/release-shelf.ts';
import { ENGINE_VERSION } from '../domain/decision.ts';
import { digestOf } from '../domain/digest.ts';
import { BadSetting, readConfig } from './config.ts';
import { answersListedOnly, issuerFor, refusalToDecide, refusalToServe } from './may-serve.ts';

const bank = (mode: BankMode): Bank => ({
  name: 'Test',
  mode,
  businessDate: '2026-11-24',
  reportingCurrency: 'EUR',
});
const ISSUER = { NEXTBEST_ISSUER: 'https://idp.example', NEXTBEST_JWKS: '/etc/jwks.json' };

const badClaims = (given: string): [NodeJS.ProcessEnv, string] => [
  { NEXTBEST_CLAIMS: given },
  `NEXTBEST_CLAIMS: \`${given}\` cannot be used: set a JSON object that gives \`roles\`, ` +
    '`authority`, `book` or `client` a claim name or pointer (`/realm_access/roles`), and ' +
    `\`roleNames\` an object of ${ROLES.join(', ')} by your names`,
];

describe('what may be served', () => {
  test.each([
    ['the demo on loopback', bank('DEMO'), {}],
    ['the demo on loopback by name', bank('DEMO'), { HOST: 'localhost' }],
    [
      'the demo anywhere, with an issuer of one’s own',
      bank('DEMO'),
      { ...ISSUER, HOST: '0.0.0.0' },
    ],
    ['a bank with an issuer', bank('BANK'), { ...ISSUER, HOST: '0.0.0.0' }],
  ])('is %s', (_what, which, environment) => {
    expect(refusalToServe(which, readConfig(environment))).toBeUndefined();
  });

  test.each([
    ['no bank', undefined, ISSUER, 'holds no bank'],
    ['a bank marked for evaluation', bank('EVALUATION'), ISSUER, 'marked for evaluation'],
    ['a bank without an issuer', bank('BANK'), {}, 'set NEXTBEST_ISSUER'],
    ['the demo issuer on every address', bank('DEMO'), { HOST: '0.0.0.0' }, 'loopback only'],
    ['the demo issuer on every IPv6 address', bank('DEMO'), { HOST: '::' }, 'loopback only'],
    ['the demo issuer by another name', bank('DEMO'), { HOST: '127.0.0.1.example' }, 'loopback'],
  ])('is not %s, and it is said what to do', (_what, which, environment, message) => {
    expect(refusalToServe(which, readConfig(environment))).toContain(message);
  });
});

describe('listed operations alone are answered', () => {
  test.each<[string, BankMode, { readonly NEXTBEST_OPERATIONS?: string }, boolean]>([
    ['of a real bank', 'BANK', {}, true],
    ['of a real bank, unless it is set', 'BANK', { NEXTBEST_OPERATIONS: 'any' }, false],
    ['of the demo never', 'DEMO', {}, false],
    ['of the demo, where it is set', 'DEMO', { NEXTBEST_OPERATIONS: 'listed' }, true],
  ])('%s', (_what, mode, environment, expected) => {
    expect(answersListedOnly(bank(mode), readConfig(environment))).toBe(expected);
  });
});

describe('a service under a release', () => {
  const body = smallBody({ engineVersion: 1 });
  const names = { digest: digestOf(body), body, factsDigest: 'f', ratesDigest: 'r' };

  test('of another engine does not start, and says which and what to do', () => {
    const text = refusalToDecide({ ...names, loaded: undefined });
    expect(text).toContain(`is for engine 1, this is engine ${ENGINE_VERSION}`);
    expect(text).toContain('nextbest release activate');
  });

  test('of its own engine, or under none yet, starts', () => {
    const own = makeDecidable(digestOf(smallBody()), smallBody(), SMALL_FORESTS);
    expect([refusalToDecide(own), refusalToDecide(undefined)]).toEqual([undefined, undefined]);
  });
});

describe('the settings', () => {
  test.each([
    [{ PORT: '70000' }, 'PORT: `70000` cannot be used: set a whole number from 0 to 65535'],
    [{ PORT: 'http' }, 'PORT: `http` cannot be used: set a whole number from 0 to 65535'],
    [{ PORT: '1.5' }, 'PORT: `1.5` cannot be used: set a whole number from 0 to 65535'],
    [
      { NEXTBEST_ALGORITHMS: 'ES256,HS256' },
      'NEXTBEST_ALGORITHMS: `ES256,HS256` cannot be used: set one or more of RS, PS or ES with ' +
        '256, 384 or 512, by commas, or EdDSA alone',
    ],
    [{ NEXTBEST_JOBS: 'yes' }, 'NEXTBEST_JOBS: `yes` cannot be used: set on or off'],
    [
      { NEXTBEST_LOG: 'loud', NEXTBEST_POOL: '1' },
      'NEXTBEST_POOL: `1` cannot be used: set a whole number from 2 to 200; ' +
        'NEXTBEST_LOG: `loud` cannot be used: ' +
        'set one of fatal, error, warn, info, debug, trace, silent',
    ],
    [
      { NEXTBEST_JWKS: '/etc/jwks.json' },
      'NEXTBEST_JWKS gives the keys of an issuer: set NEXTBEST_ISSUER too',
    ],
    ...['no', '{"roles":7}', '{"role":"x"}', '{"roles":"/"}', '{"roles":"/a~b"}'].map(badClaims),
    ...['{"roles":"a","roles":"b"}', '{"roleNames":{"x":"KING"}}'].map(badClaims),
  ])('are refused by name and value, with what is allowed: %j', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(new BadSetting(message));
  });

  test('say where tokens tell of their viewer; what is left out keeps its name', () => {
    const claims = { roles: '/realm_access/roles', client: 'azp', roleNames: { rm: 'ADVISOR' } };
    const environment = { NEXTBEST_ISSUER: 'https://i', NEXTBEST_CLAIMS: JSON.stringify(claims) };
    expect(readConfig(environment).issuer?.claims).toEqual({
      roles: '/realm_access/roles',
      authority: 'authority',
      book: 'book',
      client: ['azp'],
      roleNames: new Map([['rm', 'ADVISOR']]),
    });
  });

  test.each<[BankMode, object, number | undefined]>([
    ['BANK', {}, 900],
    ['BANK', { NEXTBEST_TOKEN_MINUTES: '5' }, 300],
    ['DEMO', {}, undefined],
    ['DEMO', { NEXTBEST_TOKEN_MINUTES: '60' }, 3_600],
  ])('bound the life of a token over a %s by %j', (mode, environment, longestLifeSeconds) => {
    const config = readConfig({ ...ISSUER, ...environment });
    expect(issuerFor(bank(mode), config)?.longestLifeSeconds).toBe(longestLifeSeconds);
  });

  test('that are empty count as not set, and what was read cannot be changed', () => {
    const config = readConfig({ PORT: '', NEXTBEST_ISSUER: '', NEXTBEST_JWKS: '' });
    expect(config).toMatchObject({ port: 4000, givenPort: undefined, issuer: undefined });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('let the service handle jobs unless told not to, and give a worker no port unasked', () => {
    expect(readConfig({})).toMatchObject({ handlesJobs: true, port: 4000, givenPort: undefined });
    const told = readConfig({ NEXTBEST_JOBS: 'off', PORT: '4100' });
    expect(told).toMatchObject({ handlesJobs: false, port: 4100, givenPort: 4100 });
  });
});
