import { refuse } from '../../../domain/result.ts';
import type { NextBestActionsAnswer, NextBestActionsRefusal } from './request.ts';

/**
 * One of many requests on its way through the steps: it goes on with what is known of it so far,
 * or it has ended, answered or failed, and no later step looks at it.
 */
export type Way<T> = { readonly going: T } | Ended;

/** The end of a way: fulfilled by an answer, or rejected by what failed it. */
export interface Ended {
  readonly ended: PromiseSettledResult<NextBestActionsAnswer>;
}

/** On to the next step. */
export function goOn<T>(going: T): Way<T> {
  return { going };
}

/** The way of a request that is answered. */
export function endWith(value: NextBestActionsAnswer): Ended {
  return { ended: { status: 'fulfilled', value } };
}

/** The way of a request that is refused. */
export function refuseWith(refusal: NextBestActionsRefusal): Ended {
  return endWith(refuse(refusal));
}

/**
 * Takes those who still go through a step together and leaves all in their places. The step
 * answers each in order; where it throws, it fails all who took it.
 */
export async function together<T, U>(
  ways: readonly Way<T>[],
  step: (going: readonly T[]) => Promise<readonly Way<U>[]>,
): Promise<readonly Way<U>[]> {
  const going = ways.flatMap((way) => ('going' in way ? [way.going] : []));
  const taken =
    going.length === 0 ? [] : await step(going).catch((e) => going.map(() => failed(e)));
  const next = taken.values();
  return ways.map((way): Way<U> => {
    if ('ended' in way) return way;
    const { value } = next.next();
    return value ?? failed(new Error('a step left a request without an answer'));
  });
}

/** Takes each who still goes through a step alone, all at the same time: none fails another. */
export function apart<T, U>(
  ways: readonly Way<T>[],
  step: (one: T) => Promise<Way<U>>,
): Promise<readonly Way<U>[]> {
  return together(ways, (going) => Promise.all(going.map((one) => step(one).catch(failed))));
}

/** The way of a request that failed by an outage, which is told to its caller. */
export function failed(reason: unknown): Ended {
  return { ended: { status: 'rejected', reason } };
}

/** How a way ended, after the last step, from which none goes on. */
export function endOf(way: Way<unknown>): Ended['ended'] {
  if ('ended' in way) return way.ended;
  throw new Error('a request went on after the last step');
}
