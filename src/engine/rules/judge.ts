import type {
  Considered,
  Deciding,
  LoadedRelease,
  ScopedRule,
  TraceNotes,
} from '../../domain/deciding.ts';
import { type Digest, digestBytes } from '../../domain/digest.ts';
import { FALSE, TRUE, UNKNOWN, type VerdictCode, verdictOf } from '../../domain/verdict.ts';

/** Stands for a verdict that the decision did not need. */
const NOT_JUDGED = 3;

/** Notes without any verdict yet; with words, of all actions or of one, for people too. */
export function newNotes(
  release: LoadedRelease,
  words: { readonly only: string | null } | null,
): TraceNotes {
  const packed = new Uint8Array(release.verdictCount).fill(NOT_JUDGED);
  return { packed, entries: words === null ? null : [], only: words?.only ?? null };
}

/** Evaluates rules and notes verdicts. A rule about the customer alone is evaluated once. */
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
    const { actionId } = considered.candidate;
    if (notes.entries === null || (notes.only !== null && notes.only !== actionId))
      return verdict;
    notes.entries.push({
      actionId,
      rule: scoped.compiled.rule.id,
      verdict: verdictOf(verdict),
      seen: scoped.compiled.seen(considered.facts),
    });
    return verdict;
  };
}

/** The digest of all verdicts: a replay must reach the same one. */
export function traceDigest({ packed }: TraceNotes): Digest {
  return digestBytes(packed);
}
