import type { GoalRecord } from '../../../domain/bank-record.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, isKnown, type Known, NOT_APPLICABLE, ofPart, unavailable } from '../known.ts';
import { exactly } from '../plausible.ts';
import { shareInReporting } from '../to-reporting.ts';

/** What the customer aims at. */
export const GOALS: Derivations = [
  ['goals.hasHome', (world) => has(world, 'HOME')],
  ['goals.hasRetirement', (world) => has(world, 'RETIREMENT')],
  ['goals.targetTotal', targetTotal],
];

function has(world: World, kind: string): Known<boolean> {
  return given(goals(world), (all) => all.some((one) => one.kind === kind));
}

/** A goal without an amount aims at something that is not counted in money. */
function targetTotal(world: World): Known<number> {
  return given(goals(world), (all) => {
    const aims = all.filter((one) => one.targetMinor !== undefined);
    if (aims.length === 0) return NOT_APPLICABLE;
    let sum = 0;
    for (const { targetMinor: amountMinor = 0, currency } of aims) {
      const money = { amountMinor, currency: currency ?? world.rates.reportingCurrency };
      const target = shareInReporting(money, 1, world.rates);
      if (target === undefined) return unavailable('NO_RATE', 'goals');
      const grown = exactly(sum + target, 'goals');
      if (!isKnown(grown)) return grown;
      sum = grown;
    }
    return sum;
  });
}

function goals(world: World): Known<readonly GoalRecord[]> {
  return ofPart(world.customer.goals, 'goals');
}
