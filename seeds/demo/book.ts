import { atSecond, dayText, HISTORY_FROM_DAY, instantText } from './calendar.ts';
import { firstRecordedAt } from './people.ts';
import { below, between, chance, openStream, STREAM } from './random.ts';
import type { Customer, World } from './world.ts';

const MANAGERS = 12;
const HISTORY_DAYS = 730;
const LOOKED_AFTER = new Set(['PRIVATE', 'AFFLUENT', 'CORPORATE', 'SMALL_BUSINESS']);

/**
 * Gives a customer of a premium or business segment a relationship manager; a few are handed over
 * to another one later, a few are left without.
 */
export function fillBook(world: World, customer: Customer): void {
  if (!LOOKED_AFTER.has(customer.segment)) return;
  const stream = openStream(world.seed, STREAM.manager, customer.key);
  const first = below(stream, MANAGERS);
  const handedOver = chance(stream, 120_000);
  const changeDay = HISTORY_FROM_DAY + between(stream, 30, HISTORY_DAYS);
  const next = (first + between(stream, 1, MANAGERS - 1)) % MANAGERS;
  const left = chance(stream, 250_000);
  world.emit('relationship_manager', {
    partyId: customer.partyId,
    managerId: numberOf(first),
    startsOn: dayText(customer.sinceDay),
    recordedAt: instantText(firstRecordedAt(customer) + 1200),
  });
  if (!handedOver) return;
  const recordedAt = instantText(atSecond(changeDay, 7 * 3600));
  const now = left
    ? { managerId: numberOf(first), startsOn: dayText(customer.sinceDay) }
    : { managerId: numberOf(next), startsOn: dayText(changeDay) };
  const ends = left ? { endsOn: dayText(changeDay) } : {};
  world.emit('relationship_manager', {
    partyId: customer.partyId,
    ...now,
    ...ends,
    recordedAt,
  });
}

/** `RM-01` for the first manager. */
function numberOf(manager: number): string {
  return `RM-${String(manager + 1).padStart(2, '0')}`;
}
