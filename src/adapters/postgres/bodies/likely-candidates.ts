import type { ActionDeclaration } from '../../../domain/action.ts';
import type { Candidate, Stage, Withholding } from '../../../domain/decision.ts';
import type { ReleaseBody } from '../../../domain/release.ts';
import type { RuleDocument } from '../../../domain/rule.ts';
import { factsSeenBy } from './facts-seen.ts';

const DAY = '2026-01-01';
const TIME = `${DAY}T00:00:00.000Z`;

/**
 * Candidates as a release may decide on them: ranked, and withheld by each check and each rule.
 * The commonest stand last, where deflate finds them first.
 */
export function likelyCandidates(release: ReleaseBody): readonly Candidate[] {
  return [
    ...rankedCandidates(release),
    ...withheldByEngine(release),
    ...withheldByRules(release),
    ...withoutConsent(release),
  ];
}

/** Every second one is surfaced; only the first that has a forest has path contributions. */
function rankedCandidates(release: ReleaseBody): readonly Candidate[] {
  const rules = release.rules.filter((rule) => !mayWithhold(rule));
  const applied = spread(rules, release.actions);
  const first = release.actions.find(({ propensity }) => propensity.kind === 'FOREST');
  return release.actions.map((action, at) => {
    const propensity = likelyPropensity(action, action === first ? release : null);
    const rows = (applied.get(action) ?? []).map((rule) => appliedBy(rule, release));
    return rankedCandidate({ action, at, propensity, applied: rows });
  });
}

function rankedCandidate(like: {
  readonly action: ActionDeclaration;
  readonly at: number;
  readonly propensity: NonNullable<Candidate['propensity']>;
  readonly applied: NonNullable<Candidate['applied']>;
}): Candidate {
  const { at, applied, propensity } = like;
  const { amount, rate, fee, termMonths } = like.action.terms;
  const surfaced = at % 2 === 0;
  return {
    ...baseOf(like.action),
    outcome: surfaced ? 'SURFACED' : 'RANKED',
    propensity,
    terms: {
      ...(amount && { amountMinor: amount.floorMinor }),
      ...(rate && { ratePpm: rate.basePpm, rateDiscountPpm: 0 }),
      ...(fee && { feeMinor: fee.baseMinor, feeEvery: fee.every, feeDiscountPpm: 0 }),
      ...(termMonths && { termMonths }),
    },
    factors: { propensityPpm: 100_000, contextPpm: 1e6, valueMinor: 10_000, leverPpm: 1e6 },
    expectedValueMinor: 1_000,
    rank: at + 1,
    approval: surfaced ? 'NONE' : 'AGENT',
    presentable: true,
    ...(applied.length > 0 && { applied }),
    expiresOn: DAY,
    ...(surfaced && { selectionProbabilityPpm: 1e6 }),
  };
}

function baseOf(action: ActionDeclaration) {
  return { ...barelyOf(action), legalBasis: action.legalBasis };
}

/** As a candidate is before its legal basis is looked for. */
function barelyOf({ id, treatments }: ActionDeclaration) {
  return { actionId: id, treatmentId: treatments[0]?.id ?? null };
}

function likelyPropensity(
  { propensity }: ActionDeclaration,
  evidence: ReleaseBody | null,
): NonNullable<Candidate['propensity']> {
  const { priorPpm } = propensity;
  if (propensity.kind === 'PRIOR') return { basis: 'PRIOR', calibratedPpm: priorPpm };
  const { forest } = propensity;
  const scored = { basis: 'FOREST', calibratedPpm: priorPpm, rawPpm: priorPpm, forest } as const;
  if (evidence === null) return scored;
  const used = evidence.facts.filter((fact) => fact.permittedUses.includes('propensity'));
  const byFact = used.map(({ name }, at) => ({ fact: name, sum: at % 2 === 0 ? 1e6 : -1e6 }));
  const contributions = { method: 'PATH', trees: 100, rawSum: 1e7, base: 1e7, byFact } as const;
  return { ...scored, contributions };
}

function appliedBy(rule: RuleDocument, release: ReleaseBody) {
  const { id, kind, reason } = rule;
  const seen = factsSeenBy(rule, release);
  // No rule that withholds comes here, which the compiler cannot know.
  const applied = kind === 'eligibility' || kind === 'suppression' ? 'approval' : kind;
  return { rule: id, kind: applied, reasonCode: reason.code, seen };
}

function withheldByEngine({ actions, contactPolicy, arbitration }: ReleaseBody) {
  const [action] = actions;
  if (action === undefined) return [];
  const { leastExpectedValueMinor } = arbitration;
  const least = { expectedValueMinor: 100, leastExpectedValueMinor };
  const withheld = (
    [stage, rule, reasonCode]: readonly [Stage, string, string],
    seen: Withholding['seen'],
  ): Candidate => ({
    ...barelyOf(action),
    outcome: 'WITHHELD',
    withheld: { stage, rule, reasonCode, seen },
  });
  return [
    withheld(['CATALOGUE', 'catalogue.validity', 'NOT_VALID_TODAY'], VALIDITY),
    withheld(['CATALOGUE', 'catalogue.channel', 'NO_TREATMENT_HERE'], { 'live.channel': 'WEB' }),
    ...['DECEASED', 'FRAUD', 'COLLECTIONS', 'VULNERABLE'].map((kind) => {
      const rule = `hold.${kind.toLowerCase()}`;
      const seen = { [rule]: true, 'action.purpose': 'MARKETING' };
      return withheld(['HOLD', rule, `HOLD_${kind}`], seen);
    }),
    withheld(['CONSENT', 'consent.stale', 'CONSENT_STALE'], CONSENT),
    withheld(['CONSENT', 'consent.expired', 'CONSENT_EXPIRED'], CONSENT),
    withheld(['CONSENT', 'consent.refused', 'CONSENT_OBJECTED'], CONSENT),
    withheld(['CONSENT', 'consent.refused', 'CONSENT_WITHDRAWN'], CONSENT),
    ...contactPolicy.caps.map(({ id, reason, most }) => {
      const seen = { 'contact.counted': most, 'contact.most': most };
      return withheld(['CONTACT_POLICY', id, reason.code], seen);
    }),
    withheld(REST_AFTER.complaint, { 'complaint.lastOn': DAY }),
    withheld(REST_AFTER.decline, { 'decline.lastOn': DAY }),
    withheld(['ARBITRATION', 'arbitration.least-expected-value', 'BELOW_LEAST_VALUE'], least),
  ];
}

const VALIDITY = { businessDate: DAY, validFrom: DAY, validTo: null };
const CONSENT = {
  'consent.state': 'GIVEN',
  'consent.channel': 'ANY',
  'consent.effectiveAt': TIME,
  'consent.expiresOn': null,
};
const REST_AFTER = {
  complaint: ['CONTACT_POLICY', 'contact.rest-after-complaint', 'RESTING_AFTER_COMPLAINT'],
  decline: ['CONTACT_POLICY', 'contact.rest-after-decline', 'RESTING_AFTER_DECLINE'],
} as const;

function withheldByRules(release: ReleaseBody): readonly Candidate[] {
  const shown = spread(release.rules.filter(mayWithhold), release.actions);
  return [...shown].flatMap(([action, rules]) =>
    rules.map((rule) => ({
      ...baseOf(action),
      outcome: 'WITHHELD',
      withheld: {
        stage: rule.kind === 'eligibility' ? 'ELIGIBILITY' : 'SUPPRESSION',
        rule: rule.id,
        reasonCode: rule.reason.code,
        seen: factsSeenBy(rule, release),
      },
    })),
  );
}

/** The whole answer to a customer who has not consented to marketing. */
function withoutConsent({ actions }: ReleaseBody): readonly Candidate[] {
  return actions
    .filter(({ purpose }) => purpose === 'MARKETING')
    .map((action) => ({
      ...barelyOf(action),
      outcome: 'WITHHELD',
      withheld: {
        stage: 'CONSENT',
        rule: 'consent.none',
        reasonCode: 'NO_CONSENT',
        seen: { 'consent.state': null },
      },
    }));
}

function mayWithhold({ kind }: RuleDocument): boolean {
  return kind === 'eligibility' || kind === 'suppression';
}

/** Gives each rule to one action that it concerns: to that which has the fewest so far. */
function spread(
  rules: readonly RuleDocument[],
  actions: readonly ActionDeclaration[],
): ReadonlyMap<ActionDeclaration, readonly RuleDocument[]> {
  const having = new Map<ActionDeclaration, RuleDocument[]>(actions.map((one) => [one, []]));
  const count = (action: ActionDeclaration) => having.get(action)?.length ?? 0;
  for (const rule of rules) {
    const concerned = actions.filter((action) => concerns(rule, action));
    const [rarest] = concerned.toSorted((a, b) => count(a) - count(b));
    if (rarest !== undefined) having.get(rarest)?.push(rule);
  }
  return having;
}

function concerns({ appliesTo }: RuleDocument, { id, group, issue }: ActionDeclaration): boolean {
  return (
    (appliesTo.action ?? id) === id &&
    (appliesTo.group ?? group) === group &&
    (appliesTo.issue ?? issue) === issue
  );
}
