import type { Digest } from '../../domain/digest.ts';
import { customerFacts } from '../../engine/contact/live-facts.ts';
import type { DecisionLog, StoredDecision } from '../ports/decision-log.ts';
import type { ReleaseStore } from '../ports/release-store.ts';
import type { ShapAnswer, ShapComputer, ShapQuestion } from '../ports/shap.ts';
import { findDecision } from './explain-decision.ts';
import type { ExplainedDecision } from './next-best-actions.ts';
import { inputOf } from './trace-decision.ts';

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

/** The facts that a decision rests on are lost, so what they added to a score is too. */
export class EvidenceLost extends Error {
  constructor(decisionId: string) {
    super(`the facts of decision \`${decisionId}\` are lost: \`decision\` shows what stands`);
    this.name = 'EvidenceLost';
  }
}

/**
 * Explains what was surfaced from the evidence of then; undefined when there is no decision.
 * Throws `EvidenceLost` where its facts are erased or spoilt.
 */
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
  explained: ExplainedDecision,
  digest: Digest,
  bytes: Uint8Array | undefined,
): ShapQuestion {
  if (bytes === undefined) throw new Error(`release names forest \`${digest}\`, not stored`);
  const { release } = explained;
  const input = inputOf(explained);
  if (input === undefined) throw new EvidenceLost(explained.stored.id);
  const vector = customerFacts(input, release.loaded);
  const facts = release.body.facts.map(({ name }, slot) => ({ name, value: vector[slot] }));
  return { digest, bytes, facts };
}
