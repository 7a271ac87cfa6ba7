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

/** Finds the actions that a scope concerns, in their order, without looking at all of them. */
export type FindActions = (scope: RuleScope) => readonly ActionDeclaration[];

/** Lays out actions by what scopes name, for finding those of thousands of scopes. */
export function actionFinder(actions: readonly ActionDeclaration[]): FindActions {
  const byMember: { readonly [name in keyof RuleScope]-?: ReadonlyMap<unknown, Actions> } = {
    treatment: grouped(actions, ({ treatments }) => treatments.map(({ id }) => id)),
    action: grouped(actions, ({ id }) => [id]),
    group: grouped(actions, ({ group }) => [group]),
    issue: grouped(actions, ({ issue }) => [issue]),
  };
  const narrowest = (scope: RuleScope): Actions => {
    for (const name of NARROWEST_FIRST) {
      const value = scope[name];
      if (value !== undefined) return byMember[name].get(value) ?? [];
    }
    return actions;
  };
  return (scope) => narrowest(scope).filter((action) => concernsAction(scope, action));
}

type Actions = readonly ActionDeclaration[];

const NARROWEST_FIRST = ['treatment', 'action', 'group', 'issue'] as const;

function grouped(
  actions: Actions,
  namesOf: (action: ActionDeclaration) => readonly string[],
): ReadonlyMap<unknown, Actions> {
  const groups = new Map<unknown, ActionDeclaration[]>();
  for (const action of actions) {
    for (const name of new Set(namesOf(action))) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [action]);
      else group.push(action);
    }
  }
  return groups;
}
