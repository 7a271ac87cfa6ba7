import type { RuleScope } from '../../domain/rule.ts';
import type { FindActions } from '../../domain/rule-scope.ts';

/**
 * The member of a scope that names nothing, or the empty text when together they match nothing.
 */
export function unmatchedMember(scope: RuleScope, find: FindActions): string | undefined {
  const members = Object.entries(scope);
  const alone = members.find(([name, value]) => find({ [name]: value }).length === 0);
  if (alone !== undefined) return alone[0];
  return find(scope).length === 0 ? '' : undefined;
}
