import type { MappedFile, Mapping } from '../../../domain/mapping.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import type { ExtractFile, ExtractFolder } from '../../ports/extract.ts';
import type { ImportRefusal } from './import-report.ts';

/**
 * An entry of the mapping with one file that fits it; a name with `*` makes one pair for each.
 */
export interface MatchedFile {
  readonly mapped: MappedFile;
  readonly file: ExtractFile;
}

/** Finds each mapped file in the folder, plain or packed; names are matched, never resolved. */
export function matchFiles(
  mapping: Pick<Mapping, 'files'>,
  folder: ExtractFolder,
): Result<readonly MatchedFile[], ImportRefusal> {
  const matched: MatchedFile[] = [];
  const missing: string[] = [];
  for (const mapped of mapping.files) {
    const outside = folder.escaping.filter((name) => matches(mapped.name, name));
    if (outside.length > 0) return refuse(outsideFolder(outside));
    const irregular = folder.irregular.filter(({ name }) => matches(mapped.name, name));
    if (irregular.length > 0) return refuse(notRegular(irregular));
    const files = folder.files.filter((file) => matches(mapped.name, file.name));
    const twice = files.map(unpackedName).filter((name, i, all) => all.indexOf(name) !== i);
    if (twice.length > 0) return refuse(ambiguous(twice));
    if (files.length === 0 && mapped.optional !== true) missing.push(mapped.name);
    matched.push(...files.map((file) => ({ mapped, file })));
  }
  if (matched.length === 0) missing.push(...mapping.files.map(({ name }) => name));
  if (missing.length === 0) return ok(matched);
  const lacking = [...new Set(missing)];
  const names = lacking.map((name) => `\`${name}\``).join(', ');
  const message = `the folder lacks ${names}: add them, or mark them \`optional\` in the mapping`;
  return refuse({ code: 'FILES_MISSING', names: lacking, message });
}

/** True when a plain name, or it with `.gz`, fits one in which `*` is any characters. */
export function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}(\\.gz)?$`).test(name);
}

function unpackedName(file: ExtractFile): string {
  return file.name.replace(/\.gz$/, '');
}

function outsideFolder(names: readonly string[]): ImportRefusal {
  const message = `\`${names.join('`, `')}\` is a link out of the folder: copy the file into it`;
  return { code: 'FILE_OUTSIDE_FOLDER', names, message };
}

function notRegular(found: ExtractFolder['irregular']): ImportRefusal {
  const told = found.map(({ name, what }) => `\`${name}\` is ${what}`).join(', ');
  const names = found.map(({ name }) => name);
  return { code: 'FILE_IRREGULAR', names, message: `${told}: put a file in its place` };
}

function ambiguous(names: readonly string[]): ImportRefusal {
  const message = `\`${names.join('`, `')}\` lies there both plain and as \`.gz\`: remove one`;
  return { code: 'FILE_AMBIGUOUS', names, message };
}
