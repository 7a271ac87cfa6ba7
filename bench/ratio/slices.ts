import type { Figure } from './compare.ts';
import type { Both } from './rounds.ts';

/** Decisions made over HTTP and what they took; undefined where nothing tells. */
export interface Work {
  readonly count: number;
  readonly wallS: number;
  readonly serviceS: number;
  readonly databaseS: number | undefined;
}

const NONE: Work = { count: 0, wallS: 0, serviceS: 0, databaseS: 0 };

/**
 * Lets both sides take turns in small slices until it is enough, and sums them up by side: here,
 * other, other, here, and so on.
 */
export async function inTurns<T>(
  sides: Both<T>,
  isEnough: (done: Both<Work>, slices: number) => boolean,
  work: (side: T, slice: number) => Promise<Work>,
): Promise<Both<Work>> {
  const done = { here: NONE, other: NONE };
  for (let slice = 0; !isEnough(done, slice); slice += 1) {
    const order = slice % 2 === 0 ? (['here', 'other'] as const) : (['other', 'here'] as const);
    for (const name of order) done[name] = sum(done[name], await work(sides[name], slice));
  }
  return done;
}

/** The rate of some work and what a decision costs. */
export function figuresOf(part: string, work: Work): readonly Figure[] {
  const { count, wallS, serviceS, databaseS } = work;
  const cost = { part, better: 'LESS', digits: 0 } as const;
  const service = 'service CPU us a decision';
  const database = 'database CPU us a decision';
  const figures: readonly Figure[] = [
    { part, name: 'decisions/s', better: 'MORE', digits: 0, value: count / wallS },
    { ...cost, name: service, value: (serviceS * 1e6) / count },
  ];
  if (databaseS === undefined) return figures;
  return [...figures, { ...cost, name: database, value: (databaseS * 1e6) / count }];
}

function sum(a: Work, b: Work): Work {
  const isTold = a.databaseS !== undefined && b.databaseS !== undefined;
  return {
    count: a.count + b.count,
    wallS: a.wallS + b.wallS,
    serviceS: a.serviceS + b.serviceS,
    databaseS: isTold ? a.databaseS + b.databaseS : undefined,
  };
}
