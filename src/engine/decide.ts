import type { Considered, Deciding, LoadedRelease, TraceNotes } from '../domain/deciding.ts';
import {
  type Decision,
  type DecisionInput,
  ENGINE_VERSION,
  isStanding,
  type TraceEntry,
} from '../domain/decision.ts';
import { arbitrate } from './arbitration/arbitrate.ts';
import { inOrder, maskControl, noActionReason, surface } from './arbitration/surface.ts';
import { candidateFacts } from './facts/candidate-facts.ts';
import { degradations } from './facts/degradations.ts';
import { customerFacts } from './facts/live-facts.ts';
import { requireApproval } from './pricing/approval.ts';
import { bundle, price } from './pricing/price.ts';
import {
  addContributions,
  codeRow,
  isSampled,
  scoreCandidate,
} from './propensity/scoring/candidate-propensity.ts';
import { judgeWith, newNotes, traceDigest } from './rules/judge.ts';
import { considerAction } from './standing/catalogue.ts';
import { profilingOf } from './standing/consent.ts';
import { contactPolicyCheck } from './standing/contact-policy.ts';
import { legalBasisCheck } from './standing/legal-basis.ts';
import { ruleCheck } from './standing/rule-check.ts';

/** PLAIN scores every candidate in step 3. HOISTED scores later, and only what still stands. */
type StepOrder = 'HOISTED' | 'PLAIN';

/** Decides: the same input under the same release gives the same decision, always. */
export function decide(
  input: DecisionInput,
  release: LoadedRelease,
  order: StepOrder = 'HOISTED',
): Decision {
  const notes = newNotes(release, null);
  const considered = decideSteps(startDeciding(input, release, notes), order);
  const candidates = inOrder(considered);
  const reason = noActionReason(candidates);
  return {
    engineVersion: ENGINE_VERSION,
    releaseDigest: release.digest,
    outcome: reason === undefined ? 'ACTIONS' : 'NO_ACTION',
    ...(reason === undefined ? {} : { noActionReason: reason }),
    arm: input.live.arm,
    candidates,
    degradations: degradations(input, release.usedFacts),
    traceDigest: traceDigest(notes),
  };
}

/**
 * Every verdict that the decision came to, of all actions or of one, in its order, with the values
 * it saw.
 */
export function traceOf(
  input: DecisionInput,
  release: LoadedRelease,
  only: string | null = null,
): readonly TraceEntry[] {
  const notes = newNotes(release, { only });
  decideSteps(startDeciding(input, release, notes), 'HOISTED');
  return notes.entries ?? [];
}

function startDeciding(
  input: DecisionInput,
  release: LoadedRelease,
  notes: TraceNotes,
): Deciding {
  const facts = customerFacts(input, release);
  const { forests, forestSlots } = release;
  const codes = forests === null ? null : codeRow(forests, forestSlots, facts);
  const today = input.live.businessDate;
  return { input, release, today, facts, codes, judge: judgeWith(release, notes) };
}

/**
 * The pipeline. The numbers are those of ARCHITECTURE.md, and their order is its meaning. Step 3
 * is done after the rules that read no score, because scoring what they withhold would be wasted.
 */
function decideSteps(deciding: Deciding, order: StepOrder): readonly Considered[] {
  const { live } = deciding.input;
  const profiling = profilingOf(live);
  const score = (considered: Considered) => scoreCandidate(deciding, considered, profiling);
  const scoreLate = (considered: Considered) =>
    isStanding(considered.candidate) || isSampled(deciding, considered, profiling)
      ? score(considered)
      : considered;

  const { actions } = deciding.release;
  const here = actions.map((action) => considerAction(deciding, action, candidateFacts)); // 1
  const lawful = here.map(ifStanding(legalBasisCheck(deciding))); // 2
  const early = order === 'PLAIN' ? lawful.map(ifStanding(score)) : lawful; // 3, in plain order
  const eligible = early.map(ifStanding(ruleCheck(deciding, 'eligibility'))); // 4
  const timely = eligible.map(ifStanding(ruleCheck(deciding, 'suppression'))); // 5
  const scored = order === 'HOISTED' ? timely.map(scoreLate) : timely; // 3, hoisted
  const welcome = scored.map(ifStanding(ruleCheck(deciding, 'scoreSuppression'))); // 5, by score
  const allowed = welcome.map(ifStanding(contactPolicyCheck(deciding))); // 6

  // Priced one by one, but a bundle is granted only where all its actions still stand.
  const standing = allowed.map(({ candidate }) => candidate).filter(isStanding);
  const bundled = bundle(deciding, new Set(standing.map(({ actionId }) => actionId)));
  const priced = allowed.map(ifStanding((c) => bundled(price(deciding, c)))); // 7
  const approved = priced.map(ifStanding((c) => requireApproval(deciding, c))); // 8

  const ranked = arbitrate(deciding, approved); // 9
  const surfaced = surface(ranked, live.first).map((c) =>
    c.candidate.outcome === 'SURFACED' ? addContributions(deciding, c) : c,
  ); // 10
  return maskControl(surfaced, live.arm); // 11
}

/** Applies a step to what still stands, so that the first withholding is the one kept. */
function ifStanding(step: (considered: Considered) => Considered) {
  return (considered: Considered): Considered =>
    isStanding(considered.candidate) ? step(considered) : considered;
}
