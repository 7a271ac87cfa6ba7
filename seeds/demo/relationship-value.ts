import type { RelationshipValueRecord } from '../../src/domain/bank-record.ts';
import { openOnes } from './arrangements.ts';
import { atSecond, dayText, instantText, type Month } from './calendar.ts';
import { scaled } from './curves.ts';
import { PRODUCTS } from './products.ts';
import type { Customer, World } from './world.ts';

const MARGIN_ON_DEPOSITS_PPM = 4_000;

/** At the beginning of each quarter, writes what the bank earned with a customer in a year. */
export function valueRelationship(world: World, customer: Customer, month: Month): void {
  if (month.ofYear % 3 !== 1) return;
  let marginMinor = 0;
  for (const holding of openOnes(customer)) {
    const sharers = holding.roles.filter(
      ([, role]) => role === 'OWNER' || role === 'JOINT',
    ).length;
    const own = scaled(
      PRODUCTS[holding.product].yearlyMarginMinor,
      customer.traits.wealth * 0.25,
    );
    const deposits = Math.max(0, holding.balanceMinor) * (MARGIN_ON_DEPOSITS_PPM / 1_000_000);
    marginMinor += Math.round((own + deposits) / sharers);
  }
  world.emit('relationship_value', {
    partyId: customer.partyId,
    effectiveOn: dayText(month.firstDay - 1),
    marginMinor,
    currency: 'EUR',
    tier: tierOf(marginMinor),
    recordedAt: instantText(atSecond(month.firstDay, 2 * 3600)),
  });
}

function tierOf(marginMinor: number): NonNullable<RelationshipValueRecord['tier']> {
  if (marginMinor >= 120_000) return 'PRIVATE';
  if (marginMinor >= 60_000) return 'PREMIUM';
  return marginMinor >= 20_000 ? 'PLUS' : 'BASIC';
}
