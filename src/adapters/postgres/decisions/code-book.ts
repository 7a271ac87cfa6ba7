import type { Connection, Database } from '../connection/pool.ts';

/**
 * What a code may stand for; a candidate's name joins its action, stage and one rule by `|`, a
 * catalogue's is its digest.
 */
export type CodeKind = 'trigger' | 'outcome' | 'candidate' | 'channel' | 'catalogue';

/** A name that may have a code, unique in its kind. */
export interface Name {
  readonly kind: CodeKind;
  readonly name: string;
}

/** Parts of a candidate's name; what is absent may be anything. */
export interface CandidateParts {
  readonly action?: string | undefined;
  readonly stage?: string | undefined;
  readonly rule?: string | undefined;
}

/** Small numbers for names, by which decisions are found. */
export interface CodeBook {
  /** The codes of the names, in their order; a name without one is given the next. */
  codesOf(names: readonly Name[]): Promise<readonly number[]>;
  /** The codes of the names, in their order; undefined for a name that never had one. */
  findCodes(names: readonly Name[]): Promise<readonly (number | undefined)[]>;
  /** The codes of all candidates that have these parts together. */
  findCandidates(parts: CandidateParts): Promise<readonly number[]>;
}

/** The global, append-only codes of names, remembered here once read, for they never change. */
export function createCodeBook(database: Database): CodeBook {
  const known = new Map<CodeKind, Map<string, number>>();
  const lookUp = ({ kind, name }: Name) => known.get(kind)?.get(name);
  const learn = (rows: readonly CodeRow[]) => {
    for (const { kind, name, code } of rows) {
      const names = known.get(kind) ?? new Map<string, number>();
      known.set(kind, names.set(name, code));
    }
  };
  const missing = (names: readonly Name[]) =>
    distinct(names.filter((n) => lookUp(n) === undefined));
  const find = async (names: readonly Name[]) => {
    const codes = names.map(lookUp);
    if (!codes.includes(undefined)) return codes;
    learn(await readCodes(database, missing(names)));
    return names.map(lookUp);
  };
  return {
    findCodes: find,
    // Read each time: others may have met new candidates since.
    findCandidates: (parts) => readCandidates(database, parts),
    async codesOf(names) {
      const codes = await find(names);
      if (!codes.includes(undefined)) return codes.filter((code) => code !== undefined);
      learn(await allotCodes(database, missing(names)));
      return names.map((name) => allotted(lookUp(name), name));
    },
  };
}

function distinct(names: readonly Name[]): readonly Name[] {
  return [...new Map(names.map((name) => [`${name.kind}\n${name.name}`, name])).values()];
}

interface CodeRow extends Name {
  readonly code: number;
}

/** Gives codes to names that have none, safely beside others who do the same. */
async function allotCodes(
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

async function readCandidates(
  connection: Connection,
  { action, stage, rule }: CandidateParts,
): Promise<readonly number[]> {
  const rows = await connection.query<{ code: number }>(
    `select code from code
     where kind = 'candidate'
       and ($1::text is null or split_part(name, '|', 1) = $1)
       and ($2::text is null or split_part(name, '|', 2) = $2)
       and ($3::text is null or nullif(split_part(name, '|', 3), '') = $3)
     order by code`,
    [action ?? null, stage ?? null, rule ?? null],
  );
  return rows.map(({ code }) => code);
}

function columnsOf(names: readonly Name[]): unknown[] {
  return [names.map(({ kind }) => kind), names.map(({ name }) => name)];
}

function allotted(code: number | undefined, { kind, name }: Name): number {
  if (code === undefined) throw new Error(`no code was allotted to ${kind} \`${name}\``);
  return code;
}
