import type { RecordTable } from './record-tables.ts';

/**
 * Tells apart the keys of a file ($1) whose rows bear no id: the second row of a key becomes `#2`
 * and so on, in the order of the file.
 */
export function numberOccurrences(table: RecordTable): string {
  const [key] = table.key;
  return `update ${table.pending} s set ${key} = s.${key} || '#' || n.nth
    from (
      select ctid as place, row_number() over (partition by ${key} order by line) as nth
      from ${table.pending} where file_no = $1
    ) n
    where s.ctid = n.place and n.nth > 1`;
}
