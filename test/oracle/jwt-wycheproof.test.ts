import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet, type JWK } from 'jose';
import { readKeySet } from '../../src/adapters/identity/read-key-set.ts';
import { isSpeltStrictly } from '../../src/adapters/identity/strict-token.ts';
import { describeWithShared } from '../support/shared-data.ts';

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly jws: unknown;
  readonly result: 'valid' | 'invalid';
}

interface Group<Key> {
  readonly comment: string;
  readonly public?: Key;
  readonly private: Key;
  readonly tests: readonly Vector[];
}

const FOLDER = 'corpora/wycheproof/testvectors_v1';
const ALGORITHMS = ['ES', 'RS', 'PS'].flatMap((kind) =>
  [256, 384, 512].map((n) => `${kind}${n}`),
);

/**
 * Vectors that are right but no token of ours: an empty payload, or a key made for another
 * `alg`.
 */
function isNotForUs(jws: string, key: JWK): boolean {
  const header: { readonly alg: string } = JSON.parse(
    Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString('utf8'),
  );
  return jws.includes('..') || key.alg !== header.alg;
}

/** Weak keys that cannot be told from good ones by their form: the issuer must not make them. */
const UNTOLD = new Set(['rejectsKeyWithRocaVulnerability']);

/** What stands before the claims are read: spelling, key set, algorithm and signature. */
async function isTrusted(jws: string, keySet: JSONWebKeySet): Promise<boolean> {
  if (!isSpeltStrictly(jws)) return false;
  try {
    const keys = createLocalJWKSet(readKeySet(JSON.stringify(keySet), 'wycheproof'));
    await compactVerify(jws, keys, { algorithms: ALGORITHMS });
    return true;
  } catch {
    return false;
  }
}

function readGroups<Key>(file: string): readonly Group<Key>[] {
  const content: { readonly testGroups: readonly Group<Key>[] } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return content.testGroups;
}

describeWithShared(
  'the signatures of Wycheproof',
  [`${FOLDER}/json_web_signature_test.json`],
  (file) => {
    const groups = readGroups<JWK>(file);
    const asymmetric = groups.flatMap((group) =>
      group.public === undefined ? [] : [{ ...group, public: group.public }],
    );

    test.each(asymmetric.map((group, index) => [`${index} ${group.comment}`, group] as const))(
      'are judged as it says in group %s',
      async (_title, { public: key, tests }) => {
        for (const { tcId, jws, result } of tests) {
          const text = String(jws);
          const expected = result === 'valid' && !isNotForUs(text, key);
          const trusted = await isTrusted(text, { keys: [key] });
          expect({ tcId, trusted }).toEqual({ tcId, trusted: expected });
        }
      },
    );

    test('are trusted in more than ten cases and refused in more than three hundred', () => {
      const results = asymmetric.flatMap(({ tests }) => tests.map(({ result }) => result));
      expect(results.filter((result) => result === 'valid').length).toBeGreaterThan(10);
      expect(results.filter((result) => result === 'invalid').length).toBeGreaterThan(300);
    });

    test('by a shared secret are refused, right or wrong', async () => {
      for (const group of groups.filter((one) => one.public === undefined)) {
        for (const { jws } of group.tests) {
          expect(await isTrusted(String(jws), { keys: [group.private] })).toBe(false);
        }
      }
    });
  },
);

describeWithShared('the key sets of Wycheproof', [`${FOLDER}/json_web_key_test.json`], (file) => {
  const groups = readGroups<JSONWebKeySet>(file);

  test.each(
    groups.flatMap((group, index) =>
      group.tests.map((one) => [`${index} ${group.comment} ${one.comment}`, group, one] as const),
    ),
  )('are judged as it says: %s', async (_title, group, { comment, jws, result }) => {
    const secret = group.public === undefined;
    const trusted = await isTrusted(String(jws), group.public ?? group.private);
    expect(trusted).toBe(UNTOLD.has(comment) || (result === 'valid' && !secret));
  });
});
