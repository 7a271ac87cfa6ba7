import { decodeUtf8 } from '../../domain/utf8.ts';
import { openRegular, readWhole } from '../system/regular-file.ts';
import { BadKeySet } from './read-key-set.ts';

/** Reads the text of a key set; throws when it cannot be reached now. */
export type KeySource = () => Promise<string>;

const TIMEOUT_MS = 2_000;
const MOST_CHARACTERS = 1_000_000;
const MOST_BYTES = MOST_CHARACTERS;

/** Where a key set is read: an https URL (http on loopback), or the path of a file. */
export function keySourceOf(place: string): KeySource {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) return () => readKeys(place);
  const url = URL.canParse(place) ? new URL(place) : undefined;
  const trusted = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal(url));
  if (url === undefined || !trusted) {
    throw new BadKeySet(place, 'pass an https URL (http on loopback only) or the path of a file');
  }
  return () => download(url);
}

async function readKeys(path: string): Promise<string> {
  const text = decodeUtf8(await readWhole(await openRegular(path), MOST_BYTES));
  if (text === undefined) throw new BadKeySet(path, 'is not UTF-8; save it as UTF-8');
  return text;
}

function isLocal({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
}

/** A redirect is not followed: keys come from the configured place and no other. */
async function download(url: URL): Promise<string> {
  const response = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { accept: 'application/jwk-set+json, application/json' },
  });
  const text = await response.text();
  if (response.status === 200 && text.length <= MOST_CHARACTERS) return text;
  throw new Error(
    `the key set answers with status ${response.status}, ${text.length} characters`,
  );
}
