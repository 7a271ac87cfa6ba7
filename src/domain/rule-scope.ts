import type { ActionDeclaration } from './action.ts';
import type { RuleScope } from './rule.ts';

/**
 * Whether a scope concerns an action: every member must match. One of a treatment concerns the
 * action that has it; which treatment is shown is chosen only when deciding.
 */
export function concernsAction(scope: RuleScope, action: ActionDeclaration): boolean {
  const { issue, group, action: id, treatment } = scope;
  return (
    (issue === undefined || issue === action.issue) &&
    (group === undefined || group === action.group) &&
    (id === undefined || id === action.id) &&
    (treatment === undefined || action.treatments.some((shown) => shown.id === treatment))
  );
}

/** Whether a scope that concerns the action also concerns the treatment that was chosen. */
export function concernsTreatment({ treatment }: RuleScope, shown: string | null): boolean {
  return treatment === undefined || treatment === shown;
}
