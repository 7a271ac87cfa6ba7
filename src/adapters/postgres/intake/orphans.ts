import type { Entity } from '../../../domain/bank-record.ts';
import { tableOf } from '../bank/record-columns.ts';
import type { RecordTable } from './record-tables.ts';

interface Parent {
  readonly column: string;
  readonly parent: Entity;
  readonly parentKey: string;
}

const PARTY: Parent = { column: 'party_id', parent: 'party', parentKey: 'party_id' };
const ARRANGEMENT: Parent = {
  column: 'arrangement_id',
  parent: 'arrangement',
  parentKey: 'arrangement_id',
};

/** What each entity's record must find: parents are settled, hence stored, before children. */
const PARENTS: { readonly [E in Entity]?: readonly Parent[] } = {
  household_member: [PARTY],
  arrangement: [{ ...ARRANGEMENT, column: 'parent_id' }],
  role: [PARTY, ARRANGEMENT],
  balance: [ARRANGEMENT],
  transaction: [ARRANGEMENT],
  interaction: [PARTY],
  consent: [PARTY],
  hold: [PARTY],
  contact: [PARTY],
  response: [{ column: 'contact_id', parent: 'contact', parentKey: 'contact_id' }],
  goal: [PARTY],
  relationship_value: [PARTY],
};

/** Statements that move an entity's pending orphans to the refused; each gives a count. */
export function orphanStatements(table: RecordTable): readonly string[] {
  return (PARENTS[table.entity] ?? []).map((parent) => refuseOrphans(table, parent));
}

function refuseOrphans(table: RecordTable, { column, parent, parentKey }: Parent): string {
  const stored = tableOf(parent);
  const beside =
    parent === table.entity
      ? `and not exists (select from ${table.pending} p where p.${parentKey} = s.${column})`
      : '';
  return `with gone as (
      delete from ${table.pending} s
      where s.${column} is not null
        and not exists (select from ${stored} p where p.${parentKey} = s.${column}) ${beside}
      returning file_no, line
    )
    insert into refused
    select '${table.entity}', '${column}', file_no, line, 'ORPHAN',
      'no ${parent} has this key: deliver it, or leave the row out'
    from gone returning 1`;
}
