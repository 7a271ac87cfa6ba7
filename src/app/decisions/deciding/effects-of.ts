import { createHash } from 'node:crypto';
import type { Effect } from '../../../domain/effect.ts';
import type { Uuid } from '../../../domain/id.ts';

/** One decision in so many is judged by the second evaluator of rules too. */
const JUDGED_ONE_IN = 100;

/**
 * All that follows from a decision, as data, to be committed with it. Which decisions are judged
 * twice hangs on their ids alone: whoever asks again, on any machine, finds the same ones.
 */
export function effectsOf({ id }: { readonly id: Uuid }): readonly Effect[] {
  if (!isJudged(id)) return [];
  return [{ effect: 'JOB_QUEUED', follows: id, kind: 'second-opinion', key: id, ids: [id] }];
}

function isJudged(id: Uuid): boolean {
  return createHash('sha256').update(id).digest().readUInt32BE(0) % JUDGED_ONE_IN === 0;
}
