import { decodeUtf8 } from '../../domain/utf8.ts';
import { openRegular, readWhole } from '../system/regular-file.ts';
import { discoveredKeys } from './discover-keys.ts';
import { download, trustedUrl } from './download.ts';
import { BadKeySet } from './read-key-set.ts';

/** Reads the text of a key set; throws when it cannot be reached now. */
export type KeySource = () => Promise<string>;

const MOST_BYTES = 1_000_000;

/** Where keys are read: where the issuer itself says, or an https URL, or the path of a file. */
export function keySourceOf(issuer: string, place: string | undefined): KeySource {
  if (place === undefined) return discoveredKeys(issuer);
  if (isFile(place)) return () => readKeys(place);
  const url = trustedUrl(place);
  if (url === undefined) {
    throw new BadKeySet(place, 'pass an https URL (http on loopback only) or the path of a file');
  }
  return () => download(url);
}

/** True for the path of a file, which must be there from the start. */
export function isFile(place: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:\/\//i.test(place);
}

async function readKeys(path: string): Promise<string> {
  const text = decodeUtf8(await readWhole(await openRegular(path), MOST_BYTES));
  if (text === undefined) throw new BadKeySet(path, 'is not UTF-8; save it as UTF-8');
  return text;
}
