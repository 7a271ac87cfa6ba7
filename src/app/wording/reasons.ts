import type { Candidate } from '../../domain/decision.ts';
import type { FactDeclaration, FactSheet } from '../../domain/fact.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import type { LostEvidence } from '../decisions/evidence/decision-evidence.ts';
import { factWords, type KnownFact, knownInSheet } from './fact-words.ts';
import { reasonText } from './reason-texts.ts';
import { topReasons } from './top-reasons.ts';

/** A reason in words; `contributionPpm` is what the fact adds to the score, null for a rule. */
export interface ReasonView {
  readonly code: string;
  readonly text: string;
  /** PATH: additive contributions along the forest's paths. RULE: a rule's own reason. */
  readonly method: 'PATH' | 'RULE';
  /** Whether the fact raised the score or lowered it; null for a rule. */
  readonly speaks: 'FOR' | 'AGAINST' | null;
  readonly contributionPpm: number | null;
}

/** As much of an evidence decision as reasons are told from. */
export interface ReasonEvidence {
  readonly release: {
    readonly body: Pick<ReleaseBody, 'facts' | 'rules' | 'contactPolicy' | 'rates'>;
  };
  readonly snapshot: { readonly sheet: FactSheet } | LostEvidence;
}

/** What moved the score most, then the rules that changed the terms; in words. */
export function reasonsOf(
  candidate: Pick<Candidate, 'propensity' | 'applied'>,
  evidence: ReasonEvidence,
): readonly ReasonView[] {
  const { release } = evidence;
  const { propensity } = candidate;
  const top = propensity === undefined ? [] : topReasons(propensity, release.body.facts);
  const fromScore = top.map(
    ({ fact, contributionPpm, speaks }): ReasonView => ({
      code: fact.name,
      text: textOf(fact, speaks, evidence),
      method: 'PATH',
      speaks,
      contributionPpm,
    }),
  );
  const fromRules = (candidate.applied ?? []).map(
    ({ rule, reasonCode }): ReasonView => ({
      code: reasonCode,
      text: reasonText(release.body, { rule, code: reasonCode }),
      method: 'RULE',
      speaks: null,
      contributionPpm: null,
    }),
  );
  return [...fromScore, ...fromRules];
}

/** What the fact says, in its direction and size, and on which side of the action that stands. */
function textOf(
  fact: FactDeclaration,
  speaks: 'FOR' | 'AGAINST',
  { snapshot, release }: ReasonEvidence,
): string {
  const known: KnownFact =
    typeof snapshot === 'string' ? { state: 'LOST' } : knownInSheet(fact.name, snapshot.sheet);
  const said = factWords(fact, known, release.body.rates.reportingCurrency);
  return `${said}, which speaks ${speaks === 'FOR' ? 'for' : 'against'} it`;
}
