import type { BankRecords, Entity } from '../../../domain/bank-record.ts';
import type { Connection } from '../connection/pool.ts';
import { columnsOf, recordOf } from './record-columns.ts';

/** Rows of one entity that belong to a part. */
export interface PartMember {
  readonly entity: Entity;
  /** What follows `from`: it yields `r`, rows of the entity's table. */
  readonly from: string;
  /** The expression that names the customer a row belongs to. */
  readonly party: string;
  /** Columns to sort by within a customer; `recorded_at` follows. */
  readonly order: readonly string[];
}

/** The records of one customer by entity, each list in its member's order. */
export interface CustomerRows {
  of<E extends Entity>(entity: E): readonly BankRecords[E][];
}

/** A part's one statement, and where each entity's columns begin in its rows. */
export interface PartStatement {
  readonly text: string;
  readonly offsets: ReadonlyMap<Entity, number>;
}

/**
 * One statement over all members of a part: the customer, the entity's name, and the columns of
 * all members side by side, null where a row is of another one.
 */
export function partStatement(members: readonly PartMember[]): PartStatement {
  const offsets = new Map<Entity, number>();
  let width = 2;
  for (const { entity } of members) {
    offsets.set(entity, width);
    width += columnsOf(entity).length;
  }
  const branches = members.map((member) => branchOf(member, members));
  const order = members.flatMap(({ entity, order: columns }) =>
    [...columns, 'recorded_at'].map((name) => {
      const index = columnsOf(entity).findIndex(({ column }) => column === name);
      return (offsets.get(entity) ?? 0) + index + 1;
    }),
  );
  const text = `${branches.join('\nunion all\n')}\norder by ${[1, 2, ...order].join(', ')}`;
  return { text, offsets };
}

/** Reads a part for all customers at once; who has no row is absent. */
export async function readRows(
  connection: Connection,
  statement: PartStatement,
  values: readonly unknown[],
): Promise<ReadonlyMap<string, CustomerRows>> {
  const customers = new Map<string, Map<Entity, unknown[]>>();
  for (const row of await connection.arrays(statement.text, values)) {
    const entities = entryOf(customers, row[0] as string, () => new Map<Entity, unknown[]>());
    const entity = row[1] as Entity;
    const record = recordOf(entity, row, statement.offsets.get(entity) ?? 0);
    entryOf(entities, entity, () => [] as unknown[]).push(record);
  }
  return new Map([...customers].map(([id, entities]) => [id, rowsOver(entities)]));
}

function branchOf(member: PartMember, members: readonly PartMember[]): string {
  const cells = members.flatMap(({ entity }) =>
    columnsOf(entity).map(({ column, sqlType }) =>
      entity === member.entity ? `r.${column}` : `null::${sqlType}`,
    ),
  );
  const select = [member.party, `'${member.entity}'::text`, ...cells].join(', ');
  return `select ${select} from ${member.from}`;
}

function rowsOver(entities: ReadonlyMap<Entity, readonly unknown[]>): CustomerRows {
  return {
    of: <E extends Entity>(entity: E) =>
      (entities.get(entity) ?? []) as readonly BankRecords[E][],
  };
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
