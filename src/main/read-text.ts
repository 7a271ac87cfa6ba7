import {
  NotRegular,
  openRegular,
  readWhole,
  TooManyBytes,
} from '../adapters/system/regular-file.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import { decodeUtf8 } from '../domain/utf8.ts';

/** The text of a file that somebody named, or in words why it is not read and what to do. */
export async function readText(path: string, mostBytes: number): Promise<Result<string, string>> {
  try {
    const text = decodeUtf8(await readWhole(await openRegular(path), mostBytes));
    return text === undefined ? refuse('it is not UTF-8: save it as UTF-8') : ok(text);
  } catch (error) {
    if (error instanceof NotRegular) return refuse(`it is ${error.message}: name a file`);
    if (error instanceof TooManyBytes) return refuse(`it has more than ${mostBytes} bytes`);
    return refuse('it cannot be read: check the path');
  }
}
