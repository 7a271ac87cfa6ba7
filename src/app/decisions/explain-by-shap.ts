import type { DecisionInput } from '../../domain/decision.ts';
import type { Digest } from '../../domain/digest.ts';
import { customerFacts } from '../../engine/contact/live-facts.ts';
import type { DecisionLog, StoredDecision } from '../ports/decision-log.ts';
import type { ReleaseStore } from '../ports/release-store.ts';
import type { ShapAnswer, ShapComputer, ShapQuestion } from '../ports/shap.ts';
import { findDecision } from './explain-decision.ts';
import type { ExplainedDecision } from './next-best-actions.ts';

/** SHAP values of the surfaced actions of a decision; never mixed with the decision's reasons. */
export interface ShapOfDecision {
  readonly decisionId: string;
  readonly method: 'SHAP';
  readonly actions: readonly (ShapAnswer & {
    readonly actionId: string;
    readonly forest: string;
  })[];
}

export interface ShapDeps {
  readonly log: DecisionLog;
  readonly explain: (stored: StoredDecision) => Promise<ExplainedDecision>;
  readonly releaseStore: Pick<ReleaseStore, 'forestBytes'>;
  readonly shap: ShapComputer;
}

/** Explains what was surfaced from the evidence of then; undefined when there is no decision. */
export async function explainByShap(
  id: string,
  deps: ShapDeps,
): Promise<ShapOfDecision | undefined> {
  const explained = await findDecision(id, deps);
  if (explained === undefined) return undefined;
  const scored = scoredActions(explained);
  const bytes = await deps.releaseStore.forestBytes(scored.map(({ digest }) => digest));
  const questions = scored.map(({ digest }) => questionOf(explained, digest, bytes.get(digest)));
  const answers = await deps.shap(questions);
  const actions = scored.flatMap(({ actionId, forest }, k) => {
    const answer = answers[k];
    return answer === undefined ? [] : [{ actionId, forest, ...answer }];
  });
  return { decisionId: explained.stored.id, method: 'SHAP', actions };
}

interface ScoredAction {
  readonly actionId: string;
  readonly forest: string;
  readonly digest: Digest;
}

/** What was surfaced or masked by an arm, and scored by a forest of the release. */
function scoredActions({ stored, release }: ExplainedDecision): readonly ScoredAction[] {
  const digests = new Map(release.body.forests.map(({ id, digest }) => [id, digest]));
  return stored.capsule.decision.candidates.flatMap((candidate) => {
    const { actionId, outcome, propensity, wouldHaveSurfaced } = candidate;
    const wasShown = outcome === 'SURFACED' || wouldHaveSurfaced === true;
    const forest = propensity?.basis === 'FOREST' ? propensity.forest : undefined;
    const digest = digests.get(forest ?? '');
    if (!wasShown || forest === undefined || digest === undefined) return [];
    return [{ actionId, forest, digest }];
  });
}

function questionOf(
  { stored, release, snapshot }: ExplainedDecision,
  digest: Digest,
  bytes: Uint8Array | undefined,
): ShapQuestion {
  if (bytes === undefined) throw new Error(`release names forest \`${digest}\`, not stored`);
  const input: DecisionInput = {
    snapshotAddress: stored.capsule.snapshotAddress,
    snapshot: snapshot.snapshot,
    sheet: snapshot.sheet,
    live: stored.capsule.live,
  };
  const vector = customerFacts(input, release.loaded);
  const facts = release.body.facts.map(({ name }, slot) => ({ name, value: vector[slot] }));
  return { digest, bytes, facts };
}
