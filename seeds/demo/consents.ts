import type { ConsentRecord } from '../../src/domain/bank-record.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { atSecond, dayText, HISTORY_FROM_DAY, instantText, type Month } from './calendar.ts';
import { isAdult } from './people.ts';
import { below, between, chance, openStream, pickOne, STREAM, type Stream } from './random.ts';
import type { Customer, World } from './world.ts';

/** The day from which the bank asked for consent by purpose. */
const ASKED_FROM_DAY = 17_676;
const OUTBOUND: readonly Channel[] = ['EMAIL', 'MOBILE', 'PHONE', 'SMS', 'MAIL', 'WEB'];
const EVIDENCE = ['form', 'application', 'recorded call'] as const;

type Change = Pick<ConsentRecord, 'purpose' | 'channel' | 'state'>;

/** Writes what a customer had allowed when the history begins. */
export function giveFirstConsents(world: World, customer: Customer): void {
  if (!mayBeAsked(customer)) return;
  const stream = openStream(world.seed, STREAM.consent, customer.key);
  const first = Math.max(customer.sinceDay, ASKED_FROM_DAY);
  const day = isForgetful(customer)
    ? first + below(stream, Math.max(1, HISTORY_FROM_DAY - 800 - first))
    : Math.max(first, HISTORY_FROM_DAY - between(stream, 20, 600));
  const at = atSecond(day, 40_000 + below(stream, 9000));
  for (const change of firstAnswers(stream)) record(world, customer, { change, at });
}

/** Once a month, on its first day: some confirm what they gave, some take it back or object. */
export function changeConsents(world: World, customer: Customer, month: Month): void {
  if (!mayBeAsked(customer) || customer.consents.size === 0) return;
  const stream = openStream(world.seed, STREAM.consent, customer.key, month.index + 1);
  const at = atSecond(month.firstDay, 28_800 + below(stream, 3000));
  const given = [...customer.consents].filter(([, state]) => state === 'GIVEN');
  if (given.length === 0) {
    if (chance(stream, 12_000)) {
      record(world, customer, { change: answer('MARKETING', 'ANY', 'GIVEN'), at });
    }
  } else if (chance(stream, 2_500)) {
    for (const [key] of given.filter(([name]) => name.startsWith('MARKETING'))) {
      record(world, customer, { change: { ...parse(key), state: 'WITHDRAWN' }, at });
    }
  } else if (chance(stream, 900)) {
    record(world, customer, { change: answer('PROFILING', 'ANY', 'OBJECTED'), at });
  } else if (chance(stream, 600)) {
    record(world, customer, { change: answer('MARKETING', 'ANY', 'OBJECTED'), at });
  } else if (!isForgetful(customer) && chance(stream, 80_000)) {
    for (const [key] of given) {
      record(world, customer, { change: { ...parse(key), state: 'GIVEN' }, at });
    }
  }
}

/** The channels over which offers may be brought to the customer. */
export function marketingChannels(customer: Customer): readonly Channel[] {
  const all = customer.consents.get('MARKETING ANY');
  if (all === 'OBJECTED') return [];
  const channels: readonly Channel[] = [...OUTBOUND, 'AGENT', 'BRANCH'];
  return channels.filter((channel) => {
    const own = customer.consents.get(`MARKETING ${channel}`);
    return (own ?? all) === 'GIVEN';
  });
}

function mayBeAsked(customer: Customer): boolean {
  return customer.kind === 'ORGANISATION' || isAdult(customer);
}

/** One in nine never confirms a consent: it grows old. */
function isForgetful(customer: Customer): boolean {
  return customer.key % 9 === 4;
}

function firstAnswers(stream: Stream): readonly Change[] {
  const answers: Change[] = [];
  const kind = below(stream, 100);
  if (kind < 76) answers.push(answer('MARKETING', 'ANY', 'GIVEN'));
  else if (kind < 84) {
    answers.push(answer('MARKETING', 'EMAIL', 'GIVEN'));
    answers.push(answer('MARKETING', pickOne(stream, ['MOBILE', 'AGENT', 'WEB']), 'GIVEN'));
  } else if (kind < 86) answers.push(answer('MARKETING', 'ANY', 'OBJECTED'));
  else if (kind < 89) answers.push(answer('MARKETING', 'ANY', 'WITHDRAWN'));
  if (kind < 76 && chance(stream, 90_000))
    answers.push(answer('MARKETING', 'PHONE', 'WITHDRAWN'));
  const profiling = below(stream, 100);
  if (profiling < 86) answers.push(answer('PROFILING', 'ANY', 'GIVEN'));
  else if (profiling < 90) answers.push(answer('PROFILING', 'ANY', 'OBJECTED'));
  return answers;
}

function answer(
  purpose: Change['purpose'],
  channel: Change['channel'],
  state: Change['state'],
): Change {
  return { purpose, channel, state };
}

function parse(key: string): Pick<Change, 'purpose' | 'channel'> {
  const [purpose, channel] = key.split(' ');
  const known = [...OUTBOUND, 'AGENT', 'BRANCH', 'ANY'] as const;
  return {
    purpose: purpose === 'PROFILING' ? 'PROFILING' : 'MARKETING',
    channel: known.find((one) => one === channel) ?? 'ANY',
  };
}

function record(
  world: World,
  customer: Customer,
  what: { readonly change: Change; readonly at: number },
): void {
  const { change, at } = what;
  customer.consents.set(`${change.purpose} ${change.channel}`, change.state);
  const limited = change.state === 'GIVEN' && customer.key % 6 === 1;
  world.emit('consent', {
    partyId: customer.partyId,
    ...change,
    effectiveAt: instantText(at),
    ...(limited ? { expiresOn: dayText(Math.floor(at / 86_400) + 1096) } : {}),
    evidence: EVIDENCE[(customer.key + change.channel.length) % 3] ?? 'form',
    recordedAt: instantText(at + 120),
  });
}
