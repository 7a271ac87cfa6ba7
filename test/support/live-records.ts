import fc from 'fast-check';
import { addDays, type BusinessDate } from '../../src/domain/business-date.ts';
import { CHANNELS } from '../../src/domain/channel.ts';
import type { Given } from './settle-records.ts';

/** Whose records are made, around which day, and when they are recorded. */
export interface LiveRecordsOf {
  readonly people: readonly string[];
  readonly today: BusinessDate;
  readonly recordedAt: fc.Arbitrary<string>;
}

/** Instants of whole days and of odd milliseconds, so many days from a day. */
export function instantsAround(
  today: BusinessDate,
  { least, most }: { readonly least: number; readonly most: number },
): fc.Arbitrary<string> {
  const time = fc.constantFrom('00:00:00.000', '09:30:00.007', '23:59:59.999');
  return fc
    .tuple(fc.integer({ min: least, max: most }), time)
    .map(([days, at]) => `${addDays(today, days)}T${at}Z`);
}

/**
 * Records that a live state is made of. Keys are few and shared by all people, so that versions
 * meet, records go from one person to another and answers from one contact to another.
 */
export function liveRecords({ people, today, recordedAt }: LiveRecordsOf): fc.Arbitrary<Given> {
  const partyId = fc.constantFrom(...people);
  const key = (kind: string, most: number) =>
    fc.integer({ min: 1, max: most }).map((n) => `${people[0]} ${kind}${n}`);
  const [day, instant] = daysAround(today);
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const channel = fc.constantFrom(...CHANNELS);
  const make = <T extends object>(entity: Given[0], fields: fc.Arbitrary<T>) =>
    fc
      .tuple(fields, recordedAt)
      .map(([row, at]): Given => [entity, { ...defined(row), recordedAt: at }]);
  const said = fc.record({
    partyId,
    purpose: fc.constantFrom('MARKETING', 'MARKETING', 'PROFILING'),
    channel: fc.constantFrom('ANY', 'AGENT', 'EMAIL'),
    state: fc.constantFrom('GIVEN', 'GIVEN', 'WITHDRAWN', 'OBJECTED'),
    effectiveAt: instant,
    expiresOn: maybe(day),
    evidence: maybe(fc.constantFrom('form', 'call')),
  });
  const held = fc.record({
    holdId: key('h', 4),
    partyId,
    kind: fc.constantFrom('DECEASED', 'FRAUD', 'COLLECTIONS', 'VULNERABLE'),
    startsOn: day,
    endsOn: maybe(day),
  });
  const shown = fc.record({
    contactId: key('k', 8),
    partyId,
    actionId: fc.constantFrom('personal-loan', 'card-gold', 'gone'),
    channel,
    presentedAt: instant,
    expiresOn: maybe(day),
  });
  const answered = fc.record({
    responseId: key('r', 8),
    contactId: key('k', 8),
    kind: fc.constantFrom('ACCEPTED', 'DECLINED', 'COMPLAINED'),
    respondedAt: instant,
  });
  const spoken = fc.record({
    interactionId: key('i', 6),
    partyId,
    occurredAt: instant,
    channel,
    intent: fc.constantFrom('COMPLAINT', 'COMPLAINT', 'HARDSHIP'),
  });
  return fc.oneof(
    { weight: 3, arbitrary: make('consent', said) },
    { weight: 2, arbitrary: make('hold', held) },
    { weight: 4, arbitrary: make('contact', shown) },
    { weight: 4, arbitrary: make('response', answered) },
    { weight: 2, arbitrary: make('interaction', spoken) },
    { weight: 1, arbitrary: make('party', spokenTo(partyId)) },
  );
}

/** What a party states of itself, with or without the language that decisions read. */
function spokenTo(partyId: fc.Arbitrary<string>) {
  return fc.record({
    partyId,
    language: fc.option(fc.constantFrom('en', 'cs', 'de'), { nil: undefined }),
    segment: fc.option(fc.constantFrom('MASS', 'AFFLUENT'), { nil: undefined }),
  });
}

/** Mostly within the days that decisions see, at times before or after them. */
function daysAround(today: BusinessDate): [fc.Arbitrary<BusinessDate>, fc.Arbitrary<string>] {
  const days = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -90, max: 10 }) },
    { weight: 2, arbitrary: fc.integer({ min: -402, max: -398 }) },
    { weight: 1, arbitrary: fc.integer({ min: -800, max: 60 }) },
  );
  const day = days.map((n) => addDays(today, n));
  const instant = days.chain((n) => instantsAround(today, { least: n, most: n }));
  return [day, instant];
}

function defined<T extends object>(row: T): T {
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as T;
}
