import { type BusinessDate, daysBetween } from '../../domain/business-date.ts';
import type { LoadedRelease } from '../../domain/deciding.ts';
import type { DecisionInput } from '../../domain/decision.ts';
import type { FactDeclaration, FactValue } from '../../domain/fact.ts';
import type { FactVector } from '../../domain/fact-vector.ts';
import {
  complaints,
  holdsOn,
  type LiveContact,
  type LiveState,
} from '../../domain/live-state.ts';

/** A LIVE fact: its value, `null` where it is not applicable, undefined where unavailable. */
export type LiveFact = FactValue | null | undefined;

interface Reading {
  readonly live: LiveState;
  /** Contacts with marketing actions, and with actions that this release lacks. */
  readonly marketing: readonly LiveContact[] | null;
}

type LiveFactReader = (reading: Reading) => LiveFact;

const LIVE_FACTS: ReadonlyMap<string, LiveFactReader> = new Map<string, LiveFactReader>([
  ['contact.count7d', ({ live, marketing }) => countSince(marketing, live.businessDate, 7)],
  ['contact.count30d', ({ live, marketing }) => countSince(marketing, live.businessDate, 30)],
  ['contact.daysSinceLast', ({ live }) => daysSinceLast(presented(live), live.businessDate)],
  ['complaint.daysSinceLast', ({ live }) => daysSinceLast(complaints(live), live.businessDate)],
  ['contact.openCount', ({ live }) => live.contacts?.filter((c) => isOpen(c, live)).length],
  ['live.channel', ({ live }) => live.channel],
  ['live.trigger', ({ live }) => live.trigger.kind],
  ['hold.collections', ({ live }) => holdsOn(live)?.has('COLLECTIONS')],
  ['hold.vulnerable', ({ live }) => holdsOn(live)?.has('VULNERABLE')],
]);

/** The facts that are the same for every candidate, in the order of the feature catalogue. */
export function customerFacts(input: DecisionInput, release: LoadedRelease): FactVector {
  const notApplicable = new Set(input.sheet.notApplicable);
  const reading = { live: input.live, marketing: marketingContacts(input.live, release) };
  const read = (fact: FactDeclaration): FactValue | undefined => {
    const { name, origin, whenNone } = fact;
    if (origin === 'SHEET') {
      return notApplicable.has(name) ? whenNone : own(input.sheet.values, name);
    }
    if (origin === 'CONTEXT') return own(input.live.context, name) ?? whenNone;
    return origin === 'LIVE' ? applicable(LIVE_FACTS.get(name)?.(reading), fact) : undefined;
  };
  return release.body.facts.map((fact) => (fact.perCandidate === true ? undefined : read(fact)));
}

/** The value, or the fact's `whenNone` where it is not applicable. */
export function applicable(value: LiveFact, fact: FactDeclaration): FactValue | undefined {
  return value === null ? fact.whenNone : value;
}

/** Days since the latest of some days, 0 where that is yet to come; undefined without a list. */
export function daysSinceLast(
  days: readonly BusinessDate[] | undefined,
  today: BusinessDate,
): LiveFact {
  if (days === undefined) return undefined;
  const last = days.toSorted().at(-1);
  return last === undefined ? null : Math.max(0, daysBetween(last, today));
}

/** How many contacts were presented within the last days, today and later ones included. */
export function countSince(
  contacts: readonly LiveContact[] | null,
  today: BusinessDate,
  days: number,
): number | undefined {
  return contacts?.filter(({ presentedOn }) => daysBetween(presentedOn, today) < days).length;
}

/** True while a contact is neither answered nor expired, its last day included. */
export function isOpen(contact: LiveContact, live: LiveState): boolean {
  const { response, expiresOn } = contact;
  return response === undefined && expiresOn !== undefined && live.businessDate <= expiresOn;
}

function presented(live: LiveState): readonly BusinessDate[] | undefined {
  return live.contacts?.map(({ presentedOn }) => presentedOn);
}

function marketingContacts(
  { contacts }: LiveState,
  { actionsById }: LoadedRelease,
): readonly LiveContact[] | null {
  if (contacts === null) return null;
  const purposeOf = (id: string) => actionsById.get(id)?.declaration.purpose ?? 'MARKETING';
  return contacts.filter(({ actionId }) => purposeOf(actionId) === 'MARKETING');
}

function own(
  values: { readonly [name: string]: FactValue },
  name: string,
): FactValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
