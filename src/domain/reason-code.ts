/** The reasons that the engine gives itself: no rule or cap may take one for its own. */
export const ENGINE_REASONS = [
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
  'NOTHING_ELIGIBLE',
  'HELD',
] as const;

/** True of a code whose words are the engine's own. */
export function isEngineReason(code: string): boolean {
  return ENGINE_REASONS.some((reserved) => reserved === code);
}
