import type { RowCondition } from '../../../domain/mapping.ts';
import type { Row } from './row.ts';

/** True when all conditions hold; none at all hold. */
export function allHold(conditions: readonly RowCondition[] | undefined, row: Row): boolean {
  return conditions === undefined || conditions.every((condition) => holds(condition, row));
}

function holds(condition: RowCondition, row: Row): boolean {
  const cell = row.cell(condition.column);
  if ('present' in condition) return (cell !== undefined) === condition.present;
  if (cell === undefined) return false;
  return 'in' in condition ? condition.in.includes(cell) : !condition.notIn.includes(cell);
}
