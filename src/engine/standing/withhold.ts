import type { Considered } from '../../domain/deciding.ts';
import type { Withholding } from '../../domain/decision.ts';

/** The candidate as withheld: no later step changes it. */
export function withhold(considered: Considered, withheld: Withholding): Considered {
  return {
    ...considered,
    candidate: { ...considered.candidate, outcome: 'WITHHELD', withheld },
  };
}
