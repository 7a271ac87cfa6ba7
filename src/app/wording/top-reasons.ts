import type { CandidatePropensity } from '../../domain/decision.ts';
import type { FactDeclaration } from '../../domain/fact.ts';

/** One fact that moved a score, and by how much (ppm). */
interface TopReason {
  readonly fact: FactDeclaration;
  readonly contributionPpm: number;
  /** Whether it raised the score or lowered it, however little. */
  readonly speaks: 'FOR' | 'AGAINST';
}

const MOST_REASONS = 3;

/** The facts that moved a score most, of those that may be told to a customer. */
export function topReasons(
  propensity: CandidatePropensity,
  facts: readonly FactDeclaration[],
): readonly TopReason[] {
  const { contributions } = propensity;
  if (contributions === undefined) return [];
  const tellable = new Map(
    facts.filter((fact) => fact.permittedUses.includes('reason')).map((f) => [f.name, f]),
  );
  return contributions.byFact
    .toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum) || (a.fact < b.fact ? -1 : 1))
    .flatMap(({ fact: name, sum }): readonly TopReason[] => {
      const fact = tellable.get(name);
      if (fact === undefined || sum === 0) return [];
      const contributionPpm = Math.round(sum / contributions.trees);
      return [{ fact, contributionPpm, speaks: sum > 0 ? 'FOR' : 'AGAINST' }];
    })
    .slice(0, MOST_REASONS);
}
