import { atSecond, dayText, HISTORY_FROM_DAY, instantText, type Month } from './calendar.ts';
import { isAfter } from './life-events.ts';
import { ageOn, isAdult } from './people.ts';
import { between, chance, openStream, STREAM } from './random.ts';
import type { Customer, ToldGoal, World } from './world.ts';

interface Goal {
  readonly kind: string;
  readonly ppm: number;
  readonly incomes: number;
  readonly years: number;
}

/** Lets customers tell the bank what they save for; each is told once, then followed yearly. */
export function followGoals(world: World, customer: Customer, month: Month): void {
  if (!isAdult(customer)) return;
  const stream = openStream(world.seed, STREAM.goal, customer.key, month.index);
  for (const goal of goalsOf(customer, month)) {
    const telling = chance(stream, goal.ppm);
    const share = between(stream, 50_000, 250_000);
    const standing = customer.goals.get(goal.kind);
    if (standing === undefined && !telling) continue;
    if (standing !== undefined && month.ofYear !== 1) continue;
    const now: ToldGoal =
      standing === undefined
        ? {
            targetMinor: Math.round((customer.incomeMinor * goal.incomes) / 100_000) * 100_000,
            targetDay: month.firstDay + goal.years * 365,
            progressPpm: share,
          }
        : { ...standing, progressPpm: Math.min(1_000_000, standing.progressPpm + share) };
    customer.goals.set(goal.kind, now);
    record(world, customer, { kind: goal.kind, told: now, month });
  }
}

function goalsOf(customer: Customer, month: Month): readonly Goal[] {
  const age = ageOn(customer, month.firstDay);
  const first = month.index === 0;
  const ppm = (start: number, later: number) => (first ? start : later);
  const house = isAfter(customer, 'HOUSE', month) ? 90_000 : 0;
  const middle = age >= 35 && age < 63;
  return [
    { kind: 'HOME', ppm: ppm(age < 45 ? 80_000 : 10_000, house), incomes: 30, years: 4 },
    {
      kind: 'RETIREMENT',
      ppm: ppm(middle ? 140_000 : 0, middle ? 3_000 : 0),
      incomes: 60,
      years: 18,
    },
    { kind: 'EDUCATION', ppm: ppm(40_000, 1_000), incomes: 8, years: 8 },
    { kind: 'TRAVEL', ppm: ppm(50_000, 2_000), incomes: 2, years: 1 },
  ];
}

function record(
  world: World,
  customer: Customer,
  of: { readonly kind: string; readonly told: ToldGoal; readonly month: Month },
): void {
  const { kind, told: goal, month } = of;
  const day = month.index === 0 ? HISTORY_FROM_DAY - 20 : month.firstDay;
  world.emit('goal', {
    goalId: `G${customer.partyId.slice(1)}-${kind}`,
    partyId: customer.partyId,
    kind,
    targetMinor: goal.targetMinor,
    currency: 'EUR',
    targetOn: dayText(goal.targetDay),
    progressPpm: goal.progressPpm,
    recordedAt: instantText(atSecond(day, 12 * 3600)),
  });
}
