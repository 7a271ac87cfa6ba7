import type { DecisionFilter } from '../../app/ports/decision-log.ts';
import { isUuid } from '../../domain/id.ts';
import { badMember } from '../argument-text.ts';
import type { RequestContext } from '../context.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { QueryDecisionAuditArgs } from '../generated/types.ts';
import { invalidArgument } from '../refusals.ts';

const MOST = 100;

/** A page of decisions, newest first. */
export async function resolveDecisionAudit(
  args: QueryDecisionAuditArgs,
  context: RequestContext,
) {
  const first = args.first ?? 20;
  if (first < 1 || first > MOST) {
    return invalidArgument('first', `pass a whole number from 1 to ${MOST}`);
  }
  const before = args.after == null ? null : readCursor('decision', args.after);
  if (before === undefined || (before !== null && !isUuid(before))) {
    return invalidArgument('after', 'pass an `endCursor` of `decisionAudit`');
  }
  const bad = badMember(args.filter ?? {});
  if (bad !== undefined) {
    return invalidArgument(`filter.${bad}`, 'pass at most 128 plain characters');
  }
  const filter = filterOf(args);
  const { decisions, hasMore } = await context.deps.log.page(filter, { first, before });
  const nodes = await Promise.all(decisions.map((stored) => context.deps.explain(stored)));
  const edges = nodes.map((node) => ({
    cursor: writeCursor('decision', node.stored.id),
    node,
  }));
  const pageInfo = { hasNextPage: hasMore, endCursor: edges.at(-1)?.cursor ?? null };
  return { __typename: 'DecisionConnection' as const, edges, pageInfo };
}

/** Leaves out what is null, so that the log sees only what narrows. */
function filterOf({ filter }: QueryDecisionAuditArgs): DecisionFilter {
  const given = Object.entries(filter ?? {}).filter(([, value]) => value != null);
  return Object.fromEntries(given) as DecisionFilter;
}
