import { describe, expect, test } from '@jest/globals';
import { SMALL_LIVE, smallInput } from '../../../../test/support/small-input.ts';
import { loadSmall } from '../../../../test/support/small-release.ts';
import { sourceFiles } from '../../../../test/support/source-tree.ts';
import { decisionInput } from '../../../domain/decision.ts';
import type { LiveState } from '../../../domain/live-state.ts';
import { decide } from '../../../engine/decide.ts';
import { decideMany, type KnownCustomer, type Question } from './decide-many.ts';

const RELEASE = loadSmall();
const { snapshotAddress: address, snapshot, sheet } = smallInput();
const SNAPSHOT = { address, snapshot, sheet };
const questionOf = (customerId: string, live: Partial<LiveState> = {}): Question => ({
  ...SMALL_LIVE,
  ...live,
  customerId,
});
const knownAs = (live: Partial<LiveState> = {}): KnownCustomer => ({
  ...SMALL_LIVE,
  snapshot: SNAPSHOT,
  live: { ...SMALL_LIVE, ...live },
});

describe('many questions', () => {
  const held = { holds: [{ kind: 'FRAUD', startsOn: '2026-01-01' }] } as const;
  const present = new Map([
    ['free', knownAs()],
    ['held', knownAs(held)],
  ]);

  test('are answered in their places, each by its own customer', () => {
    const asked = ['held', 'free', 'held'].map((id) => questionOf(id));
    const outcomes = decideMany(asked, present, RELEASE).map(({ decision }) => decision.outcome);
    expect(outcomes).toEqual(['NO_ACTION', 'ACTIONS', 'NO_ACTION']);
  });

  test('are decided as the engine decides, on what is known and what is asked', () => {
    const authority = { upTo: 'CREDIT_COMMITTEE' } as const;
    const asked = questionOf('held', { first: 1, channel: 'MOBILE', authority });
    const [decided] = decideMany([asked], present, RELEASE);
    const live: LiveState = { ...SMALL_LIVE, ...held, first: 1, channel: 'MOBILE', authority };
    expect(decided?.live).toEqual(live);
    expect(decided?.decision).toEqual(decide(decisionInput(SNAPSHOT, live), RELEASE));
  });

  test('make the same of a stored live state that is both asked and known', () => {
    const live = { ...SMALL_LIVE, ...held, failures: { campaigns: 'STALE' }, contacts: null };
    const stored: LiveState = { ...live, failures: { campaigns: 'STALE' } };
    const known = { ...stored, live: stored, snapshot: SNAPSHOT };
    const [again] = decideMany(
      [{ ...stored, customerId: 'any' }],
      new Map([['any', known]]),
      RELEASE,
    );
    expect(again?.live).toEqual(stored);
  });

  test('about a customer of whom nothing is known are a mistake of the caller', () => {
    expect(() => decideMany([questionOf('other')], present, RELEASE)).toThrow('not known');
  });
});

test('nobody but decideMany asks the engine to decide', () => {
  const engine = /import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'[^']*\/engine\/decide\.ts'/g;
  const whole = /(?:import\s+\*|import\(|export\s+[^;]*from)\s*[^;]*\/engine\/decide\.ts'/;
  const sources = sourceFiles().filter(
    ({ path }) => path.startsWith('src/') && !path.endsWith('.test.ts'),
  );
  const asking = sources.filter(({ text }) =>
    [...text.matchAll(engine)].some(([, names = '']) => /\bdecide\b/.test(names)),
  );
  expect(asking.map(({ path }) => path)).toEqual(['src/app/decisions/deciding/decide-many.ts']);
  expect(sources.filter(({ text }) => whole.test(text)).map(({ path }) => path)).toEqual([]);
});
