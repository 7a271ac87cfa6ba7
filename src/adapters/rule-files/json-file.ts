import { readFile, stat } from 'node:fs/promises';
import type { Problem } from '../../domain/result.ts';
import { JsonRefusal, readJson } from './read-json.ts';

/** A JSON file that was read, and its problems as they are found. */
export interface JsonFile {
  readonly file: string;
  readonly value: unknown;
  readonly problem: (at: string, code: string, message: string) => Problem;
}

/** Larger files hold no rules. */
const MOST_BYTES = 1_048_576;

/** Reads a file as strict UTF-8 JSON; undefined after reporting why not. */
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

/** Text of strict UTF-8, a byte order mark kept; undefined for anything else. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

async function bytesOf(
  file: string,
  report: (problem: Problem) => void,
): Promise<Uint8Array | undefined> {
  try {
    const { size } = await stat(file);
    if (size <= MOST_BYTES) return await readFile(file);
    const message = `${size} bytes are more than ${MOST_BYTES}: split the file`;
    report({ file, at: '', code: 'TOO_LARGE', message });
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const message = missing ? 'there is no such file: add it' : 'the file cannot be read';
    report({ file, at: '', code: missing ? 'NO_FILE' : 'UNREADABLE', message });
  }
  return undefined;
}
