import type { Considered } from '../../domain/deciding.ts';
import type { Withholding } from '../../domain/decision.ts';

/** The candidate, withheld for a reason; later steps leave it alone. */
export function withhold(considered: Considered, withheld: Withholding): Considered {
  return {
    ...considered,
    candidate: { ...considered.candidate, outcome: 'WITHHELD', withheld },
  };
}
