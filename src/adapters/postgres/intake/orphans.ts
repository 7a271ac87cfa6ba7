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
  relationship_manager: [PARTY],
};

/** Statements that move pending orphans to the refused; each gives a count. */
export function orphanStatements(table: RecordTable): readonly string[] {
  return (PARENTS[table.entity] ?? []).map((parent) =>
    refuseOrphans(table, { ...parent, mayWait: parent.parent === table.entity }),
  );
}

/**
 * The same for a reading, whose parents wait beside their children. It may name parties that
 * nobody has told of yet: the other holders of an account, the others of a household.
 */
export function readingOrphanStatements(table: RecordTable): readonly string[] {
  const namesOthers = table.entity === 'role' || table.entity === 'household_member';
  return (PARENTS[table.entity] ?? [])
    .filter(({ parent }) => !(namesOthers && parent === 'party'))
    .map((parent) => refuseOrphans(table, { ...parent, mayWait: true }));
}

function refuseOrphans(
  table: RecordTable,
  { column, parent, parentKey, mayWait }: Parent & { readonly mayWait: boolean },
): string {
  const stored = tableOf(parent);
  const beside = mayWait
    ? `and not exists (select from pending_${parent} p where p.${parentKey} = s.${column})`
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
