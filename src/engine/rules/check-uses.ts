import { type FactUse, SCORE_FACT } from '../../domain/fact.ts';
import { below } from '../../domain/json-pointer.ts';
import { type ApprovalLevel, HIGHEST_APPROVAL } from '../../domain/rule.ts';
import { quoted } from './closed-object.ts';
import type { Leaf } from './expand.ts';
import type { Report } from './rule-problem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a condition is read for: a kind of rule, or the weights of arbitration. */
export interface ConditionUse {
  readonly use: Extract<
    FactUse,
    'eligibility' | 'suppression' | 'pricing' | 'bundle' | 'approval' | 'arbitration'
  >;
  readonly pricingMayReadScore: boolean;
  /** The level an approval rule asks for. */
  readonly level?: ApprovalLevel;
}

/** Refuses facts that are not permitted for the use, and `isKnown` where unknown would help. */
export function checkUses(
  leaves: readonly Leaf[],
  use: ConditionUse,
  { vocabulary, report }: { readonly vocabulary: Vocabulary; readonly report: Report },
): void {
  for (const leaf of leaves) {
    const { fact, value } = leaf.comparison;
    checkFact(fact, { leaf, use, vocabulary, report, at: pointerTo(leaf, 'fact') });
    if (leaf.comparison.operator === 'isKnown') checkKnown(leaf, use, report);
    if (typeof value !== 'object' || !('fact' in value)) continue;
    checkFact(value.fact, { leaf, use, vocabulary, report, at: pointerTo(leaf, 'value') });
  }
}

function pointerTo(leaf: Leaf, member: string): string {
  return leaf.within === undefined ? below(leaf.at, member) : below(leaf.at, 'condition');
}

function checkFact(
  name: string,
  {
    leaf,
    use: { use, pricingMayReadScore },
    vocabulary,
    report,
    at,
  }: {
    leaf: Leaf;
    use: ConditionUse;
    vocabulary: Vocabulary;
    report: Report;
    at: string;
  },
): void {
  const fact = vocabulary.facts.get(name);
  if (fact === undefined) return;
  const told = leaf.within === undefined ? `\`${name}\`` : `\`${name}\` (in \`${leaf.within}\`)`;
  if (fact.origin === 'CONTEXT' && use !== 'suppression' && use !== 'arbitration') {
    report(
      at,
      'CONTEXT_FACT',
      `${told} is what a caller says: only suppression and arbitration may read it, not ${use}`,
    );
  } else if (name === SCORE_FACT && (use === 'eligibility' || use === 'arbitration')) {
    report(
      at,
      'SCORE_NOT_PERMITTED',
      `${told} is the score: ${use} may never read it, suppression, bundle and approval may`,
    );
  } else if (!fact.permittedUses.includes(use)) {
    const uses = fact.permittedUses.length === 0 ? 'nothing' : quoted(fact.permittedUses);
    report(
      at,
      'USE_NOT_PERMITTED',
      `${told} may not be used for ${use}, only for ${uses}: use another fact`,
    );
  } else if (name === SCORE_FACT && use === 'pricing' && !pricingMayReadScore) {
    report(
      at,
      'SCORE_NOT_PERMITTED',
      `${told} is the score: pricing may read it only where every forest concerned permits it`,
    );
  }
}

/**
 * The polarity rule. An unknown fact makes `isKnown` a plain TRUE or FALSE, so it could buy what
 * unknown never permits. It is accepted only where, once the `not`s above it are counted, being
 * unknown works against the customer: towards FALSE in eligibility, pricing and bundle (TRUE
 * helps), towards TRUE in suppression and approval (TRUE hinders). In approval only if the rule
 * asks for the highest level, since UNKNOWN itself asks for that. Never in arbitration, where a
 * weight may favour either way.
 */
function checkKnown(leaf: Leaf, use: ConditionUse, report: Report): void {
  const ifUnknown = (leaf.comparison.value === false) !== leaf.negated;
  const trueHinders = use.use === 'suppression' || use.use === 'approval';
  const at = pointerTo(leaf, 'operator');
  const fact = `\`${leaf.comparison.fact}\``;
  if (use.use === 'arbitration') {
    report(at, 'KNOWN_HELPS', 'weights may not hang on what is known: compare a value');
  } else if (ifUnknown !== trueHinders) {
    report(
      at,
      'KNOWN_HELPS',
      `unknown ${fact} makes this ${ifUnknown ? 'true' : 'false'} and would help to an offer: ` +
        `ask the other way round or leave it out (${use.use})`,
    );
  } else if (use.use === 'approval' && use.level !== HIGHEST_APPROVAL) {
    report(
      at,
      'KNOWN_HELPS',
      `with ${fact} unknown the highest level is asked for: ` +
        `write level \`${HIGHEST_APPROVAL}\` or leave \`isKnown\` out`,
    );
  }
}
