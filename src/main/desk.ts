import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { extractFolders } from '../adapters/extracts/extract-folder.ts';
import { loadMappingFile } from '../adapters/extracts/mapping-file.ts';
import { draftMapping } from '../app/intake/drafting/draft-mapping.ts';
import type { Desk } from '../cli/desk.ts';
import { readText } from './read-text.ts';
import { checkCases, readRuleSet } from './rule-sets.ts';

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Reading what people wrote, with the engine's own strictness. */
export const desk: Desk = {
  readRuleSet,
  checkCases,
  readMapping: loadMappingFile,
  readText,
  draftMapping: (folder, onProgress) => draftMapping(folder, extractFolders, onProgress),
  rulesFolder: join(ROOT, 'rules'),
  systemUser: userInfo().username,
};

/** The version of the program. */
export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}
