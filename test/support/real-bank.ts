import pg from 'pg';

/** A relationship manager with a customer of the book and one of another book. */
export interface TwoBooks {
  readonly manager: string;
  readonly own: string;
  readonly foreign: string;
}

/** Makes a real bank of a demo bank's database, to which stricter rules apply. */
export async function makeRealBank(url: string): Promise<TwoBooks> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("update bank set mode = 'BANK'");
  const { rows } = await client.query<TwoBooks>(
    `select m.manager_id as manager, min(m.party_id) as own,
       (select min(o.party_id) from bank_relationship_manager o
        where o.manager_id <> m.manager_id and o.ends_on is null and not exists (
          select from bank_relationship_manager b
          where b.party_id = o.party_id and b.manager_id = m.manager_id)) as foreign
     from bank_relationship_manager m where m.ends_on is null
     group by m.manager_id order by count(*) desc limit 1`,
  );
  await client.end();
  const [first] = rows;
  if (first === undefined) throw new Error('the demo bank has no book');
  return first;
}
