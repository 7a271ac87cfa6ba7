import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../domain/decision.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import { reasonText } from './reason-texts.ts';

const GOLDEN = join(import.meta.dirname, '../../../test/golden/1');
const body = JSON.parse(readFileSync(join(GOLDEN, 'release.json'), 'utf8')) as ReleaseBody;
const decisions = readdirSync(GOLDEN)
  .filter((file) => file.endsWith('.golden.json'))
  .map((file) => JSON.parse(readFileSync(join(GOLDEN, file), 'utf8')) as { decision: Decision });

describe('the words of a reason', () => {
  test('every code that the engine itself withheld by has words, not its code', () => {
    const own = new Set([...body.rules, ...body.contactPolicy.caps].map(({ id }) => id));
    const withheld = decisions
      .flatMap(({ decision }) =>
        decision.candidates.flatMap((candidate) => candidate.withheld ?? []),
      )
      .filter(({ rule }) => !own.has(rule));
    const codes = new Set(withheld.map(({ reasonCode }) => reasonCode));
    expect(codes.size).toBeGreaterThan(5);
    for (const { rule, reasonCode: code, missing } of withheld) {
      const text = reasonText(body, { rule, code, ...(missing && { missing }) });
      expect({ code, text }).toEqual({ code, text: expect.stringMatching(/[a-z] [a-z]/) });
    }
  });

  test('a missing fact is named', () => {
    const text = reasonText(body, { rule: 'r', code: 'MISSING_FACT', missing: ['loan.count'] });
    expect(text).toBe('not known: loan.count; what is unknown permits nothing');
  });
});
