import type { Mapping } from '../../../domain/mapping.ts';
import { type Problem, type Result, refuse } from '../../../domain/result.ts';
import type { Bank } from '../../ports/bank.ts';
import type { Clock } from '../../ports/clock.ts';
import { type ExtractFolder, type ExtractSource, UnreadableFile } from '../../ports/extract.ts';
import type { IntakeTransaction, RecordIntake } from '../../ports/record-intake.ts';
import { addFiles } from './add-files.ts';
import { checkMapping } from './check-mapping.ts';
import { finishImport } from './finish-import.ts';
import type { ImportRefusal, ImportReport, ImportRequest } from './import-report.ts';
import { matchFiles } from './match-files.ts';
import { readLookups } from './read-lookups.ts';

/** The clock only stamps the run: every date of the data comes from the files or the mapping. */
export interface ImportDeps {
  readonly intake: RecordIntake;
  readonly extracts: ExtractSource;
  readonly clock: Clock;
}

/** Loads a folder through a mapping in one transaction: all of it, or nothing and the reasons. */
export async function importExtract(
  request: ImportRequest,
  deps: ImportDeps,
): Promise<Result<ImportReport, ImportRefusal>> {
  const problems = checkMapping(request.mapping, request.mappingFile);
  if (problems.length > 0) return refuse(mappingInvalid(problems));
  const folder = await deps.extracts.open(request.folder);
  if (folder === undefined) return refuse(noFolder(request.folder));
  const transaction = await deps.intake.begin();
  try {
    const result = await run(request, { ...deps, folder, transaction });
    if (!result.ok) await transaction.rollback();
    return result;
  } catch (error) {
    await transaction.rollback();
    if (error instanceof UnreadableFile) return refuse(unreadable(error));
    throw error;
  }
}

interface Running extends ImportDeps {
  readonly folder: ExtractFolder;
  readonly transaction: IntakeTransaction;
}

async function run(
  request: ImportRequest,
  running: Running,
): Promise<Result<ImportReport, ImportRefusal>> {
  const { mapping } = request;
  const startedAt = running.clock.now();
  const held = await running.transaction.readBank();
  if (held !== undefined && !isSameBank(held, mapping)) return refuse(anotherBank(held, mapping));
  const files = matchFiles(mapping, running.folder);
  if (!files.ok) return files;
  const lookups = await readLookups(mapping, running.folder, files.value);
  if (!lookups.ok) return refuse(doNotFit([lookups.refusal]));
  const added = await addFiles(request, {
    ...running,
    files: files.value,
    lookups: lookups.value,
  });
  if (!added.ok) return refuse(doNotFit(added.refusal));
  const matched = files.value;
  return finishImport(request, { ...running, held, startedAt, matched, added: added.value });
}

function isSameBank(held: Bank, { bank }: Mapping): boolean {
  return (
    held.name === bank.name &&
    held.mode === bank.mode &&
    held.reportingCurrency === bank.reportingCurrency
  );
}

function mappingInvalid(problems: readonly Problem[]): ImportRefusal {
  const mistakes = problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`;
  const message = `the mapping has ${mistakes}: mend what is named`;
  return { code: 'MAPPING_INVALID', problems, message };
}

function noFolder(folder: string): ImportRefusal {
  const message = `\`${folder}\` is no folder that can be read: check the path`;
  return { code: 'NO_FOLDER', folder, message };
}

function unreadable({ file, message }: UnreadableFile): ImportRefusal {
  return { code: 'FILE_UNREADABLE', file, message: `${message}: fetch it again` };
}

function doNotFit(problems: readonly Problem[]): ImportRefusal {
  const count = new Set(problems.map(({ file }) => file)).size;
  const files = count === 1 ? '1 file does' : `${count} files do`;
  const message = `${files} not fit the mapping: mend either`;
  return { code: 'FILES_DO_NOT_FIT', problems, message };
}

function anotherBank(held: Bank, { bank }: Mapping): ImportRefusal {
  const holds = `${held.name} (${held.mode}, ${held.reportingCurrency})`;
  const mapped = `${bank.name} (${bank.mode}, ${bank.reportingCurrency})`;
  const message = `the database holds \`${holds}\`, the mapping is of \`${mapped}\`: use another`;
  return { code: 'ANOTHER_BANK', held, message: `${message} database or data folder` };
}
