import type { CandidatePropensity } from '../../../domain/decision.ts';
import type { Digest } from '../../../domain/digest.ts';
import type { FactDeclaration, FactValue } from '../../../domain/fact.ts';
import type { ReleaseBody } from '../../../domain/release.ts';
import { customerFacts } from '../../../engine/facts/live-facts.ts';
import type {
  DecisionLog,
  StoredDecision,
  UnreadableDecision,
} from '../../ports/decision-log.ts';
import type { ReleaseStore } from '../../ports/release-store.ts';
import {
  type ShapAnswer,
  ShapBusy,
  type ShapComputer,
  type ShapQuestion,
} from '../../ports/shap.ts';
import type { ReleaseShelf } from '../../releases/release-shelf.ts';
import { factLabel, factWords, type KnownFact, knownInSheet } from '../../wording/fact-words.ts';
import type { DecisionEvidence, LostEvidence } from './decision-evidence.ts';
import { inputOf } from './trace-decision.ts';

/** SHAP values of the surfaced actions of a decision; never mixed with the decision's reasons. */
export interface ShapOfDecision {
  readonly result: 'EXPLAINED';
  readonly decisionId: string;
  readonly method: 'SHAP';
  readonly release: Digest;
  readonly actions: readonly ShapOfAction[];
}

/** In ppm summed over the trees: `base` and the facts' sums add up to `sum` exactly. */
export interface ShapOfAction {
  readonly actionId: string;
  readonly forest: string;
  readonly trees: number;
  readonly sum: number;
  readonly base: number;
  /** What moved the score most comes first; what did not move it is left out. */
  readonly byFact: readonly ShapOfFact[];
}

/** What one fact, as it was known then, added to a score. */
interface ShapOfFact {
  readonly fact: string;
  readonly label: string;
  readonly state: KnownFact['state'];
  readonly value: FactValue | null;
  readonly words: string;
  readonly sum: number;
  /** False for a fact whose permitted uses exclude telling it to the customer. */
  readonly mayBeTold: boolean;
}

/** Why there are no SHAP values: what a careful user can run into. */
export type ShapRefusal =
  | { readonly result: 'UNKNOWN_DECISION' | 'RELEASE_MISSING' | 'NOT_SCORED' | 'BUSY' }
  | { readonly result: 'UNREADABLE_DECISION'; readonly decision: UnreadableDecision }
  | { readonly result: 'EVIDENCE_LOST'; readonly cause: LostEvidence };

/** `explain` finds the evidence of a decision; the bytes are those of its own forests. */
export interface ShapDeps {
  readonly log: Pick<DecisionLog, 'findMany'>;
  readonly releaseShelf: Pick<ReleaseShelf, 'take'>;
  readonly evidenceOf: (stored: StoredDecision) => Promise<DecisionEvidence>;
  readonly releaseStore: Pick<ReleaseStore, 'forestBytes'>;
  readonly shap: ShapComputer;
}

/** Explains the scores of what was surfaced, from the evidence and by the forests of then. */
export async function explainByShap(
  id: string,
  deps: ShapDeps,
): Promise<ShapOfDecision | ShapRefusal> {
  const stored = (await deps.log.findMany([id])).get(id);
  if (stored === undefined) return { result: 'UNKNOWN_DECISION' };
  if (stored.capsule === null) return { result: 'UNREADABLE_DECISION', decision: stored };
  const release = await deps.releaseShelf.take(stored.capsule.releaseDigest);
  if (release === undefined) return { result: 'RELEASE_MISSING' };
  const evidence = await deps.evidenceOf(stored);
  const scored = scoredActions(evidence);
  if (scored.length === 0) return { result: 'NOT_SCORED' };
  const { snapshot } = evidence;
  if (typeof snapshot === 'string') return { result: 'EVIDENCE_LOST', cause: snapshot };
  const bytes = await deps.releaseStore.forestBytes(scored.map(({ digest }) => digest));
  const questions = scored.flatMap(({ digest }) =>
    questionOf(evidence, digest, bytes.get(digest)),
  );
  if (questions.length < scored.length) return { result: 'RELEASE_MISSING' };
  const answers = await answersTo(questions, deps.shap);
  if (answers === undefined) return { result: 'BUSY' };
  const tell = tellerOf(evidence);
  const actions = scored.flatMap(({ actionId, forest }, k) => {
    const answer = answers[k];
    return answer === undefined
      ? []
      : [{ actionId, forest, ...answer, byFact: answer.byFact.map(tell) }];
  });
  const { digest } = release;
  return { result: 'EXPLAINED', decisionId: stored.id, method: 'SHAP', release: digest, actions };
}

/**
 * Has a release's forests taken apart ahead, by a row of which nothing is known: the first who
 * asks would wait about a quarter of a second for it.
 */
export async function prepareExplanations(
  { forests }: Pick<ReleaseBody, 'forests'>,
  { releaseStore, shap }: Pick<ShapDeps, 'releaseStore' | 'shap'>,
): Promise<void> {
  const stored = await releaseStore.forestBytes(forests.map(({ digest }) => digest));
  const questions = [...stored].map(([digest, bytes]) => ({ digest, bytes, facts: [] }));
  if (questions.length > 0) await shap(questions);
}

interface ScoredAction {
  readonly actionId: string;
  readonly forest: string;
  readonly digest: Digest;
}

/** What was surfaced or masked by an arm, and scored by a forest of the release. */
function scoredActions({ stored, release }: DecisionEvidence): readonly ScoredAction[] {
  const digests = new Map(release.body.forests.map(({ id, digest }) => [id, digest]));
  return stored.capsule.decision.candidates.flatMap((candidate) => {
    const { actionId, outcome, propensity, wouldHaveSurfaced } = candidate;
    const wasShown = outcome === 'SURFACED' || wouldHaveSurfaced === true;
    const forest = forestOf(propensity);
    const digest = digests.get(forest ?? '');
    if (!wasShown || forest === undefined || digest === undefined) return [];
    return [{ actionId, forest, digest }];
  });
}

function forestOf(propensity: CandidatePropensity | undefined): string | undefined {
  return propensity?.basis === 'FOREST' ? propensity.forest : undefined;
}

function questionOf(
  evidence: DecisionEvidence,
  digest: Digest,
  bytes: Uint8Array | undefined,
): readonly ShapQuestion[] {
  const { release } = evidence;
  const input = inputOf(evidence);
  if (bytes === undefined || input === undefined || release.loaded === undefined) return [];
  const vector = customerFacts(input, release.loaded);
  const facts = release.body.facts.map(({ name }, slot) => ({ name, value: vector[slot] }));
  return [{ digest, bytes, facts }];
}

async function answersTo(
  questions: readonly ShapQuestion[],
  compute: ShapComputer,
): Promise<readonly ShapAnswer[] | undefined> {
  try {
    return await compute(questions);
  } catch (error) {
    if (error instanceof ShapBusy) return undefined;
    throw error;
  }
}

/** Says of a fact what the catalogue of then calls it and what was known of it. */
function tellerOf({ release, snapshot }: DecisionEvidence) {
  const { body } = release;
  const declared = new Map(body.facts.map((fact) => [fact.name, fact]));
  return ({ fact: name, sum }: ShapAnswer['byFact'][number]): ShapOfFact => {
    const known: KnownFact =
      typeof snapshot === 'string' ? { state: 'LOST' } : knownInSheet(name, snapshot.sheet);
    const fact: FactDeclaration = declared.get(name) ?? undeclared(name);
    return {
      fact: name,
      label: factLabel(fact),
      state: known.state,
      value: known.state === 'PRESENT' ? known.value : null,
      words: factWords(fact, known, body.rates.reportingCurrency),
      sum,
      mayBeTold: fact.permittedUses.includes('reason'),
    };
  };
}

function undeclared(name: string): never {
  throw new Error(`a forest of the release reads \`${name}\`, which its catalogue lacks`);
}
