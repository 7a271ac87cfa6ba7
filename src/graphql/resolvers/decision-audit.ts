import type { DecisionEvidence } from '../../app/decisions/evidence/decision-evidence.ts';
import type { DecisionFilter, UnreadableDecision } from '../../app/ports/decision-log.ts';
import { isUuid } from '../../domain/id.ts';
import { badMember, memberMend } from '../argument-text.ts';
import type { RequestContext } from '../context.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { QueryDecisionAuditArgs } from '../generated/types.ts';
import { invalidArgument, unreadableDecision } from '../refusals.ts';

const MOST = 100;

/** A page of decisions, newest first. */
export async function resolveDecisionAudit(
  args: QueryDecisionAuditArgs,
  context: Pick<RequestContext, 'viewer' | 'maySee' | 'evidence'>,
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
    return invalidArgument(`filter.${bad}`, memberMend(bad));
  }
  if (!(await mayAudit(args, context))) {
    return invalidArgument('filter.customerId', 'name a customer of your book');
  }
  const filter = filterOf(args);
  const { decisions, hasMore } = await context.evidence.page(filter, { first, before });
  const edges = decisions.map(edgeOf);
  const pageInfo = { hasNextPage: hasMore, endCursor: edges.at(-1)?.cursor ?? null };
  return { __typename: 'DecisionConnection' as const, edges, pageInfo };
}

/** Whoever has a book sees the decisions about one customer of it at a time. */
async function mayAudit(
  { filter }: QueryDecisionAuditArgs,
  context: Pick<RequestContext, 'viewer' | 'maySee'>,
) {
  const { book } = context.viewer;
  return book === null || (filter?.customerId != null && context.maySee(filter.customerId));
}

function edgeOf(shown: DecisionEvidence | UnreadableDecision) {
  const cursor = writeCursor('decision', 'stored' in shown ? shown.stored.id : shown.id);
  return 'stored' in shown
    ? { cursor, node: shown, unreadable: null }
    : { cursor, node: null, unreadable: unreadableDecision(shown) };
}

/** Leaves out what is null, so that the log sees only what narrows. */
function filterOf({ filter }: QueryDecisionAuditArgs): DecisionFilter {
  const given = Object.entries(filter ?? {}).filter(([, value]) => value != null);
  return Object.fromEntries(given) as DecisionFilter;
}
