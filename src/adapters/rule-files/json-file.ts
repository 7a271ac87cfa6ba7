import type { Problem } from '../../domain/result.ts';
import { decodeUtf8 } from '../../domain/utf8.ts';
import { NotRegular, openInside, readWhole, TooManyBytes } from '../system/regular-file.ts';
import { JsonRefusal, readJson } from './read-json.ts';

/** A JSON file that was read, and its problems as they are found. */
export interface JsonFile {
  readonly file: string;
  readonly value: unknown;
  readonly problem: (at: string, code: string, message: string) => Problem;
}

/** Larger files hold no rules. */
const MOST_BYTES = 1_048_576;

/** Reads a regular file of a folder as strict UTF-8 JSON; undefined after reporting why not. */
export async function readJsonFile(
  file: string,
  report: (problem: Problem) => void,
): Promise<JsonFile | undefined> {
  const bytes = await bytesOf(file, report);
  if (bytes === undefined) return undefined;
  const refuse = (code: string, message: string, { at = '', line = 1 } = {}) =>
    report({ file, at, line, code, message });
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    refuse('NOT_UTF8', 'the file is not UTF-8: save it as UTF-8');
    return undefined;
  }
  if (text.startsWith('\ufeff')) {
    refuse('BYTE_ORDER_MARK', 'the file begins with a byte order mark: save it without');
    return undefined;
  }
  try {
    const { value, lineOf } = readJson(text);
    const problem = (at: string, code: string, message: string): Problem => {
      return { file, at, line: lineOf(at), code, message };
    };
    return { file, value, problem };
  } catch (error) {
    if (!(error instanceof JsonRefusal)) throw error;
    refuse(error.code, error.message, { at: error.pointer, line: error.line });
    return undefined;
  }
}

/** Files that are open at once. */
const MOST_TOGETHER = 32;

/** Reads files some at a time, which is most of the time that thousands of them take. */
export async function readTogether<T>(
  paths: readonly string[],
  read: (path: string) => Promise<T>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let from = 0; from < paths.length; from += MOST_TOGETHER) {
    all.push(...(await Promise.all(paths.slice(from, from + MOST_TOGETHER).map(read))));
  }
  return all;
}

async function bytesOf(
  file: string,
  report: (problem: Problem) => void,
): Promise<Uint8Array | undefined> {
  try {
    return await readWhole(await openInside(file), MOST_BYTES);
  } catch (error) {
    report({ file, at: '', ...reasonOf(error) });
    return undefined;
  }
}

function reasonOf(error: unknown): Pick<Problem, 'code' | 'message'> {
  if (error instanceof TooManyBytes) {
    const message = `${error.bytes} bytes are more than ${MOST_BYTES}: split the file`;
    return { code: 'TOO_LARGE', message };
  }
  if (error instanceof NotRegular) {
    const mend = error.isOutside ? 'copy the file into the folder' : 'put a file in its place';
    return { code: 'NOT_A_FILE', message: `this is ${error.message}: ${mend}` };
  }
  const isMissing =
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
  if (isMissing) return { code: 'NO_FILE', message: 'there is no such file: add it' };
  return { code: 'UNREADABLE', message: 'the file cannot be read' };
}
