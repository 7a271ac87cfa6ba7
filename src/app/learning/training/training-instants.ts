import { standingOf } from '../../../domain/arrangement-status.ts';
import { addDays, addMonths, type BusinessDate } from '../../../domain/business-date.ts';
import {
  type Customer360,
  type HeldArrangement,
  sharesValue,
} from '../../../domain/customer360.ts';
import { type Duration, mostDays, plusDuration } from '../../../domain/duration.ts';
import { dateOf } from '../../../domain/instant.ts';
import type { ForestDeclaration } from '../../../domain/rule-set.ts';

/** One row to train on: what was known by the end of a day, and what came after it. */
export interface TrainingInstant {
  readonly date: BusinessDate;
  readonly label: 0 | 1;
}

/** A customer as known by the end of a day. */
export type ViewOn = (date: BusinessDate) => Customer360;

/** The rows that a customer gives a forest. */
export type InstantsOf = (
  viewOn: ViewOn,
  forest: ForestDeclaration,
  today: BusinessDate,
) => readonly TrainingInstant[];

/** Looked back for a target that is a product opened: months, or windows where that is longer. */
const MONTHS_BACK = 18;
const WINDOWS_BACK = 5;

/**
 * One row a contact, or a window that ends with a month. A window that has not ended yet gives
 * none. Whether a row stands is told by what was known on its day; only its label by what is known
 * today.
 */
export const trainingInstants: InstantsOf = (viewOn, forest, today) =>
  forest.target.acceptedActions === undefined
    ? openingInstants(viewOn, forest, today)
    : contactInstants(viewOn, forest, today);

/** The days on which the customer opened what a forest predicts, as known by the end of a day. */
export function openingsOf(
  { arrangements }: Customer360,
  target: ForestDeclaration['target'],
): readonly BusinessDate[] {
  if (arrangements.state === 'FAILED') return [];
  return arrangements.value
    .filter((held) => sharesValue(held) && isTarget(held, target))
    .filter((held) => standingOf(held.arrangement).held !== 'UNSURE')
    .map((held) => held.arrangement.openedOn);
}

/** One row a contact, known by the end of the day before it. */
function contactInstants(
  viewOn: ViewOn,
  { target }: ForestDeclaration,
  today: BusinessDate,
): readonly TrainingInstant[] {
  const { campaigns } = viewOn(today);
  if (campaigns.state === 'FAILED') return [];
  const { contacts, responses } = campaigns.value;
  return contacts
    .filter(({ actionId }) => target.acceptedActions?.includes(actionId))
    .flatMap((contact): readonly TrainingInstant[] => {
      const presentedOn = dateOf(contact.presentedAt);
      const until = plusDuration(presentedOn, target.window);
      if (until > today) return [];
      const accepted = responses.some(
        (row) =>
          row.contactId === contact.contactId &&
          row.kind === 'ACCEPTED' &&
          dateOf(row.respondedAt) <= until,
      );
      return [{ date: addDays(presentedOn, -1), label: accepted ? 1 : 0 }];
    });
}

/**
 * One row a window, the last of them ended by today, in which the customer did not hold the
 * product yet. Windows never overlap: of one that does, the same purchase would stand in many rows
 * of one customer, and rows out of bag or later would be judged by what was trained on.
 */
function openingInstants(
  viewOn: ViewOn,
  { target }: ForestDeclaration,
  today: BusinessDate,
): readonly TrainingInstant[] {
  const opened = openingsOf(viewOn(today), target);
  const instants: TrainingInstant[] = [];
  let next = today;
  for (let back = 1; back <= monthsBack(target.window); back += 1) {
    const date = addMonths(today, -back);
    const until = plusDuration(date, target.window);
    if (until > next) continue;
    next = date;
    const view = viewOn(date);
    if (!isCustomer(view) || openingsOf(view, target).length > 0) continue;
    const label = opened.some((day) => day > date && day <= until) ? 1 : 0;
    instants.push({ date, label });
  }
  return instants.toReversed();
}

function monthsBack(window: Duration): number {
  return Math.max(MONTHS_BACK, Math.ceil((WINDOWS_BACK * mostDays(window)) / 30));
}

/** Known to the bank as a customer on the view's day, or at least as a holder of something. */
function isCustomer({ profile, arrangements, businessDate }: Customer360): boolean {
  if (profile.state === 'FAILED' || arrangements.state === 'FAILED') return false;
  const since = profile.value.party.customerSince;
  return since === undefined ? arrangements.value.length > 0 : since <= businessDate;
}

function isTarget(
  { arrangement }: HeldArrangement,
  target: ForestDeclaration['target'],
): boolean {
  return (
    (target.productKinds?.includes(arrangement.productKind) ?? false) ||
    (target.products?.includes(arrangement.product) ?? false)
  );
}
