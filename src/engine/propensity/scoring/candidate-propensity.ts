import type { Considered, Deciding, LoadedForest } from '../../../domain/deciding.ts';
import type { CandidatePropensity } from '../../../domain/decision.ts';
import { type FactValue, SCORE_FACT } from '../../../domain/fact.ts';
import type { FactVector } from '../../../domain/fact-vector.ts';
import type { ForestSet, PackedForest } from '../../../domain/forest.ts';
import { calibratedPpm } from './calibrated-ppm.ts';
import { pathContributions } from './path-contributions.ts';
import { encodeRow, type RowValue } from './row-encoder.ts';
import { scoreForest, scorePpm } from './score-forest.ts';

/** Whether the customer's data may be scored: an objection or an unknown stops it. */
type Profiling = 'ALLOWED' | 'OBJECTED' | 'UNKNOWN';

/** Where less than this share of a forest's learning is known, the action takes its prior. */
const LEAST_KNOWN_PPM = 500_000;

/**
 * One in so many candidates that rules withhold is scored all the same. Otherwise drift could be
 * measured only among candidates that the rules let stand.
 */
const SAMPLE_ONE_IN = 100;

/** The customer's row, coded once for all forests of the release. */
export function codeRow(
  forests: ForestSet,
  forestSlots: readonly number[],
  facts: FactVector,
): Uint8Array {
  return encodeRow(
    forests,
    forestSlots.map((slot) => rowValue(facts[slot])),
  );
}

/** Step 3: the candidate with its propensity, which rules may then read as `propensityPpm`. */
export function scoreCandidate(
  deciding: Deciding,
  considered: Considered,
  profiling: Profiling,
): Considered {
  const propensity = propensityOf(deciding, considered, profiling);
  const candidate = { ...considered.candidate, propensity };
  const slot = deciding.release.slots.get(SCORE_FACT);
  if (slot === undefined) return { ...considered, candidate };
  const facts = considered.facts.slice();
  facts[slot] = propensity.calibratedPpm;
  return { ...considered, facts, candidate };
}

/** Whether a candidate that rules withheld is scored, so that drift can be measured. */
export function isSampled(
  { input }: Deciding,
  { action, candidate }: Considered,
  profiling: Profiling,
): boolean {
  const stage = candidate.withheld?.stage;
  if (stage !== 'ELIGIBILITY' && stage !== 'SUPPRESSION') return false;
  if (profiling !== 'ALLOWED' || action.forest === null) return false;
  return hash32(`${input.live.decisionId}/${candidate.actionId}`) % SAMPLE_ONE_IN === 0;
}

/** A scored candidate with what moved its score: additive path contributions, in integers. */
export function addContributions(deciding: Deciding, considered: Considered): Considered {
  const { propensity } = considered.candidate;
  const packed = packedOf(deciding, considered.action.forest);
  if (propensity?.basis !== 'FOREST' || packed === undefined || deciding.codes === null) {
    return considered;
  }
  const { sum, base, contributions } = pathContributions(packed, deciding.codes);
  const byFact = packed.features
    .map((fact, index) => ({ fact, sum: contributions[index] ?? 0 }))
    .filter((contribution) => contribution.sum !== 0)
    .toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum) || (a.fact < b.fact ? -1 : 1));
  const evidence: CandidatePropensity = {
    ...propensity,
    contributions: { method: 'PATH', trees: packed.trees, rawSum: sum, base, byFact },
  };
  return { ...considered, candidate: { ...considered.candidate, propensity: evidence } };
}

function propensityOf(
  deciding: Deciding,
  { action, facts }: Considered,
  profiling: Profiling,
): CandidatePropensity {
  const { priorPpm } = action.declaration.propensity;
  const { forest } = action;
  const packed = packedOf(deciding, forest);
  if (forest === null || packed === undefined || deciding.codes === null) {
    return { basis: 'PRIOR', calibratedPpm: priorPpm };
  }
  const { id, calibration } = forest.entry;
  if (profiling === 'OBJECTED') {
    return { basis: 'UNSCORED_OBJECTION', calibratedPpm: priorPpm, forest: id };
  }
  if (profiling === 'UNKNOWN' || knownPpm(deciding, forest, facts) < LEAST_KNOWN_PPM) {
    return { basis: 'UNSCORED_MISSING', calibratedPpm: priorPpm, forest: id };
  }
  const sum = scoreForest(packed, deciding.codes);
  return {
    basis: 'FOREST',
    calibratedPpm: calibratedPpm(calibration, sum),
    rawPpm: scorePpm(sum, packed.trees),
    forest: id,
  };
}

function packedOf({ release }: Deciding, forest: LoadedForest | null): PackedForest | undefined {
  return forest === null ? undefined : release.forests?.forests[forest.number];
}

/**
 * The share of the forest's learning, by the importances its card declares, that rests on facts
 * known here. Single gaps are coded as they were in training: below the least value.
 */
function knownPpm({ release }: Deciding, { entry }: LoadedForest, facts: FactVector): number {
  return entry.card.features.reduce((known, { name, importancePpm }) => {
    const slot = release.slots.get(name);
    return slot === undefined || facts[slot] === undefined ? known : known + importancePpm;
  }, 0);
}

function rowValue(value: FactValue | undefined): RowValue {
  return typeof value === 'object' ? undefined : value;
}

/** FNV-1a with a final mix, so that neighbouring texts fall apart. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
