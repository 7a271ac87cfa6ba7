import type { Problem } from '../../domain/result.ts';
import { convertTexts } from './convert-texts.ts';
import { type JsonFile, readJsonFile } from './json-file.ts';
import { type SchemaName, schemaProblems } from './schemas.ts';

/** A file of the domain's form, with the means to say where in it something is wrong. */
export interface Read<T> {
  readonly value: T;
  readonly file: JsonFile;
}

/** Told of a problem at once, so that one reading names them all. */
export type ReportProblem = (problem: Problem) => void;

/** Reads a file, holds it against its schema and converts its texts; undefined after reporting. */
export async function readAs<T>(
  schema: SchemaName,
  path: string,
  { currency, report }: { readonly currency: string; readonly report: ReportProblem },
): Promise<Read<T> | undefined> {
  const file = await readJsonFile(path, report);
  if (file === undefined) return undefined;
  const problems = schemaProblems(schema, file);
  problems.forEach(report);
  if (problems.length > 0) return undefined;
  const found: Problem[] = [];
  const value = convertTexts(schema, file.value, {
    currency,
    report: (at, code, message) => found.push(file.problem(at, code, message)),
  });
  found.forEach(report);
  // The schema was met, and it was written beside the domain type that stands here.
  return found.length > 0 ? undefined : { value: value as T, file };
}

/** Reports the second of two equal names. */
export function reportRepeated(
  named: readonly { readonly name: string; readonly at: string; readonly file: JsonFile }[],
  report: ReportProblem,
): void {
  const seen = new Map<string, string>();
  for (const { name, at, file } of named) {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, file.file);
    else
      report(
        file.problem(
          at,
          'REPEATED_ID',
          `\`${name}\` stands also in ${first}: rename one of them`,
        ),
      );
  }
}
