import { openOnes } from './arrangements.ts';
import { atSecond, CONTACTS_FROM_MONTH, dayOf, type Month } from './calendar.ts';
import { recordContact, recordResponse } from './contacts.ts';
import { isAfter, renewedIdentityDay } from './life-events.ts';
import { isAdult, recordParty } from './people.ts';
import type { Service } from './products.ts';
import { below, chance, openStream, pickOne, STREAM, type Stream } from './random.ts';
import { renewHolding } from './tidy.ts';
import type { Customer, World } from './world.ts';

const REST_DAYS = 90;
const ACCEPTS_PPM: Readonly<Record<Service, number>> = {
  identity_refresh: 420_000,
  hardship_outreach: 300_000,
  retention_call: 260_000,
  card_renewal: 550_000,
};

/** Turns to customers who need something, without selling: their need decides, not a policy. */
export function serve(world: World, customer: Customer, month: Month): void {
  if (!isAdult(customer) || customer.holds.has('DECEASED')) return;
  if (month.index < CONTACTS_FROM_MONTH) return;
  const stream = openStream(world.seed, STREAM.service, customer.key, 1000 + month.index);
  const service = serviceDue(customer, month);
  const lately = customer.contacts.some(
    (one) => one.actionId === service && month.firstDay - one.day < REST_DAYS,
  );
  if (service === undefined || lately || !chance(stream, 600_000)) return;
  contact(world, stream, { customer, month, service });
}

function serviceDue(customer: Customer, month: Month): Service | undefined {
  if (customer.holdings.some((one) => one.pastDueDay !== undefined)) return 'hardship_outreach';
  if (isAfter(customer, 'LEAVING', month)) return 'retention_call';
  if (customer.identityExpiresDay - month.firstDay < 60) return 'identity_refresh';
  return cardDue(customer, month) === undefined ? undefined : 'card_renewal';
}

function cardDue(customer: Customer, month: Month) {
  return openOnes(customer).find(
    (one) => one.kind === 'CARD' && (one.renewsDay ?? 0) - month.firstDay < 75,
  );
}

function contact(
  world: World,
  stream: Stream,
  of: { readonly customer: Customer; readonly month: Month; readonly service: Service },
): void {
  const { customer, month, service } = of;
  const at = atSecond(month.firstDay + 3 + below(stream, 12), 32_400 + below(stream, 20_000));
  const takes = chance(stream, ACCEPTS_PPM[service]);
  const declines = !takes && chance(stream, 200_000);
  const contactId = recordContact(world, customer, {
    actionId: service,
    at,
    channel: pickOne(stream, customer.digitalActive ? ['MOBILE', 'EMAIL'] : ['AGENT', 'MAIL']),
    selectionPpm: 1_000_000,
    campaignId: `service-${service}`,
    answer: takes ? 'ACCEPTED' : declines ? 'DECLINED' : 'NONE',
  });
  if (!takes && !declines) return;
  const answeredAt = at + 1800 + below(stream, 10) * 86_400;
  recordResponse(world, contactId, { kind: takes ? 'ACCEPTED' : 'DECLINED', at: answeredAt });
  if (!takes) return;
  if (service === 'identity_refresh') {
    customer.identityExpiresDay = renewedIdentityDay(dayOf(answeredAt));
    recordParty(world, customer, answeredAt + 3600);
  }
  const card = service === 'card_renewal' ? cardDue(customer, month) : undefined;
  if (card !== undefined) renewHolding(world, card, answeredAt + 3600);
}
