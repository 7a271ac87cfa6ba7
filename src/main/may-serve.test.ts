import { describe, expect, test } from '@jest/globals';
import type { Bank, BankMode } from '../app/ports/bank.ts';
import { readConfig } from './config.ts';
import { refusalToServe } from './may-serve.ts';

const bank = (mode: BankMode): Bank => ({
  name: 'Test',
  mode,
  businessDate: '2026-11-24',
  reportingCurrency: 'EUR',
});
const ISSUER = { NEXTBEST_ISSUER: 'https://idp.example', NEXTBEST_JWKS: '/etc/jwks.json' };

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
    ['a bank without an issuer', bank('BANK'), {}, 'set NEXTBEST_ISSUER and NEXTBEST_JWKS'],
    ['the demo issuer on every address', bank('DEMO'), { HOST: '0.0.0.0' }, 'loopback only'],
    ['the demo issuer on every IPv6 address', bank('DEMO'), { HOST: '::' }, 'loopback only'],
    ['the demo issuer by another name', bank('DEMO'), { HOST: '127.0.0.1.example' }, 'loopback'],
  ])('is not %s, and it is said what to do', (_what, which, environment, message) => {
    expect(refusalToServe(which, readConfig(environment))).toContain(message);
  });
});

describe('the settings', () => {
  test.each([
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: 'http' }],
    ['NEXTBEST_ALGORITHMS', { NEXTBEST_ALGORITHMS: 'none' }],
    ['NEXTBEST_ALGORITHMS', { NEXTBEST_ALGORITHMS: 'ES256,HS256' }],
    ['NEXTBEST_LOG', { NEXTBEST_LOG: 'loud' }],
    ['NEXTBEST_POOL', { NEXTBEST_POOL: '1' }],
    ['NEXTBEST_JWKS together', { NEXTBEST_ISSUER: 'https://idp.example' }],
  ])('are refused by name: %s', (name, environment) => {
    expect(() => readConfig(environment)).toThrow(name);
  });

  test('that are empty count as not set, and what was read cannot be changed', () => {
    const config = readConfig({ PORT: '', NEXTBEST_ISSUER: '', NEXTBEST_JWKS: '' });
    expect([config.port, config.issuer, Object.isFrozen(config)]).toEqual([
      4000,
      undefined,
      true,
    ]);
  });
});
