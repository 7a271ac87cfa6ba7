import {
  actionSummary,
  factorsView,
  propensityView,
  termsView,
  withheldAction,
} from '../../app/decisions/answering/present-decision.ts';
import type { DecisionEvidence } from '../../app/decisions/evidence/decision-evidence.ts';
import { MOST_VERDICTS, verdictsIn } from '../../app/decisions/evidence/trace-decision.ts';
import { moneyView } from '../../app/wording/decimals.ts';
import { reasonsOf } from '../../app/wording/reasons.ts';
import type { PartName } from '../../domain/customer360.ts';
import type { Candidate } from '../../domain/decision.ts';
import type { FactDeclaration } from '../../domain/fact.ts';
import { isId, MOST_ID_CHARACTERS } from '../../domain/id.ts';
import { type LoadedSnapshot, lineagesIn, type PartSources } from '../../domain/snapshot.ts';
import type { DecisionResolvers, FactSource } from '../generated/types.ts';
import { badInput, traceTooLarge } from '../refusals.ts';
import { triggerView } from './trigger-view.ts';

/** One decision with its evidence, every part rendered from what is stored. */
export const decisionResolvers: DecisionResolvers = {
  id: ({ stored }) => stored.id,
  customerId: ({ stored }) => stored.customerId,
  caller: ({ stored }) => stored.caller,
  decidedAt: ({ stored }) => stored.decidedAt,
  trigger: ({ stored }) => triggerView(stored.capsule.live.trigger),
  channel: ({ stored }) => stored.capsule.live.channel,
  placement: ({ stored }) => stored.capsule.live.placement,
  answer: (evidence) => evidence,
  release: async ({ stored }, _args, { releases, once }) => {
    // A page of decisions asks for the list once, not once a decision.
    const all = await once('releases', () => releases.list());
    const own = all.find(({ digest }) => digest === stored.capsule.releaseDigest);
    if (own === undefined) throw new Error('a decision names no stored release');
    return own;
  },
  evidence: ({ snapshot }) => (typeof snapshot === 'string' ? snapshot : 'READ'),
  facts: ({ release, snapshot }) => {
    if (typeof snapshot === 'string') return null;
    const facts = release.body.facts.filter((fact) => fact.origin === 'SHEET');
    return facts.map((fact) => knownFact(fact, snapshot));
  },
  liveState: ({ stored }) => stored.capsule.live,
  candidates: (evidence) =>
    evidence.stored.capsule.decision.candidates.map((one) => candidateView(one, evidence)),
  trace: async (evidence, { action }, context) => {
    if (action != null && !isId(action)) {
      throw badInput(
        'action',
        `pass an action's id, 1 to ${MOST_ID_CHARACTERS} plain characters`,
      );
    }
    const count = verdictsIn(evidence);
    if (action == null && count > MOST_VERDICTS) throw traceTooLarge(count);
    const entries = await context.evidence.trace(evidence, action ?? null);
    if (entries === undefined) return null;
    return entries.map(({ actionId, ...entry }) => ({ action: actionId, ...entry }));
  },
};

function knownFact(fact: FactDeclaration, { sheet, snapshot }: LoadedSnapshot) {
  const value = sheet.values[fact.name];
  const absent = sheet.notApplicable.includes(fact.name) ? 'NOT_APPLICABLE' : 'UNAVAILABLE';
  return {
    name: fact.name,
    state: value === undefined ? absent : 'PRESENT',
    value: value ?? null,
    cause: sheet.unavailable[fact.name] ?? null,
    lineage: fact.sources.flatMap((part) => factSources(part, snapshot.sources[part])),
  };
}

/** One a system; a part that was not read names none. */
function factSources(part: PartName, sources: PartSources | undefined): readonly FactSource[] {
  const lineages = lineagesIn(sources);
  if (lineages.length === 0) return [{ part, ...NOT_READ }];
  return lineages.map(({ source: system, version, fetchedAt }) => {
    return { part, system, version, fetchedAt };
  });
}

const NOT_READ: Omit<FactSource, 'part'> = { system: null, version: null, fetchedAt: null };

/** Words are rendered where they are asked for. */
function candidateView(candidate: Candidate, evidence: DecisionEvidence) {
  const { body } = evidence.release;
  const currency = body.rates.reportingCurrency;
  const { withheld, factors, expectedValueMinor } = candidate;
  return {
    action: actionSummary(candidate.actionId, body),
    treatment: candidate.treatmentId,
    outcome: candidate.outcome,
    stage: withheld?.stage ?? null,
    rule: withheld?.rule ?? null,
    get reason() {
      return withheld === undefined ? null : withheldAction(candidate, body).reason;
    },
    seen: withheld?.seen ?? null,
    propensity: candidate.propensity === undefined ? null : propensityView(candidate.propensity),
    get reasons() {
      return reasonsOf(candidate, evidence);
    },
    terms: candidate.terms === undefined ? null : termsView(candidate, body),
    factors: factors === undefined ? null : factorsView(factors, currency),
    expectedValue:
      expectedValueMinor === undefined ? null : moneyView(expectedValueMinor, currency),
    rank: candidate.rank ?? null,
    approval: candidate.approval ?? null,
    wouldHaveSurfaced: candidate.wouldHaveSurfaced ?? false,
    selectionProbabilityPpm: candidate.selectionProbabilityPpm ?? null,
  };
}
