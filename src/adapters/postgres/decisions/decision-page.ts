import type { DecisionFilter } from '../../../app/ports/decision-log.ts';
import type { Uuid } from '../../../domain/id.ts';
import { givenUp, MERGES_NOW } from '../bank/merged-numbers.ts';
import type { Statement } from '../connection/pool.ts';
import type { CodeBook } from './code-book.ts';
import { uuidBoundAt, uuidBoundOf } from './decision-partitions.ts';
import { decisionsFrom } from './decision-rows.ts';
import { candidateAskedBy, tagsAskedBy } from './decision-tags.ts';

/**
 * One page of decisions, newest first, with one row more to tell whether there are others;
 * undefined when a name in the filter never occurred. Every condition is on an indexed column:
 * times become bounds of the id, which also skip whole months.
 */
export async function pageStatement(
  book: CodeBook,
  filter: DecisionFilter,
  page: { readonly first: number; readonly before: Uuid | null },
): Promise<Statement | undefined> {
  const tags = await book.findCodes(tagsAskedBy(filter));
  if (tags.includes(undefined)) return undefined;
  const asked = candidateAskedBy(filter);
  const candidates = asked === undefined ? undefined : await book.findCandidates(asked);
  if (candidates?.length === 0) return undefined;
  const values: unknown[] = [page.first + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    page.before !== null && `id < ${bind(page.before)}`,
    filter.from !== undefined && `id >= ${bind(uuidBoundOf(filter.from))}`,
    filter.to !== undefined && `id < ${bind(uuidBoundAt(Date.parse(filter.to) + 1))}`,
    filter.customerId !== undefined &&
      `customer_id = any(array(${customersOf(bind(filter.customerId))}))`,
    filter.release !== undefined &&
      `release_id = (select id from release where digest = ${bind(filter.release)})`,
    tags.length > 0 && `tags @> ${bind(tags)}::int[]`,
    candidates !== undefined && `tags && ${bind(candidates)}::int[]`,
  ].filter((condition) => condition !== false);
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const text = `
    ${decisionsFrom(`(
      select id, customer_id, caller, capsule_address, codec, body from decision
      ${where} order by id desc limit $1
    )`)}
    order by d.id desc`;
  return { text, values };
}

/** The customer of a number, with those that were merged into it: what was decided for them. */
function customersOf(number: string): string {
  return `with recursive ${givenUp(`array[${number}]`, MERGES_NOW)}
    select id from customer
    where party_id = any(array[${number}] || array(select party_id from given_up))`;
}
