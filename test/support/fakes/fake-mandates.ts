import type { Mandate, SpentMandates } from '../../../src/app/ports/mandates.ts';

/** The spent mandates in memory, held to the same contract as the real ones. */
export function fakeMandates(): SpentMandates & { readonly all: () => readonly Mandate[] } {
  const spent = new Map<string, Mandate>();
  return {
    all: () => [...spent.values()],
    async spend(mandate) {
      if (spent.has(mandate.id)) return false;
      spent.set(mandate.id, mandate);
      return true;
    },
  };
}
