import type { ArrangementRecord } from '../../domain/bank-record.ts';
import { addDays, addMonths, type BusinessDate } from '../../domain/business-date.ts';
import type { CustomerHistory } from '../../domain/customer360.ts';
import { plusDuration } from '../../domain/duration.ts';
import { dateOf } from '../../domain/instant.ts';
import type { ForestDeclaration } from '../../domain/rule-set.ts';

/** One row to train on: what was known by the end of a day, and what came after it. */
export interface TrainingInstant {
  readonly date: BusinessDate;
  readonly label: 0 | 1;
}

/** Months looked back for a target that is a product opened. */
const MONTHS_BACK = 18;

/** The rows that a customer gives a forest; a window that has not ended yet gives none. */
export function trainingInstants(
  history: CustomerHistory,
  forest: ForestDeclaration,
  today: BusinessDate,
): readonly TrainingInstant[] {
  const { acceptedActions } = forest.target;
  return acceptedActions === undefined
    ? openingInstants(history, forest, today)
    : contactInstants(history, forest, today);
}

/** One row a contact, known by the end of the day before it. */
function contactInstants(
  { campaigns }: CustomerHistory,
  { target }: ForestDeclaration,
  today: BusinessDate,
): readonly TrainingInstant[] {
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

/** One row a month in which the customer does not hold the product yet. */
function openingInstants(
  { arrangements, party }: CustomerHistory,
  { target }: ForestDeclaration,
  today: BusinessDate,
): readonly TrainingInstant[] {
  if (arrangements.state === 'FAILED' || party.state === 'FAILED') return [];
  const opened = arrangements.value.arrangements
    .filter((row) => isTarget(row, target))
    .map((row) => row.openedOn);
  const since = party.value[0]?.customerSince ?? arrangements.value.arrangements[0]?.openedOn;
  const instants: TrainingInstant[] = [];
  for (let back = MONTHS_BACK; back > 0; back -= 1) {
    const date = addMonths(today, -back);
    const until = plusDuration(date, target.window);
    if (until > today || since === undefined || since > date) continue;
    if (opened.some((day) => day <= date)) continue;
    instants.push({ date, label: opened.some((day) => day <= until) ? 1 : 0 });
  }
  return instants;
}

function isTarget(row: ArrangementRecord, target: ForestDeclaration['target']): boolean {
  return (
    (target.productKinds?.includes(row.productKind) ?? false) ||
    (target.products?.includes(row.product) ?? false)
  );
}
