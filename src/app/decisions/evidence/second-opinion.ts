import { setImmediate } from 'node:timers/promises';
import { canonicalText } from '../../../domain/canonical.ts';
import type { FactValue } from '../../../domain/fact.ts';
import type { Uuid } from '../../../domain/id.ts';
import { ruleReadingContext } from '../../../domain/release.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DecisionLog, StoredDecision } from '../../ports/decision-log.ts';
import type { RuleDisagreement, RuleDisagreements } from '../../ports/rule-disagreements.ts';
import type { RuleEvaluators } from '../../ports/rule-reading.ts';
import type { DecisionEvidence } from './decision-evidence.ts';
import { MOST_VERDICTS, traceDecision, verdictsIn } from './trace-decision.ts';

/** What a second opinion reaches the world through. */
export interface SecondOpinionDeps {
  readonly log: Pick<DecisionLog, 'findMany'>;
  readonly evidenceOf: (stored: StoredDecision) => Promise<DecisionEvidence>;
  readonly referenceVerdict: RuleEvaluators['referenceVerdict'];
  readonly disagreements: RuleDisagreements;
  readonly clock: Clock;
}

/**
 * What came of a second opinion. NOT_JUDGED: the facts of the decision were erased since, or this
 * engine is not the one that decided.
 */
export type SecondOpinion =
  | { readonly outcome: 'AGREED' | 'NOT_JUDGED' }
  | { readonly outcome: 'DISAGREED'; readonly found: readonly RuleDisagreement[] };

/**
 * Runs the verdicts of a stored decision through the reference evaluator as well, and records the
 * rules on which it disagrees: all verdicts, or those of a few actions of a very large release.
 * Throws where the decision cannot be read. A second run for the same decision leaves nothing
 * twice.
 */
export async function secondOpinion(
  decisionId: Uuid,
  deps: SecondOpinionDeps,
): Promise<SecondOpinion> {
  const stored = (await deps.log.findMany([decisionId])).get(decisionId);
  if (stored === undefined) throw new Error(`decision ${decisionId} is not on record`);
  if (stored.capsule === null) throw new Error(`decision ${decisionId} cannot be read`);
  const rules = await rulesInDispute(await deps.evidenceOf(stored), deps.referenceVerdict);
  if (rules === undefined) return { outcome: 'NOT_JUDGED' };
  if (rules.length === 0) return { outcome: 'AGREED' };
  const found = rules.map((rule) => ({ decisionId, rule }));
  await deps.disagreements.record(found, deps.clock.now());
  return { outcome: 'DISAGREED', found };
}

/** The rules whose verdicts differ, each once; undefined where the decision cannot be traced. */
async function rulesInDispute(
  evidence: DecisionEvidence,
  referenceVerdict: RuleEvaluators['referenceVerdict'],
): Promise<readonly string[] | undefined> {
  const { body } = evidence.release;
  const context = ruleReadingContext(body);
  const rules = new Map(body.rules.map((rule) => [rule.id, rule]));
  const judged = new Set<string>();
  const disputed = new Set<string>();
  for (const only of tracesOf(evidence)) {
    await setImmediate();
    const trace = traceDecision(evidence, only);
    if (trace === undefined) return undefined;
    for (const { rule: id, verdict, seen } of trace) {
      const rule = rules.get(id);
      // What a rule says of the customer alone is in the trace of every action.
      const question = canonicalText([id, verdict, seen]);
      if (rule === undefined || judged.has(question)) continue;
      if (judged.size % SLICE === 0) await setImmediate();
      judged.add(question);
      const facts: Record<string, FactValue | undefined> = {};
      for (const [name, value] of Object.entries(seen)) facts[name] = value ?? undefined;
      if ((await referenceVerdict(rule, facts, context)) !== verdict) disputed.add(id);
    }
  }
  return [...disputed];
}

/** Verdicts in a row, so that others have their turn between. */
const SLICE = 50;

/** Of a very large release, whose whole trace would be held and judged for minutes. */
const ACTIONS_JUDGED = 4;

/** Which traces tell all verdicts; of too many those of some actions, others of each decision. */
function tracesOf(evidence: DecisionEvidence): readonly (string | null)[] {
  if (verdictsIn(evidence) <= MOST_VERDICTS) return [null];
  const { id, capsule } = evidence.stored;
  const { candidates } = capsule.decision;
  // The end of an id is drawn by chance.
  const first = Number.parseInt(id.slice(-8), 16) % candidates.length;
  const around = [...candidates.slice(first), ...candidates.slice(0, first)];
  return around.slice(0, ACTIONS_JUDGED).map(({ actionId }) => actionId);
}
