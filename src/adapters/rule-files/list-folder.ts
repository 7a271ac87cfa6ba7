import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../domain/result.ts';

/** The files of a rule-set folder, each list in code-unit order. */
export interface FolderList {
  readonly actions: readonly string[];
  readonly rules: readonly string[];
  /** The files that hold cases, whether or not their rule exists. */
  readonly cases: readonly string[];
}

/** The files that every rule set has. */
const SINGLE_FILES = [
  'ruleset.json',
  'conditions.json',
  'contact-policy.json',
  'arbitration.json',
  'rollout.json',
  'rates.json',
  'age-limits.json',
  'forests.json',
] as const;

const FOLDERS = ['actions', 'rules'];

/** Lists a folder; what has no meaning there is refused, or a misnamed rule would go unread. */
export async function listFolder(
  folder: string,
  report: (problem: Problem) => void,
): Promise<FolderList> {
  for (const entry of await entriesOf(folder, report)) {
    const known = entry.isFolder ? FOLDERS : SINGLE_FILES;
    if (!known.some((name) => name === entry.name)) report(stray(entry.path));
  }
  const actions = await jsonFilesOf(join(folder, 'actions'), report);
  const rules = await jsonFilesOf(join(folder, 'rules'), report);
  return {
    actions,
    rules: rules.filter((file) => !file.endsWith('.cases.json')),
    cases: rules.filter((file) => file.endsWith('.cases.json')),
  };
}

async function jsonFilesOf(
  folder: string,
  report: (problem: Problem) => void,
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await entriesOf(folder, report)) {
    if (!entry.isFolder && entry.name.endsWith('.json')) files.push(entry.path);
    else report(stray(entry.path));
  }
  return files;
}

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
}

/** Hidden files and notes in Markdown are nobody's rules. */
async function entriesOf(
  folder: string,
  report: (problem: Problem) => void,
): Promise<readonly Entry[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter(({ name }) => !name.startsWith('.') && !name.endsWith('.md'))
      .map((entry) => ({
        name: entry.name,
        path: join(folder, entry.name),
        isFolder: entry.isDirectory(),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    const message = 'the folder is missing or cannot be read: add it';
    report({ file: folder, at: '', code: 'NO_FOLDER', message });
    return [];
  }
}

function stray(file: string): Problem {
  const message = 'this file has no meaning in a rule set: rename, move or remove it';
  return { file, at: '', code: 'STRAY_FILE', message };
}
