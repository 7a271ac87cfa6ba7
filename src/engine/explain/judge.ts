import type {
  Considered,
  Deciding,
  LoadedRelease,
  ScopedRule,
  TraceNotes,
  VerdictCode,
} from '../../domain/deciding.ts';
import { type Digest, digestBytes } from '../../domain/digest.ts';
import type { Verdict } from '../../domain/fact.ts';

const VERDICTS: readonly Verdict[] = ['FALSE', 'TRUE', 'UNKNOWN'];

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
  const verdictOf = (considered: Considered, scoped: ScopedRule): VerdictCode => {
    if (!scoped.oncePerCustomer) return scoped.compiled.evaluate(considered.facts);
    const before = known[scoped.number];
    if (before === 0 || before === 1 || before === 2) return before;
    const verdict = scoped.compiled.evaluate(considered.facts);
    known[scoped.number] = verdict;
    return verdict;
  };
  return (considered, scoped) => {
    const verdict = verdictOf(considered, scoped);
    notes.packed[considered.action.row + scoped.place] = verdict;
    notes.entries?.push({
      actionId: considered.candidate.actionId,
      rule: scoped.compiled.rule.id,
      verdict: VERDICTS[verdict] ?? 'UNKNOWN',
      seen: scoped.compiled.seen(considered.facts),
    });
    return verdict;
  };
}

/** The digest that a replay must come to again. */
export function traceDigest({ packed }: TraceNotes): Digest {
  return digestBytes(packed);
}
