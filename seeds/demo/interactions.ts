import type { Channel } from '../../src/domain/channel.ts';
import { atSecond, instantText, type Month } from './calendar.ts';
import { clamp } from './curves.ts';
import { isAfter } from './life-events.ts';
import { isAdult } from './people.ts';
import { below, chance, openStream, pickOne, STREAM, type Stream } from './random.ts';
import type { Customer, World } from './world.ts';

const REMOTE: readonly Channel[] = ['MOBILE', 'WEB', 'PHONE'];
const PERSONAL: readonly Channel[] = ['AGENT', 'BRANCH', 'PHONE'];

/** Lets a customer turn to the bank in a month, about what he or she is after. */
export function interact(world: World, customer: Customer, month: Month): void {
  if (customer.holds.has('DECEASED')) return;
  const stream = openStream(world.seed, STREAM.interaction, customer.key, month.index);
  const intents = customer.kind === 'ORGANISATION' ? BUSINESS : personIntents(customer, month);
  for (const [intent, ppm] of intents) {
    if (!chance(stream, ppm)) continue;
    const at = atSecond(
      month.firstDay + below(stream, month.days),
      28_800 + below(stream, 39_000),
    );
    recordInteraction(world, customer, { intent, at, channel: channelOf(stream, customer) });
  }
}

/** Writes an interaction under the customer's next number. */
export function recordInteraction(
  world: World,
  customer: Customer,
  what: { readonly intent: string; readonly at: number; readonly channel: Channel },
): void {
  customer.interactionsMade += 1;
  const number = String(customer.interactionsMade).padStart(3, '0');
  world.emit('interaction', {
    interactionId: `I${customer.partyId.slice(1)}-${number}`,
    partyId: customer.partyId,
    occurredAt: instantText(what.at),
    channel: what.channel,
    intent: what.intent,
    recordedAt: instantText(what.at + 300),
  });
}

const BUSINESS: readonly (readonly [string, number])[] = [
  ['RATE_QUESTION', 20_000],
  ['PAYMENT_QUESTION', 60_000],
  ['CARD_LOST', 5_000],
  ['COMPLAINT', 6_000],
  ['CLOSE_ACCOUNT', 2_500],
  ['HARDSHIP', 4_000],
];

function personIntents(customer: Customer, month: Month): readonly (readonly [string, number])[] {
  if (!isAdult(customer)) return [];
  const after = (need: Parameters<typeof isAfter>[1], yes: number, no: number) =>
    isAfter(customer, need, month) ? yes : no;
  const behind = customer.holdings.some((one) => one.arrearsMinor > 0);
  const jobless = customer.employment === 'UNEMPLOYED';
  return [
    ['HARDSHIP', behind ? 320_000 : jobless ? 90_000 : 500],
    ['CLOSE_ACCOUNT', after('LEAVING', 520_000, 700)],
    [
      'RATE_QUESTION',
      after('YIELD', 420_000, clamp(8_000 + customer.traits.price * 4, 0, 30_000)),
    ],
    ['MORTGAGE_QUESTION', after('HOUSE', 380_000, 1_500)],
    ['LOAN_QUESTION', Math.max(after('CAR', 180_000, 3_000), after('HOME_PROJECT', 180_000, 0))],
    ['TRAVEL_NOTICE', after('TRAVEL', 330_000, 4_000)],
    ['CARD_LOST', 4_500],
    ['COMPLAINT', 5_000],
    ['PAYMENT_QUESTION', 38_000],
    ['BALANCE_QUESTION', clamp(30_000 - customer.traits.digital * 10, 5_000, 60_000)],
  ];
}

function channelOf(stream: Stream, customer: Customer): Channel {
  return pickOne(stream, customer.digitalActive ? REMOTE : PERSONAL);
}
