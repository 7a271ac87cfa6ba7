import type { Candidate } from '../../domain/decision.ts';
import type { FactDeclaration } from '../../domain/fact.ts';
import { topReasons } from '../../engine/explain/top-reasons.ts';
import { factInWords } from './decimals.ts';
import type { ExplainedDecision } from './next-best-actions.ts';
import { reasonText } from './reason-texts.ts';

export interface ReasonView {
  readonly code: string;
  readonly text: string;
  /** PATH: additive contributions along the forest's paths. RULE: a rule's own reason. */
  readonly method: 'PATH' | 'RULE';
  readonly contributionPpm: number | null;
}

/** What moved the score most, then the rules that changed the terms; in words. */
export function reasonsOf(
  candidate: Candidate,
  explained: ExplainedDecision,
): readonly ReasonView[] {
  const { release } = explained;
  const { propensity } = candidate;
  const top = propensity === undefined ? [] : topReasons(propensity, release.body.facts);
  const fromScore = top.map(
    ({ fact, contributionPpm }): ReasonView => ({
      code: fact.name,
      text: words(fact, contributionPpm, explained),
      method: 'PATH',
      contributionPpm,
    }),
  );
  const fromRules = (candidate.applied ?? []).map(
    ({ rule, reasonCode }): ReasonView => ({
      code: reasonCode,
      text: reasonText(release.body, { rule, code: reasonCode }),
      method: 'RULE',
      contributionPpm: null,
    }),
  );
  return [...fromScore, ...fromRules];
}

function words(
  fact: FactDeclaration,
  contributionPpm: number,
  { snapshot, release }: ExplainedDecision,
): string {
  const template = contributionPpm > 0 ? fact.words?.more : fact.words?.less;
  const inWords = () => {
    if (typeof snapshot === 'string') return 'no longer on record';
    const value = snapshot.sheet.values[fact.name] ?? fact.whenNone;
    if (value === undefined) return 'unknown';
    return factInWords(fact, value, release.body.rates.reportingCurrency);
  };
  return (template ?? `${fact.name}: {value}`).replaceAll('{value}', inWords());
}
