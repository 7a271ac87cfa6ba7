import type { Appended, DecisionLog, StoredDecision } from '../../src/app/ports/decision-log.ts';

interface Kept {
  readonly stored: StoredDecision;
  readonly argumentsDigest: string;
}

interface Request {
  readonly decisionId: string;
  readonly argumentsDigest: string;
}

/** A decision log in memory, of one customer. */
export function fakeLog(customerId: string): DecisionLog {
  const kept = new Map<string, Kept>();
  const requests = new Map<string, Request>();
  const answer = (caller: string, requestId: string, request: Request): Appended => {
    const before = requests.get(`${caller} ${requestId}`);
    if (before === undefined) requests.set(`${caller} ${requestId}`, request);
    if (before === undefined) return { outcome: 'RECORDED' };
    return before.argumentsDigest === request.argumentsDigest
      ? { outcome: 'REPEATED', decisionId: before.decisionId }
      : { outcome: 'CONFLICT' };
  };
  const newestFirst = () => [...kept.values()].toReversed();
  return {
    append: async ({ id, requestId, argumentsDigest, ...rest }) => {
      const { caller, capsule } = rest;
      const request = { decisionId: id, argumentsDigest };
      const appended =
        requestId === null
          ? ({ outcome: 'RECORDED' } as const)
          : answer(caller, requestId, request);
      const { decidedAt } = capsule.live;
      const stored = { ...rest, id, customerId, decidedAt };
      if (appended.outcome === 'RECORDED') kept.set(id, { stored, argumentsDigest });
      return appended;
    },
    findMany: async (ids) =>
      new Map([...kept].flatMap(([id, { stored }]) => (ids.includes(id) ? [[id, stored]] : []))),
    recordRequest: async ({ caller, requestId, ...request }) =>
      answer(caller, requestId, request),
    findRequest: async (caller, requestId) => requests.get(`${caller} ${requestId}`)?.decisionId,
    findReusable: async (query) =>
      newestFirst().find(
        (one) =>
          one.stored.caller === query.caller &&
          one.argumentsDigest === query.argumentsDigest &&
          one.stored.decidedAt >= query.since,
      )?.stored,
    page: async () => ({ decisions: newestFirst().map(({ stored }) => stored), hasMore: false }),
    ids: async () => [...kept.keys()],
  };
}
