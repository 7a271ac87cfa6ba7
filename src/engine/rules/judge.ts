import type {
  Considered,
  Deciding,
  LoadedRelease,
  ScopedRule,
  TraceNotes,
} from '../../domain/deciding.ts';
import { type Digest, digestBytes } from '../../domain/digest.ts';
import { FALSE, TRUE, UNKNOWN, type VerdictCode, verdictOf } from '../../domain/verdict.ts';

/** Stands for a verdict that the decision did not come to need. */
const NOT_JUDGED = 3;

/** Empty notes: packed only, or in words as well. */
export function newNotes(release: LoadedRelease, inWords: boolean): TraceNotes {
  const packed = new Uint8Array(release.verdictCount).fill(NOT_JUDGED);
  return { packed, entries: inWords ? [] : null };
}

/** Evaluates rules: those of the customer once, those of a candidate each time; notes verdicts. */
export function judgeWith(release: LoadedRelease, notes: TraceNotes): Deciding['judge'] {
  const known = new Uint8Array(release.ruleCount).fill(NOT_JUDGED);
  const codeOf = (considered: Considered, scoped: ScopedRule): VerdictCode => {
    if (!scoped.oncePerCustomer) return scoped.compiled.evaluate(considered.facts);
    const before = known[scoped.number];
    if (before === FALSE || before === TRUE || before === UNKNOWN) return before;
    const verdict = scoped.compiled.evaluate(considered.facts);
    known[scoped.number] = verdict;
    return verdict;
  };
  return (considered, scoped) => {
    const verdict = codeOf(considered, scoped);
    notes.packed[considered.action.row + scoped.place] = verdict;
    notes.entries?.push({
      actionId: considered.candidate.actionId,
      rule: scoped.compiled.rule.id,
      verdict: verdictOf(verdict),
      seen: scoped.compiled.seen(considered.facts),
    });
    return verdict;
  };
}

/** The digest that a replay must come to again. */
export function traceDigest({ packed }: TraceNotes): Digest {
  return digestBytes(packed);
}
