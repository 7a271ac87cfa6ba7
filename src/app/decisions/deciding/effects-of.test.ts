import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../domain/id.ts';
import { effectsOf } from './effects-of.ts';

const MANY = 20_000;
const ids = Array.from({ length: MANY }, (_, i) =>
  uuidv7(1_795_000_000_000 + i, randomBytes(10)),
);

describe('what follows from a decision', () => {
  test('is a second opinion for one in a hundred, about this decision alone', () => {
    const effects = ids.flatMap((id) => effectsOf({ id }));
    expect(effects.length / MANY).toBeGreaterThan(0.007);
    expect(effects.length / MANY).toBeLessThan(0.013);
    for (const effect of effects) {
      const id = effect.follows;
      expect(effect).toEqual({
        effect: 'JOB_QUEUED',
        follows: id,
        kind: 'second-opinion',
        key: id,
        ids: [id],
      });
    }
  });

  test('is the same whenever it is asked', () => {
    expect(ids.map((id) => effectsOf({ id }))).toEqual(ids.map((id) => effectsOf({ id })));
    const known = '019b0000-0000-7000-8000-000000000000';
    expect(effectsOf({ id: known })).toEqual(effectsOf({ id: known }));
  });
});
