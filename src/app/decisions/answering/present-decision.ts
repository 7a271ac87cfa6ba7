import type { BusinessDate } from '../../../domain/business-date.ts';
import type { PartName } from '../../../domain/customer360.ts';
import type { Candidate, CandidatePropensity, Degradation } from '../../../domain/decision.ts';
import type { LiveState } from '../../../domain/live-state.ts';
import type { ReleaseBody } from '../../../domain/release.ts';
import { HIGHEST_APPROVAL } from '../../../domain/rule.ts';
import { languagesFor } from '../../../domain/spoken-languages.ts';
import { byIdIn } from '../../wording/by-id.ts';
import { decimalOfPpm, type MoneyView, moneyView } from '../../wording/decimals.ts';
import { noActionText, reasonText } from '../../wording/reason-texts.ts';
import { type ReasonView, reasonsOf } from '../../wording/reasons.ts';
import type { DecisionEvidence } from '../evidence/decision-evidence.ts';
import { laterParts } from './later-parts.ts';

/** A decision in words and decimals, rendered from what is stored and nothing else. */
export interface AnswerView {
  readonly decisionId: string;
  readonly decidedAt: string;
  /** Null where the facts were lost since. */
  readonly factsAsOf: string | null;
  readonly businessDate: BusinessDate;
  readonly release: string;
  readonly outcome: 'ACTIONS' | 'NO_ACTION';
  readonly noAction: CodedText | null;
  readonly arm: string;
  readonly actions: readonly RankedActionView[];
  readonly withheld: readonly WithheldActionView[];
  readonly degradations: readonly (Degradation | OverduePart)[];
}

interface CodedText {
  readonly code: string;
  readonly text: string;
}

interface ActionSummaryView {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly issue: string;
  readonly purpose: string;
}

interface RankedActionView {
  readonly rank: number;
  readonly action: ActionSummaryView;
  readonly treatment: { readonly id: string; readonly text: string };
  readonly terms: TermsView;
  readonly propensity: PropensityView;
  readonly value: MoneyView;
  readonly expectedValue: MoneyView;
  readonly factors: FactorsView;
  readonly reasons: readonly ReasonView[];
  readonly presentable: boolean;
  readonly approval: string;
  readonly expiresOn: BusinessDate;
  readonly selectionProbabilityPpm: number;
}

interface WithheldActionView {
  readonly action: ActionSummaryView;
  readonly stage: string;
  readonly rule: string;
  readonly reason: CodedText;
  readonly missingFacts: readonly string[];
}

interface TermsView {
  readonly amount: MoneyView | null;
  readonly rate: string | null;
  readonly rateDiscount: string | null;
  readonly fee: MoneyView | null;
  readonly feeEvery: string | null;
  readonly termMonths: number | null;
  readonly instalment: MoneyView | null;
}

interface PropensityView {
  readonly calibrated: string;
  readonly basis: string;
  readonly raw: string | null;
  readonly model: string | null;
}

interface FactorsView {
  readonly propensity: string;
  readonly context: string;
  readonly value: MoneyView;
  readonly lever: string;
}

/**
 * Renders each member of an answer by itself: thousands of actions may be withheld, and nobody
 * waits for words that were not asked for.
 */
export const ANSWER_MEMBERS: {
  readonly [M in keyof AnswerView]: (evidence: DecisionEvidence) => AnswerView[M];
} = {
  decisionId: ({ stored }) => stored.id,
  decidedAt: ({ stored }) => stored.decidedAt,
  factsAsOf: ({ snapshot }) =>
    typeof snapshot === 'string' ? null : snapshot.snapshot.factsAsOf,
  businessDate: ({ stored }) => stored.capsule.live.businessDate,
  release: ({ release }) => release.digest,
  outcome: ({ stored }) => stored.capsule.decision.outcome,
  noAction: ({ stored }) => {
    const reason = stored.capsule.decision.noActionReason;
    return reason === undefined ? null : { code: reason, text: noActionText(reason) };
  },
  arm: ({ stored }) => stored.capsule.decision.arm,
  actions: (evidence) =>
    evidence.stored.capsule.decision.candidates
      .filter((one) => one.outcome === 'SURFACED')
      .map((one) => rankedAction(one, evidence)),
  withheld: ({ stored, release }) =>
    stored.capsule.decision.candidates
      .filter((one) => one.outcome !== 'SURFACED')
      .map((one) => withheldAction(one, release.body)),
  degradations: (evidence) => {
    const { decision, live } = evidence.stored.capsule;
    return [...decision.degradations, ...laterParts(evidence), ...overdueParts(live)];
  },
};

/** Renders the answer that a decision stands for: idempotency and audit show the same words. */
export function presentDecision(evidence: DecisionEvidence): AnswerView {
  const members = Object.entries(ANSWER_MEMBERS);
  const rendered: object = Object.fromEntries(
    members.map(([name, render]) => [name, render(evidence)]),
  );
  return rendered as AnswerView;
}

/** A part whose core did not tell anew in time; what it told before still counted. */
interface OverduePart {
  readonly part: PartName;
  readonly failure: 'OVERDUE';
  readonly facts: readonly [];
}

function overdueParts({ overdue = [] }: LiveState): readonly OverduePart[] {
  return overdue.map((part) => ({ part, failure: 'OVERDUE', facts: [] }));
}

function rankedAction(candidate: Candidate, evidence: DecisionEvidence): RankedActionView {
  const { body } = evidence.release;
  const { reportingCurrency } = body.rates;
  const { propensity, factors } = candidate;
  if (propensity === undefined || factors === undefined) {
    throw new Error(`surfaced candidate \`${candidate.actionId}\` has no score or factors`);
  }
  return {
    rank: candidate.rank ?? 0,
    action: actionSummary(candidate.actionId, body),
    treatment: treatmentOf(candidate, evidence),
    terms: termsView(candidate, body),
    propensity: propensityView(propensity),
    value: moneyView(factors.valueMinor, reportingCurrency),
    expectedValue: moneyView(candidate.expectedValueMinor ?? 0, reportingCurrency),
    factors: factorsView(factors, reportingCurrency),
    reasons: reasonsOf(candidate, evidence),
    presentable: candidate.presentable ?? false,
    approval: candidate.approval ?? HIGHEST_APPROVAL,
    expiresOn: candidate.expiresOn ?? evidence.stored.capsule.live.businessDate,
    selectionProbabilityPpm: candidate.selectionProbabilityPpm ?? 0,
  };
}

/** An action by name, as the release declares it. */
export function actionSummary(id: string, body: ReleaseBody): ActionSummaryView {
  const action = byIdIn(body.actions).get(id);
  if (action === undefined) throw new Error(`the release declares no action \`${id}\``);
  const { name, group, issue, purpose } = action;
  return { id, name, group, issue, purpose };
}

function treatmentOf(candidate: Candidate, { stored, release }: DecisionEvidence) {
  const action = byIdIn(release.body.actions).get(candidate.actionId);
  const treatment = action?.treatments.find((one) => one.id === candidate.treatmentId);
  const spoken = languagesFor(stored.capsule.live, release.body.languages);
  const language = spoken.find((one) => treatment?.text[one] !== undefined) ?? '';
  return { id: candidate.treatmentId ?? '', text: treatment?.text[language] ?? '' };
}

/** Why a candidate was not surfaced; ranked ones only lost to better ones. */
export function withheldAction(candidate: Candidate, body: ReleaseBody): WithheldActionView {
  const { withheld } = candidate;
  const stage = withheld?.stage ?? 'RANK';
  const rule = withheld?.rule ?? (candidate.wouldHaveSurfaced === true ? 'arm' : 'rank');
  const fallback = candidate.wouldHaveSurfaced === true ? 'CONTROL_GROUP' : 'OUTRANKED';
  const code = withheld?.reasonCode ?? fallback;
  const missing = withheld?.missing ?? [];
  return {
    action: actionSummary(candidate.actionId, body),
    stage,
    rule,
    reason: { code, text: reasonText(body, { rule, code, missing }) },
    missingFacts: missing,
  };
}

/** Terms in decimals; what does not apply is null. */
export function termsView({ terms = {} }: Candidate, body: ReleaseBody): TermsView {
  const money = (minor: number | undefined) =>
    minor === undefined ? null : moneyView(minor, body.rates.reportingCurrency);
  const share = (ppm: number | undefined) => (ppm === undefined ? null : decimalOfPpm(ppm));
  return {
    amount: money(terms.amountMinor),
    rate: share(terms.ratePpm),
    rateDiscount: share(terms.rateDiscountPpm),
    fee: money(terms.feeMinor),
    feeEvery: terms.feeEvery ?? null,
    termMonths: terms.termMonths ?? null,
    instalment: money(terms.instalmentMinor),
  };
}

/** A probability with where it came from. */
export function propensityView(propensity: CandidatePropensity): PropensityView {
  return {
    calibrated: decimalOfPpm(propensity.calibratedPpm),
    basis: propensity.basis,
    raw: propensity.rawPpm === undefined ? null : decimalOfPpm(propensity.rawPpm),
    model: propensity.forest ?? null,
  };
}

/** The four factors, each by itself. */
export function factorsView(
  factors: NonNullable<Candidate['factors']>,
  currency: string,
): FactorsView {
  return {
    propensity: decimalOfPpm(factors.propensityPpm),
    context: decimalOfPpm(factors.contextPpm),
    value: moneyView(factors.valueMinor, currency),
    lever: decimalOfPpm(factors.leverPpm),
  };
}
