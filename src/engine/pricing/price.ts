import type { Considered, Deciding, LoadedRelease, ScopedRule } from '../../domain/deciding.ts';
import type { AppliedRule, Terms } from '../../domain/decision.ts';
import type { FactVector } from '../../domain/fact-vector.ts';
import { concernsTreatment } from '../../domain/rule-scope.ts';
import { TRUE } from '../../domain/verdict.ts';
import { bundleMembers } from './bundle-members.ts';
import { addGrant, type Grants, NO_GRANTS } from './grants.ts';
import { termsOf } from './terms.ts';

/** The facts that pricing computes, for rules of approval. */
const TERMS_FACTS = ['terms.amount', 'terms.rateDiscountPpm', 'terms.feeDiscountPpm'] as const;

/** A candidate on its way through pricing, with what rules have granted it so far. */
export interface Priced extends Considered {
  readonly grants: Grants;
}

/** Step 7, pricing: rules that are true grant terms. A rule that is unknown grants nothing. */
export function price(deciding: Deciding, considered: Considered): Priced {
  const listed = withTerms(deciding, { ...considered, grants: NO_GRANTS });
  const priced = listed.action.rules.pricing.reduce<Priced>((granted, rule) => {
    if (!isInTreatment(rule, listed) || deciding.judge(listed, rule) !== TRUE) return granted;
    return grant(granted, rule, listed.facts);
  }, listed);
  return priced.grants === NO_GRANTS ? listed : withTerms(deciding, priced);
}

/** Step 7, bundles: granted to each named action once all of them stand after contact policy. */
export function bundle(
  deciding: Deciding,
  standing: ReadonlySet<string>,
): (priced: Priced) => Considered {
  return (priced) => {
    const bundled = priced.action.rules.bundle.reduce<Priced>((granted, rule) => {
      if (!isInTreatment(rule, priced)) return granted;
      if (!bundleMembers(rule.compiled.rule).every((id) => standing.has(id))) return granted;
      if (deciding.judge(priced, rule) !== TRUE) return granted;
      return grant(granted, rule, priced.facts);
    }, priced);
    const { action, facts, candidate } =
      bundled.grants === priced.grants ? priced : withTerms(deciding, bundled);
    return { action, facts, candidate };
  };
}

function isInTreatment({ compiled }: ScopedRule, { candidate }: Considered): boolean {
  return concernsTreatment(compiled.rule.appliesTo, candidate.treatmentId);
}

function grant(priced: Priced, { compiled }: ScopedRule, facts: FactVector): Priced {
  const { rule } = compiled;
  if (rule.kind !== 'pricing' && rule.kind !== 'bundle') return priced;
  const applied: AppliedRule = {
    rule: rule.id,
    kind: rule.kind,
    reasonCode: rule.reason.code,
    seen: compiled.seen(facts),
  };
  return {
    ...priced,
    grants: addGrant(priced.grants, rule.effect),
    candidate: {
      ...priced.candidate,
      applied: [...(priced.candidate.applied ?? []), applied],
    },
  };
}

function withTerms({ release }: Deciding, priced: Priced): Priced {
  const declared = priced.action.declaration.terms;
  const terms = termsOf(declared, priced.grants, (name) => {
    const slot = release.slots.get(name);
    return slot === undefined ? undefined : priced.facts[slot];
  });
  const amountUnknown = declared.amount !== undefined && terms.amountMinor === undefined;
  return {
    ...priced,
    facts: withTermsFacts(release, priced.facts, { terms, amountUnknown }),
    candidate: { ...priced.candidate, terms },
  };
}

interface KnownTerms {
  readonly terms: Terms;
  /** The action has an amount, and nobody knows which: its fact is unavailable, not 0. */
  readonly amountUnknown: boolean;
}

function withTermsFacts(
  { slots, body }: LoadedRelease,
  facts: FactVector,
  { terms, amountUnknown }: KnownTerms,
): FactVector {
  const values = {
    'terms.amount': terms.amountMinor,
    'terms.rateDiscountPpm': terms.rateDiscountPpm,
    'terms.feeDiscountPpm': terms.feeDiscountPpm,
  };
  const vector = facts.slice();
  for (const name of TERMS_FACTS) {
    const slot = slots.get(name);
    if (slot === undefined) continue;
    const isUnknown = name === 'terms.amount' && amountUnknown;
    vector[slot] = values[name] ?? (isUnknown ? undefined : body.facts[slot]?.whenNone);
  }
  return vector;
}
