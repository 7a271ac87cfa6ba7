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
  const strongestFirst = contributions.byFact.toSorted(
    (a, b) => Math.abs(b.sum) - Math.abs(a.sum) || (a.fact < b.fact ? -1 : 1),
  );
  const told: TopReason[] = [];
  for (const { fact: name, sum } of strongestFirst) {
    if (told.length === MOST_REASONS || sum === 0) break;
    const fact = facts.find((one) => one.name === name);
    if (!fact?.permittedUses.includes('reason')) continue;
    const contributionPpm = Math.round(sum / contributions.trees);
    told.push({ fact, contributionPpm, speaks: sum > 0 ? 'FOR' : 'AGAINST' });
  }
  return told;
}
