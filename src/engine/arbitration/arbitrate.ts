import type { Considered, Deciding } from '../../domain/deciding.ts';
import { type Candidate, type CandidateFactors, isStanding } from '../../domain/decision.ts';
import { plusDuration } from '../../domain/duration.ts';
import { divideHalfEven, ONE_PPM, timesPpm } from '../../domain/ppm.ts';
import { FALSE, UNKNOWN } from '../../domain/verdict.ts';
import { valueMinor } from './value.ts';

/**
 * Step 9: ranks what still stands by Propensity × Context × Value × Levers, with REGULATORY above
 * all else. What is worth less than the release's least is withheld. Candidates that were withheld
 * before come back unchanged.
 */
export function arbitrate(deciding: Deciding, all: readonly Considered[]): readonly Considered[] {
  const least = deciding.release.body.arbitration.leastExpectedValueMinor;
  const ranked = all
    .filter(({ candidate }) => isStanding(candidate))
    .map((considered) => weigh(deciding, considered))
    .toSorted(compareRank)
    .map((considered, index) => placed(considered, index + 1, least));
  return [...ranked, ...all.filter(({ candidate }) => !isStanding(candidate))];
}

function weigh({ today }: Deciding, considered: Considered): Considered {
  const { action, candidate, facts } = considered;
  const value = valueMinor(action.declaration, candidate.terms ?? {});
  // Unknown never permits: it counts the weight only where that favours the candidate less.
  const worse = value < 0 ? Math.max : Math.min;
  const contextPpm = action.contextWeights.reduce((product, { condition, weightPpm }) => {
    const verdict = condition.evaluate(facts);
    if (verdict === FALSE) return product;
    return timesPpm(product, verdict === UNKNOWN ? worse(ONE_PPM, weightPpm) : weightPpm);
  }, ONE_PPM);
  const factors: CandidateFactors = {
    propensityPpm: candidate.propensity?.calibratedPpm ?? 0,
    contextPpm,
    valueMinor: value,
    leverPpm: action.leverPpm,
  };
  return {
    ...considered,
    candidate: {
      ...candidate,
      factors,
      expectedValueMinor: expectedValueMinor(factors),
      expiresOn: plusDuration(today, action.declaration.expiresAfter),
    },
  };
}

/** `V × P × C × L`, in BigInt, rounded half to even after each factor. */
function expectedValueMinor(factors: CandidateFactors): number {
  const whole = BigInt(ONE_PPM);
  const times = (value: bigint, ppm: number) => divideHalfEven(value * BigInt(ppm), whole);
  const { valueMinor: value, propensityPpm, contextPpm, leverPpm } = factors;
  return Number(times(times(times(BigInt(value), propensityPpm), contextPpm), leverPpm));
}

/** Tier, expected value, raw score, then id: a total order, so that no sort can differ. */
function compareRank(a: Considered, b: Considered): number {
  const tier = Number(isRegulatory(b)) - Number(isRegulatory(a));
  if (tier !== 0) return tier;
  const value = (b.candidate.expectedValueMinor ?? 0) - (a.candidate.expectedValueMinor ?? 0);
  if (value !== 0) return value;
  const raw = rawPpm(b.candidate) - rawPpm(a.candidate);
  if (raw !== 0) return raw;
  return a.candidate.actionId < b.candidate.actionId ? -1 : 1;
}

function isRegulatory({ action }: Considered): boolean {
  return action.declaration.purpose === 'REGULATORY';
}

function rawPpm({ propensity }: Candidate): number {
  return propensity?.rawPpm ?? -1;
}

function placed(considered: Considered, rank: number, least: number): Considered {
  const candidate: Candidate = { ...considered.candidate, rank };
  const expected = candidate.expectedValueMinor ?? 0;
  if (isRegulatory(considered) || expected >= least) return { ...considered, candidate };
  return {
    ...considered,
    candidate: {
      ...candidate,
      outcome: 'WITHHELD',
      withheld: {
        stage: 'ARBITRATION',
        rule: 'arbitration.least-expected-value',
        reasonCode: 'BELOW_LEAST_VALUE',
        seen: { expectedValueMinor: expected, leastExpectedValueMinor: least },
      },
    },
  };
}
