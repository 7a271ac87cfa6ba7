import { actionSummary } from '../../app/decisions/answering/present-decision.ts';
import type { ShapOfAction, ShapRefusal } from '../../app/decisions/evidence/explain-by-shap.ts';
import { decimalOfPpm } from '../../app/wording/decimals.ts';
import { isUuid } from '../../domain/id.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import type { RequestContext } from '../context.ts';
import * as refusals from '../refusals.ts';
import { maySeeDecision } from './may-see-decision.ts';

/** SHAP values of a decision's scores; the same selections in one operation compute once. */
export async function resolveExplainDecision(id: string, context: RequestContext) {
  if (!isUuid(id)) return refusals.invalidArgument('id', 'pass the id of a decision, a UUID');
  if (!(await maySeeDecision(id, context))) return refusals.noDecisionInBook(id);
  const { evidence, releases, shap, once } = context;
  const found = await once(`explain ${id}`, () => evidence.explainByShap(id, shap));
  if (found.result !== 'EXPLAINED') return refusalOf(id, found);
  const release = await releases.take(found.release);
  if (release === undefined) return refusals.releaseMissing(id);
  const actions = found.actions.map((action) => scoreExplanation(action, release.body));
  return { __typename: 'ScoreExplanations' as const, ...found, actions };
}

function refusalOf(id: string, refusal: ShapRefusal) {
  switch (refusal.result) {
    case 'UNKNOWN_DECISION':
      return refusals.unknownDecision(id);
    case 'UNREADABLE_DECISION':
      return refusals.unreadableDecision(refusal.decision);
    case 'NOT_SCORED':
      return refusals.notScored(id);
    case 'EVIDENCE_LOST':
      return refusals.evidenceLost(id, refusal.cause);
    case 'RELEASE_MISSING':
      return refusals.releaseMissing(id);
    case 'BUSY':
      return refusals.explainerBusy();
  }
}

function scoreExplanation(
  { actionId, sum, trees, byFact, ...rest }: ShapOfAction,
  body: ReleaseBody,
) {
  return {
    ...rest,
    sum,
    trees,
    action: actionSummary(actionId, body),
    raw: decimalOfPpm(Math.round(sum / trees)),
    facts: byFact.map(({ fact, sum: contribution, ...known }) => ({
      ...known,
      name: fact,
      contribution,
      speaks: contribution > 0 ? ('FOR' as const) : ('AGAINST' as const),
    })),
  };
}
