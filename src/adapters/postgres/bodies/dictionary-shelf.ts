import { digestBytes } from '../../../domain/digest.ts';
import type { Database } from '../connection/pool.ts';
import { BadBody, type Dictionary, dictionaryCodeOf, type StoredBody } from './body-codec.ts';

/** The dictionaries that bodies are written with: stored once each, never changed. */
export interface DictionaryShelf {
  /** Stores these bytes, unless they are stored already, and tells the code that names them. */
  keep(bytes: Uint8Array): Promise<Dictionary>;
  /** Dictionaries by code: all that these bodies name and that are stored, and maybe others. */
  forBodies(bodies: readonly StoredBody[]): Promise<ReadonlyMap<number, Uint8Array>>;
}

/** The shelf of a database; it reads each dictionary once. */
export function createDictionaryShelf(database: Database): DictionaryShelf {
  const known = new Map<number, Uint8Array>();
  return {
    async keep(bytes) {
      const values = [digestBytes(bytes), bytes];
      await database.query(KEEP_BYTES, values);
      await database.query(KEEP_CODE, [values[0]]);
      const [row] = await database.query<{ code: number }>(FIND_CODE, [values[0]]);
      if (row === undefined) throw new Error('a dictionary that was just stored has no code');
      known.set(row.code, bytes);
      return { code: row.code, bytes };
    },
    async forBodies(bodies) {
      const codes = new Set(bodies.map(codeNamedBy));
      const unread = [...codes].filter((code) => code !== undefined && !known.has(code));
      if (unread.length > 0) {
        const rows = await database.query<DictionaryRow>(READ, [unread]);
        for (const { code, digest, bytes } of rows) {
          // INVARIANT: a dictionary is what its digest names, or bodies would read as others.
          if (digestBytes(bytes) === digest) known.set(code, bytes);
        }
      }
      return known;
    },
  };
}

/** Undefined for a spoilt body too: decoding will refuse that one, and others are still read. */
function codeNamedBy(body: StoredBody): number | undefined {
  try {
    return dictionaryCodeOf(body);
  } catch (error) {
    if (error instanceof BadBody) return undefined;
    throw error;
  }
}

interface DictionaryRow {
  readonly code: number;
  readonly digest: string;
  readonly bytes: Uint8Array;
}

const KEEP_BYTES = `insert into artifact (digest, kind, bytes) values ($1, 'dictionary', $2)
  on conflict do nothing`;

const KEEP_CODE = `insert into code (kind, name)
  select 'dictionary', $1
  where not exists (select 1 from code where kind = 'dictionary' and name = $1)
  on conflict do nothing`;

const FIND_CODE = `select code from code where kind = 'dictionary' and name = $1`;

const READ = `select c.code, a.digest, a.bytes
  from code c join artifact a on a.digest = c.name
  where c.kind = 'dictionary' and c.code = any($1)`;
