import type { Connection, Database } from './pool.ts';

/**
 * What a code may stand for. The last three join two names by `|`: what happened to one candidate
 * together. A stage is also `SURFACED` or `RANKED`, of candidates that none withheld.
 */
export type CodeKind =
  | 'action'
  | 'stage'
  | 'rule'
  | 'trigger'
  | 'outcome'
  | 'action|stage'
  | 'action|rule'
  | 'stage|rule';

export interface Name {
  readonly kind: CodeKind;
  readonly name: string;
}

export interface CodeBook {
  /** The codes of the names, in their order; a name without one is given the next. */
  codesOf(names: readonly Name[]): Promise<readonly number[]>;
  /** The codes of the names, in their order; undefined for a name that never had one. */
  findCodes(names: readonly Name[]): Promise<readonly (number | undefined)[]>;
}

/** The global, append-only codes of names, remembered here once read, for they never change. */
export function createCodeBook(database: Database): CodeBook {
  const known = new Map<string, number>();
  const learn = (rows: readonly CodeRow[]) => {
    for (const row of rows) known.set(keyOf(row), row.code);
  };
  const missing = (names: readonly Name[]) => [
    ...new Map(names.filter((n) => !known.has(keyOf(n))).map((n) => [keyOf(n), n])).values(),
  ];
  const find = async (names: readonly Name[]) => {
    const unread = missing(names);
    if (unread.length > 0) learn(await readCodes(database, unread));
    return names.map((name) => known.get(keyOf(name)));
  };
  return {
    findCodes: find,
    async codesOf(names) {
      await find(names);
      const unread = missing(names);
      if (unread.length > 0) learn(await allotCodes(database, unread));
      return names.map((name) => codeIn(known, name));
    },
  };
}

interface CodeRow extends Name {
  readonly code: number;
}

/** Gives codes to names that have none, safely beside others who do the same. */
export async function allotCodes(
  connection: Connection,
  names: readonly Name[],
): Promise<readonly CodeRow[]> {
  await connection.query(
    `insert into code (kind, name)
     select n.kind, n.name from unnest($1::text[], $2::text[]) as n(kind, name)
     where not exists (select 1 from code c where c.kind = n.kind and c.name = n.name)
     order by n.kind, n.name
     on conflict do nothing`,
    columnsOf(names),
  );
  return readCodes(connection, names);
}

function readCodes(connection: Connection, names: readonly Name[]): Promise<readonly CodeRow[]> {
  return connection.query<CodeRow>(
    `select c.kind, c.name, c.code
     from unnest($1::text[], $2::text[]) as n(kind, name)
     join code c on c.kind = n.kind and c.name = n.name`,
    columnsOf(names),
  );
}

function columnsOf(names: readonly Name[]): unknown[] {
  return [names.map(({ kind }) => kind), names.map(({ name }) => name)];
}

function codeIn(known: ReadonlyMap<string, number>, name: Name): number {
  const code = known.get(keyOf(name));
  if (code === undefined)
    throw new Error(`no code was allotted to ${name.kind} \`${name.name}\``);
  return code;
}

function keyOf({ kind, name }: Name): string {
  return `${kind}\n${name}`;
}
