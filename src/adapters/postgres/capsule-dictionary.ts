import type { ActionDeclaration } from '../../domain/action.ts';
import { canonicalText } from '../../domain/canonical.ts';
import { CHANNELS } from '../../domain/channel.ts';
import type { Candidate, Capsule, SeenFacts, Stage } from '../../domain/decision.ts';
import type { LiveState } from '../../domain/live-state.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import type { Condition, RuleDocument } from '../../domain/rule.ts';

/** Deflate looks back no further than this. */
const MOST_BYTES = 32_768;
const DAY = '2026-01-01';
const TIME = `${DAY}T00:00:00.000Z`;

/**
 * A capsule that says once each thing a release can say, in canonical text: nothing of any
 * customer. A catalogue too long loses what stands first. What is written here may change at any
 * time, for the dictionary itself is stored.
 */
export function capsuleDictionary(release: ReleaseBody, releaseDigest: string): Uint8Array {
  const capsule: Capsule = {
    customer: '01',
    snapshotAddress: 'hmac:',
    releaseDigest,
    live: likelyLive(release),
    decision: {
      engineVersion: release.engineVersion,
      releaseDigest,
      outcome: 'ACTIONS',
      arm: 'TREATED',
      candidates: [...rankedCandidates(release), ...withheldCandidates(release)],
      degradations: [
        {
          part: 'transactions',
          failure: 'NOT_COVERED',
          facts: factsFrom(release, 'transactions'),
        },
      ],
      traceDigest: 'sha256:',
    },
  };
  return Buffer.from(canonicalText(capsule), 'utf8').subarray(-MOST_BYTES);
}

function factsFrom({ facts }: ReleaseBody, part: 'transactions'): readonly string[] {
  return facts.filter(({ sources }) => sources.includes(part)).map(({ name }) => name);
}

/** Every second as surfaced; the path contributions stand with the first that has a forest. */
function rankedCandidates(release: ReleaseBody): readonly Candidate[] {
  const rules = release.rules.filter((rule) => !mayWithhold(rule));
  const applied = spread(rules, release.actions);
  const first = release.actions.find(({ propensity }) => propensity.kind === 'FOREST');
  return release.actions.map((action, at) => {
    const explained = action === first ? release : null;
    const propensity = likelyPropensity(action, explained);
    const rule = { action, at, propensity, rules: applied.get(action) ?? [] };
    return rankedCandidate(rule);
  });
}

function rankedCandidate(like: {
  readonly action: ActionDeclaration;
  readonly at: number;
  readonly propensity: NonNullable<Candidate['propensity']>;
  readonly rules: readonly RuleDocument[];
}): Candidate {
  const { at, rules, propensity } = like;
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
    ...(rules.length > 0 && { applied: rules.flatMap(appliedBy) }),
    expiresOn: DAY,
    ...(surfaced && { selectionProbabilityPpm: 1e6 }),
  };
}

function baseOf({ id, legalBasis, treatments }: ActionDeclaration) {
  return { actionId: id, legalBasis, treatmentId: treatments[0]?.id ?? null };
}

function likelyPropensity(
  { propensity }: ActionDeclaration,
  explained: ReleaseBody | null,
): NonNullable<Candidate['propensity']> {
  const { priorPpm } = propensity;
  if (propensity.kind === 'PRIOR') return { basis: 'PRIOR', calibratedPpm: priorPpm };
  const { forest } = propensity;
  const scored = { basis: 'FOREST', calibratedPpm: priorPpm, rawPpm: priorPpm, forest } as const;
  if (explained === null) return scored;
  const used = explained.facts.filter((fact) => fact.permittedUses.includes('propensity'));
  const byFact = used.map(({ name }, at) => ({ fact: name, sum: at % 2 === 0 ? 1 : -1 }));
  const contributions = { method: 'PATH', trees: 100, rawSum: 1, base: 1, byFact } as const;
  return { ...scored, contributions };
}

function appliedBy({ id, kind, reason, conditions }: RuleDocument) {
  if (kind === 'eligibility' || kind === 'suppression') return [];
  return [{ rule: id, kind, reasonCode: reason.code, seen: seenBy(conditions) }];
}

function withheldCandidates({ rules, actions }: ReleaseBody): readonly Candidate[] {
  const shown = spread(rules.filter(mayWithhold), actions);
  return [...shown].flatMap(([action, withholding]) =>
    withholding.map(
      (rule): Candidate => ({
        ...baseOf(action),
        outcome: 'WITHHELD',
        withheld: {
          stage: rule.kind.toUpperCase() as Stage,
          rule: rule.id,
          reasonCode: rule.reason.code,
          seen: seenBy(rule.conditions),
        },
      }),
    ),
  );
}

function mayWithhold({ kind }: RuleDocument): boolean {
  return kind === 'eligibility' || kind === 'suppression';
}

/** Each rule with one of the actions it concerns: the one that has fewest so far. */
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

function seenBy(conditions: Condition): SeenFacts {
  return Object.fromEntries(factsOf(conditions).map((name) => [name, 0]));
}

function factsOf(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(factsOf);
  if ('any' in condition) return condition.any.flatMap(factsOf);
  if ('not' in condition) return factsOf(condition.not);
  return 'fact' in condition ? [condition.fact] : [];
}

function likelyLive({ actions }: ReleaseBody): LiveState {
  const consent = { purpose: 'MARKETING', state: 'GIVEN', effectiveAt: TIME } as const;
  return {
    consents: CHANNELS.map((channel) => ({ ...consent, channel })),
    holds: [],
    contacts: actions.map(({ id }, at) => ({
      actionId: id,
      channel: CHANNELS[at % CHANNELS.length] ?? 'AGENT',
      presentedOn: DAY,
      expiresOn: DAY,
      ...(at % 2 === 0 && { response: 'DECLINED', respondedOn: DAY }),
    })),
    complainedOn: [],
    decisionId: '01',
    decidedAt: TIME,
    businessDate: DAY,
    channel: 'AGENT',
    placement: null,
    language: 'en',
    trigger: { kind: 'QUERY' },
    context: {},
    first: 3,
    arm: 'TREATED',
  };
}
