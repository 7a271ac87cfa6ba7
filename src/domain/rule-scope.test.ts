import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { smallBody } from '../../test/support/small-release.ts';
import type { ActionDeclaration } from './action.ts';
import { actionFinder, concernsAction } from './rule-scope.ts';

const [FIRST] = smallBody().actions;
const [TREATMENT] = FIRST?.treatments ?? [];

function action(id: string, group: string, treatments: readonly string[]): ActionDeclaration {
  if (FIRST === undefined || TREATMENT === undefined) throw new Error('no action');
  const shown = treatments.map((one) => ({ ...TREATMENT, id: one }));
  return { ...FIRST, id, group, issue: `of-${group}`, treatments: shown };
}

const name = fc.constantFrom('a', 'b', 'c', '__proto__');
const named = (prefix: string) => name.map((one) => prefix + one);
const actions = fc.uniqueArray(
  fc.record({ id: named(''), group: named('g'), treatments: fc.array(named('t')) }),
  { selector: ({ id }) => id },
);
const scopes = fc.record(
  { issue: named('of-g'), group: named('g'), action: name, treatment: named('t') },
  { requiredKeys: [] },
);

describe('the actions that a scope concerns', () => {
  test('are found as by looking at each', () => {
    fc.assert(
      fc.property(actions, scopes, (some, scope) => {
        const declared = some.map(({ id, group, treatments }) => action(id, group, treatments));
        const looked = declared.filter((one) => concernsAction(scope, one));
        expect(actionFinder(declared)(scope)).toEqual(looked);
      }),
      { numRuns: 500 },
    );
  });

  test('are found for two thousand scopes without looking at each for each', () => {
    let looks = 0;
    const declared = Array.from({ length: 2_000 }, (_, i) => {
      const one = action(`a${i}`, `g${i % 100}`, [`t${i}`]);
      return Object.defineProperty({ ...one }, 'id', {
        get: () => {
          looks += 1;
          return one.id;
        },
      });
    });
    const find = actionFinder(declared);
    for (let i = 0; i < 2_000; i += 1) {
      expect(find({ action: `a${i}` })).toHaveLength(1);
      expect(find({ treatment: `t${i}`, action: `a${i}` })).toHaveLength(1);
    }
    expect(looks).toBeLessThan(10_000);
  });
});
