import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';

const quotas = (given: string) => readConfig({ NEXTBEST_QUOTAS: given }).quotas;
const quota = { perSecond: 0.5, burst: 10 };

describe('quotas', () => {
  test.each([
    {},
    { client: quota },
    { clients: { portal: quota }, channels: { EMAIL: quota, AGENT: quota } },
  ])('are taken as %j', (given) => {
    expect(quotas(JSON.stringify(given))).toEqual(given);
  });

  test('are none where nothing is set', () => {
    expect(readConfig({}).quotas).toEqual({});
  });

  test.each([
    'no JSON',
    '[]',
    '{"client": {"perSecond": 0, "burst": 1}}',
    '{"client": {"perSecond": 1, "burst": 0}}',
    '{"client": {"perSecond": 1, "burst": 1.5}}',
    '{"client": {"perSecond": 1}}',
    '{"client": {"perSecond": 1, "burst": 1, "per": 1}}',
    '{"channels": {"PIGEON": {"perSecond": 1, "burst": 1}}}',
    '{"customers": {}}',
    '{"client": {"perSecond": 1, "perSecond": 2, "burst": 1}}',
  ])('are refused as %s, and it is said what to set', (given) => {
    expect(() => quotas(given)).toThrow(
      /^NEXTBEST_QUOTAS: `.*` cannot be used: set a JSON object that gives `client`/,
    );
  });
});
