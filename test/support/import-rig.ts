import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFolders } from '../../src/adapters/extracts/extract-folder.ts';
import { loadMappingFile } from '../../src/adapters/extracts/mapping-file.ts';
import {
  createPool,
  type Database,
  type Row,
} from '../../src/adapters/postgres/connection/pool.ts';
import { createRecordIntake } from '../../src/adapters/postgres/intake/record-intake.ts';
import { importExtract } from '../../src/app/intake/extracts/import-extract.ts';
import type { ImportProgress } from '../../src/app/intake/extracts/import-report.ts';
import type { RecordIntake } from '../../src/app/ports/record-intake.ts';
import { cloneDatabase, urlFor } from './database.ts';

export interface ImportRig {
  readonly database: Database;
  readonly intake: RecordIntake;
  /** Imports a folder by a mapping file. */
  load(
    mappingPath: string,
    folder: string,
    options?: { skipRefused?: boolean; onProgress?: (progress: ImportProgress) => void },
  ): ReturnType<typeof importExtract>;
  /** Writes files into a fresh folder, `mapping.json` beside it, and imports it. */
  loadFiles(
    mapping: object,
    files: { readonly [name: string]: string | Uint8Array },
    options?: { skipRefused?: boolean },
  ): ReturnType<typeof importExtract>;
  rows(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

const clock = { now: () => '2026-11-24T09:30:00.000Z' };

/** An import with everything real, into a database of its own. */
export async function importRig(): Promise<ImportRig> {
  const cloned = await cloneDatabase();
  const database = createPool(cloned.url, { max: 3, applicationName: 'import-rig' });
  const randomness = { bytes: (length: number) => randomBytes(length) };
  // Imports hold their connection, so there is one for each that a suite has at once.
  const worker = createPool(urlFor('WORKER', cloned.url), { max: 3, applicationName: 'import' });
  const intake = createRecordIntake(worker, { clock, randomness });
  const folders: string[] = [];

  const load: ImportRig['load'] = async (mappingFile, folder, options = {}) => {
    const loaded = await loadMappingFile(mappingFile);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
    const { mapping, digest: mappingDigest } = loaded.value;
    const { skipRefused = false, onProgress = () => {} } = options;
    const request = { mapping, mappingFile, mappingDigest, folder, actor: 'tester' };
    const deps = { intake, extracts: extractFolders, clock };
    return importExtract({ ...request, skipRefused, onProgress }, deps);
  };

  return {
    database,
    intake,
    load,
    async loadFiles(mapping, files, options) {
      const folder = await mkdtemp(join(tmpdir(), 'import-'));
      folders.push(folder);
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
      const mappingFile = join(folder, 'mapping.json');
      await writeFile(mappingFile, JSON.stringify(mapping));
      return load(mappingFile, folder, options);
    },
    rows: (sql) => database.query(sql),
    async close() {
      await Promise.all([database.close(), worker.close()]);
      await cloned.drop();
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}
