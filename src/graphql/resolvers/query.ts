import type { CustomerQuery } from '../../app/ports/customer-source.ts';
import { isDigest } from '../../domain/digest.ts';
import { isId, isUuid } from '../../domain/id.ts';
import { badMember, memberMend } from '../argument-text.ts';
import type { RequestContext } from '../context.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { QueryCustomersArgs, QueryResolvers } from '../generated/types.ts';
import * as refusals from '../refusals.ts';
import { customerViews } from './customer-view.ts';
import { resolveDecisionAudit } from './decision-audit.ts';
import { resolveExplainDecision } from './explain-decision.ts';
import { maySeeDecision } from './may-see-decision.ts';
import { resolveNextBestActions } from './next-best-actions.ts';
import { isActive } from './release.ts';

const MOST_CUSTOMERS = 100;

/** Every question that can be asked: translate, call one use case or port, return its union. */
export const queryResolvers: QueryResolvers = {
  customer360: (_root, { id }, context) => resolveCustomer(id, context),
  customers: (_root, args, context) => resolveCustomers(args, context),
  nextBestActions: (_root, args, context) => resolveNextBestActions(args, context),
  decisionAudit: (_root, args, context) => resolveDecisionAudit(args, context),
  decision: async (_root, { id }, context) => {
    if (!isUuid(id)) return refusals.invalidArgument('id', 'pass the id of a decision, a UUID');
    if (!(await maySeeDecision(id, context))) return refusals.noDecisionInBook(id);
    const found = await context.evidence.find(id);
    if (found === undefined) return refusals.unknownDecision(id);
    if (!('stored' in found)) return refusals.unreadableDecision(found);
    return { __typename: 'Decision' as const, ...found };
  },
  replayDecision: async (_root, { id }, context) => {
    if (!isUuid(id)) return refusals.invalidArgument('id', 'pass the id of a decision, a UUID');
    if (!(await maySeeDecision(id, context))) return refusals.noDecisionInBook(id);
    const replay = await context.once(`replay ${id}`, () => context.replay(id));
    if (replay === undefined) return refusals.unknownDecision(id);
    const differences = replay.result === 'DIFFERENT' ? replay.differences : [];
    const cause = replay.result === 'UNREPLAYABLE' ? replay.cause : null;
    return { __typename: 'Replay' as const, ...replay, differences, cause };
  },
  explainDecision: (_root, { id }, context) => resolveExplainDecision(id, context),
  activeRelease: async (_root, _args, { releases }) =>
    (await releases.list()).find(isActive) ?? null,
  releases: (_root, _args, { releases }) => releases.list(),
  ruleSet: async (_root, { release }, { releases }) => {
    if (release != null && !isDigest(release)) {
      return refusals.unknownRelease(isId(release) ? release : '…');
    }
    const found = release == null ? await releases.takeActive() : await releases.take(release);
    if (found !== undefined) return { __typename: 'RuleSet' as const, ...found };
    return release == null ? refusals.noActiveRelease() : refusals.unknownRelease(release);
  },
  actions: async (_root, _args, { releases }) =>
    ((await releases.takeActive())?.body.actions ?? []).map((action) => ({
      ...action,
      propensityKind: action.propensity.kind,
      channels: [...new Set(action.treatments.map(({ channel }) => channel))],
    })),
  facts: async (_root, _args, { releases }) =>
    ((await releases.takeActive())?.body.facts ?? []).map((fact) => ({
      ...fact,
      unit: fact.unit ?? null,
      values: fact.values ?? [],
    })),
};

async function resolveCustomer(id: string, context: RequestContext) {
  if (!isId(id)) {
    return refusals.invalidArgument('id', 'pass the customer number, 1 to 128 characters');
  }
  if (!(await context.maySee(id))) return refusals.notInBook(id);
  const survivorId = await context.customers.survivorOf(id);
  if (survivorId !== undefined && survivorId !== id) {
    return refusals.mergedCustomer(id, survivorId);
  }
  const [view] = survivorId === undefined ? [] : await customerViews([id], context);
  if (view === undefined) return refusals.unknownCustomer(id);
  return { __typename: 'Customer360' as const, ...view };
}

async function resolveCustomers(args: QueryCustomersArgs, context: RequestContext) {
  const first = args.first ?? 20;
  if (first < 1 || first > MOST_CUSTOMERS) {
    return refusals.invalidArgument('first', `pass a whole number from 1 to ${MOST_CUSTOMERS}`);
  }
  const after = args.after == null ? null : readCursor('customer', args.after);
  if (after === undefined) {
    return refusals.invalidArgument('after', 'pass an `endCursor` of `customers`');
  }
  const bad = badMember(args.filter ?? {});
  if (bad !== undefined) {
    return refusals.invalidArgument(`filter.${bad}`, memberMend(bad));
  }
  const given = Object.entries(args.filter ?? {}).filter(([, value]) => value != null);
  const { book } = context.viewer;
  const bound = book === null ? {} : { book };
  const query: CustomerQuery = { ...Object.fromEntries(given), first, after, ...bound };
  const page = await context.customers.directory.page(query);
  const views = await customerViews(page.customerIds, context);
  const edges = views.map((node) => ({ cursor: writeCursor('customer', node.id), node }));
  return {
    __typename: 'CustomerConnection' as const,
    edges,
    pageInfo: { hasNextPage: page.hasMore, endCursor: edges.at(-1)?.cursor ?? null },
  };
}
