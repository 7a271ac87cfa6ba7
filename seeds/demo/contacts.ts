import type { Channel } from '../../src/domain/channel.ts';
import { type Chances, chancesOf, couldTake, type Situation, situationOf } from './appetite.ts';
import { atSecond, dayOf, dayText, instantText, type Month } from './calendar.ts';
import { type Choice, legacyChoices, wavesFor } from './campaigns.ts';
import { marketingChannels } from './consents.ts';
import { scaled } from './curves.ts';
import { recordInteraction } from './interactions.ts';
import { isAdult } from './people.ts';
import {
  OFFERED,
  OFFERED_TO_ORGANISATIONS,
  type OfferedProduct,
  PRODUCTS,
  type Service,
} from './products.ts';
import { below, between, chance, openStream, pickOne, STREAM, type Stream } from './random.ts';
import type { Customer, PastContact, TruthRow, World } from './world.ts';

const OFFER_LASTS_DAYS = 45;
/** An offer is not repeated to the same customer for so long. */
const REST_DAYS = 75;
const DECLINES_PPM = 280_000;
const WARY_DECLINES_PPM = 700_000;

/** A month of offers and of what customers take by themselves. */
export function offerAndTake(world: World, customer: Customer, month: Month): void {
  if (customer.kind === 'PERSON' && !isAdult(customer)) return;
  if (customer.holds.has('DECEASED')) return;
  const situation = situationOf(customer, month);
  const chances = chancesByAction(world, situation);
  const told = new Map<OfferedProduct, Told>();
  const offered = new Set<OfferedProduct>();
  wavesFor(customer, month).forEach((wave, index) => {
    const allowed = wave.actions.filter(
      (action) => chances.has(action) && !wasOfferedLately(customer, action, month),
    );
    const choices = legacyChoices(customer.segment, allowed);
    const contactPpm = choices.length > 0 && mayOffer(customer) ? customer.traits.reachPpm : 0;
    for (const one of choices) told.set(one.action, { contactPpm, ...one });
    const stream = openStream(world.seed, STREAM.contact, customer.key, month.index * 4 + index);
    if (!chance(stream, contactPpm)) return;
    const action = choose(stream, choices);
    offered.add(action.action);
    const at = atSecond(
      month.firstDay + wave.fromDay + below(stream, wave.days),
      32_400 + below(stream, 28_800),
    );
    present(world, stream, { customer, month, at, choice: action, situation, chances });
  });
  takeByThemselves(world, { customer, month, chances, offered });
  if (world.tell !== undefined) tellTruth(world, { customer, month, chances, told });
}

/** Writes a contact and returns its id. */
export function recordContact(
  world: World,
  customer: Customer,
  what: {
    readonly actionId: OfferedProduct | Service;
    readonly at: number;
    readonly channel: Channel;
    readonly selectionPpm: number;
    readonly campaignId: string;
    readonly answer: PastContact['answer'];
  },
): string {
  const { actionId, at } = what;
  customer.contacts.push({ actionId, day: dayOf(at), answer: what.answer });
  const number = String(customer.contacts.length).padStart(3, '0');
  const contactId = `K${customer.partyId.slice(1)}-${number}`;
  world.emit('contact', {
    contactId,
    partyId: customer.partyId,
    actionId,
    channel: what.channel,
    presentedAt: instantText(at),
    selectionProbabilityPpm: what.selectionPpm,
    campaignId: what.campaignId,
    expiresOn: dayText(dayOf(at) + OFFER_LASTS_DAYS),
    recordedAt: instantText(at),
  });
  return contactId;
}

/** Writes the response to a contact. */
export function recordResponse(
  world: World,
  contactId: string,
  what: { readonly kind: 'ACCEPTED' | 'DECLINED' | 'COMPLAINED'; readonly at: number },
): void {
  world.emit('response', {
    responseId: `R${contactId.slice(1)}`,
    contactId,
    kind: what.kind,
    respondedAt: instantText(what.at),
    recordedAt: instantText(what.at),
  });
}

type ChancesByAction = ReadonlyMap<OfferedProduct, Chances>;

interface Told extends Choice {
  readonly contactPpm: number;
}

function chancesByAction(world: World, situation: Situation): ChancesByAction {
  const { customer } = situation;
  const found = new Map<OfferedProduct, Chances>();
  for (const action of actionsFor(customer)) {
    if (couldTake(situation, action)) {
      found.set(action, chancesOf(world, situation, action));
    }
  }
  return found;
}

function actionsFor(customer: Customer): readonly OfferedProduct[] {
  return customer.kind === 'ORGANISATION' ? OFFERED_TO_ORGANISATIONS : OFFERED;
}

function mayOffer(customer: Customer): boolean {
  const { holds } = customer;
  if (holds.has('FRAUD') || holds.has('COLLECTIONS') || holds.has('VULNERABLE')) return false;
  return marketingChannels(customer).length > 0;
}

function wasOfferedLately(customer: Customer, action: OfferedProduct, month: Month): boolean {
  return customer.contacts.some(
    (one) => one.actionId === action && month.firstDay - one.day < REST_DAYS,
  );
}

function choose(stream: Stream, choices: readonly Choice[]): Choice {
  let left = below(stream, 1_000_000);
  for (const one of choices) {
    if (left < one.selectionPpm) return one;
    left -= one.selectionPpm;
  }
  throw new RangeError('the shares of a list of offers must sum to one whole');
}

interface Presented {
  readonly customer: Customer;
  readonly month: Month;
  readonly at: number;
  readonly choice: Choice;
  readonly situation: Situation;
  readonly chances: ChancesByAction;
}

function present(world: World, stream: Stream, of: Presented): void {
  const { customer, month, at, choice } = of;
  const channel = pickOne(stream, marketingChannels(customer));
  const takes = chance(stream, of.chances.get(choice.action)?.withOfferPpm ?? 0);
  const tired = Math.max(0, of.situation.recentContacts - 3);
  const complains =
    !takes && chance(stream, (customer.traits.wary ? 15_000 : 2_000) + tired * 4_000);
  const declines =
    !takes &&
    !complains &&
    chance(stream, customer.traits.wary ? WARY_DECLINES_PPM : DECLINES_PPM);
  const answer = takes ? 'ACCEPTED' : complains ? 'COMPLAINED' : declines ? 'DECLINED' : 'NONE';
  const contactId = recordContact(world, customer, {
    actionId: choice.action,
    at,
    channel,
    selectionPpm: choice.selectionPpm,
    campaignId: `${month.text}-${choice.action}`,
    answer,
  });
  if (answer === 'NONE') return;
  const delay = takes ? Math.min(below(stream, 42), below(stream, 42)) : below(stream, 12);
  const answeredAt = atSecond(dayOf(at) + delay, (at % 86_400) + between(stream, 60, 9_000));
  recordResponse(world, contactId, { kind: answer, at: answeredAt });
  if (complains) {
    recordInteraction(world, customer, { intent: 'COMPLAINT', at: answeredAt, channel });
  }
  if (takes) {
    const day = dayOf(answeredAt) + between(stream, 1, 3);
    customer.openings.push({ day, product: choice.action });
  }
}

function takeByThemselves(
  world: World,
  of: {
    readonly customer: Customer;
    readonly month: Month;
    readonly chances: ChancesByAction;
    readonly offered: ReadonlySet<OfferedProduct>;
  },
): void {
  const { customer, month } = of;
  const stream = openStream(world.seed, STREAM.organic, customer.key, month.index);
  for (const [action, { withoutOfferPpm }] of of.chances) {
    const takes = chance(stream, Math.round(withoutOfferPpm / 2));
    const day = month.firstDay + below(stream, month.days);
    if (takes && !of.offered.has(action)) customer.openings.push({ day, product: action });
  }
}

function tellTruth(
  world: World,
  of: {
    readonly customer: Customer;
    readonly month: Month;
    readonly chances: ChancesByAction;
    readonly told: ReadonlyMap<OfferedProduct, Told>;
  },
): void {
  const { customer, month } = of;
  for (const action of actionsFor(customer)) {
    const chances = of.chances.get(action);
    const yearly = PRODUCTS[action].yearlyMarginMinor;
    const row: TruthRow = {
      partyId: customer.partyId,
      actionId: action,
      month: month.text,
      eligible: chances !== undefined,
      withoutOfferPpm: chances?.withoutOfferPpm ?? 0,
      withOfferPpm: chances?.withOfferPpm ?? 0,
      valueMinor: scaled(yearly, customer.traits.wealth * 0.25),
      contactPpm: of.told.get(action)?.contactPpm ?? 0,
      selectionPpm: of.told.get(action)?.selectionPpm ?? 0,
    };
    world.tell?.(row);
  }
}
