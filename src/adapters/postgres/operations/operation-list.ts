import type { ListedOperation, OperationList } from '../../../app/ports/operation-list.ts';
import type { Digest } from '../../../domain/digest.ts';
import type { Database } from '../connection/pool.ts';

/** The list of operations in the table `operation`. */
export function createOperationList(database: Database): OperationList {
  return {
    async add(operations, stamp) {
      const rows = await database.query<{ digest: Digest }>(
        `insert into operation (digest, name, body, listed_at, listed_by)
         select digest, name, body, $4, $5
         from unnest($1::text[], $2::text[], $3::text[]) as o(digest, name, body)
         on conflict do nothing returning digest`,
        [
          operations.map(({ digest }) => digest),
          operations.map(({ name }) => name),
          operations.map(({ text }) => text),
          stamp.at,
          stamp.actor,
        ],
      );
      return rows.map(({ digest }) => digest);
    },
    list: () =>
      database.query<ListedOperation & Record<string, unknown>>(
        `select digest, name, body as text, listed_at as "listedAt", listed_by as "listedBy"
         from operation order by name collate "C", digest`,
      ),
    async remove(digest) {
      const text = 'delete from operation where digest = $1 returning digest';
      return (await database.query(text, [digest])).length > 0;
    },
    async find(digest) {
      const text = 'select body from operation where digest = $1';
      return (await database.query<{ body: string }>(text, [digest]))[0]?.body;
    },
  };
}
