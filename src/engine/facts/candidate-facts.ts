import type { ActionDeclaration } from '../../domain/action.ts';
import type { Deciding, LoadedAction } from '../../domain/deciding.ts';
import type { FactVector } from '../../domain/fact-vector.ts';
import { answeredOn, type LiveContact, type LiveState } from '../../domain/live-state.ts';
import { applicable, countSince, daysSinceLast, isOpen, type LiveFact } from './live-facts.ts';

interface Subject {
  readonly action: ActionDeclaration;
  readonly live: LiveState;
  readonly ofAction: readonly LiveContact[] | null;
  /** Includes contacts of actions that this release lacks, which may have been of any group. */
  readonly ofGroup: () => readonly LiveContact[] | null;
}

const FACTS: ReadonlyMap<string, (subject: Subject) => LiveFact> = new Map<
  string,
  (subject: Subject) => LiveFact
>([
  ['decline.daysSinceThisAction', daysSinceDecline],
  ['contact.thisAction90dCount', (s) => countSince(s.ofAction, s.live.businessDate, 90)],
  ['contact.thisGroup30dCount', (s) => countSince(s.ofGroup(), s.live.businessDate, 30)],
  ['contact.thisActionOpen', (s) => s.ofAction?.some((contact) => isOpen(contact, s.live))],
  ['action.productRisk', (s) => s.action.productRisk],
  ['action.group', (s) => s.action.group],
  ['action.purpose', (s) => s.action.purpose],
]);

/** The customer's facts with those of one candidate put in their places. */
export function candidateFacts(deciding: Deciding, action: LoadedAction): FactVector {
  const { release, facts, input } = deciding;
  if (release.candidateFacts.length === 0) return facts;
  const { live } = input;
  const { contacts } = live;
  const { id, group } = action.declaration;
  const subject: Subject = {
    action: action.declaration,
    live,
    ofAction: contacts === null ? null : contacts.filter(({ actionId }) => actionId === id),
    ofGroup: () =>
      contacts?.filter(({ actionId }) => {
        const known = release.actionsById.get(actionId);
        return known === undefined || known.declaration.group === group;
      }) ?? null,
  };
  const vector = facts.slice();
  for (const { fact, slot } of release.candidateFacts) {
    vector[slot] = applicable(FACTS.get(fact.name)?.(subject), fact);
  }
  return vector;
}

function daysSinceDecline({ ofAction, live }: Subject): LiveFact {
  const declined = ofAction?.filter(({ response }) => response === 'DECLINED');
  return daysSinceLast(declined?.map(answeredOn), live.businessDate);
}
