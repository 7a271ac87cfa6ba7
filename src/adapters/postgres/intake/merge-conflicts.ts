import { MOST_MERGES } from '../../../domain/merged-numbers.ts';
import { type RecordTable, recordTableOf } from './record-tables.ts';
import { refuseRows } from './refuse-rows.ts';

const TABLE: RecordTable = recordTableOf('party_merge');
const { pending, stored } = TABLE;

/** Every merge ever told, and those that wait: the ways from pending rows on and to them. */
const WAYS = `recursive edges as (
    select party_id, survivor_id from ${pending}
    union
    select party_id, survivor_id from ${stored} b
  ), onward (start, at, steps) as (
    select party_id, survivor_id, 1 from ${pending}
    union
    select o.start, e.survivor_id, o.steps + 1 from onward o join edges e on e.party_id = o.at
    where o.steps <= ${MOST_MERGES}
  )`;

const BACK = `back (start, at, steps) as (
    select party_id, party_id, 0 from ${pending}
    union
    select k.start, e.party_id, k.steps + 1 from back k join edges e on e.survivor_id = k.at
    where k.steps <= ${MOST_MERGES}
  ), long as (
    select start from (select start, max(steps) as steps from onward group by start) o
    join (select start, max(steps) as steps from back group by start) k using (start)
    where o.steps + k.steps > ${MOST_MERGES}
  )`;

/** What is stored already has been judged when it came. */
const IS_NEW = `not exists (select from ${stored} b
  where b.party_id = s.party_id and b.survivor_id = s.survivor_id)`;

/**
 * Statements that refuse pending merges which cannot be: another survivor than is stored, but in
 * the files that hold history ($1), a loop, a longer way than is declared. Loops are looked for in
 * all that was ever told, so that no moment of the past has one either.
 */
export const MERGE_STATEMENTS: readonly { readonly text: string; readonly ofFiles: boolean }[] = [
  {
    text: refuseRows(TABLE, {
      using: `${stored} b`,
      where: `b.party_id = s.party_id and b.survivor_id <> s.survivor_id
        and not s.file_no = any($1::int[])
        and not exists (select from ${stored} n
          where n.party_id = b.party_id and n.recorded_at > b.recorded_at)
        and not exists (select from ${stored} n where n.party_id = s.party_id
          and n.survivor_id = s.survivor_id and n.recorded_at = s.recorded_at)`,
      column: "'survivor_id'",
      code: 'CONFLICTS_WITH_STORED',
      message: `'the number is stored as merged into another one:' ||
        ' mend the row, or declare \`holdsHistory\`'`,
      former: 'b.survivor_id',
    }),
    ofFiles: true,
  },
  {
    text: refuseRows(TABLE, {
      with: WAYS,
      where: `s.party_id in (select start from onward where at = start) and ${IS_NEW}`,
      column: "'survivor_id'",
      code: 'MERGE_LOOP',
      message: "'the merges lead back to this number: one of them must go'",
    }),
    ofFiles: false,
  },
  {
    text: refuseRows(TABLE, {
      with: `${WAYS}, ${BACK}`,
      where: `s.party_id in (select start from long) and ${IS_NEW}`,
      column: "'survivor_id'",
      code: 'MERGE_CHAIN',
      message: `'more than ${MOST_MERGES} merges one after another:' ||
        ' merge the numbers into the last one'`,
    }),
    ofFiles: false,
  },
];
