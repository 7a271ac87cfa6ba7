import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ReasonEvidence, reasonsOf } from '../../src/app/wording/reasons.ts';
import type { Candidate } from '../../src/domain/decision.ts';
import { FACT_USES, type FactDeclaration } from '../../src/domain/fact.ts';
import { CATALOGUE } from '../support/customer-history.ts';
import { smallBody } from '../support/small-release.ts';

/** The real catalogue, each fact permitted some uses by chance; words stay where they were. */
const catalogue = fc
  .array(fc.subarray([...FACT_USES]), {
    minLength: CATALOGUE.length,
    maxLength: CATALOGUE.length,
  })
  .map((uses) => CATALOGUE.map((fact, i) => ({ ...fact, permittedUses: uses[i] ?? [] })));

const contributions = fc.uniqueArray(
  fc.record({
    fact: fc.constantFrom(...CATALOGUE.map(({ name }) => name)),
    sum: fc.integer({ min: -20_000_000, max: 20_000_000 }),
  }),
  { selector: ({ fact }) => fact, minLength: 1, maxLength: 40 },
);

const byFactAnd = fc.record({ facts: catalogue, byFact: contributions, value: fc.integer() });

function candidateOf(
  byFact: readonly { readonly fact: string; readonly sum: number }[],
): Pick<Candidate, 'propensity'> {
  const rawSum = byFact.reduce((total, { sum }) => total + sum, 0);
  const contributions = { method: 'PATH', trees: 10, rawSum, base: 0, byFact } as const;
  return { propensity: { basis: 'FOREST', calibratedPpm: 1, contributions } };
}

function evidenceWith(facts: readonly FactDeclaration[], value: number): ReasonEvidence {
  const values = Object.fromEntries(facts.map(({ name }) => [name, value]));
  const sheet = { values, notApplicable: [], unavailable: {} };
  return { snapshot: { sheet }, release: { body: smallBody({ facts }) } };
}

test('no reason names a fact whose permitted uses exclude being told', () => {
  fc.assert(
    fc.property(byFactAnd, ({ facts, byFact, value }) => {
      const permitted = new Set(
        facts.filter((fact) => fact.permittedUses.includes('reason')).map(({ name }) => name),
      );
      const reasons = reasonsOf(candidateOf(byFact), evidenceWith(facts, value));
      for (const { code, text, speaks } of reasons) {
        expect(permitted).toContain(code);
        const told = byFact.find(({ fact }) => fact === code);
        expect(speaks).toBe((told?.sum ?? 0) > 0 ? 'FOR' : 'AGAINST');
        expect(text).toMatch(speaks === 'FOR' ? /, which speaks for it$/ : /speaks against it$/);
        for (const secret of facts.filter(({ name }) => !permitted.has(name))) {
          expect(text).not.toContain(secret.name);
        }
      }
      const tellable = byFact.filter(({ fact, sum }) => permitted.has(fact) && sum !== 0);
      expect(reasons).toHaveLength(Math.min(3, tellable.length));
    }),
  );
});
