import type { ActionDeclaration } from '../../domain/action.ts';
import type { RuleScope } from '../../domain/rule.ts';
import { concernsAction } from '../../domain/rule-scope.ts';

/** The actions a scope concerns: every member of it must match. */
export function actionsIn(
  scope: RuleScope,
  actions: readonly ActionDeclaration[],
): readonly ActionDeclaration[] {
  return actions.filter((action) => concernsAction(scope, action));
}

/**
 * The member of a scope that names nothing, or the empty text when together they match nothing.
 */
export function unmatchedMember(
  scope: RuleScope,
  actions: readonly ActionDeclaration[],
): string | undefined {
  const members = Object.entries(scope);
  const alone = members.find(
    ([name, value]) => actionsIn({ [name]: value }, actions).length === 0,
  );
  if (alone !== undefined) return alone[0];
  return actionsIn(scope, actions).length === 0 ? '' : undefined;
}
