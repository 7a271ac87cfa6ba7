/** The reasons that the engine itself gives for withholding, outranking or masking a candidate. */
export const CANDIDATE_REASONS = [
  'MISSING_FACT',
  'NOT_VALID_TODAY',
  'NO_TREATMENT_HERE',
  'HOLD_DECEASED',
  'HOLD_FRAUD',
  'HOLD_COLLECTIONS',
  'HOLD_VULNERABLE',
  'NO_CONSENT',
  'CONSENT_WITHDRAWN',
  'CONSENT_OBJECTED',
  'CONSENT_EXPIRED',
  'CONSENT_STALE',
  'RESTING_AFTER_DECLINE',
  'RESTING_AFTER_COMPLAINT',
  'BELOW_LEAST_VALUE',
  'OUTRANKED',
  'CONTROL_GROUP',
] as const;
export type CandidateReason = (typeof CANDIDATE_REASONS)[number];

/** Why a decision surfaces nothing at all. */
const NO_ACTION_REASONS = [
  'NOTHING_ELIGIBLE',
  'HELD',
  'BELOW_LEAST_VALUE',
  'CONTROL_GROUP',
  'NO_TREATMENT_HERE',
] as const;
export type NoActionReason = (typeof NO_ACTION_REASONS)[number];

/** The reasons that the engine gives itself: no rule or cap may take one for its own. */
export const ENGINE_REASONS: ReadonlySet<string> = new Set([
  ...CANDIDATE_REASONS,
  ...NO_ACTION_REASONS,
]);

/** True of a code whose words are the engine's own. */
export function isEngineReason(code: string): boolean {
  return ENGINE_REASONS.has(code);
}
