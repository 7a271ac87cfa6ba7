import { isId } from '../domain/id.ts';

/** Writes an opaque cursor; `kind` keeps one list's cursor from being used in another. */
export function writeCursor(kind: string, key: string): string {
  return Buffer.from(`${kind}:${key}`).toString('base64url');
}

/** Reads a cursor of the list it was made for; undefined for anything else. */
export function readCursor(kind: string, cursor: string): string | undefined {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!text.startsWith(`${kind}:`) || writeCursor(kind, text.slice(kind.length + 1)) !== cursor) {
    return undefined;
  }
  const key = text.slice(kind.length + 1);
  return isId(key) ? key : undefined;
}
