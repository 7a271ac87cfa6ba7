import type { OperationDefinitionNode } from 'graphql';
import { isWellFormed } from '../domain/id.ts';

/**
 * The name of the first variable that an operation does not declare and that holds text that is
 * not well formed: it is given to no argument, so that no argument refuses it.
 */
export function strayVariable(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: { readonly [name: string]: unknown },
): string | undefined {
  const declared = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  return Object.keys(variables).find((name) => !declared.has(name) && !isWhole(variables[name]));
}

/** Bodies that are nested deep are refused before: so recursion ends soon. */
function isWhole(value: unknown): boolean {
  if (typeof value === 'string') return isWellFormed(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => isWellFormed(name) && isWhole(member));
}
