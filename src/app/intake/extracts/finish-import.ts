import type { BusinessDate } from '../../../domain/business-date.ts';
import { dateOf, type Instant } from '../../../domain/instant.ts';
import type { Mapping } from '../../../domain/mapping.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import type { Bank } from '../../ports/bank.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExtractFolder } from '../../ports/extract.ts';
import type {
  IntakeTransaction,
  RowRefusal,
  Settled,
  SettledRefusal,
} from '../../ports/record-intake.ts';
import type { AddedFiles } from './add-files.ts';
import { columnsOf } from './check-mapping.ts';
import { describeDelivery } from './describe-delivery.ts';
import type { FileReport, ImportRefusal, ImportReport, ImportRequest } from './import-report.ts';
import { type MatchedFile, matches } from './match-files.ts';

interface FinishInput {
  readonly folder: ExtractFolder;
  readonly transaction: IntakeTransaction;
  readonly clock: Clock;
  readonly held: Bank | undefined;
  readonly startedAt: Instant;
  readonly matched: readonly MatchedFile[];
  readonly added: AddedFiles;
}

/** Settles what was added, and puts it in force unless refused rows may not be skipped. */
export async function finishImport(
  request: ImportRequest,
  input: FinishInput,
): Promise<Result<ImportReport, ImportRefusal>> {
  const { mapping } = request;
  const { added, transaction } = input;
  const rowsRead = added.files.reduce((sum, file) => sum + file.rowsRead, 0);
  const bytes = added.files.length === 0 ? 0 : totalBytes(input.folder, added);
  const progress = { file: null, rowsRead, bytesRead: bytes, bytesTotal: bytes };
  request.onProgress?.({ activity: 'SETTLING', ...progress });
  const settled = await transaction.settle({
    ...describeDelivery(mapping, input.matched),
    coverageByKey: added.coverageByKey,
  });
  for (const refusal of settled.refusals) {
    added.refusals.add(inFile(mapping, refusal), refusal.more);
  }
  const files = added.files.map(({ name, rowsRead, rowsUnreadable }): FileReport => {
    const rowsRefused = rowsUnreadable + (settled.rowsRefused.get(name) ?? 0);
    return { name, rowsRead, rowsRefused };
  });
  const refused = files.reduce((sum, file) => sum + file.rowsRefused, 0);
  const mayWrite = refused <= (request.skipRefused ? (request.mostRefused ?? refused) : 0);
  const bank = bankAfter(mapping, input.held, settled.latestRecordedAt);
  const counts = { rowsRead, rowsRefused: refused };
  const report = reportOf(request, {
    ...input,
    ...counts,
    files,
    settled,
    bank,
    written: mayWrite,
  });
  if (!mayWrite) return refuse(rowsRefused(report, request));
  if (bank === null) return refuse(nothingDated());
  await transaction.commit({
    bank,
    mappingName: mapping.name,
    mappingDigest: request.mappingDigest,
    actor: request.actor,
    startedAt: input.startedAt,
    finishedAt: input.clock.now(),
    ...counts,
  });
  return ok(report);
}

function totalBytes(folder: ExtractFolder, { files }: AddedFiles): number {
  const names = new Set(files.map((file) => file.name));
  return folder.files.reduce((sum, { name, bytes }) => sum + (names.has(name) ? bytes : 0), 0);
}

/** Names the column that a refused field was read from, unless it may have been one of several. */
function inFile(mapping: Mapping, refusal: SettledRefusal): RowRefusal {
  const { entity, field, place, code, message } = refusal;
  const columns = mapping.files
    .filter((file) => matches(file.name, place.file))
    .flatMap((file) => file.records.filter((record) => record.entity === entity))
    .flatMap(({ fields }) => columnsOf(fields[field] ?? { constant: '' }).slice(0, 1));
  const [column = null, ...others] = new Set(columns);
  const told = others.length === 0 ? column : null;
  return { place, column: told, code, message: `${entity}.${field}: ${message}` };
}

/** An import moves the business date on, never back: the demo's may have been advanced since. */
function bankAfter(
  { bank }: Mapping,
  held: Bank | undefined,
  latest: Instant | null,
): Bank | null {
  const { name, mode, reportingCurrency, businessDate } = bank;
  const fromData = latest === null ? held?.businessDate : dateOf(latest);
  const stated: BusinessDate | undefined =
    typeof businessDate === 'string' ? businessDate : fromData;
  if (stated === undefined) return null;
  const later = held !== undefined && held.businessDate > stated ? held.businessDate : stated;
  return { name, mode, reportingCurrency, businessDate: later };
}

function reportOf(
  { mapping }: ImportRequest,
  found: {
    readonly folder: ExtractFolder;
    readonly matched: readonly MatchedFile[];
    readonly added: AddedFiles;
    readonly files: readonly FileReport[];
    readonly settled: Settled;
    readonly bank: Bank | null;
    readonly written: boolean;
    readonly rowsRead: number;
    readonly rowsRefused: number;
  },
): ImportReport {
  const counts = [...found.settled.counts.values()];
  const unmapped = found.folder.files
    .map((file) => file.name)
    .filter((name) => !mapping.files.some((file) => matches(file.name, name)));
  const { written, bank, rowsRead, rowsRefused, added } = found;
  const { refusals, groups } = added.refusals.kept();
  const came = new Set(found.matched.map(({ mapped }) => mapped));
  return {
    written,
    mapping: mapping.name,
    bank,
    rowsRead,
    rowsRefused,
    recordsWritten: counts.reduce((sum, count) => sum + count.written, 0),
    recordsMerged: counts.reduce((sum, count) => sum + count.merged, 0),
    recordsRefused: counts.reduce((sum, count) => sum + count.refused, 0),
    files: found.files,
    entities: Object.fromEntries(found.settled.counts),
    refusals,
    refusalGroups: groups,
    filesNotDelivered: mapping.files.filter((file) => !came.has(file)).map(({ name }) => name),
    unmappedFiles: unmapped.filter((name) => !isNotImported(mapping, name)),
    notImported: mapping.notImported ?? [],
  };
}

function isNotImported(mapping: Mapping, name: string): boolean {
  return (mapping.notImported ?? []).some((file) => matches(file.name, name));
}

function rowsRefused(report: ImportReport, { mostRefused }: ImportRequest): ImportRefusal {
  const share = `${report.rowsRefused} of ${report.rowsRead} rows are refused`;
  const message =
    mostRefused === undefined
      ? `${share}: mend them, or skip them with \`--skip-refused\``
      : `${share}, and ${mostRefused} are allowed: mend them, or allow more`;
  return { code: 'ROWS_REFUSED', report, message };
}

function nothingDated(): ImportRefusal {
  const message =
    'no row was accepted, so the data give no business date: state one in the mapping';
  return { code: 'FILES_DO_NOT_FIT', problems: [], message };
}
