import type { BankRecords, Entity } from '../../../domain/bank-record.ts';
import { startOfDay } from '../../../domain/instant.ts';
import type { Mapping } from '../../../domain/mapping.ts';
import { ok, type Problem, type Result, refuse } from '../../../domain/result.ts';
import type { ExtractFolder } from '../../ports/extract.ts';
import type {
  CoverageByKey,
  IntakeTransaction,
  PendingRow,
  RowPlace,
} from '../../ports/record-intake.ts';
import { columnsOfRecords } from './check-mapping.ts';
import type { CodeTables, LookupTables } from './field-reader.ts';
import type { ImportProgress, ImportRequest } from './import-report.ts';
import { type InterpretContext, rowInterpreter } from './interpret-row.ts';
import { collectLosses, type LossCollector, lossReader } from './lost-records.ts';
import type { MatchedFile } from './match-files.ts';
import { type ReadRow, readFile } from './read-file.ts';
import { collectRefusals, type RefusalCollector } from './refusal-groups.ts';

/** Records wait in memory until so many of one kind are there. */
const BATCH_RECORDS = 5_000;

/** A file that was read to its end. */
interface AddedFile {
  readonly name: string;
  readonly rowsRead: number;
  /** Rows that could not be read as mapped; orphans and conflicts show later. */
  readonly rowsUnreadable: number;
}

/**
 * What reading came to: its refusals are of rows that could not be read, before keys are
 * compared.
 */
export interface AddedFiles {
  readonly files: readonly AddedFile[];
  readonly refusals: RefusalCollector;
  readonly coverageByKey: readonly CoverageByKey[];
}

interface AddingInput {
  readonly folder: ExtractFolder;
  readonly transaction: IntakeTransaction;
  readonly files: readonly MatchedFile[];
  readonly lookups: LookupTables;
}

/** Streams every file to the intake; memory holds one batch a kind of record. */
export async function addFiles(
  request: ImportRequest,
  input: AddingInput,
): Promise<Result<AddedFiles, readonly Problem[]>> {
  const { mapping } = request;
  const context: InterpretContext = {
    codes: codeTables(mapping),
    lookups: input.lookups,
    reportingCurrency: mapping.bank.reportingCurrency,
    extractedAt:
      typeof mapping.source.extractedAt === 'string' ? mapping.source.extractedAt : null,
  };
  const batches = batcher(input.transaction);
  const progress = progressOf(request, input.files);
  const files: AddedFile[] = [];
  const refusals = collectRefusals();
  // Where a refused row refuses the import, nobody need know what it was about.
  const losses = request.skipRefused ? collectLosses(input.transaction) : undefined;
  const problems: Problem[] = [];
  const { folder } = input;
  for (const file of input.files) {
    const adding = { mapping, context, batches, progress, refusals, losses, folder };
    const report = await addFile(file, adding);
    if ('code' in report) problems.push(report);
    else files.push(report);
    await addRange(file, batches);
  }
  await batches.flush();
  await losses?.flush();
  const coverageByKey = input.files.flatMap(({ mapped, file }) =>
    mapped.coverage?.by === 'key' ? [{ file: file.name, until: mapped.coverage.until }] : [],
  );
  return problems.length > 0 ? refuse(problems) : ok({ files, refusals, coverageByKey });
}

interface Adding {
  readonly mapping: Mapping;
  readonly context: InterpretContext;
  readonly batches: Batches;
  readonly progress: ReturnType<typeof progressOf>;
  readonly refusals: RefusalCollector;
  readonly losses: LossCollector | undefined;
  readonly folder: ExtractFolder;
}

async function addFile(matched: MatchedFile, adding: Adding): Promise<AddedFile | Problem> {
  const { mapped, file } = matched;
  const { mapping, batches, losses } = adding;
  const takeRow = rowTaker(mapped.records, adding);
  const columns = columnsOfRecords(mapped.records);
  const onBytes = adding.progress.startFile(file.name);
  let rowsRead = 0;
  let rowsUnreadable = 0;
  for await (const rows of readFile(adding.folder, { ...matched, mapping, columns, onBytes })) {
    for (const read of rows) {
      if (read.kind === 'UNFIT') return read.problem;
      rowsRead += 1;
      if (!takeRow(read)) rowsUnreadable += 1;
    }
    adding.progress.rows(rows.length);
    await batches.flushFull();
    await losses?.flushFull();
  }
  if (rowsRead === 0 && mapped.mayBeEmpty !== true) return noRows(file.name);
  return { name: file.name, rowsRead, rowsUnreadable };
}

/** Makes the function that hands on a row's records, or its refusals and what it was about. */
function rowTaker(records: MatchedFile['mapped']['records'], adding: Adding) {
  const { context, batches, refusals, losses } = adding;
  const interpret = rowInterpreter(records, context);
  const lossesOf = lossReader(records, context);
  return (read: Exclude<ReadRow, { readonly kind: 'UNFIT' }>): boolean => {
    if (read.kind === 'REFUSED') {
      refusals.add(read.refusal);
      losses?.add(lossesOf(undefined));
      return false;
    }
    const { row, place } = read;
    const taken = interpret(row);
    if (taken.state === 'REFUSED') {
      for (const cell of taken.refusals) refusals.add({ place, ...cell });
      losses?.add(lossesOf(row));
      return false;
    }
    for (const { entity, record } of taken.records) batches.add(entity, { record, place });
    return true;
  };
}

function noRows(file: string): Problem {
  const message = 'the file has no rows: fetch it again, or declare `mayBeEmpty` in the mapping';
  return { file, at: 'line 1', code: 'NO_ROWS', message };
}

/** A range is known from its first day on: what lies in it then is what the bank then knew. */
async function addRange({ mapped, file }: MatchedFile, batches: Batches): Promise<void> {
  const { coverage } = mapped;
  if (coverage?.by !== 'range') return;
  const { from, to } = coverage;
  const known = { entity: 'transaction', from, recordedAt: startOfDay(from) } as const;
  const record = to === undefined ? known : { ...known, to };
  batches.add('coverage', { record, place: { file: file.name, line: 0 } });
}

interface Waiting {
  readonly record: BankRecords[Entity];
  readonly place: RowPlace;
}
type Batches = ReturnType<typeof batcher>;

function batcher(transaction: IntakeTransaction) {
  const waiting = new Map<Entity, Waiting[]>();
  const flushOver = async (least: number) => {
    for (const [entity, rows] of waiting) {
      if (rows.length < least) continue;
      waiting.delete(entity);
      await transaction.add<Entity>(entity, rows satisfies readonly PendingRow<Entity>[]);
    }
  };
  return {
    add(entity: Entity, row: Waiting): void {
      const rows = waiting.get(entity);
      if (rows === undefined) waiting.set(entity, [row]);
      else rows.push(row);
    },
    flushFull: () => flushOver(BATCH_RECORDS),
    flush: () => flushOver(1),
  };
}

function codeTables(mapping: Mapping): CodeTables {
  const tables = Object.entries(mapping.codes ?? {});
  return new Map(tables.map(([name, table]) => [name, new Map(Object.entries(table))]));
}

function progressOf(request: ImportRequest, files: readonly MatchedFile[]) {
  const bytesTotal = files.reduce((sum, { file }) => sum + file.bytes, 0);
  let current: string | null = null;
  let rowsRead = 0;
  let bytesBefore = 0;
  let bytesHere = 0;
  const tell = (): void => {
    const bytesRead = bytesBefore + bytesHere;
    const progress: ImportProgress = {
      activity: 'READING',
      file: current,
      rowsRead,
      bytesRead,
      bytesTotal,
    };
    request.onProgress?.(progress);
  };
  return {
    startFile(name: string): (bytes: number) => void {
      current = name;
      bytesBefore += bytesHere;
      bytesHere = 0;
      return (bytes) => {
        bytesHere = bytes;
      };
    },
    rows(count: number): void {
      rowsRead += count;
      tell();
    },
  };
}
