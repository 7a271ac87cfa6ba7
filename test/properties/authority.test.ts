import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PRODUCT_RISKS } from '../../src/domain/action.ts';
import type { Authority } from '../../src/domain/authority.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Candidate, DecisionInput } from '../../src/domain/decision.ts';
import { APPROVAL_LEVELS } from '../../src/domain/rule.ts';
import { decide } from '../../src/engine/decide.ts';
import { anyAuthority, anyInput } from '../support/deciding-arbitraries.ts';
import { SMALL_ACTIONS, smallAction } from '../support/small-catalogue.ts';
import { SMALL_SHEET, smallInput, withoutFacts } from '../support/small-input.ts';
import { loadSmall, smallBody } from '../support/small-release.ts';

const SMALL = loadSmall();

const OF_BALANCE = { fact: 'balance', floorMinor: 1, ceilingMinor: 900_000, stepMinor: 1 };

/** Savings of what the customer has, so that its amount is unknown together with the balance. */
const BY_BALANCE = loadSmall(
  smallBody({
    actions: SMALL_ACTIONS.map((action) =>
      action.id === 'savings'
        ? smallAction('savings', { ...action, terms: { ...action.terms, amount: OF_BALANCE } })
        : action,
    ),
  }),
);

const has = (authority: Authority | undefined) => (input: DecisionInput) => {
  const { authority: _, ...live } = input.live;
  return { ...input, live: authority === undefined ? live : { ...live, authority } };
};

function presentable(input: DecisionInput, release = SMALL): readonly string[] {
  const { candidates } = decide(input, release);
  return candidates.filter((c) => c.presentable === true).map(({ actionId }) => actionId);
}

/** An authority, and one that is larger: a higher level, limits that are higher or gone. */
const nested = fc
  .tuple(
    anyAuthority,
    fc.nat(4),
    fc.array(fc.oneof(fc.constant(null), fc.nat(3_000_000)), { minLength: 4, maxLength: 4 }),
  )
  .map(([small, levels, more]) => ({ small, large: raised(small, levels, more) }));

function raised(
  { upTo, mostProductRisk, ...limits }: Authority,
  levels: number,
  [onRisk = null, ...more]: readonly (number | null)[],
): Authority {
  const level = Math.min(APPROVAL_LEVELS.indexOf(upTo) + levels, APPROVAL_LEVELS.length - 1);
  const kept = Object.entries(limits).flatMap(([name, limit], at) => {
    const by = more[at];
    return by === null || by === undefined ? [] : [[name, limit + by]];
  });
  const risk = mostProductRisk === undefined ? 0 : PRODUCT_RISKS.indexOf(mostProductRisk);
  const higherRisk = PRODUCT_RISKS[Math.min(risk + 1, PRODUCT_RISKS.length - 1)];
  return {
    upTo: APPROVAL_LEVELS[level] ?? upTo,
    ...Object.fromEntries(kept),
    ...(mostProductRisk === undefined || onRisk === null || higherRisk === undefined
      ? {}
      : { mostProductRisk: higherRisk }),
  };
}

describe('what a viewer may present', () => {
  test('is never less with a larger authority', () => {
    fc.assert(
      fc.property(anyInput, nested, (input, { small, large }) => {
        const allowed = new Set(presentable(has(large)(input)));
        for (const id of presentable(has(small)(input))) expect(allowed).toContain(id);
      }),
    );
  });

  test('is no amount that nobody knows, once amounts are limited', () => {
    const limit = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const unknown = fc.subarray(['income', 'balance'], { minLength: 1 });
    fc.assert(
      fc.property(anyInput, anyAuthority, limit, unknown, (drawn, authority, most, lost) => {
        const sheet = withoutFacts(drawn.sheet, lost);
        const input = has({ ...authority, mostAmountMinor: most })({ ...drawn, sheet });
        for (const { actionId, terms, presentable: may } of decide(input, BY_BALANCE)
          .candidates) {
          const declared = BY_BALANCE.actionsById.get(actionId)?.declaration.terms.amount;
          if (declared === undefined || terms?.amountMinor !== undefined) continue;
          expect(may ?? false).toBe(false);
        }
      }),
    );
    const input = smallInput({}, withoutFacts(SMALL_SHEET, ['balance']));
    const unlimited = has({ upTo: 'CREDIT_COMMITTEE' })(input);
    expect(presentable(unlimited, BY_BALANCE)).toContain('savings');
  });

  test('is all that their authority decides', () => {
    const rest = ({ presentable: _, ...candidate }: Candidate) => candidate;
    const silent = (input: DecisionInput) => {
      const decision = decide(input, SMALL);
      return canonicalText({ ...decision, candidates: decision.candidates.map(rest) });
    };
    fc.assert(
      fc.property(anyInput, anyAuthority, (input, authority) => {
        expect(silent(has(authority)(input))).toBe(silent(has(undefined)(input)));
      }),
    );
  });

  test('is what asks for nobody, where no authority is stated', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const { approval, presentable: may } of decide(has(undefined)(input), SMALL)
          .candidates) {
          expect(may).toBe(approval === undefined ? undefined : approval === 'NONE');
        }
      }),
    );
  });
});
