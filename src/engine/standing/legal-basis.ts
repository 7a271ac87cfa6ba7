import type { Considered, Deciding } from '../../domain/deciding.ts';
import { holdsOn } from '../../domain/live-state.ts';
import { marketingConsent } from './consent.ts';
import { holdAgainst } from './holds.ts';
import { withhold } from './withhold.ts';

/** Step 2, holds and legal basis: in code, not in rules, so that no rule can forget them. */
export function legalBasisCheck(deciding: Deciding): (considered: Considered) => Considered {
  const { input, release } = deciding;
  const holds = holdsOn(input.live);
  const consent = marketingConsent(input.live, {
    basis: release.body.consentBasis,
    freshFor: release.body.contactPolicy.consentFreshFor,
  });
  return (considered) => {
    const { purpose, legalBasis } = considered.action.declaration;
    const held = holdAgainst(holds, purpose);
    if (held !== null) return withhold(considered, held);
    if (purpose !== 'MARKETING' && legalBasis !== 'CONSENT') {
      return { ...considered, candidate: { ...considered.candidate, legalBasis } };
    }
    if ('withheld' in consent) return withhold(considered, consent.withheld);
    const candidate = { ...considered.candidate, legalBasis: consent.basis };
    return { ...considered, candidate };
  };
}
