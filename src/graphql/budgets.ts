import type { Role } from '../app/ports/identity.ts';

/** What one operation may cost, by the role that asks; of several roles the largest counts. */
export type Budgets = { readonly [R in Role]: number };

/** Room for a page of all that a role works with: of 20 whole decisions with their evidence. */
export const BUDGETS: Budgets = {
  ADVISOR: 50_000,
  AGENT: 50_000,
  ANALYST: 50_000,
  APPROVER: 20_000,
  AUDITOR: 300_000,
  MODEL_RISK: 50_000,
  OPERATOR: 20_000,
  SERVICE: 50_000,
};

/** How many bytes an answer may have. */
export const ANSWER_BYTES = 8 * 1024 * 1024;

/** What these roles may spend on one operation; who has none sees the schema alone. */
export function budgetOf(roles: readonly Role[], budgets: Budgets): number {
  return Math.max(budgets.OPERATOR, ...roles.map((role) => budgets[role]));
}
