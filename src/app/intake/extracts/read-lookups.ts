import type { Lookup, Mapping } from '../../../domain/mapping.ts';
import { ok, type Problem, type Result, refuse } from '../../../domain/result.ts';
import type { ExtractFolder } from '../../ports/extract.ts';
import { columnsOfLookup } from './check-mapping.ts';
import { allHold } from './condition.ts';
import type { LookupTables } from './field-reader.ts';
import type { MatchedFile } from './match-files.ts';
import { readFile } from './read-file.ts';

/** A lookup is held in memory: a larger one belongs into the extract itself. */
const MAX_LOOKUP_KEYS = 1_000_000;

/** Reads every lookup before any row is interpreted; rows refused later say so themselves. */
export async function readLookups(
  mapping: Mapping,
  folder: ExtractFolder,
  files: readonly MatchedFile[],
): Promise<Result<LookupTables, Problem>> {
  const tables = new Map<string, ReadonlyMap<string, string>>();
  for (const [name, lookup] of Object.entries(mapping.lookups ?? {})) {
    const table = new Map<string, string>();
    for (const file of files.filter(({ mapped }) => mapped.name === lookup.file)) {
      const problem = await fill(table, { name, lookup, file, mapping, folder });
      if (problem !== undefined) return refuse(problem);
    }
    tables.set(name, table);
  }
  return ok(tables);
}

interface Filling {
  readonly name: string;
  readonly lookup: Lookup;
  readonly file: MatchedFile;
  readonly mapping: Mapping;
  readonly folder: ExtractFolder;
}

async function fill(table: Map<string, string>, from: Filling): Promise<Problem | undefined> {
  const { name, lookup, file, mapping, folder } = from;
  const isMeant = allHold(lookup.when);
  const columns = columnsOfLookup(lookup);
  const wrong = (line: number, message: string): Problem => ({
    file: file.file.name,
    at: `line ${line}, column ${lookup.key}`,
    code: 'LOOKUP',
    message: `lookup \`${name}\`: ${message}`,
  });
  for await (const rows of readFile(folder, { ...file, mapping, columns, onBytes: () => {} })) {
    for (const read of rows) {
      if (read.kind === 'UNFIT') return read.problem;
      if (read.kind === 'REFUSED') continue;
      const meant = isMeant(read.row);
      if (meant === false) continue;
      if (meant !== true) return wrong(read.place.line, meant.message);
      const key = read.row.cell(lookup.key);
      const value = read.row.cell(lookup.value);
      if (key === undefined || value === undefined) continue;
      const held = table.get(key);
      const { line } = read.place;
      if (held !== undefined && held !== value) {
        return wrong(line, 'the key stands for two values: narrow it by `when`');
      }
      table.set(key, value);
      if (table.size > MAX_LOOKUP_KEYS) return wrong(line, `more than ${MAX_LOOKUP_KEYS} keys`);
    }
  }
  return undefined;
}
