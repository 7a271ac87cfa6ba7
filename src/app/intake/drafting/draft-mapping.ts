import type { ExtractFile, ExtractFolder, ExtractSource } from '../../ports/extract.ts';
import { draftedFormat, isNearlyUnique, isUnique, kindOf } from './column-kind.ts';
import { type ColumnProfile, columnProfiler } from './profile-column.ts';
import { proposeRecord } from './propose-record.ts';
import { type SniffedFile, sniffFile } from './sniff-file.ts';

/** A mapping with what could be told from the files; every `?` in it is for a person to fill. */
export interface MappingDraft {
  /** Refused by the importer until its questions are answered. */
  readonly mapping: object;
  readonly files: readonly DraftedFile[];
  readonly questions: readonly string[];
}

/** What was seen of a file. */
export interface DraftedFile {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly DraftedColumn[];
}

/** What was seen of a column, in words. */
export interface DraftedColumn {
  readonly name: string;
  readonly kind: string;
  readonly empty: number;
  readonly isUnique: boolean | null;
  /** The key columns of other files that hold its values. */
  readonly refersTo: readonly string[];
}

/** How far the reading has come. */
export interface DraftProgress {
  readonly file: string;
  readonly bytesRead: number;
}

const HEAD_BYTES = 262_144;
/** Digests over all columns: with them a draft takes some 400 MB, however large the files. */
const MOST_VALUES = 1_000_000;

/** Looks at the files of a folder and proposes a mapping; undefined where there is no folder. */
export async function draftMapping(
  folderName: string,
  extracts: ExtractSource,
  onProgress: (progress: DraftProgress) => void = () => {},
): Promise<MappingDraft | undefined> {
  const folder = await extracts.open(folderName);
  if (folder === undefined) return undefined;
  const files = folder.files.filter(({ name }) => !name.endsWith('.json'));
  const sniffed: { file: ExtractFile; seen: SniffedFile }[] = [];
  for (const file of files) {
    sniffed.push({ file, seen: sniffFile(await folder.head(file, HEAD_BYTES)) });
  }
  const columns = sniffed.reduce((sum, { seen }) => sum + (seen.header?.length ?? 10), 0);
  const mostValues = Math.floor(MOST_VALUES / Math.max(1, columns));
  const profiled: ProfiledFile[] = [];
  for (const { file, seen } of sniffed) {
    profiled.push(await profileFile(folder, { file, seen, mostValues, onProgress }));
  }
  return draftOf(profiled);
}

interface ProfiledFile {
  readonly name: string;
  readonly seen: SniffedFile;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  readonly questions: readonly string[];
}

interface Profiling {
  readonly file: ExtractFile;
  readonly seen: SniffedFile;
  readonly mostValues: number;
  readonly onProgress: (progress: DraftProgress) => void;
}

async function profileFile(folder: ExtractFolder, by: Profiling): Promise<ProfiledFile> {
  const { file, seen, mostValues, onProgress } = by;
  const name = file.name.replace(/\.gz$/, '');
  const profilers = (seen.header ?? []).map((column) => columnProfiler(column, mostValues));
  let headerSeen = seen.header === null;
  let rows = 0;
  const odd: { line: number; cells: number }[] = [];
  const onBytes = (bytesRead: number) => onProgress({ file: file.name, bytesRead });
  for await (const batch of folder.read(file, seen.rows, onBytes)) {
    for (const raw of batch) {
      if (!headerSeen) {
        headerSeen = true;
        continue;
      }
      rows += 1;
      const cells = 'cells' in raw ? raw.cells : [];
      while (seen.header === null && rows === 1 && profilers.length < cells.length) {
        profilers.push(columnProfiler(`c${profilers.length + 1}`, mostValues));
      }
      if (cells.length === profilers.length) {
        for (const [i, one] of profilers.entries()) one.take(cells[i] ?? '');
      } else if (odd.length < 2) odd.push({ line: raw.line, cells: cells.length });
    }
  }
  const columns = profilers.map((one) => one.profile());
  return { name, seen, rows, columns, questions: [...seen.questions, ...oddRows(odd)] };
}

function oddRows(odd: readonly { readonly line: number; readonly cells: number }[]) {
  const [first] = odd;
  if (first === undefined) return [];
  if (first.cells === 0) return [`line ${first.line} is no row: are its quotes right?`];
  const what = odd.length === 1 ? 'is it a trailer?' : 'what are such rows?';
  return [`line ${first.line} has ${first.cells} cells, unlike the others: ${what}`];
}

function draftOf(files: readonly ProfiledFile[]): MappingDraft {
  const drafted = files.map((file) => ({
    name: file.name,
    rows: file.rows,
    columns: file.columns.map((column) => ({
      name: column.name,
      kind: kindOf(column).kind,
      empty: column.empty,
      isUnique: isUnique(column),
      refersTo: refersTo(column, file, files),
    })),
  }));
  const parts = files.map(draftedEntry);
  const mapping = {
    name: 'draft',
    bank: {
      name: '?',
      mode: '?',
      reportingCurrency: '?',
      businessDate: { fromData: 'latest recordedAt' },
    },
    source: { name: '?', extractedAt: { fromData: 'latest recordedAt' } },
    files: parts.map(({ entry }) => entry),
  };
  const questions = [
    'what are the bank’s name, `mode` and `reportingCurrency`, and the `name` of the source?',
    'when did the bank know each row (`recordedAt`), and when were the files taken?',
    ...parts.flatMap(({ questions }) => questions),
  ];
  return { mapping, files: drafted, questions };
}

function draftedEntry(file: ProfiledFile) {
  const { seen, columns, name } = file;
  const names = columns.map((column) => column.name);
  const proposal = proposeRecord(names);
  const { entity } = proposal?.record ?? {};
  const { format, questions: marks } = draftedFormat(seen, columns);
  const ask = (question: string) => `${name}: ${question}`;
  const questions = [
    ...file.questions,
    ...marks,
    ...columns.flatMap((column) =>
      kindOf(column).questions.map((question) => `column \`${column.name}\`: ${question}`),
    ),
    ...(proposal === undefined && names.length > 0
      ? [`which record is a row, and which field ${listed(names)}?`]
      : []),
    ...(proposal?.left ?? []).map((column) => `is \`${column}\` left out on purpose?`),
    ...(entity === 'transaction'
      ? ['from which day on are the rows complete (`coverage`)?']
      : []),
    ...columns.flatMap((column) =>
      isUnique(column) === null
        ? [`does a value of \`${column.name}\` repeat? There are too many to tell`]
        : [],
    ),
    ...keyQuestions(file),
  ].map(ask);
  const entry = {
    name,
    ...(Object.keys(format).length === 0 ? {} : { format }),
    ...(seen.header === null ? { columns: names } : {}),
    records: proposal === undefined ? [] : [proposal.record],
  };
  return { entry, questions };
}

function keyQuestions({ rows, columns }: ProfiledFile): readonly string[] {
  if (rows === 0) {
    return ['it has no rows: did its export fail, or may it come so (`mayBeEmpty`)?'];
  }
  if (columns.some((column) => isUnique(column) !== false)) return [];
  const nearly = columns.find(isNearlyUnique);
  if (nearly === undefined) {
    return ['no single column is a key: do several make one, or `$line`?'];
  }
  const { name, stated, values } = nearly;
  const doubles = `${stated - values.size} of ${stated} cells`;
  return [`is \`${name}\` the key, and do ${doubles} wrongly repeat another?`];
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** Of three values in four at least, so that a few orphans do not hide a reference. */
function refersTo(column: ColumnProfile, file: ProfiledFile, files: readonly ProfiledFile[]) {
  if (column.values.size < 2) return [];
  return files.flatMap((other) =>
    other === file
      ? []
      : other.columns
          .filter((key) => isUnique(key) === true && holdsMost(key.values, column.values))
          .map((key) => `${other.name} ${key.name}`),
  );
}

function holdsMost(keys: ReadonlySet<number>, values: ReadonlySet<number>): boolean {
  let held = 0;
  for (const value of values) if (keys.has(value)) held += 1;
  return held * 4 >= values.size * 3;
}
