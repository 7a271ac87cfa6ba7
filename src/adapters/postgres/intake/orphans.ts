import type { Entity } from '../../../domain/bank-record.ts';
import { tableOf } from '../bank/record-columns.ts';
import type { RecordTable } from './record-tables.ts';
import { refuseRows } from './refuse-rows.ts';

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

/** What each entity's record must find, stored or delivered beside it. */
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
  credit_application: [PARTY],
  relationship_value: [PARTY],
  relationship_manager: [PARTY],
  party_merge: [PARTY, { ...PARTY, column: 'survivor_id' }],
};

/** Statements that move pending orphans to the refused; each gives a count. */
export function orphanStatements(table: RecordTable): readonly string[] {
  return (PARENTS[table.entity] ?? []).map((parent) => refuseOrphans(table, parent));
}

/**
 * The same for a reading. It may name parties that nobody has told of yet: the other holders of an
 * account, the others of a household.
 */
export function readingOrphanStatements(table: RecordTable): readonly string[] {
  const namesOthers = table.entity === 'role' || table.entity === 'household_member';
  return (PARENTS[table.entity] ?? [])
    .filter(({ parent }) => !(namesOthers && parent === 'party'))
    .map((parent) => refuseOrphans(table, parent));
}

/** Parents wait beside their children. */
function refuseOrphans(table: RecordTable, { column, parent, parentKey }: Parent): string {
  const lacking = (parents: string) =>
    `not exists (select from ${parents} p where p.${parentKey} = s.${column})`;
  return refuseRows(table, {
    where: `s.${column} is not null and ${lacking(tableOf(parent))}
      and ${lacking(`pending_${parent}`)}`,
    column: `'${column}'`,
    code: 'ORPHAN',
    message: `'no ${parent} that was taken has this key: deliver it or mend its row,' ||
      ' or leave this one out'`,
  });
}
